"""Rows told apart by the levels of the form: bands, groups, measures, parts, totals.

Lines are read one after another, each in the light of those above it. Whatever is mended or not
understood is a finding at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from reportgen.diagnostics import quoted
from reportgen.importing.branches import Branch, ReadTable, TotalRow
from reportgen.importing.column_numbers import is_numbers
from reportgen.importing.findings import Findings
from reportgen.importing.fund_rows import FundNames, leading, total_over
from reportgen.importing.grid import GridRow, StreamLine, line_text, regrid
from reportgen.importing.groups import Groups, News
from reportgen.importing.labels import Label
from reportgen.importing.likeness import one_line
from reportgen.importing.page_ends import is_rest, join_rest
from reportgen.importing.repairs import Aligner
from reportgen.importing.row_labels import called, is_plain_total, row_label, split_called
from reportgen.importing.shared_cells import take_from_above
from reportgen.importing.sorts import Profile
from reportgen.model.form import Column, Kind, TableSection, Total
from reportgen.read.source import SourceCell

_GENERAL_TOTAL = re.compile(r"(?:усього|всього|разом|підсумок)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d|^[IVXІХ]+$")

Cells = Mapping[str, SourceCell]


class RowReader:
    """Reads the lines of one section; ``table`` is what it has read.

    ``depths`` tells of how many parts numbers are, by level; ``merges`` says that the bands of the
    source are cells over the whole width.
    """

    def __init__(  # noqa: PLR0913 - made in one place
        self,
        section: TableSection,
        profile: Profile,
        depths: Mapping[str, int],
        sort: Callable[[SourceCell], str],
        findings: Findings,
        *,
        merges: bool,
        funds: FundNames,
    ) -> None:
        self.table = ReadTable(section)
        self.columns: tuple[Column | None, ...] = ()
        self._starts: tuple[int, ...] = ()
        self._aligner = Aligner((), profile, sort)
        self.groups = Groups(section, depths, findings)
        self.table.branches = self.groups.tops
        self._section = section
        self._profile = profile
        self._depths = depths
        self._sort = sort
        self._findings = findings
        self._merges = merges
        self._funds = funds
        self._row: Branch | None = None  # the last row of the main level
        self._foot = ""  # the total above, as long as no measure has begun below it
        self._is_end = False  # that total is over the whole table
        self._told_places: set[int] = set()  # columns that go nowhere
        self._piece = -1  # the table of the file in which the last row stood

    def header(
        self,
        columns: tuple[Column | None, ...],
        starts: tuple[int, ...],
        unknown: Collection[int] = (),
    ) -> None:
        """Take the columns of the rows to come, and where they begin on the file's grid.

        ``unknown`` are the places of headings that the form does not have, which are told.
        """
        self.columns, self._starts = columns, starts
        self._told_places |= {*unknown}
        self._aligner = Aligner(columns, self._profile, self._sort)

    def line(self, line: StreamLine) -> bool:
        """Read a line; ``False`` if it is nothing of this table."""
        if not isinstance(line, GridRow):
            text = line_text(line)
            if self.groups.looks_like_band(text):
                self.groups.band(text, line.place)
                return True
            return False
        row = regrid(line, self._starts)
        if is_numbers(row) or self._total(row) or self._fund_row(row):
            return True
        if not self._section.levels:  # a summary has nothing but totals
            return False
        return self._lonely(row) or self._body(row)

    def _lonely(self, row: GridRow) -> bool:
        """Take a row with one cell, if it goes on from the row above or is a band."""
        alone = row.alone
        if alone is None or row.covered:
            return False
        if self._goes_on(row, alone):
            return True
        if self._is_band(row, alone):
            self.groups.band(alone.text, alone.place)
            return True
        return False

    def _total(self, row: GridRow) -> bool:
        """Take a row of totals by its name, wherever that stands."""
        named = [cell for at, cell in row.filled[:4] if not self._is_split(self._column(at))]
        for cell in named:
            total = called(cell.text, self._section)
            if total is not None:
                self._take_total(total, row, cell)
                return True
        if named and _GENERAL_TOTAL.match(named[0].text):
            self._foot, self._is_end = one_line(named[0].text), False
            if is_plain_total(named[0].text):
                self._take_total(total_over(self._section, named[0].text), row, named[0])
                return True
            message = f"підсумку {quoted(named[0].text)} у формі немає: рядок не перенесено"
            hint = "підсумки обчислює програма; які саме, каже форма"
            self._findings.tell("import-row-unclear", row.place, message, hint)
            return True
        return False

    def _fund_row(self, row: GridRow) -> bool:
        """Take a row below a total that says of which money it is: never a measure or a task."""
        name = leading(row)
        if not self._foot or name is None or not self._funds.is_source(name.text):
            return False
        total = self._funds.total(name.text, self._section) if self._is_end else None
        if total:
            self._take_total(total, row, name)
        elif len(row.filled) > 1:
            self._tell_below([cell for _, cell in row.filled])
        return True

    def _take_total(self, total: Total, row: GridRow, name: SourceCell) -> None:
        """Keep the figures of a total; those that the form does not have there are told."""
        self._foot, self._is_end = total.label, not total.level
        cells: dict[str, SourceCell] = {}
        aligned = self._aligner.align(row)
        for place, cell in aligned.cells.items():
            column = self._column(place)
            if column and column.id in total.columns:
                cells[column.id] = cell
            elif column and column.kind.is_figure and cell is not name and cell.text.strip():
                why = f"у підсумку «{total.label}» у формі такого числа немає"
                self._findings.left_out(cell, why)
        group = self.groups.current.get(total.level)
        self.table.totals.append(TotalRow(total, group, cells, row.place))

    def _below_total(self, cells: Cells, label: Label, news: Mapping[str, News]) -> bool:
        """Tell of a row without a number below a total: it is no part of the measure above that."""
        rows = self._section.rows
        numbers = (label.number, *(one.number for one in news.values()))
        goes_on = any(_NUMBER.search(one) for one in numbers) or (news and not self._is_end)
        if goes_on or not self._foot or len(rows) < 2 or not rows[0].number:  # noqa: PLR2004
            self._foot = ""
            return False
        filled = [cell for cell in cells.values() if cell.text.strip()]
        if filled:
            self._tell_below(filled)
        return bool(filled)

    def _tell_below(self, filled: Sequence[SourceCell]) -> None:
        """Tell of a row below a total that is nothing of the form's."""
        shown = "; ".join(one_line(cell.text) for cell in filled)
        message = f"рядок під підсумком «{self._foot}» не перенесено: {quoted(shown)}"
        hint = "це частина підсумку, а не заходу; у формі такого рядка немає"
        self._findings.tell("import-row-unclear", filled[0].place, message, hint)

    def _column(self, place: int) -> Column | None:
        return self.columns[place] if place < len(self.columns) else None

    @staticmethod
    def _is_split(column: Column | None) -> bool:
        return bool(column and column.source and column.source.level == "split")

    def _goes_on(self, row: GridRow, alone: SourceCell) -> bool:
        """Take a row with nothing but the text of the one above, which a page end has parted."""
        at = row.filled[0][0]
        if self._row is None or at == 0 or alone.columns > 1:
            return False
        column = self._column(at)
        lost = len(self.columns) - row.width
        if lost > 0 and at == row.width - 1:  # cells at the beginning are lost
            column = self._column(at + lost)
        if column is None or column.kind is not Kind.NARRATIVE:
            return False
        self._row.more.setdefault(column.id, []).append(alone)
        message = f"текст приєднано до рядка {self._row.named}"
        hint = "у рядку немає нічого, крім нього: рядок розірвано кінцем сторінки"
        self._findings.tell("import-row-joined", alone.place, message, hint)
        return True

    def _is_band(self, row: GridRow, alone: SourceCell) -> bool:
        if not self.groups.bands:
            return False
        if self.groups.looks_like_band(alone.text):
            return True
        wide = 2 * alone.columns > len(self.columns)
        return wide or (not self._merges and row.filled[0][0] < 2)  # noqa: PLR2004 - both are names

    def _in_columns(self, row: GridRow) -> tuple[dict[str, SourceCell], str]:
        """Return the cells of a row by column, and how they were put right, if they were."""
        aligned = self._aligner.align(row)
        cells: dict[str, SourceCell] = {}
        for place, cell in sorted(aligned.cells.items()):
            column = self._column(place)
            if column is not None:
                cells[column.id] = cell
            elif cell.text.strip() and place not in self._told_places:
                self._told_places.add(place)
                self._findings.left_out(cell)
        for cell in aligned.left:
            self._findings.left_out(cell, "у таблиці немає для нього місця")
        return cells, aligned.repair

    def _body(self, row: GridRow) -> bool:
        cells, repair = self._in_columns(row)
        if self._next_split(cells):
            return True
        news = self.groups.named_in(cells)
        depth = self._depths.get(self._section.rows[0].id, 0)
        label, cells = row_label(cells, self._section, depth)
        if not news and not any(cell.text.strip() for cell in cells.values()):
            return not row.filled
        if self._below_total(cells, label, news):
            return True
        at_page = row.table != self._piece
        self._piece = row.table
        if at_page and self._row and is_rest(cells, label, self._section):
            return self._rest(self._row, cells, label, news)
        before = self.groups.current.copy()
        parent = self.groups.open(news, label.number, at_page=at_page)
        if self.groups.current != before:
            self._row = None
        branch = self._added(parent, label, cells, row)
        if repair:
            message = f"рядок {branch.named}: {repair}"
            hint = "звірте комірки рядка з оригіналом"
            self._findings.tell("import-row-repaired", row.place, message, hint)
            branch.doubts.append(repair)
        if label.slip:
            self._findings.tell("import-row-repaired", row.place, label.slip)
        return True

    def _rest(self, row: Branch, cells: Cells, label: Label, news: Mapping[str, News]) -> bool:
        """Take the end of the last row, parted by a page end, and of its groups' names."""
        join_rest(row, cells, label, self._section)
        self.groups.go_on(news, row.number)
        place = next(cell.place for cell in cells.values() if cell.text.strip())
        message = f"початок сторінки приєднано до рядка {row.named}"
        hint = "у ньому немає ні номера, ні сум: рядок розірвано кінцем сторінки"
        self._findings.tell("import-row-joined", place, message, hint)
        return True

    def _added(
        self, parent: Branch | None, label: Label, cells: dict[str, SourceCell], row: GridRow
    ) -> Branch:
        """Add a row to its group; one without a number below a numbered one is its part."""
        rows = self._section.rows
        is_part = (
            self._row is not None and len(rows) > 1 and bool(rows[0].number) and not label.number
        )
        branch = Branch(rows[1] if is_part else rows[0], label.number, label.text, row.place)
        branch.cells = cells
        if self._section.splits:
            branch.splits[0] = cells
        if not is_part:
            take_from_above(branch, self._row, self._above(row), self._findings)
        if is_part and self._row:
            self._row.children.append(branch)
        else:
            (parent.children if parent else self.table.branches).append(branch)
            self._row = branch
        return branch

    def _above(self, row: GridRow) -> list[tuple[Column, SourceCell]]:
        """Return the cells that reach down into a row, with their columns."""
        pairs = ((self._column(at), cell) for at, cell in sorted(row.above.items()))
        return [(column, cell) for column, cell in pairs if column]

    def _next_split(self, cells: dict[str, SourceCell]) -> bool:
        """Take a further row of the same measure, by its funding source."""
        column = next((one for one in self._section.columns if self._is_split(one)), None)
        if column is None or column.id not in cells or self._row is None:
            return False
        index = split_called(cells[column.id].text, self._section)
        if index is None or index <= max(self._row.splits, default=-1):
            return False
        self._row.splits[index] = cells
        return True
