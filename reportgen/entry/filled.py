"""A form that has come back: which cell answers what, and what a clerk did besides.

Cells are found by the keys of their sheets, rows and columns, so it does not matter what was moved,
renamed or put between. What is missing is told; nothing missing is taken for an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.entry.covered import noted
from reportgen.entry.identity import SHEET, Identity, Site, identity_from
from reportgen.entry.keyed import MOST_ROWS, SheetReading, keyed_sheets, on_sheet, text_of
from reportgen.entry.questions import Address
from reportgen.entry.typed import Typed
from reportgen.entry.workbook import Sheet, Workbook, read_workbook
from reportgen.read.source import UnreadableFileError

_BEYOND = MOST_ROWS * 1_000  # the order of what is on sheets that are no tables
_FIELDS = 8  # columns of the hidden sheet that records take


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what stands in its cells now: at each site the cell's place and content."""

    file: str
    identity: Identity
    typed: Mapping[Site, tuple[Span, Typed]]

    def answers(self) -> Iterator[tuple[Address, str, Span, Typed]]:
        """Yield address, the answer when the form was given out, place and content."""
        for site, (address, answer) in self.identity.asked.items():
            if site in self.typed:
                yield address, answer, *self.typed[site]


def read_form(file: str, data: bytes, found: list[Diagnostic]) -> Filled | None:
    """Return a form from a workbook's bytes; ``None`` with a finding where it is none.

    Args:
        file: how messages name the workbook.
        data: its bytes.
        found: takes what is wrong with it.
    """
    try:
        book = read_workbook(data)
        identity = _identity(book)
    except UnreadableFileError as error:
        message, _, hint = str(error).partition(": ")
        found.append(finding("entry-unreadable", whole(file), message, hint))
        return None
    found += (finding("entry-outside", whole(file), remark) for remark in book.remarks)
    typed: dict[Site, tuple[Span, Typed]] = {}
    keyed = {key: sheets for key, sheets in keyed_sheets(book).items() if key in identity.sheets}
    for number, (key, name) in enumerate(identity.sheets.items(), 1):
        sheets = keyed.get(key, [])
        if len(sheets) != 1:
            message = "аркуш видалено" if not sheets else "аркуш скопійовано"
            hint = "поверніть його з виданої форми" if not sheets else "залиште один із двох"
            found.append(finding("entry-structure", on_sheet(file, number, name), message, hint))
            continue
        reading = SheetReading(file, number, sheets[0], key, identity)
        typed |= reading.sites()
        found += reading.found
    ours = [sheet for sheets in keyed.values() for sheet in sheets]
    found += _foreign(file, [one for one in book.sheets if one not in ours], identity)
    return Filled(file, identity, typed)


def whole(file: str) -> Span:
    """Return the place of what concerns all of a workbook."""
    return Span(file, where="уся книга")


def _identity(book: Workbook) -> Identity:
    sheet = next((one for one in book.sheets if one.name == SHEET), None)
    if sheet is None:
        raise UnreadableFileError(
            "це не форма reportgen або її службовий аркуш видалено: потрібен файл, який видала "
            "команда form-out"
        )
    rows: dict[int, list[str]] = {}
    for (row, column), typed in sorted(sheet.cells.items()):
        if column < _FIELDS:
            fields = rows.setdefault(row, [])
            fields += [""] * (column - len(fields))
            fields.append(typed.shown)
    try:
        return identity_from([*rows.values()])
    except (ValueError, IndexError):
        raise UnreadableFileError(
            "форму видала інша версія reportgen або її службовий аркуш змінено: "
            "видайте форму наново"
        ) from None


def _foreign(file: str, sheets: list[Sheet], identity: Identity) -> Iterator[Diagnostic]:
    """Yield what was written on sheets that are none of the form's tables."""
    for sheet in sheets:
        if sheet.name == SHEET:
            continue
        for at, message in noted(sheet.notes, identity.texts):
            place = Span(file, _BEYOND, 1, f"{sheet.name}!{xl_rowcol_to_cell(*at)}")
            yield finding("entry-outside", place, message)
        others = [
            (at, typed)
            for at, typed in sorted(sheet.cells.items())
            if text_of(typed) and text_of(typed) not in identity.texts
        ]
        if others:
            at, typed = others[0]
            place = Span(file, _BEYOND, 1, f"{sheet.name}!{xl_rowcol_to_cell(*at)}")
            more = f" і ще клітинок: {len(others) - 1}" if len(others) > 1 else ""
            message = f"не перенесено {quoted(text_of(typed))}{more}: цей аркуш не заповнюють"
            yield finding("entry-outside", place, message)
