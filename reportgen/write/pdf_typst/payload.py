"""What ``document.typ`` is given: the document as plain data, lengths in mm, type in points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.document.blocks import (
    Chart,
    Document,
    Paragraph,
    Signature,
    Style,
    Table,
)
from reportgen.model.council import PageProfile
from reportgen.model.markup import Marked, Run
from reportgen.write.annex_mark import mark_width
from reportgen.write.charts.svg import draw_chart
from reportgen.write.fonts import Typeface
from reportgen.write.headings import heading_levels
from reportgen.write.keeping import first_kept, kept_with_next
from reportgen.write.lists import text_lists
from reportgen.write.pages import Starts
from reportgen.write.pdf_typst.cells import PADDING, Data, TableTexts
from reportgen.write.pdf_typst.texts import Content, marked, plain
from reportgen.write.prediction import POINTS_PER_MM

#: The serif that Typst carries inside, where the machine has none with Times metrics.
FALLBACK_FAMILY = "Libertinus Serif"

_INDENT = 10.0  # mm, of the first line of running text, and of the marks of its lists
_POSITION_WIDTH = 73.0  # mm, the most that ДСТУ 4163:2020 gives to the position


def payload(
    document: Document,
    held: Starts,
    typeface: Typeface | None,
    samples: Mapping[int, Sequence[Data]] | None = None,
) -> Mapping[str, object]:
    """Return the document as data; a page begins before each row in ``held`` where it can.

    Before a table's first row is before the headings that stand with it. With ``samples`` the
    document is to be measured: tables, by their blocks, have these rows in place of their own.
    """
    page = document.page
    return {
        "title": document.title,
        "author": document.author,
        "subject": document.subject,
        "language": document.language,
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "font": typeface.family if typeface else FALLBACK_FAMILY,
        "page": {
            "width": page.width,
            "height": page.height,
            "left": page.left,
            "right": page.right,
            "top": page.top,
            "bottom": page.bottom,
            "text-size": page.text_size,
            "table-size": page.table_size,
            "heading-size": page.heading_size,
            "padding": PADDING,
            "indent": _INDENT,
        },
        "measure": samples is not None,
        "blocks": _blocks(document, held, typeface, samples or {}),
    }


def _blocks(
    document: Document,
    held: Starts,
    typeface: Typeface | None,
    samples: Mapping[int, Sequence[Data]],
) -> list[Mapping[str, object]]:
    """Return the blocks, each at its own index: an item of a list is drawn with the first one."""
    page, blocks = document.page, document.blocks
    levels, kept, lists = heading_levels(blocks), kept_with_next(blocks), text_lists(blocks)
    begins = {first_kept(blocks, one.block) for one in held if not one.row}
    drawn: list[Mapping[str, object]] = []
    items = 0  # how many of the next blocks are drawn already
    for index, block in enumerate(blocks):
        data: Mapping[str, object] = {"type": "listed"}
        if items:
            items -= 1
        elif index in lists:
            listed = lists[index].items
            if len(listed) > 1 and kept[index + len(listed) - 1]:
                listed = listed[:-1]  # a list may be too long to stay with what is below it
            items = len(listed) - 1
            content = _running(listed, page, typeface)
            data = {"type": "text", "sticky": kept[index + items], **content}
        else:
            match block:
                case Paragraph(lines, Style.TEXT, marked=own):
                    runs = (own,) if own else [Marked((Run(line),)) for line in lines]
                    content = _running(runs, page, typeface)
                    data = {"type": "text", "sticky": kept[index], **content}
                case Paragraph():
                    own_lines = _lines(block, levels[index], page)
                    data = {"type": "paragraph", "sticky": kept[index], **own_lines}
                case Signature(position, name):
                    data = {"type": "signature", **_signature(position, name, page, typeface)}
                case Chart() as chart:
                    data = {"type": "chart", "alt": chart.alt, "width": page.text_width}
                    data = {**data, "svg": draw_chart(chart, page.text_width).svg}
                case Table() as table:
                    texts = TableTexts(table, page, typeface)
                    data = {
                        "type": "table",
                        "breaks": _possible(table, (one.row for one in held if one.block == index)),
                        "widths": texts.widths(),
                        "header": texts.header(),
                        "body": samples[index] if index in samples else texts.body(),
                    }
        drawn.append({**data, "index": index, "begin": index in begins})
    return drawn


def _lines(block: Paragraph, level: int, page: PageProfile) -> Mapping[str, object]:
    """Return a paragraph of lines; the mark of an annex has a width of its own."""
    data = {"style": block.style.value, "lines": block.lines, "level": level}
    return {**data, "width": mark_width(page)} if block.style is Style.ANNEX_MARK else data


def _running(paragraphs: Sequence[Marked], page: PageProfile, typeface: Typeface | None) -> Content:
    indent = _INDENT if paragraphs[0].mark else 0.0
    return marked(paragraphs, (page.text_width - indent) * POINTS_PER_MM, page.text_size, typeface)


def _signature(
    position: str, name: str, page: PageProfile, typeface: Typeface | None
) -> Mapping[str, object]:
    """Return position and name side by side, each breakable where it is wider than its part."""
    face = typeface.regular if typeface else None
    rest = page.text_width - _POSITION_WIDTH
    return {
        "position-width": _POSITION_WIDTH,
        "position": plain((position,), _POSITION_WIDTH * POINTS_PER_MM, page.text_size, face),
        "name": plain((name,), rest * POINTS_PER_MM, page.text_size, face),
    }


def _possible(table: Table, rows: Iterable[int]) -> list[int]:
    """Keep the rows before which a page can begin: those that no cell reaches over."""
    width = len(table.columns)
    placed = table.placed_body
    return sorted(
        row for row in rows if sum(cell.columns for _, cell in placed[row]) == width and row
    )
