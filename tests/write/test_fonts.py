"""The typeface: widths as fontTools reads them; damaged files are no files."""

from __future__ import annotations

import contextlib
import pickle
import random
import struct
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from reportgen.write import fonts
from reportgen.write.fonts import FAMILIES, Face, find_typeface, font_folders
from reportgen.write.sfnt import BadFontError, _kerning, read_metrics

INSTALLED = sorted(
    path
    for folder in font_folders()
    for variant in (one for variants in FAMILIES.values() for one in variants)
    for file in variant
    for path in folder.rglob(file)
)


def by_font_tools(path: Path) -> Mapping[int, float]:
    """Return the widths as a library that reads whole fonts gives them."""
    with TTFont(path) as font:
        units, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}


@pytest.mark.parametrize("path", INSTALLED, ids=lambda path: path.name)
def test_widths_are_those_that_font_tools_reads(path: Path) -> None:
    widths = read_metrics(path.read_bytes()).widths
    assert widths == by_font_tools(path)
    assert {ord(char) for char in "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’ʼ–№"} <= widths.keys()


@pytest.mark.parametrize("path", INSTALLED, ids=lambda path: path.name)
def test_kerning_is_that_of_the_table_of_pairs(path: Path) -> None:
    pairs: dict[str, float] = {}
    with TTFont(path) as font:
        codes: dict[str, list[str]] = {}
        for code, glyph in font.getBestCmap().items():
            codes.setdefault(glyph, []).append(chr(code))
        tables = font["kern"].kernTables if "kern" in font else []
        for (left, right), value in (tables[0].kernTable if tables else {}).items():
            for pair in product(codes.get(left, ()), codes.get(right, ())):
                pairs["".join(pair)] = value / font["head"].unitsPerEm
    assert read_metrics(path.read_bytes()).kerning == pairs


@pytest.mark.parametrize("cut", [0, 2, 8, 17, 40])
def test_an_odd_table_of_pairs_is_none(cut: int) -> None:
    """Nothing is drawn by it, so the widths of the font are good all the same."""
    table = struct.pack(">HHHHHHHHH", 0, 1, 0, 20, 1, 60_000, 0, 0, 0) + bytes(60)
    assert _kerning(memoryview(table[:cut]), {65: 1}, 1000) == {}


def test_pairs_without_end_are_none() -> None:
    """Many characters of one glyph, and the same pair again and again."""
    pairs = struct.pack(">HHh", 1, 1, 5) * 60_000
    table = struct.pack(">HHHHHHHHH", 0, 1, 0, 20, 1, 60_000, 0, 0, 0) + pairs
    assert _kerning(memoryview(table), dict.fromkeys(range(65, 381), 1), 1000) == {}


def test_a_face_goes_to_other_processes_without_what_it_remembers() -> None:
    face = Face(Path("a.ttf"), {ord("а"): 0.5}, {"аа": -0.1})
    bare = len(pickle.dumps(face))
    assert face.set_width("ааа") == pytest.approx(1.3)
    assert face.widest_word("ааа", 1.0) == pytest.approx(1.5)
    assert len(pickle.dumps(face)) == bare
    assert pickle.loads(pickle.dumps(face)) == face  # noqa: S301 - our own


def made_font(folder: Path, codes: Mapping[int, str]) -> Path:
    """Make a font of four glyphs, the last two of one width, which is told once."""
    widths = {".notdef": 500, "a": 250, "b": 700, "c": 700}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([*widths])
    builder.setupCharacterMap(dict(codes))
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in widths})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    builder.setupHorizontalHeader()
    builder.setupPost()
    path = folder / "made.ttf"
    builder.save(path)
    return path


@pytest.mark.parametrize(
    "codes",
    [
        {0x61: "a", 0x62: "b", 0x63: "c"},  # a segment with a delta
        {0x61: "c", 0x62: "a", 0x63: "b", 0x65: "a"},  # one with an array of glyphs
        {0x61: "a", 0x1F600: "b", 0x1F601: "c"},  # groups of all Unicode
    ],
)
def test_each_way_to_map_characters_is_read(tmp_path: Path, codes: Mapping[int, str]) -> None:
    path = made_font(tmp_path, codes)
    assert read_metrics(path.read_bytes()).widths == by_font_tools(path)


MADE: dict[str, bytes] = {}


@pytest.fixture(scope="module", autouse=True)
def _made(tmp_path_factory: pytest.TempPathFactory) -> None:
    codes = {0x61: "c", 0x62: "a", 0x63: "b", 0x1F600: "b"}
    MADE["font"] = made_font(tmp_path_factory.mktemp("font"), codes).read_bytes()


@given(st.data())
def test_a_damaged_font_is_read_or_refused(drawn: st.DataObject) -> None:
    """Nothing else is raised, whatever stands in the file."""
    font = bytearray(MADE["font"])
    for at in drawn.draw(st.lists(st.integers(0, len(font) - 1), max_size=6)):
        font[at] = drawn.draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]))
    cut = drawn.draw(st.integers(0, len(font)) | st.just(len(font)))
    with contextlib.suppress(BadFontError):
        read_metrics(bytes(font[:cut]))


@pytest.mark.parametrize("data", [b"", b"PK", bytes(1000), random.Random(1).randbytes(5000)])  # noqa: S311
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(BadFontError):
        read_metrics(data)


def test_segments_over_each_other_are_not_counted_for_ever() -> None:
    """A map of 30,000 segments with all characters in each would take an hour."""
    count = 30_000
    numbers = [*[0xFFFE] * count, 0, *[0] * 3 * count]
    subtable = struct.pack(f">7H{len(numbers)}H", 4, 0, 0, 2 * count, 0, 0, 0, *numbers)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + subtable
    tables = {b"cmap": cmap, b"head": bytes(18) + b"\x03\xe8", b"hhea": bytes(34) + b"\0\1"}
    tables |= {b"hmtx": bytes(4), b"maxp": bytes(4) + b"\0\1"}
    place, font = 12 + 16 * len(tables), struct.pack(">4sHHHH", b"\0\1\0\0", len(tables), 0, 0, 0)
    for name, table in tables.items():
        font += struct.pack(">4sIII", name, 0, place, len(table))
        place += len(table)
    with pytest.raises(BadFontError, match="out of place"):
        read_metrics(font + b"".join(tables.values()))


def test_a_damaged_family_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (*FAMILIES["Liberation Serif"][0], *FAMILIES["Tinos"][0]):
        (tmp_path / file).write_bytes(MADE["font"])
    (tmp_path / "LiberationSerif-Bold.ttf").write_bytes(MADE["font"][:-8])
    monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path,))
    found = find_typeface()
    assert found is not None
    assert found.family == "Tinos"
    assert find_typeface("Liberation Serif") is None


def test_a_family_without_its_italic_face_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path,))
    regular, bold, italic = FAMILIES["Tinos"][0]
    for file in (regular, bold):
        (tmp_path / file).write_bytes(MADE["font"])
    found = find_typeface()
    assert found is not None
    assert [face.path.name for face in found.faces] == [regular, bold]
    (tmp_path / italic).write_bytes(MADE["font"])
    fonts._installed.cache_clear()  # noqa: SLF001 - a folder that changes is for tests alone
    found = find_typeface()
    assert found is not None
    assert [face.path.name for face in found.faces] == [regular, bold, italic]
