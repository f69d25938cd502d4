"""docxtpl: a Word template with row loops, filled.

Tasks are merged over their rows by docxtpl's own tag. It merges over one loop only, so the number
of a direction, which reaches over several tasks, is printed at its first row and not merged.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import docx
import docxtpl
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from plain import Plain, text_of
from plain import load as load_plain

SUFFIX = "docx"

_TASK = 1  # the column whose cells are merged over the rows of a task
_STYLE = "Normal"


@dataclass(frozen=True, slots=True)
class Given:
    """The template and what it is filled with."""

    template: bytes
    plain: Plain


@dataclass(slots=True)
class _Group:
    """The rows of one task: texts by column."""

    name: str
    rows: list[list[str]] = field(default_factory=list)


def load(folder: Path) -> Given:
    """Return what ``prepare`` left in a folder."""
    return Given((folder / "template.docx").read_bytes(), load_plain(folder))


def draw(given: Given) -> bytes:
    """Return the report as a Word file."""
    plain = given.plain
    template = docxtpl.DocxTemplate(io.BytesIO(given.template))
    context = {
        "lines": [line["text"] for line in plain["lines"]],
        "tasks": _groups(plain),
        "total": _texts(plain, len(plain["body"]) - 1),
        "position": plain["position"],
        "name": plain["name"],
    }
    template.render(context, autoescape=True)
    result = io.BytesIO()
    template.save(result)
    return result.getvalue()


def _groups(plain: Plain) -> list[_Group]:
    """Return the rows by task; a row without a cell for the task goes to the one above."""
    groups: list[_Group] = []
    for index in range(len(plain["body"]) - 1):  # the last row is the total
        texts = _texts(plain, index)
        if any(cell["x"] == _TASK for cell in plain["body"][index]["cells"]):
            groups.append(_Group(texts[_TASK]))
        groups[-1].rows.append(texts)
    return groups


def _texts(plain: Plain, index: int) -> list[str]:
    texts = [""] * len(plain["widths"])
    for cell in plain["body"][index]["cells"]:
        texts[cell["x"]] = text_of(cell)
    return texts


def make_template(plain: Plain) -> bytes:
    """Return the template: page, heading, the loops over tasks and rows, total, signature."""
    template = docx.Document()
    _set_page(template, plain["font"])
    template.add_paragraph("{%p for line in lines %}")
    template.add_paragraph("{{ line }}")
    template.add_paragraph("{%p endfor %}")
    table = template.add_table(0, len(plain["widths"]), style="Table Grid")
    table.autofit = False
    for row in plain["header"]:
        _add_row(table, [text_of(cell) for cell in row["cells"]], "tblHeader")
    columns = range(len(plain["widths"]))
    _add_row(table, ["{%tr for task in tasks %}"])
    _add_row(table, ["{%tr for row in task.rows %}"])
    texts = [f"{{{{ row[{column}] }}}}" for column in columns]
    texts[_TASK] = "{% vm %}{{ task.name }}"
    _add_row(table, texts, "cantSplit")
    _add_row(table, ["{%tr endfor %}"])
    _add_row(table, ["{%tr endfor %}"])
    _add_row(table, [f"{{{{ total[{column}] }}}}" for column in columns], "cantSplit")
    _set_looks(table, plain)
    last = table.rows[-1].cells
    label = next(cell for cell in plain["body"][-1]["cells"] if text_of(cell))
    last[0].merge(last[label["columns"] - 1]).text = "{{ total[0] }}"
    template.add_paragraph("{{ position }}\t{{ name }}")
    result = io.BytesIO()
    template.save(result)
    return result.getvalue()


def _set_page(template: Document, font: str) -> None:
    section = template.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    style = template.styles[_STYLE]
    style.font.name, style.font.size = font, Pt(9)


def _set_looks(table: Table, plain: Plain) -> None:
    """Set widths, the alignment of figures, and headings in bold."""
    aligns = {cell["x"]: cell["align"] for cell in plain["body"][0]["cells"]}
    for column, width in zip(table.columns, plain["widths"], strict=True):
        column.width = Mm(width)
    for number, row in enumerate(table.rows):
        for x, (cell, width) in enumerate(zip(row.cells, plain["widths"], strict=True)):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if number >= len(plain["header"]) and aligns.get(x) == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.bold = number == 0


def _add_row(table: Table, texts: list[str], *properties: str) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, text in zip(row.cells, texts, strict=False):
        cell.text = text
    for name in properties:
        row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))  # noqa: SLF001 - no other way
