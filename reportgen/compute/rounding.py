"""The one rounding rule."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from functools import cache

# Room for any figure; of its own, for what the caller's context allows is no matter here.
_ROOMY = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Return the value with exactly ``decimals`` places, ties away from zero.

    The percents of the real reports follow this rule; banker's rounding is not used.
    """
    return value.quantize(_last_place(decimals), ROUND_HALF_UP, _ROOMY)


@cache
def _last_place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)
