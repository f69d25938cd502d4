"""Whatever is changed in a container is noticed: each byte, each member, and what lies between."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from authority import Authority
from beside import FILES, contained, judged_by, members
from dss import PASSED, validate

from reportgen.model.verdict import Level, Outcome
from reportgen.sign.container import Container, write_container
from reportgen.verify.container import Judge, judge_container

NOW = datetime.datetime.now(datetime.UTC)
SIGNATURE, MANIFEST = "META-INF/signature001.p7s", "META-INF/ASiCManifest001.xml"
FILE = "Звіт за 2023 рік.pdf"
_LIST = b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


@pytest.fixture(scope="module")
def judge(authority: Authority) -> Judge:
    return judged_by(authority, NOW)


@pytest.fixture(scope="module")
def whole(authority: Authority) -> bytes:
    return contained(authority, Level.LTA, "head")


def is_noticed(data: bytes, judge: Judge) -> bool:
    return judge_container("а.asice", data, judge).outcome is Outcome.INVALID


def rewritten(found: Mapping[str, bytes]) -> bytes:
    """Return members as the plain ZIP that a forger would write, with all its sums right."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in found.items():
            member = zipfile.ZipInfo(name)
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, data)
    return stream.getvalue()


def flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def test_what_is_untouched_is_valid(whole: bytes, judge: Judge) -> None:
    assert not is_noticed(whole, judge)
    assert rewritten(members(whole)) == whole


def test_a_bit_anywhere_is_noticed(whole: bytes, judge: Judge) -> None:
    """A bit in each part of 1 kB, and one in each byte that is no member's."""
    dice = random.Random(7)  # noqa: S311 - places only
    places = {
        dice.randrange(start, min(start + 1024, len(whole))) for start in range(0, len(whole), 1024)
    }
    contents = set()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for one in archive.infolist():
            start = one.header_offset + 30 + len(one.filename.encode())
            contents |= set(range(start, start + one.file_size))
    places |= set(range(len(whole))) - contents
    assert [
        one
        for one in sorted(places)
        if not is_noticed(flipped(whole, one, dice.randrange(8)), judge)
    ] == []


@pytest.mark.slow
def test_ten_thousand_bits_are_noticed(whole: bytes, judge: Judge) -> None:
    dice = random.Random(11)  # noqa: S311 - places only
    flips = [(dice.randrange(len(whole)), dice.randrange(8)) for _ in range(10_000)]
    assert [one for one in flips if not is_noticed(flipped(whole, *one), judge)] == []


def test_a_bit_of_a_member_is_noticed_though_all_sums_are_made_anew(
    whole: bytes, judge: Judge
) -> None:
    found = members(whole)
    dice = random.Random(5)  # noqa: S311 - places only
    for name, data in found.items():
        if name.endswith(".tst"):
            continue  # nothing covers its unsigned parts: they are for the judge of messages
        for _ in range(8):
            changed = flipped(data, dice.randrange(len(data)), dice.randrange(8))
            assert is_noticed(rewritten({**found, name: changed}), judge), name


def structural(found: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield what somebody may do to members, each as a plain ZIP."""
    for name in found:
        rest = {one: data for one, data in found.items() if one != name}
        yield f"{name} taken away", rewritten(rest)
        if name in FILES:
            yield f"{name} renamed", rewritten({**rest, "інша назва": found[name]})
    first, second, *_ = FILES
    yield "two files swapped", rewritten({**found, first: found[second], second: found[first]})
    for extra in (
        "новий.pdf",
        "META-INF/новий.xml",
        "META-INF/manifest.xml",
        "META-INF/signature9.p7s",
    ):
        yield f"{extra} added", rewritten({**found, extra: b"<a/>"})
    yield "order changed", rewritten(dict(reversed(found.items())))
    yield (
        "another kind of container",
        rewritten({**found, "mimetype": b"application/vnd.etsi.asic-s+zip"}),
    )


def test_members_taken_away_added_or_swapped_are_noticed(whole: bytes, judge: Judge) -> None:
    unnoticed = [what for what, data in structural(members(whole)) if not is_noticed(data, judge)]
    assert unnoticed == []


def test_all_that_a_zip_can_hide_is_noticed(whole: bytes, judge: Judge) -> None:
    found = members(whole)
    stream = io.BytesIO(whole)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"a remark"
    deflated = io.BytesIO()
    with zipfile.ZipFile(deflated, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    twice = io.BytesIO(whole)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr(FILE, b"another")
    for data in (
        *(stream.getvalue(), deflated.getvalue(), twice.getvalue()),
        *(whole + b"\0", b"\0" + whole, whole[:-1], whole + whole, b"", b"PK\5\6" + bytes(18)),
    ):
        assert is_noticed(data, judge)


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "a\\b", "a\0b", "a\nb"])
def test_names_that_lead_out_are_refused(name: str, judge: Judge) -> None:
    data = rewritten({"mimetype": b"application/vnd.etsi.asic-e+zip", "b" * len(name): b"1"})
    [fault] = judge_container("а", data.replace(b"b" * len(name), name.encode()), judge).faults
    assert "назва" in fault


def test_files_under_digests_that_nobody_here_can_reckon_are_not_verified(
    whole: bytes, judge: Judge
) -> None:
    """As in containers of ДСТУ keys: who signed them is told, what they signed is left open."""
    found = members(whole)
    sha256, kupyna = b"http://www.w3.org/2001/04/xmlenc#sha256", b"urn:oid:1.2.804.2.1.1.1.1.2.2"
    layout = b"urn:reportgen:container"
    changed = found[MANIFEST].replace(sha256, kupyna).replace(layout, b"urn:another")
    foreign = {one: data for one, data in found.items() if one in FILES}
    foreign |= {"mimetype": found["mimetype"], MANIFEST: changed, SIGNATURE: b"CMS"}

    [sound, *_] = judge_container("а", whole, judge).signed
    verdict = judge_container("а", rewritten(foreign), lambda *_: sound)
    assert verdict.outcome is Outcome.UNKNOWN
    assert "czo.gov.ua/verify" in verdict.signed[0].faults[0]


def test_signatures_of_other_kinds_are_not_verified(judge: Judge) -> None:
    found = {"mimetype": b"application/vnd.etsi.asic-e+zip", "а.pdf": b"%PDF"}
    data = rewritten(
        {**found, "META-INF/signatures001.xml": b"<a/>", "META-INF/manifest.xml": _LIST}
    )
    assert judge_container("а", data, judge).outcome is Outcome.UNKNOWN


def test_a_container_of_one_file_needs_no_manifest(authority: Authority, judge: Judge) -> None:
    """ASiC-S: the signature is of the file itself."""
    found = members(contained(authority, Level.B, "head"))
    simple = {"mimetype": b"application/vnd.etsi.asic-s+zip", "звіт.xml": found[MANIFEST]}
    signed = {**simple, "META-INF/signature.p7s": found[SIGNATURE]}
    assert not is_noticed(rewritten(signed), judge)
    assert is_noticed(rewritten({**signed, "звіт.xml": b"another"}), judge)
    assert is_noticed(rewritten({**signed, "ще.xml": b"another"}), judge)


@pytest.mark.slow
@pytest.mark.judge("dss")
def test_dss_notices_what_we_notice(authority: Authority, tmp_path: Path) -> None:
    found = members(contained(authority, Level.LT, "head"))
    changes = {
        "file": {**found, FILE: found[FILE] + b" "},
        "manifest": {**found, MANIFEST: found[MANIFEST].replace(b"xlsx", b"xls")},
        "signature": {**found, SIGNATURE: flipped(found[SIGNATURE], -40, 3)},
        "gone": {one: data for one, data in found.items() if one != FILE},
        "added": {**found, "новий.pdf": b"%PDF"},
    }
    files = [tmp_path / f"{one}.asice" for one in changes]
    for path, changed in zip(files, changes.values(), strict=True):
        path.write_bytes(rewritten(changed))
        assert is_noticed(path.read_bytes(), judged_by(authority, NOW))
    for path, judged in validate(files, [authority.root]).items():
        seen = [*judged.signatures, *judged.stamps]
        assert any(one.verdict not in (PASSED, "PASSED") or one.warnings for one in seen), path


def test_a_partial_signature_is_told(authority: Authority, judge: Judge) -> None:
    """Nobody may add a file and sign only that one."""
    found = members(contained(authority, Level.B, "head"))
    foreign = found[MANIFEST]
    files = {one: data for one, data in found.items() if one in FILES}
    data = write_container(
        Container({**files, "ще.pdf": b""}, {MANIFEST: foreign, SIGNATURE: found[SIGNATURE]})
    )
    verdict = judge_container("а", data, judge)
    assert verdict.signed[0].faults == ("підпис не охоплює файлу «ще.pdf»",)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"<a/>",
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<asic:ASiCManifest xmlns:asic='http://uri.etsi.org/02918/v1.2.1#'/>",
    ],
)
def test_a_broken_manifest_is_told(manifest: bytes, whole: bytes, judge: Judge) -> None:
    data = rewritten({**members(whole), MANIFEST: manifest})
    faults = judge_container("а", data, judge).faults
    assert f"маніфест {MANIFEST} зіпсовано: з нього не видно, що підписано" in faults
