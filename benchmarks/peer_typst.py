"""Bare Typst: a script with the whole table in it, compiled once.

The same standards, page, face and repeated heading as ours; rows are kept whole, and words are
hyphenated in the whole table, without which they would leave the narrow columns. ``told`` in which
cells that is needed (nobody knows without measuring words), the script draws the pages of ours.
What it does not do: name a task again on the pages it goes on to, and keep the signature with the
last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import typst
from plain import Cell, Line, Plain, Row, load

__all__ = ["SUFFIX", "draw", "load"]

SUFFIX = "pdf"

_HEAD = """
#set document(title: {title}, author: {author}, date: datetime(year: {0}, month: {1}, day: {2}))
#set page(
  width: 297mm, height: 210mm,
  margin: (left: 30mm, right: 10mm, top: 20mm, bottom: 20mm), header-ascent: 4mm,
  header: context if counter(page).get().first() > 1 {{ align(center, counter(page).display()) }},
)
#set text(font: {font}, size: 12pt, lang: "uk")
#set par(leading: 0.45em, spacing: 0.6em)
#show heading: set text(size: 12pt)
"""
_TABLE = """
#{{
  set text(size: 9pt, hyphenate: {hyphenate})
  set par(leading: 0.4em)
  set table.cell(breakable: false)
  table(
    columns: ({widths}), inset: (x: 1mm, top: 0.8mm, bottom: 0.8mm + 0.25em), stroke: 0.5pt,
    table.header({header}),
    {body}
  )
}}
"""
_SIGNATURE = """
#block(above: 2em, breakable: false, grid(
  columns: (73mm, 1fr), align: (left + bottom, right + bottom), {position}, {name},
))
"""
_ALIGN = {"left": "left", "centre": "center", "right": "right"}


def draw(plain: Plain, *, told: bool = False) -> bytes:
    """Return the report as PDF/A-2a and PDF/UA-1."""
    return compiled(_head(plain) + script(plain, told=told), plain["fonts"])


def draw_many(reports: Sequence[Plain], *, told: bool = False) -> bytes:
    """Return many reports as one file, in one compilation; each begins a page."""
    bodies = "\n#pagebreak()\n".join(script(one, told=told) for one in reports)
    return compiled(_head(reports[0]) + bodies, reports[0]["fonts"])


def compiled(text: str, fonts: str) -> bytes:
    """Return what Typst makes of a script, as PDF/A-2a and PDF/UA-1."""
    return typst.compile(
        text.encode("utf-8"),
        format="pdf",
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
        ),
        pdf_standards=["a-2a", "ua-1"],
    )


def _head(plain: Plain) -> str:
    return _HEAD.format(
        *plain["dated"],
        title=_quoted(plain["title"]),
        author=_quoted(plain["author"]),
        font=_quoted(plain["font"]),
    )


def script(plain: Plain, *, told: bool) -> str:
    """Return the report as a Typst script, without what stands once in a file."""
    table = _TABLE.format(
        hyphenate=str(not told).lower(),
        widths=", ".join(f"{width}mm" for width in plain["widths"]),
        header=", ".join(chain.from_iterable(map(_row, plain["header"]))),
        body=",\n    ".join(", ".join(_row(row)) for row in plain["body"]),
    )
    signature = _SIGNATURE.format(position=_quoted(plain["position"]), name=_quoted(plain["name"]))
    return "".join(map(_line, plain["lines"])) + table + signature


def _line(line: Line) -> str:
    text = _quoted(line["text"])
    match line["style"]:
        case "title":
            return f"#align(center, heading(level: 1, {text}))\n"
        case "subtitle":
            return f"#align(center, strong({text}))\n"
        case "section":
            return f"#heading(level: 2, {text})\n"
    return f"#par({text})\n"


def _row(row: Row) -> list[str]:
    return [_cell(cell, row["role"]) for cell in row["cells"]]


def _cell(cell: Cell, role: str) -> str:
    align = _ALIGN[cell["align"]] + (" + horizon" if role in ("heading", "numbers") else " + top")
    options = [f"align: {align}"]
    if cell["columns"] > 1:
        options.append(f"colspan: {cell['columns']}")
    if cell["rows"] > 1:
        options += [f"rowspan: {cell['rows']}", "breakable: true"]
    text = "#parbreak()".join(f"#{_quoted(one)}" for one in cell["paragraphs"])
    if cell["hyphenated"]:
        text = f"#text(hyphenate: true)[{text}]"
    if role == "heading":
        text = f"#text(size: 8pt)[{text}]"
    bold = "*" if text and role in ("heading", "total") else ""
    return f"table.cell({', '.join(options)})[{bold}{text}{bold}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
