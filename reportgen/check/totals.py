"""Can a printed total come from the printed figures? Honest rounding says yes, an error never.

An addend that is printed with ``decimals`` places stands for anything that rounds half up to it:
from half a unit below, which still belongs to it, to half a unit above, which does not; but for
nothing below zero. The true sum lies between the sums of both ends, and the total printed is the
true sum rounded: of one addend the total is that addend, of three one unit may have been lost.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal


def may_be_total(printed: Decimal, addends: Collection[Decimal], decimals: int) -> bool:
    """Tell whether a printed total is possible for addends that were rounded as it was.

    The test is exact for money, which is never negative: what it refuses no amounts can give, and
    for what it lets pass there are some.
    """
    if not addends:
        return printed == 0
    half = Decimal(5).scaleb(-decimals - 1)
    least = sum((max(one - half, Decimal(0)) for one in addends), Decimal(0))
    most = sum((one + half for one in addends), Decimal(0))  # no amount reaches it
    return least < printed + half and printed - half < most
