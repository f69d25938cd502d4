"""Make ``templates/zhytomyr-measures-year-word/report.docx``, a form's own Word page.

Run ``python tools/make_report.py`` after a change here. An official would draw such a page in Word;
this one is made by a program so that it can be told what stands in it and why. It begins with the
frame: its styles, header and page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml import etree

from reportgen.document.blocks import Style
from reportgen.load import load_form
from reportgen.model.council import PageProfile
from reportgen.model.form import Column
from reportgen.write.docx.body import MARKER
from reportgen.write.docx.package import read_parts, write_parts
from reportgen.write.docx.styles import (
    CELL,
    HEADING,
    NAME,
    NUMBERS,
    PARAGRAPH,
    POSITION,
    TOTAL,
    FrameStyle,
)
from reportgen.write.docx.xml import twips

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"
_FORM: Final = _TEMPLATES / "zhytomyr-measures-year-word"
_TARGET: Final = _FORM / "report.docx"

_HEADING: Final = (Style.TITLE, Style.SUBTITLE, Style.LINE, Style.SECTION)
_GREY: Final = "EDEDED"
_POSITION_WIDTH: Final = 73.0  # mm, as in documents that are drawn without a page of their own


def make_report() -> bytes:
    """Return the page as bytes, the same on every run."""
    form = load_form(_FORM / "form.yaml", [])
    if form is None:
        raise ValueError(_FORM)
    page = docx.Document(str(_TEMPLATES / "frame.docx"))
    [marker] = [one for one in page.paragraphs if one.text == MARKER]
    for style in _HEADING:
        marker.insert_paragraph_before(f"{{{{ heading.{style.value} }}}}", PARAGRAPH[style].name)
    cast("ParagraphStyle", page.styles[HEADING.name]).font.size = Pt(PageProfile().heading_size)
    _measures(page, form.tables[0].columns, form.heading[-1].template)
    page.add_paragraph()
    _signatures(page)
    page.element.body.remove(marker._p)  # noqa: SLF001 - python-docx cannot remove
    page.core_properties.title = form.title
    result = io.BytesIO()
    page.save(result)  # its zip holds the time; the one that we write does not
    return write_parts(read_parts(result.getvalue()))


def _measures(page: WordDocument, columns: Sequence[Column], caption: str) -> None:
    """Draw the table: its head as the form has it, then a loop over rows, two looks of a row."""
    table = _table(page, [column.width for column in columns])
    for name in ("tblCaption", "tblDescription"):  # for readers who cannot see it
        table._tbl.tblPr.append(_xml(name, f'w:val="{caption}"'))  # noqa: SLF001
    head, numbers = _add_row(table), _add_row(table)
    for row, style in ((head, HEADING), (numbers, NUMBERS)):
        _property(row, "tblHeader")
        for cell, column in zip(row.cells, columns, strict=True):
            _write(cell, column.heading[-1] if row is head else column.label, style)
            _shade(cell)
    _tag_row(table, "{%tr for row in table.rows %}")
    _tag_row(table, '{%tr if row.role == "total" %}')
    _row(table, columns, total=True)
    _tag_row(table, "{%tr else %}")
    _row(table, columns, total=False)
    _tag_row(table, "{%tr endif %}")
    _tag_row(table, "{%tr endfor %}")


def _row(table: Table, columns: Sequence[Column], *, total: bool) -> None:
    row = _add_row(table)
    _property(row, "cantSplit")
    for cell, column in zip(row.cells, columns, strict=True):
        written = _write(cell, f"{{{{ row.{column.id} }}}}", CELL[column.align])
        if total:
            written.runs[0].style = TOTAL.name
            written.paragraph_format.keep_with_next = True  # totals and signatures on one page
            _shade(cell)


def _signatures(page: WordDocument) -> None:
    """Draw one row for each signature: position at the left, name at the right."""
    width = PageProfile().text_width
    table = _table(page, [_POSITION_WIDTH, width - _POSITION_WIDTH], borders=False)
    _tag_row(table, "{%tr for one in signatures %}")
    row = _add_row(table)
    _write(row.cells[0], "{{ one.position }}", POSITION)
    _write(row.cells[1], "{{ one.name }}", NAME)
    for cell in row.cells:
        cell._tc.get_or_add_tcPr().append(_xml("vAlign", 'w:val="bottom"'))  # noqa: SLF001
    _tag_row(table, "{%tr endfor %}")


def _table(page: WordDocument, widths: Sequence[float], *, borders: bool = True) -> Table:
    """Return a table without rows; its columns are as wide as the form says."""
    table = cast("Table", page.add_table(0, len(widths)))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if borders else ()
    lines = (f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    margin = twips(0.8) if borders else 0
    sizes = (f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx knows no borders
    [whole] = properties.xpath("w:tblW")
    properties.replace(whole, _xml("tblW", f'w:w="{twips(sum(widths))}" w:type="dxa"'))
    layout = properties.xpath("w:tblLayout")[0]
    layout.addprevious(_xml("tblBorders", inside="".join(lines)))
    layout.addnext(_xml("tblCellMar", inside="".join(sizes)))
    for style in properties.xpath("w:tblStyle"):
        properties.remove(style)
    return table


def _add_row(table: Table) -> _Row:
    return cast("_Row", table.add_row())  # type: ignore[no-untyped-call]


def _tag_row(table: Table, tag: str) -> None:
    """Draw a row that holds a tag alone: it is not printed."""
    row = _add_row(table)
    cells = row.cells
    _write(cells[0].merge(cells[-1]), tag, CELL[next(iter(CELL))])


def _write(cell: _Cell, text: str, style: FrameStyle) -> Paragraph:
    paragraph = cast("Paragraph", cell.paragraphs[0])
    paragraph.style = style.name
    paragraph.add_run(text)
    return paragraph


def _property(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(_xml(name))  # noqa: SLF001 - python-docx has no such property


def _shade(cell: _Cell) -> None:
    shade = _xml("shd", f'w:val="clear" w:color="auto" w:fill="{_GREY}"')
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _xml(name: str, attributes: str = "", inside: str = "") -> etree._Element:
    return parse_xml(f"<w:{name} {nsdecls('w')} {attributes}>{inside}</w:{name}>")


if __name__ == "__main__":
    _TARGET.write_bytes(make_report())
