"""The neutral document: blocks, and one table type with spans.

A writer chooses nothing but drawing: it may not compute, sort, translate, round or drop.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.document.origin import Origin
from reportgen.model.council import NumberStyle, PageProfile
from reportgen.model.form import Align, Kind
from reportgen.model.markup import Marked


class Role(enum.Enum):
    """Why a row exists; a writer maps it to emphasis."""

    HEADING = "heading"  # headings of columns
    NUMBERS = "numbers"  # the row that numbers the columns; repeated with the headings
    BODY = "body"
    PART = "part"  # «в т.ч.»
    BAND = "band"  # a name across the whole table
    TOTAL = "total"


class Style(enum.Enum):
    """Named paragraph styles; frames and style sheets know them by these values."""

    TITLE = "title"  # the document's title: centred, bold
    SUBTITLE = "subtitle"  # centred under the title, bold
    LINE = "line"  # a plain line at the left margin
    SECTION = "section"  # a heading of a section
    TEXT = "text"  # running text of a section
    NOTE = "note"  # small, under the table
    ANNEX_MARK = "annex-mark"  # «Додаток 1 до рішення …»: top right, lines aligned at their left


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid, merged over ``columns`` x ``rows`` places.

    ``paragraphs`` is the printed text; ``marked`` the same paragraphs with the styles of their
    runs and as items of lists, where the text alone does not say everything. ``value`` is the
    exact figure behind it, if it is one; printed text is rounded to ``decimals``, the value may
    hold more. ``origin`` tells where the cell came from: a place in a file, or a computation over
    other cells.
    """

    paragraphs: tuple[str, ...] = ()
    value: Decimal | None = None
    kind: Kind = Kind.TEXT
    align: Align = Align.LEFT
    decimals: int = 0
    columns: int = 1
    rows: int = 1
    origin: Origin | None = None
    marked: tuple[Marked, ...] = ()

    @property
    def text(self) -> str:
        """The printed text with a line break between paragraphs."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class RowName:
    """How content calls a row; ``str()`` gives «1.1.1», «1.1.1/а», «1.1/Обласний бюджет».

    ``key`` is that of a measure or, in a group's total, of the group; ``label`` and ``funds`` are
    those that the form gives a total or the row of a funding source.
    """

    key: str = ""
    label: str = ""
    funds: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join(filter(None, (self.key, " ".join(self.label.split()))))


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; places covered by a cell from above are left out."""

    cells: tuple[Cell, ...]
    role: Role = Role.BODY
    name: RowName = RowName()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A grid column: ``width`` in mm, and the funds that alone its amounts are of, if any."""

    id: str
    width: float
    funds: tuple[str, ...] = ()


#: For each row its own cells, with the grid column (from 0) where each begins.
PlacedRows: TypeAlias = "tuple[Sequence[tuple[int, Cell]], ...]"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header rows, if it has any, are repeated on every page.

    Raises:
        ValueError: when a grid, the header's or the body's, is not covered exactly once. That is
            a bug of ours: the document stage builds only whole grids.
    """

    caption: str  # what the table shows, for readers who cannot see it
    columns: tuple[TableColumn, ...]
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    id: str = ""  # of the form's section
    #: The cells of each row with the grid column (from 0) of each, as `place` gives them.
    placed_header: PlacedRows = field(init=False, repr=False, compare=False)
    placed_body: PlacedRows = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "placed_header", place(self.header, len(self.columns)))
        object.__setattr__(self, "placed_body", place(self.body, len(self.columns)))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one or more lines (a line break between them).

    ``marked`` is the same text, always one line, where styles or an item of a list are to be seen.
    """

    lines: tuple[str, ...]
    style: Style
    origin: Span
    marked: Marked | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Position at the left, given name and SURNAME at the right, level with its last line."""

    position: str
    name: str
    origin: Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a chart: its ``text`` is printed beside the bar, «–» without a ``value``.

    It is the figure of a cell: ``row`` and ``column`` of the body of the chart's table, from 0.
    """

    value: Decimal | None
    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind, one for each category of the chart."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis and how it is named there."""

    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from nought, one below another: a group for each category, a bar for each series.

    The axis goes from the first of the ``ticks`` to the last, evenly, and holds nought and every
    bar. ``full`` is where a line stands across the bars, such as 100 %. ``alt`` says in words all
    that is to be seen. ``table`` is the id of the table whose figures these are.

    Raises:
        ValueError: when a series has not a figure for each category, or a bar leaves the axis.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    unit: str
    alt: str
    table: str
    full: Decimal | None = None

    def __post_init__(self) -> None:
        axis = [one.value for one in self.ticks]
        if not axis or not axis[0] <= 0 <= axis[-1]:
            raise ValueError("the axis of a chart leaves nought out")
        for series in self.series:
            if len(series.marks) != len(self.categories):
                raise ValueError(f"{series.name}: a figure for each category is wanted")
            for mark in series.marks:
                if mark.value is not None and not axis[0] <= mark.value <= axis[-1]:
                    raise ValueError(f"{series.name}: {mark.value} lies beyond the axis")


Block: TypeAlias = Paragraph | Table | Signature | Chart


@dataclass(frozen=True, slots=True)
class Document:
    """One official document, ready for any writer."""

    title: str
    author: str  # the body that answers for the document
    language: str  # BCP 47, "uk"
    dated: datetime.date  # from content or SOURCE_DATE_EPOCH, never from the clock
    page: PageProfile
    numbers: NumberStyle
    blocks: tuple[Block, ...]
    subject: str = ""  # what it is about, in one line of its properties

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))


def place(rows: tuple[Row, ...], width: int) -> PlacedRows:
    """Return, for each row, its own cells with the grid column (from 0) of each.

    Raises:
        ValueError: when a place is covered twice or not at all, or a cell leaves the grid.
    """
    placed: list[Sequence[tuple[int, Cell]]] = []
    open_rows = [0] * width  # how many further rows the cell above covers, by column
    for index, row in enumerate(rows):
        starts: list[tuple[int, Cell]] = []
        column = _passed(open_rows, 0)
        for cell in row.cells:
            stop = column + cell.columns
            if column == width:
                raise ValueError(f"row {index}: more cells than the table is wide")
            if stop > width or any(open_rows[column:stop]):
                raise ValueError(f"row {index}: the cell at column {column} does not fit")
            if cell.rows > 1:
                open_rows[column:stop] = [cell.rows - 1] * cell.columns
            starts.append((column, cell))
            column = _passed(open_rows, stop)
        if column < width:
            raise ValueError(f"row {index}: column {column} is not covered")
        placed.append(starts)
    if any(open_rows):
        raise ValueError("a merged cell reaches below the last row")
    return tuple(placed)


def _passed(open_rows: list[int], column: int) -> int:
    """Return the next column that no cell above covers, one row of each passed one being over."""
    while column < len(open_rows) and open_rows[column]:
        open_rows[column] -= 1
        column += 1
    return column
