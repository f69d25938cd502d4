"""A container of the archive takes a new archive time-stamp, as its PDFs do."""

from __future__ import annotations

import datetime

import pytest
from authority import Authority
from beside import FILES, contained
from pyhanko.sign.timestamps import HTTPTimeStamper

from reportgen.archive.outlook import outlook
from reportgen.archive.renewal import StampError, extended
from reportgen.build.archive import archive
from reportgen.model.verdict import Level, Outcome, Verdict
from reportgen.sign.container import read_container
from reportgen.verify import judge, read_trust

NOW = datetime.datetime.now(datetime.UTC)
#: The certificates of signers end before, that of the service does not.
LATER = NOW + datetime.timedelta(days=3 * 365)


def judged(data: bytes, authority: Authority) -> Verdict:
    return judge(data, "пакет.asice", read_trust([authority.root]), NOW)


def renewed(data: bytes, authority: Authority) -> bytes:
    return extended(data, HTTPTimeStamper(authority.time_stamps), [authority.certificate("root")])


def test_a_container_with_an_archive_time_stamp_takes_one_more(authority: Authority) -> None:
    data = contained(authority, Level.LTA, "head")
    found = outlook("пакет.asice", judged(data, authority))
    assert not found.hindrance
    assert found.until is not None
    assert found.is_due(found.until)
    assert not found.is_due(LATER)
    made = renewed(data, authority)
    assert read_container(made).files == dict(FILES)
    verdict = judged(made, authority)
    assert verdict.outcome is Outcome.VALID
    assert len(verdict.signed) == len(judged(data, authority).signed) + 1


@pytest.mark.parametrize("level", [Level.B, Level.T, Level.LT])
def test_one_without_it_is_told_of(authority: Authority, level: Level) -> None:
    data = contained(authority, level, "head")
    found = outlook("пакет.asice", judged(data, authority))
    assert f"рівень {level.value}" in found.hindrance
    assert not found.is_due(LATER)
    with pytest.raises(StampError, match="немає архівної позначки"):
        renewed(data, authority)


def test_what_is_no_container_of_ours_is_left_to_others(authority: Authority) -> None:
    whole = contained(authority, Level.LTA, "head")
    for data in (b"PK\x03\x04", whole[:-30], archive({"book.pdf": b"%PDF"})):
        with pytest.raises(StampError, match="контейнер не приймає позначки часу"):
            renewed(data, authority)
