"""What is found of sound signatures: who, when, at which level, until when."""

from __future__ import annotations

import pytest
from authority import SUBJECTS, Authority
from made_signatures import NOW, in_years, plain, signed, stamped_by_hand, trusted, twice

from reportgen.model.verdict import LEVELS, Kind, Level, Outcome
from reportgen.verify import Trust, judge

_SIGNED = {"ecdsa": "authority", "rsa": "rsa_authority"}


@pytest.mark.parametrize("algorithm", _SIGNED)
@pytest.mark.parametrize("level", [*Level], ids=[*LEVELS])
def test_a_level_is_what_is_there(
    algorithm: str, level: Level, request: pytest.FixtureRequest
) -> None:
    authority: Authority = request.getfixturevalue(_SIGNED[algorithm])
    verdict = judge(signed(plain(), authority, level=level), "звіт.pdf", trusted(authority), NOW)
    assert (verdict.outcome, verdict.faults) == (Outcome.VALID, ())
    one = verdict.signed[0]
    assert (one.level, one.place, one.kind, one.faults) == (level, "head", Kind.SIGNATURE, ())
    assert one.claimed is not None
    assert (one.stamped is None) == (level is Level.B)
    assert len(verdict.signed) == (2 if level is Level.LTA else 1)


def test_the_holder_is_told(authority: Authority) -> None:
    verdict = judge(signed(plain(), authority), "звіт.pdf", trusted(authority), NOW)
    holder = verdict.signed[0].holder
    assert holder is not None
    subject = SUBJECTS["head"]
    assert (holder.name, holder.position) == (subject["common-name"], subject["title"])
    assert (holder.organisation, holder.code) == (subject["organization-name"], "03192737")
    assert (holder.serial, holder.issuer) == ("1001", "Випробний КНЕДП")


def test_several_sign_one_after_another(authority: Authority) -> None:
    data = twice(plain(), authority, ("head", "deputy", "seal"), Level.LTA)
    verdict = judge(data, "звіт.pdf", trusted(authority), NOW)
    assert (verdict.outcome, verdict.faults) == (Outcome.VALID, ())
    kinds = [one.kind for one in verdict.signed if one.kind is not Kind.TIME_STAMP]
    assert kinds == [Kind.SIGNATURE, Kind.SIGNATURE, Kind.SEAL]
    assert {one.level for one in verdict.signed} == {Level.LTA, None}


@pytest.mark.parametrize(
    ("level", "years", "outcome"),
    [
        (Level.B, 1, Outcome.VALID),
        (Level.B, 3, Outcome.INVALID),  # the signer's certificate has expired: nothing says when
        (Level.T, 3, Outcome.VALID),  # the time-stamp does
        (Level.LT, 5, Outcome.VALID),
        (Level.LTA, 7, Outcome.VALID),
        (Level.LTA, 9, Outcome.INVALID),  # and it has expired in its turn
    ],
)
def test_years_later(authority: Authority, level: Level, years: int, outcome: Outcome) -> None:
    data = signed(plain(), authority, level=level)
    verdict = judge(data, "звіт.pdf", trusted(authority), in_years(years))
    assert verdict.outcome is outcome


def test_a_renewed_archive_holds_for_longer(rsa_authority: Authority) -> None:
    data = signed(plain(), rsa_authority, level=Level.LTA)
    renewed = stamped_by_hand(data, rsa_authority, in_years(7))
    before, after = (
        judge(one, "звіт.pdf", trusted(rsa_authority), in_years(7.5)).signed[0].holds_until
        for one in (data, renewed)
    )
    assert before is not None
    assert after is not None
    assert before < in_years(9) < in_years(16) < after
    verdict = judge(renewed, "звіт.pdf", trusted(rsa_authority), in_years(12))
    assert (verdict.outcome, verdict.signed[0].level) == (Outcome.VALID, Level.LTA)


def test_without_a_root_all_else_is_judged(authority: Authority, rsa_authority: Authority) -> None:
    data = signed(plain(), authority, level=Level.LTA)
    for trust in (Trust(), trusted(rsa_authority)):
        verdict = judge(data, "звіт.pdf", trust, NOW)
        assert verdict.outcome is Outcome.UNTRUSTED
        one = verdict.signed[0]
        assert one.level is Level.LTA
        assert one.faults[0].startswith("корінь «Корінь» є лише в самому файлі")
