"""Extra fields of a ZIP: those that could make another reader see something else are refused."""

from __future__ import annotations

import asyncio
import struct
import zlib

import pytest
from authority import Authority
from made_signatures import NOW, signer, trusted
from made_zips import DEFLATED, Member, extra, written

from reportgen.model.verdict import Outcome
from reportgen.verify import judge
from reportgen.verify.zip_headers import BrokenZipError
from reportgen.verify.zipped import read_members


def _renamed(name: str, shown: str) -> bytes:
    """Return the field by which Info-ZIP, 7-Zip and others show another name."""
    return extra(0x7075, struct.pack("<BL", 1, zlib.crc32(name.encode())) + shown.encode())


_HARMLESS = [
    extra(0x5455, b"\3" + b"\1\2\3\4" * 2),
    extra(0x5455, b"\1" + b"\1\2\3\4"),
    extra(0x000A, bytes(4) + struct.pack("<HH", 1, 24) + b"\5" * 24),
    extra(0x7875, b"\1\4\xe8\3\0\0\4\xe8\3\0\0"),
    extra(0x7855, b"\1\2\3\4"),
    extra(0x7855, b""),
    extra(0x5855, b"\1" * 12),
    extra(0xCAFE, b""),
    extra(0xCAFE, b"") + extra(0x5455, b"\1" + b"\1\2\3\4"),
    extra(0xD935, b"\4\0" + bytes(3)),
    extra(0xA11E, b"\4\0" + bytes(9)),
    bytes(3),  # padding of zipalign
]
_REFUSED = [
    _renamed("a.txt", "b.txt"),
    extra(0x6375, b"\1" + bytes(4) + b"words"),
    extra(0x756E, bytes(14) + b"/etc/passwd"),
    extra(0x000D, bytes(12) + b"/etc/passwd"),
    extra(0x9901, b"\2\0AE\3\10\0"),
    extra(0xCAFE, b"hidden"),
    extra(0x5455, b"\1" + b"hidden bytes behind times"),
    extra(0xD935, b"\4\0hidden"),
    extra(0x5455, b"\1" + b"\1\2\3\4") * 2,
    extra(0x5455, b"\1" + b"\1\2\3\4")[:-1],
    b"\1\2\3",
    bytes(4),
]


@pytest.mark.parametrize("field", _HARMLESS)
def test_known_fields_are_read_over(field: bytes) -> None:
    for one in (
        Member("a.txt", b"1", extra=field, local_extra=field),
        Member("a.txt", b"1", DEFLATED, local_extra=field),
    ):
        assert read_members(written(one)) == {"a.txt": b"1"}


@pytest.mark.parametrize("field", _REFUSED)
def test_other_fields_are_refused(field: bytes) -> None:
    told = "«a.txt» має в архіві додаткові дані, з якими інші програми можуть показати його інакше"
    for one in (
        Member("a.txt", b"1", extra=field),
        Member("a.txt", b"1", local_extra=field),
    ):
        with pytest.raises(BrokenZipError) as caught:
            read_members(written(one))
        assert f"{caught.value}" in (told, "архів ZIP пошкоджено")


def test_large_sizes_are_those_of_the_directory() -> None:
    """Zip64, as programs write it that do not know before how much will come."""
    sizes = struct.pack("<QQ", 1, 1)
    unknown = {"packed": 0xFFFFFFFF, "size": 0xFFFFFFFF}
    whole = Member("a.txt", b"1", local=unknown, local_extra=extra(1, sizes))
    assert read_members(written(whole)) == {"a.txt": b"1"}
    for field, local in (
        (extra(1, struct.pack("<QQ", 1, 2)), unknown),
        (extra(1, struct.pack("<Q", 1)), unknown),
        (extra(1, sizes + bytes(8)), unknown),
        (b"", unknown),
        (extra(1, struct.pack("<QQ", 9, 9)), {}),
    ):
        with pytest.raises(BrokenZipError):
            read_members(written(Member("a.txt", b"1", local=local, local_extra=field)))
    with pytest.raises(BrokenZipError):
        read_members(written(Member("a.txt", b"1", extra=extra(1, sizes))))


def test_names_cannot_be_swapped(authority: Authority) -> None:
    """What is signed as «reject.txt» would be shown as «approve.txt»."""
    work = signer("head", authority).async_sign_general_data(b"NO", "sha256", detached=True)
    held = (
        Member("mimetype", b"application/vnd.etsi.asic-s+zip"),
        Member("META-INF/signature.p7s", asyncio.run(work).dump()),
    )
    honest = Member("reject.txt", b"NO")
    field = _renamed("reject.txt", "approve.txt")
    swapped = Member("reject.txt", b"NO", extra=field, local_extra=field)
    found = [
        judge(written(*held, one), "x.asics", trusted(authority), NOW).outcome
        for one in (honest, swapped)
    ]
    assert found == [Outcome.VALID, Outcome.INVALID]
