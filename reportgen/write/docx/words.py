"""Words that are wider than their cell, with soft hyphens: Word draws those where a line ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportgen.document.blocks import Role
from reportgen.model.markup import Marked, Run
from reportgen.write.breaking import by_runs, part_wide_words
from reportgen.write.docx.heights import CELL_MARGIN, hanging
from reportgen.write.docx.setting import Setting
from reportgen.write.docx.xml import twips

_BOLD: Final = frozenset({Role.HEADING, Role.BAND, Role.TOTAL})


class Words:
    """Parts the words of a table's cells; without a typeface nothing can be measured."""

    def __init__(self, setting: Setting) -> None:
        self._page = setting.page
        self._typeface = setting.typeface

    def text(self, text: str, width: int, role: Role) -> str:
        """Return the text of a cell in a row of some role; ``width`` is in twips."""
        return self._parted(text, _room(width), role, bold=False)

    def runs(self, item: Marked, width: int, role: Role) -> Sequence[Run]:
        """Return the runs of a paragraph or of an item; a word may stand in several of them."""
        texts = [run.text for run in item.runs]
        bold = any(run.bold for run in item.runs)
        mended = self._parted("".join(texts), _room(width) - hanging(item), role, bold=bold)
        parts = by_runs(mended, texts)
        return [replace(run, text=part) for run, part in zip(item.runs, parts, strict=True)]

    def _parted(self, text: str, room: float, role: Role, *, bold: bool) -> str:
        if self._typeface is None:
            return text
        face = self._typeface.bold if bold or role in _BOLD else self._typeface.regular
        size = self._page.heading_size if role is Role.HEADING else self._page.table_size
        return part_wide_words(text, room, size, face)


def _room(width: int) -> float:
    """Return the width of a line in a cell, points."""
    return (width - 2 * twips(CELL_MARGIN)) / 20  # twips in a point
