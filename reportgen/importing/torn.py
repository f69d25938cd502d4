"""Text torn out of a PDF: no grid, cells one after another, lines as narrow as their columns.

A row is known by the order of what it holds: a label whose number follows the one before, years,
names, as many figures as the form has, a narrative. What a page repeats, the names of its groups,
stands at its end in lines as narrow as their column, and the title where it happens to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median

from reportgen.importing.likeness import likeness, squeezed
from reportgen.model.form import Column, Form, Kind, Shown, TableSection
from reportgen.read.source import (
    Place,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
)

_PAGE_GAP = 4  # lines of the file between two pages; within a page every second one is blank
_HEADINGS = 0.8  # of the form's headings must be there
_NARROW, _WIDE = 0.55, 1.8  # of a narrative's line: a group's, and what is outside the table
_FEWEST = 3  # lines of a group's name
_NUMBER = re.compile(r"\s*(\d{1,2})\.(\d{1,3})\.?\s*(?=[^\W\d]|[\"«])")
_TERM = re.compile(r"\s*(20\d\d(?:\s*[-–]\s*20\d\d|(?:,\s*20\d\d)+)?)\s+(?=[^\W\d])")
_FIGURE = r"(?:\d[\d ]*,\d+|\d+|[-–])"
_GROUP = re.compile(r"\s*(\d{1,2})\.?\s+(?=[А-ЯІЇЄҐ])")
_GROUP_NUMBER = re.compile(r"\s*(\d{1,2})\.?\s*")


@dataclass(slots=True)
class _Cells:
    """The pieces of one row: lines of each column, and where it begins."""

    number: tuple[int, int]
    place: Place
    label: list[str] = field(default_factory=list)
    term: str = ""
    executors: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    info: list[SourceParagraph] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    number: str
    text: str
    place: Place


def as_table(source: SourceFile, forms: Sequence[Form]) -> SourceFile:
    """Return the file with its rows put together to a table, if it is torn; else as it is."""
    lines = [one for one in source.blocks if isinstance(one, SourceParagraph)]
    if not lines or len(lines) < len(source.blocks):
        return source
    whole = squeezed(" ".join(one.text for one in lines))
    fitting = [
        (share, -len(form.id), form.id, form.tables[0])
        for form in forms
        if len(form.tables) == 1 and _is_known(form.tables[0])
        and (share := _share(form.tables[0], whole)) >= _HEADINGS
    ]  # fmt: skip
    if not fitting:
        return source
    return _Torn(max(fitting)[-1]).read(source.name, lines)


def _is_known(section: TableSection) -> bool:
    """Tell whether a table has the columns that make a row known when it is torn."""
    kinds = [one.kind for one in section.columns]
    merged = [one for one in section.levels if one.shown is Shown.MERGED]
    figures = sum(one.is_figure for one in kinds)
    labels = any(one.source and one.source.field == "label" for one in section.columns)
    return labels and len(merged) == 1 and figures > 1 and kinds[-1] is Kind.NARRATIVE


def _share(section: TableSection, whole: str) -> float:
    headings = [squeezed(one) for column in section.columns for one in column.heading]
    return sum(one in whole for one in headings) / len(headings)


class _Torn:
    """Puts the lines of one file together by one table of a form."""

    def __init__(self, section: TableSection) -> None:
        self._section = section
        self._headings = squeezed(" ".join(one for c in section.columns for one in c.heading))
        figures = sum(one.kind.is_figure for one in section.columns)
        run = rf"(?:{_FIGURE}\s+){{{figures - 1}}}{_FIGURE}"
        self._figures = re.compile(rf"(?P<before>.*?)(?:^|\s+)(?P<run>{run})(?:\s+|$)(?P<info>.*)")
        self._rows: list[_Cells] = []
        self._groups: dict[str, _Group] = {}
        self._above: list[SourceParagraph] = []
        self._below: list[SourceParagraph] = []

    def read(self, name: str, lines: Sequence[SourceParagraph]) -> SourceFile:
        """Return the file as paragraphs, a table, and paragraphs."""
        for number, page in enumerate(_pages(lines)):
            loose = self._page(page)
            (self._below if number else self._above).extend(loose)
        if not self._rows:
            return SourceFile(name, tuple(lines))
        rows = tuple(self._table_rows())
        blocks: tuple[SourceBlock, ...] = (
            *_title_first(self._above),
            SourceTable(rows, rows[0].place),
            *self._below,
        )
        return SourceFile(name, blocks)

    def _page(self, page: Sequence[SourceParagraph]) -> list[SourceParagraph]:
        """Read one page; return the lines that are of no row and no group."""
        loose: list[SourceParagraph] = []
        first = len(self._rows)
        row: _Cells | None = None
        for line in page:
            label = _NUMBER.match(line.text)
            if label and self._follows(int(label[1]), int(label[2])):
                row = _Cells((int(label[1]), int(label[2])), line.place)
                self._rows.append(row)
            if row is None or not self._put(row, line):
                loose.append(line)
                row = row if row is None or not row.figures else None
        if len(self._rows) > first:
            loose = [*self._end_of_page(self._rows[-1]), *loose]
        return self._take_groups(loose, {one.number[0] for one in self._rows[first:]})

    def _follows(self, task: int, number: int) -> bool:
        """Tell whether a number goes on from the last row's: 2.9 → 2.10 or 3.1, never 28.07."""
        if not self._rows:
            return True
        last_task, last = self._rows[-1].number
        next_one = task == last_task and last < number <= last + 2
        return next_one or (last_task < task <= last_task + 2 and number == 1)

    def _put(self, row: _Cells, line: SourceParagraph) -> bool:
        """Put a line into the column that a row has come to; ``False`` if it is none of its."""
        text = line.text.strip()
        figures = self._figures.fullmatch(text)
        if row.figures:
            if figures and not figures["before"] and not figures["info"]:
                return False  # a total, below the last row
            row.info.append(line)
            return True
        term = None if row.term else _TERM.match(text)
        if term:
            row.term = term[1]
            text = text[term.end() :]
            figures = self._figures.fullmatch(text)
        if row.term and figures:
            row.figures = re.findall(_FIGURE, figures["run"])
            row.info.append(SourceParagraph(figures["info"], line.place))
            text = figures["before"]
        (row.executors if row.term else row.label).append(text)
        return True

    def _end_of_page(self, row: _Cells) -> list[SourceParagraph]:
        """Cut what stands after the narrative of a page's last row off it, and return it."""
        widths = [len(one.text.strip()) for each in self._rows for one in each.info[1:-1]]
        usual = median(widths) if widths else 0
        for at in range(1, len(row.info)):
            text = row.info[at].text.strip()
            run = [len(one.text.strip()) <= _NARROW * usual for one in row.info[at:]]
            length = run.index(False) if False in run else len(run)
            begins = text[:1].isupper() or _GROUP.match(text)
            if len(text) > _WIDE * usual or (begins and length >= _FEWEST):
                cut = row.info[at:]
                del row.info[at:]
                return cut
        return []

    def _take_groups(
        self, loose: Sequence[SourceParagraph], tasks: set[int]
    ) -> list[SourceParagraph]:
        """Take the names of groups from the loose lines of a page; return the others."""
        own = [*self._without_header(loose)]
        left: list[SourceParagraph] = []
        run: list[SourceParagraph] = []
        for line in own:
            number = _GROUP_NUMBER.fullmatch(line.text)
            if number and len(run) >= _FEWEST:
                self._add(number[1], run)
                run = []
            elif len(line.text.strip()) > _LONGEST_OF_GROUP:
                left += [*run, line]
                run = []
            else:
                run.append(line)
        if len(run) >= _FEWEST and tasks:
            begun = _GROUP.match(run[0].text)
            nameless = sorted(task for task in tasks if str(task) not in self._groups)
            same = [one for one in self._groups.values() if likeness(one.text, _text(run)) > 0.9]  # noqa: PLR2004
            if begun:
                first = SourceParagraph(run[0].text[begun.end() :], run[0].place)
                self._add(begun[1], [first, *run[1:]])
                return left
            if same or nameless:
                self._add(same[0].number if same else str(nameless[-1]), run)
                return left
        return [*left, *run]

    def _without_header(self, lines: Sequence[SourceParagraph]) -> Iterator[SourceParagraph]:
        """Yield lines but for those of the header: several pieces of headings in a row."""
        for pieces, group in groupby(lines, key=self._of_header):
            run = [*group]
            if not pieces or len(run) < _FEWEST:
                yield from run

    def _of_header(self, line: SourceParagraph) -> bool:
        text = squeezed(line.text)
        return (
            len(line.text.strip()) <= _LONGEST_OF_GROUP * 2
            and bool(text)
            and text in self._headings
        )

    def _add(self, number: str, lines: Sequence[SourceParagraph]) -> None:
        self._groups.setdefault(number, _Group(number, _text(lines), lines[0].place))

    # The table.

    def _table_rows(self) -> Iterator[SourceRow]:
        place = self._rows[0].place
        headings = (
            (at, SourceCell(" ".join(one.heading), place))
            for at, one in enumerate(self._section.columns)
        )
        yield SourceRow(tuple(headings), place)
        named: set[int] = set()
        for row in self._rows:
            task = row.number[0]
            group = self._groups.get(str(task)) if task not in named else None
            named.add(task)
            cells = (
                (at, SourceCell(self._cell(column, row, group), row.place))
                for at, column in enumerate(self._section.columns)
            )
            yield SourceRow(tuple(cells), row.place)

    def _cell(self, column: Column, row: _Cells, group: _Group | None) -> str:
        if column.source and column.source.level != "row":
            number = column.source.field == "number"
            return (group.number if number else group.text) if group else ""
        if column.kind.is_figure:
            figures = [one.id for one in self._section.columns if one.kind.is_figure]
            at = figures.index(column.id)
            return row.figures[at] if at < len(row.figures) else ""
        own = {
            Kind.EXECUTORS: row.executors,
            Kind.NARRATIVE: [one.text for one in row.info],
        }
        return _joined(row.label if column.source else own.get(column.kind, [row.term]))


_NAME = re.compile(r"(?:програм|концепці|стратегі).*(?:20\d\d|[«\"])", re.IGNORECASE)
_OTHER_LINE = re.compile(r"№|термін|строк|виконавець", re.IGNORECASE)
_LONGEST_OF_GROUP = 26  # characters of a line of a group's name


def _pages(lines: Sequence[SourceParagraph]) -> Iterator[list[SourceParagraph]]:
    page: list[SourceParagraph] = []
    for line in lines:
        if page and line.place.line - page[-1].place.line >= _PAGE_GAP:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def _text(lines: Sequence[SourceParagraph]) -> str:
    return _joined([one.text for one in lines])


def _joined(lines: Sequence[str]) -> str:
    """Return lines of a narrow column as one text."""
    text = " ".join(" ".join(lines).split())
    return re.sub(r"(?<=[^\W\d]-) (?=[^\W\d])", "", text)


def _title_first(lines: Sequence[SourceParagraph]) -> list[SourceParagraph]:
    """Return lines with the programme's name where a title has it: after «про виконання»."""
    named = [one for one in lines if _NAME.search(one.text) and not _OTHER_LINE.search(one.text)]
    about = [at for at, one in enumerate(lines) if one.text.strip().endswith("виконання")]
    if len(named) != 1 or not about:
        return [*lines]
    others = [one for one in lines if one is not named[0]]
    at = next(i for i, one in enumerate(others) if one is lines[about[0]])
    return [*others[: at + 1], named[0], *others[at + 1 :]]
