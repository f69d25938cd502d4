"""Entries of a YAML file as lines: ``key: value`` at a column, values in the style they are typed.

Values come from :func:`reportgen.editing.parse_yaml`, where every scalar is a text.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import PlainScalarString

from reportgen.editing import YamlText, in_braces

STEP = 2  # columns by which what a key holds stands further right
_WIDTH = 110  # characters, as the shipped content is folded
_NOTHING = ("", "~", "null", "Null", "NULL")  # as `reportgen.source` takes them
_FIGURE = re.compile(r"-?[0-9](?:[0-9.,]|[^\S\n])*")


def is_empty(value: object) -> bool:
    """Tell whether nothing is written, for none of the funds either."""
    if isinstance(value, Mapping):
        return all(is_empty(one) for one in value.values())
    return type(value) in (str, PlainScalarString) and value in _NOTHING


def is_figure(value: object) -> bool:
    """Tell whether a number is written, or one for each fund."""
    if isinstance(value, Mapping):
        return all(is_figure(one) or is_empty(one) for one in value.values())
    return isinstance(value, str) and _FIGURE.fullmatch(value) is not None


def is_remark(line: str) -> bool:
    """Tell whether a line has nothing but a remark, or nothing at all."""
    return line.lstrip()[:1] in ("", "#")


def entry(key: str, value: object, at: int = 0) -> list[str]:
    """Return the lines of a key with its value, without the remarks inside of it."""
    text = str(YamlText(CommentedMap({key: _bare(value)})))
    return [f"{' ' * at}{line}" if line else "" for line in text.removesuffix("\n").split("\n")]


def head(key: str, at: int = 0) -> list[str]:
    """Return the lines of a key that nothing is written behind: «key:»."""
    *above, last = entry(key, "x", at)
    return [*above, last.removesuffix(" x")]


def beside(lines: Sequence[str], text: str) -> list[str]:
    """Return lines with a remark behind the first, where the text of a block would not take it."""
    return [f"{lines[0]}  # {text}", *lines[1:]] if text else [*lines]


def on_one_line(value: object) -> str:
    """Return a value as it would stand behind its key, with blanks for what is not written."""
    if isinstance(value, Mapping):
        value = in_braces(value)
    return "\n".join(entry("x", value)).removeprefix("x: ").replace("''", "")


def emptied(amounts: Mapping[str, Any]) -> str:
    """Return amounts by fund without the amounts: ``{general: , special: }``."""
    return on_one_line(dict.fromkeys(amounts, ""))


def remark(text: str, at: int = 0) -> list[str]:
    """Return a remark of its own, folded; a line of it that is empty stays empty."""
    lines = textwrap.wrap(text, _WIDTH - at - 2, break_long_words=False, break_on_hyphens=False)
    return as_remarks(lines, at)


def as_remarks(lines: Iterable[str], at: int = 0) -> list[str]:
    """Return lines as remarks, so that taking the number signs away gives them back."""
    return [f"{' ' * at}# {line}" if line else f"{' ' * at}#" for line in lines]


def _bare(value: Any) -> Any:  # noqa: ANN401 - any node of the library's tree
    """Return a value without its remarks and anchors: who copies it cares for these."""
    if isinstance(value, Mapping):
        mapping = CommentedMap({key: _bare(one) for key, one in value.items()})
        if isinstance(value, CommentedMap) and value.fa.flow_style():
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, CommentedSeq):
        sequence = CommentedSeq(_bare(one) for one in value)
        if value.fa.flow_style():
            sequence.fa.set_flow_style()
        return sequence
    return str(value) if isinstance(value, PlainScalarString) else value
