"""What may stand for a value on the command line; all else is refused with what is expected."""

from __future__ import annotations

import argparse
import datetime
import re

from reportgen.build.formats import FORMATS
from reportgen.model.period import Period
from reportgen.model.standard import STANDARDS, Standard

_MOST_JOBS = 256
_MOST_KILOBYTES = 1024
_MOST_DAYS = 36_500
_HASH = re.compile(r"[0-9a-f]{16,64}")  # the first 64 bits of SHA-256 say enough


def formats(text: str) -> tuple[str, ...]:
    """Return formats of documents, each once."""
    chosen = tuple(dict.fromkeys(re.split(r"[,\s]+", text.strip().lower())))
    unknown = [one for one in chosen if one not in FORMATS]
    if unknown:
        known = ", ".join(FORMATS)
        raise argparse.ArgumentTypeError(f"немає формату «{unknown[0]}»; є: {known}")
    return chosen


def printed_or_drawn(text: str) -> tuple[str, ...]:
    """Return one way to print, or formats of documents."""
    return (text,) if text in ("text", "csv", "json") else formats(text)


def period(text: str) -> Period:
    """Return a period."""
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}»: пишіть період як 2023-h1 або 2023") from None


def standard(text: str) -> Standard:
    """Return a standard of PDF."""
    if text not in STANDARDS:
        known = ", ".join(STANDARDS)
        raise argparse.ArgumentTypeError(f"немає профілю «{text}»; є: {known}")
    return STANDARDS[text]


def jobs(text: str) -> int:
    """Return a number of processes."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:4]) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"«{text}»: потрібне число від 1 до {_MOST_JOBS}")
    return int(text)


def journal_hash(text: str) -> str:
    """Return how a hash begins, as somebody has noted it: in groups, in capitals, cut short."""
    digits = re.sub(r"[\s…]", "", text).lower()
    if not _HASH.fullmatch(digits):
        raise argparse.ArgumentTypeError(
            f"«{text}»: потрібно щонайменше 16 перших знаків хеша, лише цифри й літери a–f"
        )
    return digits


def kilobytes(text: str) -> int:
    """Return a size of up to a megabyte in bytes."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:5]) <= _MOST_KILOBYTES:
        raise argparse.ArgumentTypeError(f"«{text}»: потрібне число від 1 до {_MOST_KILOBYTES}")
    return int(text) * 1024


def day(text: str) -> datetime.date:
    """Return a day."""
    try:
        if len(text) == len("2023-07-20"):  # of all that ISO 8601 allows, this alone
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    message = f"«{text}»: пишіть день як рік-місяць-день: 2023-07-20"
    raise argparse.ArgumentTypeError(message)


def moment(text: str) -> datetime.datetime:
    """Return the beginning of a day, in UTC."""
    return datetime.datetime.combine(day(text), datetime.time.min, datetime.UTC)


def days(text: str) -> datetime.timedelta:
    """Return a number of days."""
    if not text.isascii() or not text.isdigit() or int(text[:6]) > _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"«{text}»: потрібне число днів від 0 до {_MOST_DAYS}")
    return datetime.timedelta(days=int(text))
