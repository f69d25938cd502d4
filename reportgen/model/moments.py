"""Moments that files tell, which may be none at all: brought into the calendar, or dropped."""

from __future__ import annotations

import datetime
from typing import Final

#: The calendar as far as other zones reach it, too: `datetime` has no year 0 and no year 10000.
FIRST: Final = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
LAST: Final = datetime.datetime(9999, 12, 30, 23, 59, 59, tzinfo=datetime.UTC)
_LIKELY: Final = range(1970, 3000)  # years in which something may have been signed


def in_utc(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment in UTC, whole seconds or not; one without a zone is of UTC.

    So it is in a PDF (ISO 32000-2, 7.9.4). What leaves the calendar by its offset stops at its
    edge.
    """
    if moment.tzinfo is None:
        return moment.replace(tzinfo=datetime.UTC)
    try:
        return moment.astimezone(datetime.UTC)
    except OverflowError:
        return FIRST if moment < FIRST else LAST


def likely(moment: object) -> datetime.datetime | None:
    """Return in UTC a moment that a file tells; ``None`` for one at which nobody signs.

    Libraries give something else than a `datetime` for the year 0.
    """
    if not isinstance(moment, datetime.datetime):
        return None
    utc = in_utc(moment)
    return utc if utc.year in _LIKELY else None


def within_calendar(moment: object) -> datetime.datetime:
    """Return in UTC a bound of a certificate: 9999 is that of one that never ends (RFC 5280)."""
    return in_utc(moment) if isinstance(moment, datetime.datetime) else FIRST
