"""PDF against the document: by tags, page by page, with repeated headings and continued cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.document.blocks import Document, Row, Table
from reportgen.proof.charts import compare_charts, in_pdf
from reportgen.proof.difference import (
    Compared,
    Difference,
    besides,
    counted,
    differing,
    limited,
    lines_of,
    signed,
    whole,
)
from reportgen.proof.grid import Seen, Spot, compare_rows
from reportgen.proof.lines import squeeze, texts_within
from reportgen.proof.pdf import Piece, Tag, Tagged, read_as, read_tagged
from reportgen.write.pages import split_at


def compare_pdf(file: str, data: bytes, document: Document, *, own: bool = False) -> Compared:
    """Compare a tagged PDF, whose merged cells are cut at its pages.

    A template that is the council's ``own`` may print more around the tables.
    """
    read = read_tagged(data)
    tables, rest = _taken(list(read.root.below("Table")), document.tables)
    found: list[Difference] = []
    for table, parts in zip(document.tables, tables, strict=True):
        found += _compare_table(file, table, parts)
    if rest:
        found.append(whole(file, f"таблиць більше, ніж у моделі: зайвих {len(rest)}"))
    texts = [*lines_of(document), *signed(document)]
    around = list(read.root.around("Table", "Figure"))
    if own:
        found += texts_within(file, texts, "".join(text for _, text in around))
    else:
        found += _compare_texts(file, around, texts)
    if not own:
        found += compare_charts(file, in_pdf(read.root), document)
    found += _compare_beside(file, read, document.tables, tables, own=own)
    return Compared(counted(document, read.letters.pages), limited(found))


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table as the PDF has it."""

    tag: Tag
    page: int  # on which it begins; one that draws nothing stands with the one above


def _taken(parts: list[Tag], tables: Sequence[Table]) -> tuple[list[list[Tag]], list[Tag]]:
    """Return the parts of each table, one for each of its pages, and those of no table."""
    taken: list[list[Tag]] = []
    for table in tables:
        mine: list[Tag] = []
        rows = 0
        while parts and (not mine or rows < len(table.body)):
            mine.append(parts.pop(0))
            rows += len(list(mine[-1].below("TR"))) - len(table.header)
        taken.append(mine)
    return taken, parts


def _compare_table(file: str, table: Table, parts: Sequence[Tag]) -> Iterator[Difference]:
    head = len(table.header)
    rows: list[Tag] = []
    for part in parts:
        own = list(part.below("TR"))
        lines = _placed(own[:head], 1)
        yield from compare_rows(file, _seen(lines, 0, table), _spots(table.header), "", read_as)
        rows += own[head:]
    lines = _placed(rows, parts[0].page or 1 if parts else 1)
    starts = [
        row
        for row in range(1, min(len(lines), len(table.body)))
        if lines[row].page > lines[row - 1].page
    ]
    body = _spots(split_at(table, starts).body)
    yield from compare_rows(file, _seen(lines, head, table), body, "", read_as)


def _placed(rows: Sequence[Tag], first: int) -> list[_Line]:
    lines: list[_Line] = []
    for row in rows:
        pages = [cell.page for cell in row.children if cell.page]
        lines.append(_Line(row, min(pages, default=lines[-1].page if lines else first)))
    return lines


def _seen(lines: Sequence[_Line], head: int, table: Table) -> list[list[Seen]]:
    """Return rows with their places; rows are counted on each page, the heading's first."""
    seen: list[list[Seen]] = []
    number = page = 0
    open_rows: dict[int, int] = {}  # grid column → how many rows the cell above covers still
    for line in lines:
        number = number + 1 if line.page == page else head + 1
        page = line.page
        cells: list[Seen] = []
        column = 0
        for cell in line.tag.children:
            while open_rows.get(column, 0) > 0:
                column += 1
            place_of = f"сторінка {page}, рядок {number}, колонка {column + 1}"
            cells.append(Seen(cell.columns, cell.rows, cell.raw, place_of))
            for covered in range(column, min(column + cell.columns, len(table.columns))):
                open_rows[covered] = cell.rows
            column += cell.columns
        open_rows = {at: left - 1 for at, left in open_rows.items() if left > 1}
        seen.append(cells)
    return seen


def _spots(rows: Sequence[Row]) -> list[list[Spot]]:
    return [
        [
            Spot(number, column, cell.rows, cell.columns, cell.text, str(row.name))
            for column, cell in enumerate(row.cells)
        ]
        for number, row in enumerate(rows)
    ]


def _compare_texts(
    file: str, around: Sequence[Piece], wanted: Sequence[str]
) -> Iterator[Difference]:
    """Yield what differs outside of tables: each text must follow the one before it."""
    raw = "".join(text for _, text in around)
    pages = [page for page, text in around for _ in text]
    kept = [at for at, letter in enumerate(raw) if squeeze(letter)] + [len(raw)]
    shown = squeeze(raw)
    at = 0
    for index, text in enumerate(wanted):
        stop = at + len(squeeze(text))
        if shown[at:stop] != squeeze(text):  # what comes next tells where this one ends
            following = squeeze(*wanted[index + 1 : index + 2])
            found = shown.find(following, at) if following else len(shown)
            stop = found if found >= 0 else min(stop, len(shown))
        letters = read_as(raw[kept[at] : kept[stop]], text)
        if letters != text:
            yield differing(file, _on_page(pages, kept[at]), text, letters)
        at = stop
    if at < len(shown):
        yield besides(file, _on_page(pages, kept[at]), raw[kept[at] :])


def _on_page(pages: Sequence[int], at: int) -> str:
    return f"сторінка {pages[at]}, поза таблицями" if at < len(pages) else ""


def _compare_beside(
    file: str,
    read: Tagged,
    tables: Sequence[Table],
    parts: Sequence[Sequence[Tag]],
    *,
    own: bool,
) -> Iterator[Difference]:
    """Yield what differs of page numbers and of headings that are repeated on the next page."""
    for page in range(1, read.letters.pages + 1):
        texts = [] if page == 1 else [str(page)]
        for table, mine in zip(tables, parts, strict=True):
            drawn = {at for part in mine for at, _ in part.drawn}
            heads = [row for part in mine for row in list(part.below("TR"))[: len(table.header)]]
            headed = {at for row in heads for at, _ in row.drawn}
            if table.header and page in drawn - headed:
                texts += [cell.text for row in table.header for cell in row.cells]
        shown, wanted = read.letters.beside.get(page, ""), "".join(texts)
        # Engines draw the cells of a heading in orders of their own.
        theirs, ours = Counter(squeeze(shown)), Counter(squeeze(wanted))
        if ours - theirs or (theirs - ours and not own):
            place_of = f"сторінка {page}, номер сторінки й повторена шапка"
            yield differing(file, place_of, wanted, shown)
