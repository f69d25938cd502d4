"""Verdicts for programs: all that was found, times in UTC."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any

from reportgen.model.moments import in_utc
from reportgen.model.verdict import Holder, Outcome, Signed, Verdict


def verdicts_json(verdicts: Sequence[Verdict]) -> str:
    """Return all that the verdicts hold."""
    return json.dumps([_verdict(one) for one in verdicts], ensure_ascii=False, indent=2)


def _verdict(one: Verdict) -> dict[str, Any]:
    return {
        "file": one.name,
        "sha256": one.sha256,
        "outcome": one.outcome.name.lower(),
        "faults": [*one.faults],
        "remarks": [*one.remarks],
        "states": one.states if one.outcome is Outcome.VALID else "",
        "signatures": [_signed(each) for each in one.signed],
    }


def _signed(one: Signed) -> dict[str, Any]:
    holder = one.holder
    return {
        "place": one.place,
        "kind": one.kind.name.lower(),
        "outcome": one.outcome.name.lower(),
        "holder": None if holder is None else _holder(holder),
        "level": one.level.value if one.level else None,
        "claimed": _iso(one.claimed),
        "stamped": _iso(one.stamped),
        "holds_until": _iso(one.holds_until),
        "faults": [*one.faults],
        "remarks": [*one.remarks],
    }


def _holder(holder: Holder) -> dict[str, str | None]:
    return {
        "name": holder.name,
        "position": holder.position,
        "organisation": holder.organisation,
        "edrpou": holder.code,
        "certificate": holder.serial,
        "issuer": holder.issuer,
        "since": _iso(holder.since),
        "until": _iso(holder.until),
    }


def _iso(time: datetime.datetime | None) -> str | None:
    return in_utc(time).isoformat(timespec="seconds") if time else None
