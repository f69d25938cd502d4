"""Every byte counts: whatever is changed in a signed file, it is noticed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import pytest
from asn1crypto import cms, x509
from authority import Authority
from made_signatures import CLOSED, NOW, plain, signed, stamped_by_hand, trusted
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from reportgen.model.verdict import Level, Outcome
from reportgen.verify import Trust, judge, message, pdf
from reportgen.verify.slots import find_slots

_BLOCK = 1024
_DIGITS = 700  # of some thousands: each costs a whole judgement


@pytest.fixture(scope="module")
def archived(authority: Authority) -> tuple[bytes, Trust]:
    """A signature, evidence and an archive time-stamp that covers all of it."""
    data = signed(plain(), authority, level=Level.LTA)
    trust = trusted(authority)
    assert judge(data, "звіт.pdf", trust, NOW).outcome is Outcome.VALID
    assert find_slots(data)[-1].end == len(data)
    return data, trust


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and reckon each message once: of a thousand changed files nearly all hold the same."""
    monkeypatch.setattr(pdf, "read_message", lru_cache(64)(pdf.read_message))
    monkeypatch.setattr(message, "validate_sig_integrity", reckoned_once())


def reckoned_once() -> Callable[..., tuple[bool, bool]]:
    """Return pyHanko's ``validate_sig_integrity``, which remembers by all that it is asked."""
    known: dict[tuple[bytes, bytes, str, bytes], tuple[bool, bool]] = {}

    def reckon(
        signer: cms.SignerInfo, certificate: x509.Certificate, kind: str, digest: bytes
    ) -> tuple[bool, bool]:
        asked = signer.dump(), certificate.dump(), kind, digest
        if asked not in known:
            known[asked] = validate_sig_integrity(signer, certificate, kind, digest)
        return known[asked]

    return reckon


def flipped(data: bytes, place: int, mask: int) -> bytes:
    return data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


def unnoticed(data: bytes, trust: Trust, flips: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the changes after which the file still passes."""
    return [
        (place, mask)
        for place, mask in flips
        if judge(flipped(data, place, mask), "звіт.pdf", trust, NOW).outcome is Outcome.VALID
    ]


def random_flips(data: bytes, number: int) -> Iterator[tuple[int, int]]:
    dice = random.Random(number)  # noqa: S311 - the same flips each time
    for _ in range(number):
        yield dice.randrange(len(data)), dice.randrange(1, 256)


def test_a_flip_in_each_block_is_noticed(archived: tuple[bytes, Trust]) -> None:
    data, trust = archived
    dice = random.Random(1)  # noqa: S311
    flips = [
        (min(start + dice.randrange(_BLOCK), len(data) - 1), 1 << dice.randrange(8))
        for start in range(0, len(data), _BLOCK)
    ]
    assert unnoticed(data, trust, flips) == []


def test_random_flips_are_noticed(archived: tuple[bytes, Trust]) -> None:
    data, trust = archived
    assert unnoticed(data, trust, random_flips(data, 300)) == []


@pytest.mark.slow
def test_ten_thousand_flips_are_noticed(archived: tuple[bytes, Trust]) -> None:
    data, trust = archived
    assert unnoticed(data, trust, random_flips(data, 10_000)) == []


def _outermost(data: bytes) -> range:
    """Return the digits of the last signature, which nothing covers."""
    slot = find_slots(data)[-1]
    return range(slot.gap, slot.gap + 1 + 2 * len(slot.message))


@pytest.mark.slow
@pytest.mark.parametrize("level", [Level.B, Level.T, Level.LTA])
def test_any_digit_of_the_last_signature_counts(level: Level, authority: Authority) -> None:
    """One bit of it: these are the bytes that only the envelope's own rules protect."""
    data, trust = signed(plain(), authority, level=level), trusted(authority)
    dice = random.Random(7)  # noqa: S311
    digits = dice.sample(_outermost(data), _DIGITS)
    flips = [(place, 1 << dice.randrange(8)) for place in digits]
    assert unnoticed(data, trust, flips) == []


def test_a_part_that_no_standard_knows_is_noticed(authority: Authority) -> None:
    """By one bit the time-stamp becomes something that readers pass over in silence."""
    data = signed(plain(), authority, level=Level.T)
    [slot] = find_slots(data)
    content = cms.ContentInfo.load(slot.message)["content"]
    beside = content["signer_infos"][0]["unsigned_attrs"].dump().hex().upper().encode()
    place = data.index(beside)
    assert data[place : place + 2] == b"A1"
    flips = [(place + 1, 1 << bit) for bit in range(8)]
    assert unnoticed(data, trusted(authority), flips) == []


def test_padding_and_what_lies_beyond_count(archived: tuple[bytes, Trust]) -> None:
    data, trust = archived
    slot = find_slots(data)[-1]
    padding = slot.resumed - 3
    assert data[padding : padding + 1] == b"0"
    changed = [
        data + b"\n",
        data + b"%%EOF\n",
        data[:-1],
        data[:padding] + b"1" + data[padding + 1 :],
        data[: slot.gap + 1] + data[slot.gap + 1 : slot.resumed].swapcase() + data[slot.resumed :],
        b"\n" + data,
    ]
    passed = [judge(one, "звіт.pdf", trust, NOW).outcome is Outcome.VALID for one in changed]
    assert passed == [False, False, False, False, True, False]  # another case of all digits is none


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_file_is_noticed(archived: tuple[bytes, Trust], cut: float) -> None:
    data, trust = archived
    assert judge(data[: int(len(data) * cut)], "x", trust, NOW).outcome is not Outcome.VALID


def test_a_signature_of_another_file_is_noticed(authority: Authority) -> None:
    one, other = (signed(plain(), authority, who) for who in ("head", "seal"))
    [mine], [theirs] = find_slots(one), find_slots(other)
    digits = theirs.contents.hex().encode()[: mine.resumed - mine.gap - 2]
    swapped = one[: mine.gap + 1] + digits.ljust(mine.resumed - mine.gap - 2, b"0")
    verdict = judge(swapped + one[mine.resumed - 1 :], "x", trusted(authority), NOW)
    assert verdict.outcome is Outcome.INVALID


_Making = Callable[[bytes, Authority], bytes]


@pytest.mark.parametrize(
    "make",
    [
        lambda data, one: signed(data, one, "deputy"),
        lambda data, one: signed(data, one, "deputy", Level.LTA, CLOSED),
    ],
)
def test_going_on_signing_changes_nothing_before(make: _Making, authority: Authority) -> None:
    first = signed(plain(), authority, "head", Level.T)
    verdict = judge(make(first, authority), "x", trusted(authority), NOW)
    assert verdict.outcome is Outcome.VALID
    assert verdict.signed[0].place == "head"


def test_a_stamp_of_nobody_proves_nothing(rsa_authority: Authority, authority: Authority) -> None:
    """Whoever has a service of his own could make an expired key sign in time."""
    data = signed(plain(), authority, "head")
    stamped = stamped_by_hand(data, rsa_authority, NOW)
    verdict = judge(stamped, "x", trusted(authority), NOW)
    assert verdict.outcome is Outcome.UNTRUSTED
    assert (verdict.signed[0].outcome, verdict.signed[0].stamped) == (Outcome.VALID, None)
