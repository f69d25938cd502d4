"""What the tags of a Word page may name, made from the document alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import count, groupby, takewhile
from typing import Self, TypeAlias

from reportgen.document.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    PlacedRows,
    Row,
    Signature,
    Style,
    Table,
)
from reportgen.model.markup import Marked, Run

_HEADING = (Style.TITLE, Style.SUBTITLE, Style.LINE, Style.SECTION)


class Covered(Enum):
    """Why a place of the grid prints nothing of its own: a merged cell reaches over it."""

    ABOVE = "above"
    LEFT = "left"


class Value(str):
    """A text of the document, to be printed or compared; that of a covered place is empty.

    ``key`` numbers what of the document it is; places that one merged cell covers share it.
    """

    __slots__ = ("covered", "key", "paragraphs")

    paragraphs: tuple[Marked, ...]
    key: int
    covered: Covered | None

    def __new__(
        cls, paragraphs: Sequence[Marked], key: int = 0, covered: Covered | None = None
    ) -> Self:
        """Return the value of some paragraphs."""
        made = super().__new__(cls, "" if covered else "\n".join(one.text for one in paragraphs))
        made.paragraphs, made.key, made.covered = tuple(paragraphs), key, covered
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Values by name, and nothing but these: no methods that a tag could call."""

    values: Mapping[str, Thing]


Thing: TypeAlias = "Value | str | int | Decimal | datetime.date | Names | tuple[Thing, ...] | None"


@dataclass(frozen=True, slots=True)
class Context:
    """The names, and what a page must print: by key, where it stands in the document."""

    names: Mapping[str, Thing]
    wanted: Mapping[int, str]


def make_context(document: Document) -> Context:
    """Return what tags may name for one document."""
    return _Making(document).context()


class _Making:
    """Walks through the document once; what stands above a table or a text is its title."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._keys = count(1)
        self._wanted: dict[int, str] = {}
        self._above: list[Paragraph] = []
        self._tables: list[Names] = []
        self._texts: list[Names] = []
        self._notes: list[Value] = []
        self._signatures: list[Names] = []

    def context(self) -> Context:
        document = self._document
        for is_text, group in groupby(document.blocks, _is_text):
            if is_text:
                self._text([one for one in group if isinstance(one, Paragraph)])
            else:
                for block in group:
                    self._block(block)
        names: dict[str, Thing] = {
            "title": _plain(document.title),
            "author": _plain(document.author),
            "language": _plain(document.language),
            "dated": document.dated,
            "heading": self._heading(list(takewhile(_is_heading, document.blocks))),
            "tables": tuple(self._tables),
            "texts": tuple(self._texts),
            "notes": tuple(self._notes),
            "signatures": tuple(self._signatures),
        }
        if self._tables:
            names["table"] = self._tables[0]
        return Context(names, self._wanted)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(style=Style.NOTE):
                self._notes.append(_lines([block]))
            case Paragraph():
                self._above.append(block)
            case Table():
                self._tables.append(self._table(block, f"таблиця {len(self._tables) + 1}"))
            case Signature(position, name):
                signed: dict[str, Thing] = {
                    "position": _plain(position, self._key("підпис: посада")),
                    "name": _plain(name, self._key("підпис: ім'я")),
                }
                self._signatures.append(Names(signed))

    def _key(self, where: str) -> int:
        """Return a new key; ``where`` tells what a page must not leave out, or is empty."""
        key = next(self._keys)
        if where:
            self._wanted[key] = where
        return key

    def _title(self) -> Value:
        """Return what stands above, which is used up by this."""
        title = _lines(self._above)
        self._above = []
        return title

    def _text(self, paragraphs: Sequence[Paragraph]) -> None:
        key = self._key(f"текст {len(self._texts) + 1}")
        self._texts.append(Names({"title": self._title(), "text": _lines(paragraphs, key)}))

    @staticmethod
    def _heading(blocks: Sequence[Block]) -> Names:
        """Return the lines above the first table: by style, and all in their order."""
        lines = [one for one in blocks if isinstance(one, Paragraph)]
        by_style: dict[str, Thing] = {
            style.value: _lines([one for one in lines if one.style is style]) for style in _HEADING
        }
        everything = tuple(
            Names({"style": _plain(one.style.value), "text": _lines([one])}) for one in lines
        )
        return Names({**by_style, "lines": everything})

    def _table(self, table: Table, where: str) -> Names:
        return Names(
            {
                "title": self._title(),
                "caption": _plain(table.caption),
                "header": tuple(self._rows(table.header, table.placed_header, table, "")),
                "rows": tuple(self._rows(table.body, table.placed_body, table, where)),
            }
        )

    def _rows(
        self, rows: Sequence[Row], placed: PlacedRows, table: Table, where: str
    ) -> Iterator[Names]:
        columns = [column.id for column in table.columns]
        above: dict[int, tuple[Value, Cell, int]] = {}  # column → what covers it, for how many rows
        for row, starts in zip(rows, placed, strict=True):
            cells: dict[int, Value] = {}
            figures: dict[str, Thing] = dict.fromkeys(columns)
            for column, (value, cell, _) in above.items():
                cells |= _spread(column, Value(value.paragraphs, value.key, Covered.ABOVE), cell)
            above = {column: (*one[:2], one[2] - 1) for column, one in above.items() if one[2] > 1}
            for column, cell in starts:
                kind = f"{where}, рядки «{row.role.value}», колонка «{columns[column]}»"
                value = Value(_marked(cell), self._key(kind if where and cell.text else ""))
                cells |= _spread(column, value, cell)
                figures[columns[column]] = cell.value
                if cell.rows > 1:
                    above[column] = (value, cell, cell.rows - 1)
            by_name: dict[str, Thing] = {columns[one]: cells[one] for one in sorted(cells)}
            texts = (cells[column] for column, _ in starts if cells[column])
            more: dict[str, Thing] = {
                "role": _plain(row.role.value),
                "text": next(texts, _plain("")),
                "figures": Names(figures),
                "cells": Names(by_name),
            }
            yield Names({**by_name, **more})


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.TEXT


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in _HEADING


def _spread(column: int, value: Value, cell: Cell) -> dict[int, Value]:
    """Return a cell's value and those of the places at its right that it covers."""
    covered = Value(value.paragraphs, value.key, Covered.LEFT)
    return {column: value, **{column + one: covered for one in range(1, cell.columns)}}


def _marked(cell: Cell) -> tuple[Marked, ...]:
    return cell.marked or tuple(Marked((Run(text),)) for text in cell.paragraphs)


def _lines(paragraphs: Sequence[Paragraph], key: int = 0) -> Value:
    """Return a value of several paragraphs."""
    whole = (one.marked or Marked((Run("\n".join(one.lines)),)) for one in paragraphs)
    return Value(tuple(whole), key)


def _plain(text: str, key: int = 0) -> Value:
    return Value((Marked((Run(text),)),) if text else (), key)
