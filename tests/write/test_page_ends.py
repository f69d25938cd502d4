"""How pages end: never with a heading or a band alone, never just before a signature."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from dataclasses import replace

import pdfplumber
import pytest
from marked import running, section
from small import PLACE, heading, small_document, text
from test_marked import typst, weasyprint

from reportgen.document.blocks import (
    Block,
    Document,
    Paragraph,
    Role,
    Row,
    Style,
    Table,
    TableColumn,
)
from reportgen.write import pdf_typst
from reportgen.write.pages import Starts
from reportgen.write.pdf_typst.run import Run
from reportgen.write.prediction import Expected
from reportgen.write.xlsx.boxes import make_setting
from reportgen.write.xlsx.layout import lay_out
from reportgen.write.xlsx.pages import PageRoom, page_starts
from reportgen.write.xlsx.tables import lay_table

COLUMNS = (TableColumn("task", 60), TableColumn("measure", 100))
HEADER = (Row((heading("Завдання"), heading("Захід")), Role.HEADING),)


def band(number: int = 1) -> Row:
    return Row((text(f"Смуга {number}", columns=2),), Role.BAND)


def row(words: int) -> Row:
    return Row((text("Завдання"), text("слово " * words)))


def table(*rows: Row) -> Table:
    return Table("Заходи", COLUMNS, HEADER, rows)


def lively(chance: random.Random, groups: int) -> Table:
    """Groups of measures under one band or two, their names merged over rows of all lengths."""
    rows: list[Row] = []
    for _ in range(groups):
        rows += [band() for _ in range(chance.choice([1, 1, 2]))]
        size = chance.randint(1, 4)
        name = text("Завдання " * chance.randint(1, 20), rows=size)
        for index in range(size):
            own = text("слово " * chance.randint(1, 60))
            rows.append(Row((name, own) if index == 0 else (own,)))
    rows.append(Row((text("Разом"), text("1")), Role.TOTAL))
    return table(*rows)


def lively_document(seed: int) -> Document:
    """Texts, headings and tables of any length, signed once or twice; a seed gives one of them."""
    chance = random.Random(seed)  # noqa: S311 - nothing depends on its being secret
    usual = small_document().blocks
    blocks: list[Block] = [*usual[:2]]
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.5:
            blocks += running("слово " * chance.randint(1, 300))
        style = chance.choice([Style.TITLE, Style.SECTION])
        blocks.append(Paragraph(("Розділ",) * chance.randint(1, 2), style, PLACE))
        blocks.append(lively(chance, chance.randint(1, 9)))
    return replace(small_document(), blocks=(*blocks, *usual[-1:] * chance.randint(1, 2)))


def ends(data: bytes) -> list[str]:
    """The last line of every page."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_text().split("\n")[-1] for page in pdf.pages]


def check_ends(data: bytes) -> None:
    for last in ends(data):
        assert not last.startswith(("Розділ", "Смуга"))


@pytest.mark.parametrize("seed", range(14))
def test_typst_pages_end_well_and_are_laid_out_once(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[Mapping[tuple[int, int], int]] = []
    ask = Run.places

    def asked(run: Run) -> Mapping[tuple[int, int], int]:
        places.append(ask(run))
        return places[-1]

    monkeypatch.setattr(Run, "places", asked)
    document = lively_document(seed)
    check_ends(typst(document))
    assert len(places) == 1  # what was reckoned beforehand was right
    [*_, last_table] = [at for at, one in enumerate(document.blocks) if isinstance(one, Table)]
    last_measure = len(document.tables[-1].body) - 2
    assert places[0][len(document.blocks) - 1, 0] == places[0][last_table, last_measure]


@pytest.mark.parametrize("seed", [1, 4, 11])
def test_typst_pages_end_well_when_nothing_was_foreseen(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing: Starts = frozenset()
    monkeypatch.setattr(pdf_typst, "expected", lambda *_: Expected(nothing, nothing))
    check_ends(typst(lively_document(seed)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_weasyprint_pages_end_well(seed: int) -> None:
    check_ends(weasyprint(lively_document(seed)))


@pytest.mark.parametrize("write", [typst, weasyprint], ids=lambda one: one.__name__)
@pytest.mark.parametrize("above", [17, 18, 19, 20, 21])
def test_a_table_that_begins_with_a_band_takes_its_heading_along(
    write: Callable[[Document], bytes], above: int
) -> None:
    """Below so many rows there is room for the heading, the header and the band, or for less."""
    first = table(*(row(3) for _ in range(above)))
    second = table(band(), row(100))
    blocks = (section("1"), first, Paragraph(("Розділ", "другий"), Style.TITLE, PLACE), second)
    data = write(replace(small_document(), blocks=blocks))
    check_ends(data)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        [page] = [text for one in pdf.pages if "другий" in (text := one.extract_text())]
    assert page.index("другий") < page.index("Смуга") < page.rindex("слово")


@pytest.mark.parametrize("write", [typst, weasyprint], ids=lambda one: one.__name__)
def test_a_band_with_a_page_to_itself_is_left_there(write: Callable[[Document], bytes]) -> None:
    """The row below it fits a page, but not together with the band: nothing can be done."""
    tall = Row((text("Завдання"), text("слово " * 900)))
    blocks = (section("1"), table(row(3), band(), tall, row(3)))
    assert "Завдання" in "".join(ends(write(replace(small_document(), blocks=blocks))))


# XLSX


def xlsx_pages(document: Document) -> list[int]:
    """The sheet rows that begin a page."""
    layout = lay_out(document, None)
    room = document.page.text_height * 72 / 25.4
    repeated = sum(layout.heights[one] for one in layout.repeated)
    return list(page_starts(layout.heights, layout.breaks, PageRoom(room, repeated)))


@pytest.mark.parametrize("rows", range(20, 34))
def test_xlsx_pages_do_not_end_with_bands(rows: int) -> None:
    body = (*(row(3) for _ in range(rows)), band(1), band(2), row(3), row(3))
    document = replace(small_document(), blocks=(table(*body),))
    strip = lay_table(document.tables[0], 0, make_setting(document, None))
    first_band = 1 + rows
    assert [(one.start, one.stop) for one in strip.led] == [(0, 2), (first_band, first_band + 3)]
    starts = xlsx_pages(document)
    assert first_band + 1 not in starts
    assert first_band + 2 not in starts


def test_xlsx_headings_take_the_bands_and_a_row_along() -> None:
    above = table(*(row(3) for _ in range(24)))
    for count in range(8):
        lines = Paragraph(("Рядок",) * (count + 1), Style.TEXT, PLACE)
        blocks = (above, lines, section("Розділ"), table(band(), row(3)), lines)
        document = replace(small_document(), blocks=blocks)
        heading_row = 1 + 24 + 1
        starts = xlsx_pages(document)
        assert not set(range(heading_row + 1, heading_row + 4)) & set(starts)


def test_xlsx_a_heading_stays_with_its_text() -> None:
    for count in range(20, 34):
        blocks = (table(*(row(3) for _ in range(count))), section("Розділ"), *running("Текст."))
        assert 1 + count + 1 not in xlsx_pages(replace(small_document(), blocks=blocks))
