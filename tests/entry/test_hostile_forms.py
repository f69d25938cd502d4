"""Files that are no forms, by accident or by intent: a sentence, soon, and nothing else."""

from __future__ import annotations

import hashlib
import io
import re
import time
import zipfile
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import ROOT
from returned import filled, given_out, opened, taken

from reportgen.entry.workbook import read_workbook
from reportgen.read.source import UnreadableFileError

FEW = settings(max_examples=40)


@cache
def form() -> bytes:
    return given_out(opened(ROOT / "examples" / "word-page", "rivni-mozhlyvosti", "2023"))


def changed(parts: Mapping[str, bytes | None]) -> bytes:
    """Return the form with some parts replaced or left out."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form())) as source, zipfile.ZipFile(result, "w", 8) as target:
        for name in source.namelist():
            data = parts.get(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return result.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(form())) as source:
        return source.read(name)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b"<sst><si><t>&b;</t></si></sst>"
)


def _bomb() -> bytes:
    return changed(
        {"xl/sharedStrings.xml": b"<sst><si><t>" + b"a" * 300_000_000 + b"</t></si></sst>"}
    )


def _far_away() -> bytes:
    cells = b"".join(
        b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 50_000)
    )
    return changed({"xl/worksheets/sheet2.xml": b"<worksheet>" + cells + b"</worksheet>"})


def _nested() -> bytes:
    return changed({"xl/worksheets/sheet2.xml": b"<a>" * 200_000})


def _sheets_of_one_part() -> bytes:
    more = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(90, 99))
    return changed(
        {"xl/workbook.xml": part("xl/workbook.xml").replace(b"</sheets>", more + b"</sheets>")}
    )


def _padded(name: str, data: bytes) -> bytes:
    """Return the form with a part of many empty elements, and noise that makes room for it."""
    result = io.BytesIO(changed({name: data}))
    noise = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(3_000))
    with zipfile.ZipFile(result, "a") as archive:
        archive.writestr("xl/media/noise.bin", noise)
    return result.getvalue()


def _cell(text: bytes) -> bytes:
    return changed({"xl/worksheets/sheet2.xml": b'<w><row><c r="A1"' + text + b"</c></row></w>"})


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (lambda: _padded("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 500_000), "завеликий"),
        (lambda: _padded("xl/worksheets/sheet2.xml", b"<w>" + b"<row/>" * 500_000), "завеликий"),
        (_sheets_of_one_part, "два аркуші з однієї частини"),
        (lambda: _cell(b"><v>1E999999</v>"), "число, якого Excel не має"),
        (lambda: _cell(b"><v>-1E308000</v>"), "число, якого Excel не має"),
        (lambda: _cell(b't="s"><v>-1</v>'.join((b" ", b""))), "бракує"),
        (lambda: b"", "порожній"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "паролем"),
        (lambda: b"%PDF-1.7", "не книга Excel"),
        (lambda: b"x" * 16_000_001, "більший за"),
        (lambda: form()[:-200], "не книга Excel або файл пошкоджено"),
        (_bomb, "розпаковується"),
        (lambda: changed({"xl/sharedStrings.xml": LAUGHS}), "DOCTYPE"),
        (lambda: changed({"xl/sharedStrings.xml": LAUGHS.decode().encode("utf-16")}), "DOCTYPE"),
        (_nested, "пошкоджена"),
        (lambda: changed({"xl/workbook.xml": None}), "бракує"),
        (lambda: changed({"_rels/.rels": b"<Relationships/>"}), "інший документ"),
        (lambda: changed({"xl/worksheets/sheet2.xml": b"<w><c><v>1</v></c></w>"}), "без адрес"),
        (
            lambda: changed(
                {"xl/worksheets/sheet2.xml": b'<w><c r="A1" t="s"><v>99999999</v></c></w>'}
            ),
            "бракує",
        ),
    ],
)
def test_refused_with_advice(data: object, why: str) -> None:
    assert callable(data)
    content = data()
    started = time.monotonic()
    one, found = filled(content)
    assert one is None
    assert [each.code for each in found] == ["entry-unreadable"]
    assert why in found[0].message
    assert found[0].hint or "DOCTYPE" in why
    assert time.monotonic() - started < 20


def test_a_cell_far_away_costs_no_more_than_one_nearby() -> None:
    started = time.monotonic()
    read_workbook(_far_away())
    assert time.monotonic() - started < 20


def test_a_question_that_the_report_has_not() -> None:
    """Someone may alter the hidden sheet: no trace of Python, and nothing is written."""
    report = opened(ROOT / "examples" / "word-page", "rivni-mozhlyvosti", "2023")
    strings = part("xl/sharedStrings.xml")
    other = strings.replace(b'[["measures", "1.1"], "actual"', b'[["measures", "9.9"], "actual"')
    assert other != strings
    _, found = taken(report, changed({"xl/sharedStrings.xml": other}))
    assert [one.code for one in found] == ["entry-unreadable"]
    assert "службовий аркуш змінено" in found[0].message


def test_half_a_character_is_no_character() -> None:
    strings = part("xl/sharedStrings.xml").replace(b">2023<", b">_xD800_<")
    one, _ = filled(changed({"xl/sharedStrings.xml": strings}))
    assert one is None or one.identity.period == "_xD800_"


def test_a_hidden_sheet_that_was_spoilt() -> None:
    number = len(re.findall(rb"<sheet ", part("xl/workbook.xml")))
    name = f"xl/worksheets/sheet{number}.xml"
    spoilt = part(name).replace(b"<row r=", b"<row q=").replace(b'r="A1"', b'r="A9"')
    one, found = filled(changed({name: spoilt}))
    assert one is None
    assert "службовий аркуш" in found[0].message


@FEW
@given(st.data())
def test_any_damage_is_refused_or_read(data: st.DataObject) -> None:
    content = bytearray(form())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for one in (bytes(content), bytes(content[:cut])):
        filled(one)


@FEW
@given(st.data())
def test_any_damage_within_a_part_is_refused_or_read(data: st.DataObject) -> None:
    names = ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"]
    name = data.draw(st.sampled_from(names))
    content = part(name)
    at = data.draw(st.integers(0, len(content) - 1))
    piece = data.draw(st.binary(max_size=12))
    filled(changed({name: content[:at] + piece + content[at + data.draw(st.integers(0, 30)) :]}))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_workbook(data)
