"""Containers as they are verified: files that several have signed together."""

from __future__ import annotations

import pytest
from authority import Authority
from made_signatures import NOW, context, in_years, signer, trusted
from pyhanko.sign import timestamps

from reportgen.model.verdict import LEVELS, Level, Outcome
from reportgen.sign.containers import signed_container
from reportgen.verify import Trust, judge

_FILES = {"звіт.pdf": b"%PDF-1.7\n", "дані.json": b"{}"}


def _made(authority: Authority, level: Level) -> bytes:
    return signed_container(
        _FILES,
        [signer(one, authority) for one in ("head", "seal")],
        level,
        None if level is Level.B else timestamps.HTTPTimeStamper(authority.time_stamps),
        context(authority) if level in (Level.LT, Level.LTA) else None,
    )


@pytest.mark.parametrize("level", [*Level], ids=[*LEVELS])
def test_both_signatures_have_the_level(level: Level, authority: Authority) -> None:
    data = _made(authority, level)
    verdict = judge(data, "звіт.asice", trusted(authority), NOW)
    assert (verdict.outcome, verdict.faults) == (Outcome.VALID, ())
    assert [one.level for one in verdict.signed[:2]] == [level, level]
    assert judge(data, "x", Trust(), NOW).outcome is Outcome.UNTRUSTED
    later = judge(data, "x", trusted(authority), in_years(5)).outcome
    assert later is (Outcome.INVALID if level is Level.B else Outcome.VALID)


def test_a_changed_file_is_noticed(authority: Authority) -> None:
    data = _made(authority, Level.B)
    assert b"%PDF-1.7" in data or b"{}" in data
    changed = data.replace(b"{}", b"[]")
    assert judge(changed, "x", trusted(authority), NOW).outcome is Outcome.INVALID
