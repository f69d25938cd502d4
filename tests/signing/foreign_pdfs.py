"""PDFs that other programs might have made: turned, cropped, with scripts in them."""

from __future__ import annotations

import io

import pikepdf
import typst

#: A page of 120 × 150 mm whose signature stands in its lower part.
PAGE = """
#set page(width: 180mm, height: 150mm, margin: 15mm)
#set text(size: 14pt, lang: "uk")
#lorem(60)

#v(1fr)
Директор #h(1fr) Вікторія КРАСНОПІР
#v(20mm)
"""

#: How a page's content is laid so that, turned clockwise by so much, it is seen as it was.
_LAID = {
    0: "1 0 0 1 0 0",
    90: "0 1 -1 0 {high} 0",
    180: "-1 0 0 -1 {wide} {high}",
    270: "0 -1 1 0 0 {wide}",
}


def page_of(text: str = PAGE) -> bytes:
    """Return a PDF with one page."""
    made = typst.compile(text.encode(), format="pdf", pdf_tags=False)
    assert isinstance(made, bytes)
    return made


def turned(data: bytes, turn: int, margin: float = 0) -> bytes:
    """Return a PDF whose page is turned and looks the same; ``margin`` around it is cropped."""
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as pdf:
        _, _, wide, high = (float(one) for one in source.pages[0].mediabox)
        size = (high, wide) if turn in (90, 270) else (wide, high)
        page = pdf.add_blank_page(page_size=(size[0] + 2 * margin, size[1] + 2 * margin))
        name = page.add_resource(
            pdf.copy_foreign(source.pages[0].as_form_xobject()), pikepdf.Name.XObject
        )
        laid = _LAID[turn].format(wide=wide, high=high)
        page.Contents = pdf.make_stream(
            f"q 1 0 0 1 {margin} {margin} cm {laid} cm {name} Do Q".encode()
        )
        page.Rotate = turn
        page.CropBox = [margin, margin, margin + size[0], margin + size[1]]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
