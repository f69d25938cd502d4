"""Plain WeasyPrint: an HTML table with fixed columns, printed once.

The same PDF variant, page, face and repeated heading as ours; rows are kept whole and words
hyphenated. What it does not do: name a task again on the pages it goes on to, mend tags for
PDF/UA-1, and close the borders of rows that no page can hold.
"""

from __future__ import annotations

from html import escape

import weasyprint
from plain import Cell, Line, Plain, Row, load

__all__ = ["SUFFIX", "draw", "load"]

SUFFIX = "pdf"

_PAGE = """<!DOCTYPE html>
<html lang="uk"><head><meta charset="utf-8"><title>{title}</title>
<meta name="author" content="{author}">
<style>
@page {{ size: 297mm 210mm; margin: 20mm 10mm 20mm 30mm;
  font: 12pt "{font}"; @top-center {{ content: counter(page) }} }}
@page :first {{ @top-center {{ content: none }} }}
body {{ margin: 0; font: 12pt/1.2 "{font}" }}
h1, h2, p {{ margin: 0; font-size: inherit }}
h1, .subtitle {{ text-align: center; font-weight: bold }}
h2 {{ margin: 1em 0 .5em }}
table {{ table-layout: fixed; width: {width}mm; border-collapse: collapse; font-size: 9pt }}
th, td {{ border: .5pt solid; padding: .15em .35em; vertical-align: top; hyphens: auto;
  overflow-wrap: anywhere }}
tr {{ break-inside: avoid }}
.total {{ font-weight: bold }} .centre {{ text-align: center }} .right {{ text-align: right }}
.signature {{ display: flex; justify-content: space-between; margin-top: 2em }}
</style></head><body>
{lines}
<table><colgroup>{columns}</colgroup><thead>{header}</thead><tbody>{body}</tbody></table>
<p class="signature"><span>{position}</span><span>{name}</span></p>
</body></html>"""
_TAGS = {"title": "h1", "section": "h2"}


def draw(plain: Plain) -> bytes:
    """Return the report as PDF/A-2a."""
    html = weasyprint.HTML(string=page(plain))
    data: bytes = html.write_pdf(pdf_variant="pdf/a-2a")
    return data


def page(plain: Plain) -> str:
    """Return the report as an HTML page."""
    return _PAGE.format(
        title=escape(plain["title"]),
        author=escape(plain["author"]),
        font=plain["font"],
        width=sum(plain["widths"]),
        lines="\n".join(map(_line, plain["lines"])),
        columns="".join(f'<col style="width: {width}mm">' for width in plain["widths"]),
        header="".join(_row(row, "th") for row in plain["header"]),
        body="".join(_row(row, "td") for row in plain["body"]),
        position=escape(plain["position"]),
        name=escape(plain["name"]),
    )


def _line(line: Line) -> str:
    tag = _TAGS.get(line["style"], "p")
    return f'<{tag} class="{line["style"]}">{escape(line["text"])}</{tag}>'


def _row(row: Row, tag: str) -> str:
    cells = "".join(_cell(cell, tag) for cell in row["cells"])
    return f'<tr class="{row["role"]}">{cells}</tr>'


def _cell(cell: Cell, tag: str) -> str:
    spans = f' colspan="{cell["columns"]}"' if cell["columns"] > 1 else ""
    spans += f' rowspan="{cell["rows"]}"' if cell["rows"] > 1 else ""
    align = f' class="{cell["align"]}"' if cell["align"] != "left" else ""
    text = "<br>".join(map(escape, cell["paragraphs"]))
    return f"<{tag}{spans}{align}>{text}</{tag}>"
