"""Marks: what they say, that it can be read, and where they go in files of any maker."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from foreign_pdfs import PAGE, page_of, turned
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.fields import enumerate_sig_fields
from pypdfium2 import raw

from reportgen.diagnostics import Span
from reportgen.model.council import Official
from reportgen.model.signing import Elsewhere, Key, Signer, SigningProfile
from reportgen.model.verdict import Level
from reportgen.sign.appearance import MarkStyle, put_on
from reportgen.sign.faults import SigningError
from reportgen.sign.fields import Box, Field, add
from reportgen.sign.laying import Laid, lay_out
from reportgen.sign.mark import WIDTH, Ink, Mark, draw, measured
from reportgen.sign.place import Wanted, find_places
from reportgen.sign.revision import revision_of
from reportgen.sign.sheet import View
from reportgen.sign.wrapping import shortened, wrapped
from reportgen.write.fonts import find_typeface

HERE = Span("content/signing.yaml")
TEMPLATE = (Path(__file__).parents[2] / "templates/mark.typ").read_bytes()
TIME = "22.11.2026 02:40:45 +0200"
MARK = Mark(
    title="Підписано електронним підписом",
    name="Краснопір Вікторія Іванівна",
    position="Директор",
    serial="58E2D9E7F900307B040000009A1F2C0045B7D200",
)
LONG = Mark(
    title=MARK.title,
    name="Красноперова-Дніпровська Олександра-Вікторія Володимирівна-Святославівна",
    position="Заступник міського голови з питань діяльності виконавчих органів ради — "
    "начальник управління містобудування та архітектури, головний архітектор міста",
    serial="F" * 70,
)
KRASNOPIR = Official("krasnopir", "Директор", "Вікторія", "КРАСНОПІР", HERE)
SHEVCHENKO = Official("shevchenko", "Заступник", "Петро", "ШЕВЧЕНКО", HERE)


@pytest.fixture(scope="module")
def ink() -> Ink:
    return Ink.of(TEMPLATE, find_typeface())


def text_of(data: bytes) -> str:
    with pdfium.PdfDocument(data) as pdf:
        return " ".join(pdf[0].get_textpage().get_text_bounded().split())


def profile(*officials: Official | None, mark: bool = True) -> SigningProfile:
    signers = tuple(
        Signer(Key(f"key-{number}", Elsewhere(), HERE), one) for number, one in enumerate(officials)
    )
    return SigningProfile("viddil", Level.B, signers, mark, HERE)


@given(text=st.text("абв -"), room=st.integers(1, 9), most=st.integers(1, 4))
def test_nothing_is_lost_where_lines_end(text: str, room: int, most: int) -> None:
    lines = wrapped(text, room, len)
    assert all(len(one) <= room for one in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    short = shortened(text, most, room, len)
    assert len(short) <= most
    assert all(len(one) <= room for one in short)
    assert short == lines or short[-1].endswith("…")


@pytest.mark.parametrize("mark", [MARK, LONG])
def test_a_mark_tells_names_and_numbers_whole(mark: Mark, ink: Ink) -> None:
    told = "".join(text_of(draw(mark, TIME, ink)).split())
    for part in (mark.name, mark.position, mark.serial, "22.11.2026 02:40:45 +02:00"):
        assert "".join(part.split()) in told


def test_a_mark_can_be_read_without_a_glass(ink: Ink) -> None:
    with pdfium.PdfDocument(draw(LONG, TIME, ink)) as pdf:
        text = pdf[0].get_textpage()
        sizes = {
            round(raw.FPDFText_GetFontSize(text, one), 1)
            for one in range(text.count_chars())
            if chr(raw.FPDFText_GetUnicode(text, one)).isalnum()
        }
    assert min(sizes) >= 7.5


def test_a_mark_is_as_high_as_its_texts(ink: Ink) -> None:
    assert 15 < measured(MARK, ink) < measured(LONG, ink) < 40
    shortest = Mark("Електронна печатка", "Рада", "", "1")
    assert measured(shortest, ink) < measured(MARK, ink)


def test_a_position_of_more_than_three_lines_is_shortened(ink: Ink) -> None:
    endless = Mark(MARK.title, MARK.name, "дуже довга посада " * 40, MARK.serial)
    assert measured(endless, ink) < 40
    assert "…" in text_of(draw(endless, TIME, ink))


def test_a_name_that_no_page_would_hold_is_refused(ink: Ink) -> None:
    with pytest.raises(SigningError, match="заввишки до"):
        draw(Mark(MARK.title, "Дуже довге ім'я " * 300, "", ""), TIME, ink)


def seen(data: bytes, box: Box) -> tuple[float, ...]:
    """Return where a box is seen: its corners, mm from the upper left one of the page."""
    with pdfium.PdfDocument(data) as pdf:
        view = View.of(pdf[box.page])
    corners = [view.seen(box.left, box.bottom), view.seen(box.right, box.top)]
    return (*map(min, zip(*corners, strict=True)), *map(max, zip(*corners, strict=True)))


@pytest.mark.parametrize("margin", [0, 40])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_or_cropped_page_gets_its_mark_where_a_plain_one_does(
    turn: int, margin: int
) -> None:
    plain, other = page_of(), turned(page_of(), turn, margin)
    wanted = [Wanted("КРАСНОПІР", 20), Wanted("", 20)]
    places = zip(find_places(plain, wanted), find_places(other, wanted), strict=True)
    for expected, found in places:
        assert expected.box
        assert found.box
        assert found.is_named
        assert seen(other, found.box) == pytest.approx(seen(plain, expected.box), abs=1)
        across = seen(other, found.box)
        assert across[2] - across[0] == pytest.approx(WIDTH, abs=1)


def drawn(data: bytes, fields: Sequence[Field], mark: Mark, ink: Ink) -> bytes:
    """Return a file with its fields, each of which shows a mark."""
    writer = revision_of(data)
    add(writer, fields)
    for _, _, reference in enumerate_sig_fields(writer):
        put_on(writer, reference.get_object(), draw(mark, TIME, ink))
        writer.mark_update(reference)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_mark_stands_upright_on_a_turned_page(turn: int, ink: Ink) -> None:
    data = turned(page_of(), turn, 30)
    box = find_places(data, [Wanted("КРАСНОПІР", measured(MARK, ink))])[0].box
    assert box
    marked = drawn(data, [Field("Підпис 1", "Підпис", box)], MARK, ink)
    with pdfium.PdfDocument(marked) as pdf:
        pdf.init_forms()
        page = pdf[0]
        view = View.of(page)
        page.flatten()
        text = pdf[0].get_textpage()
        begin, length = text.search(MARK.name).get_next()
        (left, middle), (right, behind) = (
            view.seen((one[0] + one[2]) / 2, (one[1] + one[3]) / 2)
            for one in (text.get_charbox(begin), text.get_charbox(begin + length - 1))
        )
    edges = seen(data, box)
    assert edges[0] < left < right < edges[2]
    assert right - left > 30
    assert edges[1] < middle < edges[3]
    assert middle == pytest.approx(behind, abs=1)


def laid(data: bytes, signed_by: SigningProfile, ink: Ink) -> Laid:
    return lay_out(data, signed_by, {}, ink)


def test_whom_the_document_does_not_name_is_told(ink: Ink) -> None:
    assert laid(page_of(), profile(KRASNOPIR, None), ink).remarks == ()
    told = laid(page_of(), profile(KRASNOPIR, SHEVCHENKO), ink)
    assert all(one.box for one in told.fields)
    assert told.remarks == (
        "у документі немає прізвища ШЕВЧЕНКО, позначка — наприкінці: перевірте, чи той це документ",
    )
    assert laid(page_of(), profile(SHEVCHENKO, mark=False), ink).remarks == (
        "у документі немає прізвища ШЕВЧЕНКО: перевірте, чи той це документ",
    )


def test_a_mark_without_room_is_told(ink: Ink) -> None:
    low = PAGE.replace("150mm", "55mm").replace("60)", "20)").replace("#v(20mm)", "")
    found = laid(page_of(low), profile(KRASNOPIR), ink)
    assert [one.box for one in found.fields] == [None]
    assert "немає вільного місця для позначки КРАСНОПІР" in found.remarks[0]


def test_a_surname_is_looked_for_as_a_word() -> None:
    page = page_of(PAGE.replace("КРАСНОПІР", "КРАСНОПІРСЬКА"))
    assert [one.is_named for one in find_places(page, [Wanted("КРАСНОПІР", 0)])] == [False]
    page = page_of(PAGE.replace("КРАСНОПІР", "Краснопір"))
    assert [one.is_named for one in find_places(page, [Wanted("КРАСНОПІР", 0)])] == [True]


def test_marks_beside_one_name_are_equally_high_and_apart(ink: Ink) -> None:
    pole = Official("k", LONG.position, "Вікторія", "КРАСНОПІР", HERE)
    data = page_of(PAGE.replace("60)", "20)"))
    boxes = [one.box for one in laid(data, profile(pole, None, None), ink).fields]
    found = [one for one in boxes if one]
    assert len(found) == 3
    heights = [one.top - one.bottom for one in found]
    assert max(heights) - min(heights) <= 1  # of rounding
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            beside = one.right <= other.left or other.right <= one.left
            assert beside or one.top <= other.bottom or other.top <= one.bottom


@pytest.mark.parametrize("written", ["16.02.2024 09:30:00 +0000", "16.02.2024 04:30:00 -0500"])
def test_the_time_is_that_of_kyiv_wherever_a_mark_is_made(written: str) -> None:
    told: list[object] = []

    def press(data: Mapping[str, object]) -> bytes:
        told.append(data["lines"])
        return Ink.of(TEMPLATE, None).press(data)

    style = MarkStyle(mark=MARK, ink=Ink(press, None))
    style.create_stamp(revision_of(page_of()), BoxConstraints(), {"ts": written})
    assert "Час підпису 16.02.2024 11:30:00 +02:00" in told[0]
