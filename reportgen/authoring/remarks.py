"""The remarks of a file of content: which stand above a key, and which beside it."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from reportgen.editing import WAS

#: Remarks that `next_period` writes begin so, and go on to the end of their block.
BEGUN, NEW = "Почато ", "новий рядок: "

_REMARK = re.compile(r" *#")
_OURS = re.compile(rf"#+ *(?:{WAS}|{BEGUN}|{NEW})")
_ALLOWS = re.compile(r"#\s*reportgen:")


class Remarks:
    """The remarks of one file, for as long as its tree is looked at.

    What an earlier `next_period` wrote, and what allows a finding, speak of that file alone and
    are left out.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def above(self, mapping: CommentedMap, key: str, *, ours: bool = False) -> list[str]:
        """Return the remarks and blank lines right above a key, without their indentation.

        Deeper ones belong to what stands above them, or are lines of a text. ``ours`` are returned
        too where nothing was filled in: they still say what is asked.
        """
        line, column = mapping.lc.key(key)
        if self._lines[line][:column].strip():
            return []  # within braces
        first = line
        while first and self._is_remark(first - 1, column):
            first -= 1
        return _kept([one.strip() for one in self._lines[first:line]], ours=ours)

    def _is_remark(self, index: int, column: int) -> bool:
        line = self._lines[index]
        depth = len(line) - len(line.lstrip())
        return not line.strip() or (_REMARK.match(line) is not None and depth <= column)

    def beside(self, mapping: CommentedMap, key: str, *, ours: bool = False) -> str:
        """Return the remark on a key's line, or behind its amounts, without the number sign."""
        value = mapping[key]
        if isinstance(value, (FoldedScalarString, LiteralScalarString)):
            text = str(getattr(value, "comment", None) or "")
        else:
            text = self._behind(mapping.ca.items.get(key), mapping, key)
        kept = "".join(_kept([text.strip()], ours=ours))
        return kept.lstrip("#").strip()

    @staticmethod
    def _behind(tokens: list[Any] | None, mapping: CommentedMap, key: str) -> str:
        token = tokens[2] if tokens else None
        if token is None:
            return ""
        value = mapping[key]
        in_block = isinstance(value, CommentedMap) and not value.fa.flow_style()
        if in_block and token.start_mark.line != mapping.lc.key(key)[0]:
            return ""
        return str(token.value).split("\n", 1)[0]


def _kept(lines: list[str], *, ours: bool) -> list[str]:
    """Return remarks without those that allow a finding, and without our own unless asked for."""
    starts = (index for index, one in enumerate(lines) if not ours and _OURS.match(one))
    return [one for one in lines[: next(starts, len(lines))] if not _ALLOWS.match(one)]
