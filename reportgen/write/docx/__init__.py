"""Document to DOCX: a Word file that an official restyles, filled with the report.

The frame (``templates/frame.docx``) brings page furniture and named styles; a paragraph with
:data:`~reportgen.write.docx.body.MARKER` gives way to the blocks; Jinja tags may stand anywhere
(:mod:`reportgen.write.docx.tags`). Paper, margins and the two base sizes of type come from the
document's page profile, everything else that is seen from the frame.

A form's own Word page (:mod:`reportgen.write.docx.template`) takes the place of all this.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from reportgen.document.blocks import Document
from reportgen.write.docx.body import fill_body
from reportgen.write.docx.charts import Charts
from reportgen.write.docx.links import Links
from reportgen.write.docx.lists import Lists
from reportgen.write.docx.opc import MAIN, STYLES, forget_template, part_of_type, set_properties
from reportgen.write.docx.package import read_parts, write_parts
from reportgen.write.docx.safety import refuse_unsafe
from reportgen.write.docx.setting import Setting
from reportgen.write.docx.styles import find_styles, set_sizes
from reportgen.write.docx.xml import parse, serialise
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame, FrameError

_TEXT_PART: Final = re.compile(r"word/[^/]+\.xml")

#: The start of a tag, also where Word has parted its two characters by markup.
_TAG: Final = re.compile(rb"\{(?:<[^>]*>)*[{%#]")


def write_docx(document: Document, frame: Frame, typeface: Typeface | None) -> bytes:
    """Return the document as a Word file; the same input always gives the same bytes.

    Args:
        document: What to print.
        frame: Its ``docx`` is the Word file to fill, unless the form has its own ``report``.
        typeface: Widths by which rows are found that no page can hold; only these may break.
            ``None`` takes every row to fit.

    Raises:
        FrameError: when the frame cannot be used.
        ValueError: for a control character that XML cannot hold.
    """
    if frame.report is not None:
        from reportgen.write.docx.template import write_template  # noqa: PLC0415 - slow, rare

        return write_template(frame.report, document)
    parts = read_parts(frame.docx)
    try:
        refuse_unsafe(parts)
        main, looks = part_of_type(parts, MAIN), part_of_type(parts, STYLES)
        forget_template(parts)
        if any(_TAG.search(part) for name, part in parts.items() if _TEXT_PART.fullmatch(name)):
            from reportgen.write.docx.tags import fill_tags  # noqa: PLC0415 - slow, rarely needed

            parts = fill_tags(write_parts(parts), document)
            refuse_unsafe(parts)  # tags can put together what did not stand there
        root, style_sheet = parse(parts[main]), parse(parts[looks])
    except etree.XMLSyntaxError as error:
        raise FrameError("frame.docx", 1, f"рамку пошкоджено: {error}") from error
    styles = find_styles(style_sheet)
    set_sizes(style_sheet, styles, document.page)
    lists, links = Lists(parts, style_sheet, styles), Links(parts, main)
    charts = Charts(document)
    fill_body(root, document, Setting(styles, lists, links, charts, document.page, typeface))
    lists.write(parts)
    links.write(parts)
    charts.write(parts, main)
    parts[main], parts[looks] = serialise(root), serialise(style_sheet)
    set_properties(parts, document)
    return write_parts(parts)
