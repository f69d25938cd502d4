"""A sheet of a form that has come back: what stands where by its hidden keys, and what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.entry.answers import number_text
from reportgen.entry.covered import covered, noted
from reportgen.entry.frames import SIGNED
from reportgen.entry.identity import MARK, Identity, Site
from reportgen.entry.shifted import Locked, shifted
from reportgen.entry.typed import Typed
from reportgen.entry.workbook import Sheet, Workbook

MOST_ROWS = 10_000_000  # of a sheet: places of the next one come after them
_NOTHING = Typed()


def keyed_sheets(book: Workbook) -> dict[str, list[Sheet]]:
    """Return the sheets of the book by the keys in their corners, wherever those are now."""
    found: dict[str, list[Sheet]] = {}
    for sheet in book.sheets:
        corner = _corner(sheet)
        if corner is not None:
            found.setdefault(text_of(sheet.cells[corner])[len(MARK) :], []).append(sheet)
    return found


def _corner(sheet: Sheet) -> tuple[int, int] | None:
    marked = (at for at, typed in sheet.cells.items() if text_of(typed).startswith(MARK))
    return min(marked, default=None)


def on_sheet(file: str, number: int, name: str) -> Span:
    """Return the place of what concerns all of a sheet; ``number`` is the sheet's, from 1."""
    return Span(file, number * MOST_ROWS, where=f"аркуш {quoted(name)}")


class SheetReading:
    """One sheet: its keys, and what stands where."""

    def __init__(self, file: str, number: int, sheet: Sheet, key: str, identity: Identity) -> None:
        self._file = file
        self._number = number
        self._sheet = sheet
        self._identity = identity
        self._key = key
        self.found: list[Diagnostic] = []
        top, left = _corner(sheet) or (0, 0)
        asked = (*identity.asked, *identity.known, *identity.live)
        self._rows = {row for of, row, _ in asked if of == key}
        self._columns = {column for of, _, column in asked if of == key}
        cells = sheet.cells.items()
        self._row_at = {
            row: text_of(typed)
            for (row, at), typed in cells
            if at == left and text_of(typed) in self._rows
        }
        self._column_at = {
            at: text_of(typed)
            for (row, at), typed in cells
            if row == top and text_of(typed) in self._columns
        }
        self._corner = (top, left)

    def sites(self) -> dict[Site, tuple[Span, Typed]]:
        """Return what stands at each site that has a question; tell of everything else."""
        self._missing()
        rows = {key: row for row, key in self._row_at.items()}
        columns = {key: at for at, key in self._column_at.items()}
        typed: dict[Site, tuple[Span, Typed]] = {}
        for site in self._identity.asked:
            key, row, column = site
            if key == self._key and row in rows and column in columns:
                at = (rows[row], columns[column])
                typed[site] = (self._place(at), self._sheet.cells.get(at, _NOTHING))
        moved = [*shifted(self._locked())]
        self._outside(retyped=not moved)
        self._covered()
        self.found += moved
        return typed

    def _place(self, at: tuple[int, int]) -> Span:
        """Return a cell's place; sheets come one after another in the order of places."""
        where = f"{self._sheet.name}!{xl_rowcol_to_cell(*at)}"
        return Span(self._file, self._number * MOST_ROWS + at[0] + 1, at[1] + 1, where)

    def _missing(self) -> None:
        """Tell of rows and columns that are gone, or there twice."""
        name = self._sheet.name
        for what, keys, present in (
            ("рядок", self._rows, Counter(self._row_at.values())),
            ("стовпець", self._columns, Counter(self._column_at.values())),
        ):
            asked = {site[1 if what == "рядок" else 2] for site in self._asked()}
            for key in sorted(keys & asked):
                if present[key] != 1:
                    lost = "видалено" if not present[key] else "скопійовано"
                    message = f"{what} {quoted(_called(key))} {lost}"
                    hint = "поверніть його: відкрийте видану форму й перенесіть дані в неї"
                    place = on_sheet(self._file, self._number, name)
                    self.found.append(finding("entry-structure", place, message, hint))

    def _asked(self) -> Iterator[Site]:
        return (site for site in self._identity.asked if site[0] == self._key)

    def _locked(self) -> dict[tuple[str, str], Locked]:
        """Return the cells that only a clerk without protection can change."""
        rows = {key: row for row, key in self._row_at.items()}
        columns = {key: at for at, key in self._column_at.items()}
        locked: dict[tuple[str, str], Locked] = {}
        for (of, row, column), was in self._identity.known.items():
            if of == self._key and row in rows and column in columns:
                at = (rows[row], columns[column])
                now = text_of(self._sheet.cells.get(at, _NOTHING))
                locked[row, column] = Locked(self._place(at), now, was)
        return locked

    def _covered(self) -> None:
        """Tell of entry cells that are merged into others, and of notes beside cells."""
        answers = {site[1:] for site in self._asked()}
        asked = [
            (row, column)
            for row, row_key in self._row_at.items()
            for column, key in self._column_at.items()
            if (row_key, key) in answers
        ]
        for at, message in covered(self._sheet.merged, asked):
            hint = "роз'єднайте їх і впишіть у кожну своє значення"
            self.found.append(finding("entry-structure", self._place(at), message, hint))
        for at, message in noted(self._sheet.notes, self._identity.texts):
            hint = "якщо це потрібно у звіті, впишіть його в кольорову клітинку"
            self.found.append(finding("entry-outside", self._place(at), message, hint))

    def _outside(self, *, retyped: bool) -> None:
        """Tell of what is typed where nothing is asked; ``retyped``: in locked cells as well."""
        top, left = self._corner
        first = min(self._row_at, default=0)  # titles and headings stand above
        answers = {site[2] for site in self._asked()}
        added: dict[int, str] = {}
        for at, typed in sorted(self._sheet.cells.items()):
            row, column = at
            site = (self._key, self._row_at.get(row, ""), self._column_at.get(column, ""))
            if row == top or column == left or site in self._identity.asked or site[1] == SIGNED:
                continue
            text = text_of(typed) or typed.fault
            if site in self._identity.live:
                if not typed.formula:
                    self._ignored(at, text, "тут була формула, її замінено")
            elif site in self._identity.known:
                if retyped and text != self._identity.known[site]:
                    self._ignored(at, text, "ця клітинка захищена, її змінено")
            elif not text or (row < first and text in self._identity.texts):
                continue
            elif not site[1] and site[2] in answers:
                added.setdefault(row, text)
            elif text not in self._identity.texts:
                self._ignored(at, text, "тут нічого не питають")
        self._added(added, left)

    def _added(self, rows: Mapping[int, str], left: int) -> None:
        for row, text in rows.items():
            message = f"цього рядка у формі не було: {quoted(text)}"
            hint = "заповніть рядок форми; новий захід спершу додають до programme.yaml"
            self.found.append(finding("entry-structure", self._place((row, left)), message, hint))

    def _ignored(self, at: tuple[int, int], text: str, why: str) -> None:
        message = f"не перенесено {quoted(text)}: {why}" if text else f"не перенесено: {why}"
        hint = "якщо це потрібно у звіті, впишіть його в кольорову клітинку"
        self.found.append(finding("entry-outside", self._place(at), message, hint))


def _called(key: str) -> str:
    """Return a key as a person knows it: of a row the number it is found by."""
    return key.strip('[]"').rpartition('", "')[2] if key.startswith("[") else key


def text_of(typed: Typed) -> str:
    """Return what stands in a cell as the form kept it."""
    if isinstance(typed.value, Decimal) and not typed.is_date:
        return number_text(typed.value)
    return typed.shown.replace("\r\n", "\n")
