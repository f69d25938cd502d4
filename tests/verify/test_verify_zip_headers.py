"""Headers of a ZIP: a reader that goes by the local ones finds what the directory tells of."""

from __future__ import annotations

import struct
import zlib

import pytest
from made_zips import DEFLATED, STORED, STREAMED, Member, deflated, descriptor, extra, written

from reportgen.verify.zip_headers import BrokenZipError
from reportgen.verify.zipped import read_members

_TEXT = b"words " * 20
_PACKED = deflated(_TEXT)
_UNTOLD = {"crc": 0, "packed": 0, "size": 0}


def _refused(*members: Member, **end: int) -> str:
    with pytest.raises(BrokenZipError) as caught:
        read_members(written(*members, **end))
    return str(caught.value)


@pytest.mark.parametrize(
    "local",
    [{"flags": 2}, {"method": DEFLATED}, {"crc": 1}, {"packed": 1}, {"size": 1}, _UNTOLD],
)
def test_a_local_header_says_what_the_directory_says(local: dict[str, int]) -> None:
    told = "«a.txt» записано в архіві двояко: інші програми можуть показати його інакше"
    assert _refused(Member("a.txt", _TEXT, local=local)) == told


def test_a_stream_before_the_file_is_refused() -> None:
    """The local header gives a compressed file, the directory the same bytes and more behind."""
    evil = deflated(b"PAY 1 000 000")
    local = {"method": 8, "crc": zlib.crc32(b"PAY 1 000 000"), "packed": len(evil), "size": 13}
    assert "двояко" in _refused(Member("a.txt", evil + b"\nPAY 100", local=local))


def test_names_are_equal() -> None:
    assert "двояко" in _refused(Member("a.txt", b"1", local_name="b.txt"))


@pytest.mark.parametrize("method", [STORED, DEFLATED])
@pytest.mark.parametrize("local", [{}, _UNTOLD])
def test_sizes_may_stand_behind_a_member(method: int, local: dict[str, int]) -> None:
    packed = _PACKED if method else _TEXT
    right = descriptor(_TEXT, packed)
    for behind in (right, right[4:]):
        one = Member("a.txt", _TEXT, method, flags=STREAMED, local=local, descriptor=behind)
        assert read_members(written(one)) == {"a.txt": _TEXT}
    for behind in (right[:-1] + b"\1", b"PK\7\7" + right[4:], right[:-1], right + b"\0"):
        _refused(Member("a.txt", _TEXT, method, flags=STREAMED, local=local, descriptor=behind))
    wrong = {**local, "size": 5}
    _refused(Member("a.txt", _TEXT, method, flags=STREAMED, local=wrong, descriptor=right))


def test_sizes_stand_somewhere() -> None:
    _refused(Member("a.txt", _TEXT, DEFLATED, flags=STREAMED, local=_UNTOLD))


def test_large_sizes_stand_behind_a_member_of_zip64() -> None:
    local = {"crc": 0, "packed": 0xFFFFFFFF, "size": 0xFFFFFFFF}
    behind = descriptor(_TEXT, _PACKED, "<LQQ")
    field = extra(1, bytes(16))
    one = Member("a.txt", _TEXT, 8, None, STREAMED, local, local_extra=field, descriptor=behind)
    assert read_members(written(one)) == {"a.txt": _TEXT}
    _refused(Member("a.txt", _TEXT, 8, flags=STREAMED, local=_UNTOLD, descriptor=behind))


@pytest.mark.parametrize("mark", [b"PK\3\4", b"PK\1\2", b"PK\7\10"])
def test_a_stored_stream_has_a_clear_end(mark: bytes) -> None:
    """Whoever does not know the size looks for the next header: it must not lie in the file."""
    text = _TEXT + mark + _TEXT
    behind = descriptor(text, text)
    told = Member("a.zip", text, flags=STREAMED, descriptor=behind)
    assert read_members(written(told)) == {"a.zip": text}
    assert "двояко" in _refused(
        Member("a.zip", text, flags=STREAMED, local=_UNTOLD, descriptor=behind)
    )


def test_unknown_flags_are_refused() -> None:
    for flags in (0x1, 0x20, 0x40, 0x2000):
        assert "невідомим способом" in _refused(Member("a.txt", b"1", flags=flags))


@pytest.mark.parametrize("packed", [_PACKED + b"hidden", _PACKED[:-1], _PACKED + _PACKED, b""])
def test_a_stream_ends_with_the_member(packed: bytes) -> None:
    _refused(Member("a.txt", _TEXT, DEFLATED, packed))


def test_what_swells_beyond_its_size_is_refused() -> None:
    bomb = deflated(bytes(2**20))
    assert "приховано" in _refused(Member("a.txt", b"", DEFLATED, bomb))
    assert "приховано" in _refused(Member("a.txt", b"1", DEFLATED, bomb))


def test_a_stored_member_has_one_size() -> None:
    _refused(Member("a.txt", b"1", STORED, b"12"))


def test_a_folder_has_no_bytes() -> None:
    beside = Member("a.txt", b"1")
    empty = deflated(b"")
    for one in (
        Member("docs/", b""),
        Member("docs/", b"", DEFLATED),  # as Java writes them
        Member("docs/", b"", 8, None, STREAMED, _UNTOLD, descriptor=descriptor(b"", empty)),
    ):
        assert read_members(written(one, beside)) == {"a.txt": b"1"}
    told = "тека «docs/» в архіві має вміст: у ній щось приховано"
    assert _refused(Member("docs/", b"", STORED, b"hidden"), beside) == told
    assert _refused(Member("docs/", b"", DEFLATED, b"hidden"), beside) == told


def test_the_end_tells_of_the_same_directory() -> None:
    one = Member("a.txt", b"1")
    for end in ({"count": 0}, {"count": 2}, {"moved": 1}, {"moved": -1}):
        _refused(one, **end)


def test_a_directory_has_no_bytes_beside_its_members() -> None:
    data = written(Member("a.txt", b"1"))
    place = data.rindex(b"PK\5\6")
    size, offset = struct.unpack_from("<LL", data, place + 12)
    end = data[place : place + 12] + struct.pack("<LLH", size + 7, offset, 0)
    with pytest.raises(BrokenZipError):
        read_members(data[:place] + b"PK\5\5\1\0x" + end)
