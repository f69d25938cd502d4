"""The one rounding rule."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Return the value with exactly ``decimals`` places, ties away from zero.

    The percents of the real reports follow this rule; banker's rounding is not used.
    """
    with localcontext() as context:
        context.prec = max(context.prec, value.adjusted() + decimals + 2)  # room for any figure
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
