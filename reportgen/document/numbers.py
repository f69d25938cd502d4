"""Numbers as printed: decimal comma, groups of three parted by a blank that never breaks."""

from __future__ import annotations

from decimal import Decimal

from reportgen.compute.rounding import round_half_up
from reportgen.model.council import NumberStyle

_BLANK = "\u00a0"
_MINUS = "\u2212"


def print_number(value: Decimal, decimals: int, style: NumberStyle) -> str:
    """Return the rounded number as text, such as ``1 030 310,5`` with U+00A0 between groups."""
    rounded = round_half_up(value, decimals)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) >= style.group_from:
        whole = f"{int(whole):,}".replace(",", _BLANK)
    text = f"{whole},{fraction}" if fraction else whole
    return _MINUS + text if rounded < 0 else text
