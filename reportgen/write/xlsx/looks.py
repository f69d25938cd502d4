"""How cells look: fonts and borders by role, number formats by value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from reportgen.compute.rounding import round_half_up
from reportgen.document.numbers import print_number
from reportgen.model.council import NumberStyle

FONT = "Times New Roman"

#: The format of cells that nothing is written to. Column widths are counted in the width of its
#: digits: 7 pixels, as XlsxWriter assumes, exactly at this size and no other of this font.
DEFAULT: Mapping[str, object] = {"font_name": FONT, "font_size": 10.5}

#: What one step of indent takes, points: three blanks of the default font, a quarter of an em each.
INDENT = 3 * 0.25 * 10.5

#: Typed text stays text when a clerk edits it: no dates out of «1.10».
TEXT_FORMAT = "@"

#: Up to here: older versions of Excel show longer text of this format as ####.
LONGEST_TEXT_FORMAT = 255

# Ukrainian separators in LibreOffice of any locale; Excel always takes the system's.
_LOCALE = "[$-422]"
_MINUS = '"\u2212"'
_FIRST_GROUP = 1000

_LINK = "#0563C1"  # as Excel colours them; readable on white


class Look(NamedTuple):
    """What a cell format is made of; sizes are points, alignments as XlsxWriter names them."""

    size: float
    bold: bool = False
    align: str = "left"  # left, center, right, justify
    vertical: str = "top"  # top, vcenter, bottom
    bordered: bool = False
    indent: int = 0  # from the edge that the text is aligned to, in INDENT
    number_format: str = ""
    is_figure: bool = False  # shrunk to its cell, never wrapped: a wide figure would print as ###
    italic: bool = False
    is_link: bool = False

    @property
    def properties(self) -> dict[str, object]:
        """The look as XlsxWriter's format properties."""
        properties: dict[str, object] = {
            "font_name": FONT,
            "font_size": self.size,
            "bold": self.bold,
            "italic": self.italic,
            "align": self.align,
            "valign": self.vertical,
            "border": int(self.bordered),
            "indent": self.indent,
            "shrink" if self.is_figure else "text_wrap": True,
        }
        if self.number_format:
            properties["num_format"] = self.number_format
        if self.is_link:
            properties |= {"font_color": _LINK, "underline": 1}
        return properties


def number_format(value: Decimal, printed: str, decimals: int, style: NumberStyle) -> str:
    """Return the format in which a figure shows the same text as its printed cell.

    The format also suits what the figure may become by an edit, as far as Excel's and
    LibreOffice's readings agree: a section with a condition is used for positive figures alone,
    because they differ on the sign of a negative one there.
    """
    if print_number(value, decimals, style) != printed:
        literal = '"' + printed.replace('"', '"\\""') + '"'
        return ";".join([literal] * 3)  # positive, negative, zero: no sign of its own
    fraction = "." + "0" * decimals if decimals else ""
    half = Decimal("0.5").scaleb(-decimals)
    limit = Decimal(10) ** (style.group_from - 1)
    rounded = round_half_up(value, decimals)
    plain, grouped = f"0{fraction}", f"#,##0{fraction}"
    always = limit <= _FIRST_GROUP
    usual = grouped if always or abs(rounded) >= limit else plain
    if value < 0 <= rounded:  # no minus before a nought
        return f"[<=-{half}]{_LOCALE}{usual};{_LOCALE}{usual}"
    if always or rounded < 0:
        return f"{_LOCALE}{usual};{_LOCALE}{_MINUS}{usual}"
    return f"[<{limit - half}]{_LOCALE}{plain};{_LOCALE}{grouped}"
