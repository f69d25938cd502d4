"""``description.json`` of a bag: what its files are, and what was found of their signatures.

The index of the archive is made of these alone, so it can be made anew at any time. What was found
is what held on the day of archiving; whoever verifies later judges anew.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from reportgen.archive.journal import What, as_time, parse_time
from reportgen.model.verdict import LEVELS, Holder, Kind, Outcome, Signed

#: The largest description, in bytes: thousands of signatures.
LARGEST: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Held:
    """One file of a bag. ``called`` is its name in the package, where the bag gives it another."""

    name: str
    called: str
    size: int  # bytes
    sha256: str
    pages: int  # 0 of a file without pages
    programme: str  # its name; "" of a file that is about no single one
    period: str  # «2023-h1»; ""
    outcome: Outcome | None  # None of a file that bears no signatures
    signed: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """What a bag holds. ``decision`` is «№ 1013 від 15.02.2024», "" before the vote."""

    package: str
    version: int
    what: What
    time: datetime.datetime
    council: str
    title: str
    session: str  # «35 сесія VIII скликання, 15.02.2024»
    decision: str
    files: tuple[Held, ...]  # by name


def as_json(description: Description) -> bytes:
    """Return the only form that a description has."""
    text = json.dumps(_plain(description), ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


# An archive is gone over more than once by one command, and nobody changes a description.
@lru_cache(maxsize=8)
def parse(data: bytes) -> Description:
    """Return the description that `as_json` has written.

    Raises:
        ValueError: when it is none, or not byte for byte in that form.
    """
    try:
        description = _description(json.loads(data))
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError from error
    if as_json(description) != data:
        raise ValueError
    return description


def _plain(value: object) -> object:
    """Return plain values of dataclasses, enumerations and moments."""
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime.datetime):
        return as_time(value)
    if isinstance(value, What | Outcome | Kind):
        return value.name.lower()
    return getattr(value, "value", value)  # a level


def _description(record: Mapping[str, Any]) -> Description:
    return Description(
        package=_text(record["package"]),
        version=_number(record["version"]),
        what=What[record["what"].upper()],
        time=parse_time(record["time"]),
        council=_text(record["council"]),
        title=_text(record["title"]),
        session=_text(record["session"]),
        decision=_text(record["decision"]),
        files=tuple(_held(one) for one in record["files"]),
    )


def _held(record: Mapping[str, Any]) -> Held:
    outcome = record["outcome"]
    return Held(
        name=_text(record["name"]),
        called=_text(record["called"]),
        size=_number(record["size"]),
        sha256=_text(record["sha256"]),
        pages=_number(record["pages"]),
        programme=_text(record["programme"]),
        period=_text(record["period"]),
        outcome=None if outcome is None else Outcome[outcome.upper()],
        signed=tuple(_signed(one) for one in record["signed"]),
    )


def _signed(record: Mapping[str, Any]) -> Signed:
    level = record["level"]
    return Signed(
        place=_text(record["place"]),
        kind=Kind[record["kind"].upper()],
        outcome=Outcome[record["outcome"].upper()],
        holder=None if record["holder"] is None else _holder(record["holder"]),
        level=None if level is None else LEVELS[level],
        claimed=_moment(record["claimed"]),
        stamped=_moment(record["stamped"]),
        holds_until=_moment(record["holds_until"]),
        faults=tuple(_text(one) for one in record["faults"]),
        remarks=tuple(_text(one) for one in record["remarks"]),
    )


def _holder(record: Mapping[str, Any]) -> Holder:
    texts = ("name", "position", "organisation", "code", "serial", "issuer")
    return Holder(
        **{key: _text(record[key]) for key in texts},
        since=parse_time(record["since"]),
        until=parse_time(record["until"]),
    )


def _moment(value: str | None) -> datetime.datetime | None:
    return None if value is None else parse_time(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value
