"""Times at the edges of the calendar, which anybody can write into a file, stop nothing."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from asn1crypto import core
from authority import Authority
from made_signatures import NOW, plain, signed, stamped_by_hand, trusted
from pyhanko.pdf_utils import generic
from pyhanko.sign.signers import pdf_byterange

from reportgen.archive.journal import as_time, parse_time
from reportgen.cli import main
from reportgen.cli.verify_json import verdicts_json
from reportgen.cli.verify_text import verdicts_text
from reportgen.model.kyiv import shown, shown_day
from reportgen.model.moments import in_utc, likely, within_calendar
from reportgen.model.verdict import Kind, Outcome, Signed, Verdict
from reportgen.verify import judge

_UNLIKELY = "час, названий тим, хто підписав, неможливий: його не враховано"


_ZONES = [datetime.timezone(datetime.timedelta(hours=hours)) for hours in (-14, 0, 14)]
_EDGES = [
    *(datetime.datetime.min.replace(tzinfo=zone) for zone in _ZONES),
    *(datetime.datetime.max.replace(tzinfo=zone) for zone in _ZONES),
]


def _claiming(told: str, authority: Authority, patch: pytest.MonkeyPatch) -> bytes:
    patch.setattr(pdf_byterange, "pdf_date", lambda *_: generic.TextStringObject(told))
    return signed(plain(), authority)


@pytest.mark.parametrize(
    "told", ["D:99991231235959Z", "D:00010101000000+14'00'", "D:99991231235959-14'00'"]
)
def test_an_unlikely_time_is_not_believed(
    told: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _claiming(told, authority, monkeypatch)
    verdict = judge(data, "звіт.pdf", trusted(authority), NOW)
    [one] = verdict.signed
    assert (verdict.outcome, one.claimed, one.remarks[0]) == (Outcome.VALID, None, _UNLIKELY)
    path = tmp_path / "звіт.pdf"
    path.write_bytes(data)
    for options in ([], ["--format", "json"], ["--details"]):
        assert main(["verify", str(path), "--trust", str(authority.root), *options]) == 0


def test_a_time_without_a_zone_is_of_utc(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _claiming("D:20240216093000", authority, monkeypatch)
    [one] = judge(data, "звіт.pdf", trusted(authority), NOW).signed
    assert one.claimed == datetime.datetime(2024, 2, 16, 9, 30, tzinfo=datetime.UTC)


def test_a_time_stamp_of_no_time_proves_nothing(rsa_authority: Authority) -> None:
    time = datetime.datetime(1960, 1, 1, tzinfo=datetime.UTC)
    data = stamped_by_hand(signed(plain(), rsa_authority), rsa_authority, time)
    verdict = judge(data, "звіт.pdf", trusted(rsa_authority), NOW)
    stamp = verdict.signed[1]
    assert (stamp.outcome, stamp.stamped) == (Outcome.INVALID, None)
    assert stamp.faults == ("позначка часу називає неможливий час",)


@pytest.mark.parametrize("moment", _EDGES)
def test_any_time_can_be_printed(moment: datetime.datetime) -> None:
    """An archive may hold such times from before they were refused."""
    one = Signed("Підпис", Kind.SIGNATURE, Outcome.VALID, None, None, moment, moment, moment)
    verdict = Verdict("звіт.pdf", "", (one,))
    assert json.loads(verdicts_json([verdict]))[0]["signatures"][0]["claimed"][4] == "-"
    assert verdicts_text([verdict], details=True)
    assert len(shown(moment)) == len("16.02.2024 11:30 +02:00")
    assert len(shown_day(moment)) == len("16.02.2024")
    assert as_time(parse_time(as_time(moment))) == as_time(moment)


@pytest.mark.parametrize("year", [1, 31, 999, 1000, 2024, 9999])
def test_the_archive_reads_what_it_has_written(year: int) -> None:
    moment = datetime.datetime(year, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert as_time(moment) == f"{year}-01-02T03:04:05Z"
    assert parse_time(as_time(moment)) == moment


@pytest.mark.parametrize(
    "text", ["", "2024-01-02", "02024-01-02T03:04:05Z", "2024-13-02T03:04:05Z"]
)
def test_other_texts_are_no_times(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_time(text)


def test_the_year_0_of_asn_1() -> None:
    nothing = core.GeneralizedTime.load(b"\x18\x0f00000101000000Z").native
    assert likely(nothing) is None
    assert within_calendar(nothing).year == 1


def test_likely_times() -> None:
    assert [likely(one) for one in _EDGES] == [None] * len(_EDGES)
    assert likely(None) is None
    assert likely(NOW) == NOW
    assert all(in_utc(one).utcoffset() == datetime.timedelta() for one in _EDGES)
