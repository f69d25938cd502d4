"""Times as people in Ukraine read them, the same on every machine."""

from __future__ import annotations

import datetime
from typing import Final

from reportgen.model.moments import FIRST, LAST, in_utc

_HOUR: Final = datetime.timedelta(hours=1)
_MARCH, _OCTOBER = 3, 10


def shown(moment: datetime.datetime) -> str:
    """Return a moment by the clocks of Kyiv with their offset: «16.02.2024 11:30 +02:00»."""
    local = in_kyiv(moment)
    offset = f"{local:%z}"
    return f"{_day(local)} {local:%H:%M} {offset[:3]}:{offset[3:]}"


def shown_day(moment: datetime.datetime) -> str:
    """Return the day of a moment in Kyiv."""
    return _day(in_kyiv(moment))


def _day(local: datetime.datetime) -> str:
    return f"{local:%d.%m}.{local.year:04}"  # %Y has four digits on some systems only


def in_kyiv(moment: datetime.datetime) -> datetime.datetime:
    """Return an aware moment by the clocks of Kyiv.

    They have been two hours ahead of UTC since 1996, and three in summer: from the last Sunday of
    March to that of October, at 01:00 UTC. The rule stands here because tables of zones are missing
    on some machines and old on others; the offset that is printed leaves no doubt either way.
    """
    utc = min(max(in_utc(moment), FIRST), LAST)
    is_summer = _last_sunday(utc.year, _MARCH) <= utc < _last_sunday(utc.year, _OCTOBER)
    return utc.astimezone(datetime.timezone((3 if is_summer else 2) * _HOUR))


def _last_sunday(year: int, month: int) -> datetime.datetime:
    """Return 01:00 UTC on the last Sunday of a month of 31 days."""
    end = datetime.datetime(year, month, 31, 1, tzinfo=datetime.UTC)
    return end - datetime.timedelta(days=end.isoweekday() % 7)
