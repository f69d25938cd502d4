"""Whatever the bytes are, reading gives a file or a refusal in plain words, and nothing else."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_made import (
    docx,
    members,
    one_cell,
    outcome,
    p,
    pdf,
    tbl,
    tc,
    tr,
    word_table,
    written,
    xlsx,
    zipped,
)

from reportgen.read.reading import read_data


def _book() -> bytes:
    def write(book: object) -> None:
        sheet = book.add_worksheet()  # type: ignore[attr-defined]
        sheet.merge_range("A1:B2", "назва")
        sheet.write_row("A3", ["а", 389.5])

    return written(write)


_MAKERS: dict[str, Callable[[], bytes]] = {
    "а.docx": lambda: word_table([["№", "Захід"], ["1", "389,5"]]),
    "б.docx": lambda: docx(p("Звіт") + tbl(tr(tc("а", "<w:vMerge/>"), tc("б")))),
    "а.xlsx": _book,
    "б.xlsx": lambda: xlsx(
        one_cell('<c r="A1" s="1" t="s"><v>0</v></c>'), strings="<si><t>а</t></si>"
    ),
    "а.pdf": lambda: pdf("Звіт #table(columns: 2, [1], [2], [3], [4])"),
    "а.html": "<html><body>Звіт<table><tr><td rowspan=2>а<td>б</table></body></html>".encode,
    "а.txt": lambda: "Звіт\n**№**\tЗахід\n1\t389,5\n".encode("cp1251"),
}


@functools.cache
def _valid(name: str) -> bytes:
    return _MAKERS[name]()


def _answer(data: bytes, name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # libraries warn of what they find, and go on
        found = outcome(lambda: read_data(data, name))
    assert found if isinstance(found, str) else found.blocks


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes(data: bytes) -> None:
    _answer(data, "звіт.docx")


@given(
    st.sampled_from((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"<html>")),
    st.binary(max_size=300),
)
@settings(max_examples=60)
def test_any_bytes_behind_a_true_start(start: bytes, data: bytes) -> None:
    _answer(start + data, "звіт.xlsx")


@pytest.mark.parametrize("name", _MAKERS)
@given(data=st.data())
@settings(max_examples=15)
def test_files_cut_short(name: str, data: st.DataObject) -> None:
    whole = _valid(name)
    _answer(whole[: data.draw(st.integers(1, len(whole) - 1))], name)


@pytest.mark.parametrize("name", _MAKERS)
@given(data=st.data())
@settings(max_examples=25)
def test_files_with_bytes_changed(name: str, data: st.DataObject) -> None:
    changed = bytearray(_valid(name))
    places = st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=8)
    for at in data.draw(places):
        changed[at] ^= data.draw(st.integers(1, 255))
    _answer(bytes(changed), name)


@pytest.mark.parametrize("name", [name for name in _MAKERS if name.endswith("x")])
@given(data=st.data())
@settings(max_examples=40)
def test_parts_with_bytes_changed_inside_of_a_sound_archive(name: str, data: st.DataObject) -> None:
    parts = members(_valid(name))
    part = data.draw(st.sampled_from(sorted(parts)))
    changed = bytearray(parts[part])
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=4)):
        changed[at] = data.draw(st.sampled_from(b"<>/\"'=0129 aw:&;-"))
    _answer(zipped({**parts, part: bytes(changed)}), name)


@pytest.mark.parametrize("name", [name for name in _MAKERS if name.endswith("x")])
def test_files_that_lack_a_part(name: str) -> None:
    parts = members(_valid(name))
    for part in parts:
        _answer(zipped({key: value for key, value in parts.items() if key != part}), name)
