"""Dates of spreadsheets, which are numbers of days with a format."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Final

_DAYS: Final = 2_958_466  # the last one is 31.12.9999
_YEAR_ONLY: Final = re.compile("y+(?:;@)?", re.IGNORECASE)


def date_shown(number: Decimal, code: str, *, from_1904: bool) -> str | None:
    """Return a day as ``31.12.2023``, a time as ``09:30``, both if there are both.

    A format of years alone gives the year. ``None`` if the format is none of dates, or no calendar
    has the day.
    """
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format  # noqa: PLC0415 - slow
    from openpyxl.utils.datetime import (  # noqa: PLC0415
        MAC_EPOCH,
        WINDOWS_EPOCH,
        from_excel,
    )

    if not is_date_format(code) or is_timedelta_format(code) or not 0 <= number < _DAYS:
        return None
    epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
    try:
        moment = from_excel(float(number), epoch)
    except OverflowError:
        return None
    return moment_shown(moment, year_only=_YEAR_ONLY.fullmatch(code) is not None)


def moment_shown(moment: datetime.date | datetime.time, *, year_only: bool = False) -> str:
    """Return a date, a time of day, or both, as an official writes them."""
    if isinstance(moment, datetime.time):
        return f"{moment:%H:%M}"
    if year_only:
        return f"{moment.year}"
    day = f"{moment.day:02}.{moment.month:02}.{moment.year:04}"
    timed = isinstance(moment, datetime.datetime) and moment.time() != datetime.time()
    return f"{day} {moment:%H:%M}" if timed else day
