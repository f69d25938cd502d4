"""Everything that is told of a file is told in Ukrainian, whatever a library says of it."""

from __future__ import annotations

import asyncio
import datetime
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import cms
from authority import Authority
from made_signatures import NOW, in_years, plain, signed, signer, trusted
from pyhanko.sign.timestamps import HTTPTimeStamper

from reportgen.archive.stamp import judge_stamps, stamped, token_name
from reportgen.model.verdict import Level, Verdict
from reportgen.sign.containers import signed_container
from reportgen.verify import Trust, judge

#: Two words of Latin letters one after another: names of formats stand alone.
_FOREIGN = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
_FLIPS = 60


def _told(verdict: Verdict) -> Iterator[str]:
    yield from (*verdict.faults, *verdict.remarks, verdict.states)
    for one in verdict.signed:
        yield from (*one.faults, *one.remarks)


def _foreign(verdict: Verdict) -> list[str]:
    return [one for one in _told(verdict) if _FOREIGN.search(one)]


def _broken(data: bytes) -> Iterator[bytes]:
    """Yield data with a bit changed, cut short, and with bytes doubled, anywhere."""
    dice = random.Random(8)  # noqa: S311 - places only
    for number in range(_FLIPS):
        place = dice.randrange(len(data))
        if number % 3 == 0:
            yield data[:place] + bytes([data[place] ^ 1 << dice.randrange(8)]) + data[place + 1 :]
        elif number % 3 == 1:
            yield data[:place]
        else:
            yield data[:place] + data[place : place + 9] * 2 + data[place + 9 :]


@pytest.fixture(scope="module")
def made(authority: Authority) -> dict[str, bytes]:
    """One file of each kind, none larger than a few kilobytes."""
    key = signer("head", authority)
    whole = signed_container({"а.pdf": b"%PDF"}, [key], Level.B, None, None)
    return {
        "звіт.pdf": signed(plain(), authority, level=Level.LTA),
        "а.asice": whole,
        "а.p7s": asyncio.run(key.async_sign_general_data(b"%PDF", "sha256", detached=False)).dump(),
    }


@pytest.mark.parametrize("name", ["звіт.pdf", "а.asice", "а.p7s"])
def test_a_broken_file(name: str, made: dict[str, bytes], authority: Authority) -> None:
    for data in _broken(made[name]):
        assert not _foreign(judge(data, name, trusted(authority), NOW))


@pytest.mark.parametrize("who", ["expired", "future", "revoked", "head"])
@pytest.mark.parametrize("at", [NOW, in_years(30)])
def test_a_certificate_that_is_not_good(
    who: str, at: datetime.datetime, authority: Authority
) -> None:
    data = signed(plain(), authority, who, Level.T)
    for trust in (trusted(authority), Trust()):
        assert not _foreign(judge(data, "x", trust, at))


def test_algorithms_that_nobody_knows(made: dict[str, bytes], authority: Authority) -> None:
    message = cms.ContentInfo.load(made["а.p7s"])
    [one] = message["content"]["signer_infos"]
    one["signature_algorithm"] = {"algorithm": "1.2.3.4.5"}
    data = message.dump(force=True)
    assert not _foreign(judge(data, "x", trusted(authority), NOW))


def test_a_broken_time_stamp_of_a_journal(tmp_path: Path, authority: Authority) -> None:
    journal = b"{}\n"
    whole = stamped(journal, HTTPTimeStamper(authority.time_stamps))
    for data in (whole, *_broken(whole)):
        (tmp_path / token_name(1)).write_bytes(data)
        for roots in ([], [authority.certificate("root")]):
            [verdict] = judge_stamps(tmp_path, journal, roots)
            assert not _foreign(verdict)
