"""Sources by hand: tab-separated text and finished documents as a reader would return them."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.read.source import (
    Place,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
)

#: Of the village's form, in its order.
HEADINGS = (
    "Завдання",
    "Захід",
    "Виконавці",
    "План",
    "Профінансовано",
    "Відсоток",
    "Стан виконання",
)


def from_lines(name: str, text: str) -> SourceFile:
    blocks: list[SourceBlock] = []
    rows: list[SourceRow] = []
    for number, line in enumerate(text.split("\n"), start=1):
        place = Place(f"рядок {number}", number)
        if "\t" in line:
            cells = (
                SourceCell(_clean(cell), Place(f"рядок {number}, комірка {at + 1}", number, at + 1))
                for at, cell in enumerate(line.split("\t"))
            )
            rows.append(SourceRow(tuple(enumerate(cells)), place))
            continue
        if rows:
            blocks.append(SourceTable(tuple(rows), rows[0].place))
            rows = []
        if line.strip():
            blocks.append(SourceParagraph(_clean(line), place))
    if rows:
        blocks.append(SourceTable(tuple(rows), rows[0].place))
    return SourceFile(name, tuple(blocks))


def _clean(text: str) -> str:
    parts = re.split(r"</p>|<p>|</b> *<b>", re.sub(r"\*\*|^#+ ", "", text))
    parts = [re.sub(r"</?[a-z]>", "", part).strip() for part in parts]
    return "\n".join(part for part in parts if part)


def read(path: Path) -> SourceFile:
    return from_lines(path.name, path.read_text(encoding="utf-8"))
