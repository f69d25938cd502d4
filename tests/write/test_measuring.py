"""Cells that are measured for all others: which lines can be counted, and that they are."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from small import money, small_document, text

from reportgen.document.blocks import Cell, Row, Table, TableColumn
from reportgen.model.council import PageProfile
from reportgen.model.markup import Marked, Run
from reportgen.write.fonts import Face, Typeface, find_typeface
from reportgen.write.frame import Frame
from reportgen.write.pdf_typst import measuring
from reportgen.write.pdf_typst.lines import shape
from reportgen.write.pdf_typst.measuring import Samples, expected
from reportgen.write.pdf_typst.payload import payload
from reportgen.write.pdf_typst.run import Asked

ROOT = Path(__file__).parents[2]
FRAME = Frame(b"", "", "", (ROOT / "templates" / "document.typ").read_text("utf-8"))
PAGE = PageProfile()
COLUMNS = tuple(TableColumn(str(at), width) for at, width in enumerate((12, 30, 60, 100)))
WORDS = [
    "і",
    "до",
    "міської",
    "програми",
    "соціально-економічного",
    "захист/розвиток",
    "учасників АТО/ООС",
    "2021-2025",
    "«Та»,",
    "надано",
    "–",
    "№35",
    "(АВТ.",
    "1\u00a0500,0",
    "гривень",
]


@pytest.fixture(name="typeface")
def _typeface() -> Typeface:
    typeface = find_typeface()
    if typeface is None:
        pytest.skip("немає шрифту з метрикою Times")
    return typeface


def shape_of(cell: Cell, typeface: Typeface, room: float = 100.0) -> tuple[int, ...] | None:
    return shape(cell, room, 9, typeface.regular)


def test_lines_are_counted_paragraph_by_paragraph(typeface: Typeface) -> None:
    assert shape_of(text("слово"), typeface) == (1,)
    assert shape_of(text("слово " * 20, "і ще"), typeface) == (5, 1)
    assert shape_of(text("", "слово"), typeface) == (0, 1)


def test_a_figure_takes_one_line_however_wide_it_is(typeface: Typeface) -> None:
    assert shape_of(money("1 500,0", "1500"), typeface, 5.0) == (1,)


@pytest.mark.parametrize(
    "words",
    [
        "нерозривнедовгеслово",
        "крапка . за пробілом тут",
        "Увага!Слово далі тут",
        "a—b " * 9,
        "а\nб",
        "слово ( слово тут",
    ],
)
def test_lines_that_cannot_be_sure_are_not_counted(words: str, typeface: Typeface) -> None:
    assert shape_of(text(words), typeface, 60.0) is None


def test_styles_and_lists_are_not_counted(typeface: Typeface) -> None:
    styled = Cell(("а",), marked=(Marked((Run("а", bold=True),)),))
    assert shape_of(styled, typeface) is None


def test_without_kerning_nothing_is_sure(typeface: Typeface) -> None:
    bare = Face(typeface.regular.path, typeface.regular.widths)
    assert shape(text("слово"), 100.0, 9, bare) is None
    assert shape(text("слово"), 100.0, 9, None) is None


def test_a_line_as_wide_as_its_cell_may_or_may_not_fit(typeface: Typeface) -> None:
    words = "три слова тут"
    width = 9 * sum(map(typeface.regular.set_width, words.split()))
    width += 2 * typeface.regular.width(" ", 9)
    assert shape_of(text(words), typeface, width + 0.1) == (1,)
    assert shape_of(text(words), typeface, width - 0.1) == (2,)
    assert shape_of(text(words), typeface, width) is None


def table_of(*rows: Row) -> Table:
    return Table("Заходи", COLUMNS, (), rows)


def test_one_cell_is_measured_for_all_of_its_shape(typeface: Typeface) -> None:
    row = Row((text("а"), money("1,0", "1"), text("б"), text("завдання", rows=2)))
    samples = Samples(table_of(row, Row((text("в"), text("г"), text("д")))), PAGE, typeface)
    assert len(samples.rows) == 2  # of one line, and of two: «завдання», «(продовження)»
    answers = [[(9.0, 0.0)], [(18.0, 0.0)]]
    assert samples.heights(answers) == [[(9.0, 0.0)] * 3 + [(9.0, 18.0)], [(9.0, 0.0)] * 3]


def test_without_a_face_every_cell_is_measured_with_its_continuation() -> None:
    row = Row((text("завдання", rows=2), text("а"), text("б"), text("в")))
    samples = Samples(table_of(row, Row((text("г"),) * 3)), PAGE, None)
    assert len(samples.rows) == 7
    answers = [[(float(at), at + 0.5)] for at in range(7)]
    first, second = samples.heights(answers)
    assert first == [(0.0, 0.5), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]
    assert second == [(4.0, 0.0), (5.0, 0.0), (6.0, 0.0)]


def random_table(seed: int, rows: int = 120) -> Table:
    chance = random.Random(seed)  # noqa: S311 - nothing depends on its being secret
    return table_of(
        *(
            Row(
                tuple(
                    text(
                        *(
                            " ".join(chance.choices(WORDS, k=chance.randint(0, 25)))
                            for _ in range(most)
                        )
                    )
                    for most in chance.choices((1, 1, 1, 3), k=len(COLUMNS))
                )
            )
            for _ in range(rows)
        )
    )


@pytest.mark.parametrize("seed", range(4))
def test_cells_of_one_shape_are_as_tall_as_each_other(
    seed: int, typeface: Typeface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Typst measures them, each by itself."""
    table = random_table(seed)
    document = small_document(table)
    block = document.blocks.index(table)
    monkeypatch.setattr(measuring, "shape", lambda *_: None)
    one_by_one = Samples(table, document.page, typeface).rows
    data = payload(document, frozenset(), typeface, {block: one_by_one})
    [measured] = Asked(FRAME, typeface, data).query("<measures>")["tables"]
    heights = iter(height for [(height, _)] in measured["rows"])
    known: dict[tuple[int, ...], float] = {}
    for row in table.body:
        for column, cell in zip(table.columns, row.cells, strict=True):
            height, room = next(heights), (column.width - 2) * 72 / 25.4
            lines = shape(cell, room, document.page.table_size, typeface.regular)
            if lines is not None:
                assert known.setdefault(lines, height) == pytest.approx(height), cell.paragraphs
    assert len(known) > 20


@pytest.mark.parametrize("seed", range(4))
def test_pages_are_foretold_as_if_every_cell_were_measured(
    seed: int, typeface: Typeface, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = small_document(random_table(seed))
    document = replace(document, page=replace(document.page, landscape=True))
    ours = expected(document, FRAME, typeface)
    monkeypatch.setattr(measuring, "shape", lambda *_: None)
    assert ours == expected(document, FRAME, typeface)
    assert len(ours.starts) > 5


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("set text(size: profile.table-size * 1pt)", "set text(size: 10.5pt)"),
        ("x: profile.padding.at(0) * 1mm", "x: 2.5mm"),
        ("set par(leading: 0.4em)\n  set table", "set par(leading: 0.7em)\n  set table"),
    ],
    ids=["larger type", "wider padding", "more leading"],
)
def test_by_a_template_of_ones_own_pages_are_foretold_too(
    told: str, own: str, typeface: Typeface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it sets cells otherwise than lines are counted for, all are measured."""
    assert told in FRAME.typst
    frame = replace(FRAME, typst=FRAME.typst.replace(told, own))
    document = small_document(random_table(9))
    ours = expected(document, frame, typeface)
    assert ours != expected(document, FRAME, typeface)
    monkeypatch.setattr(measuring, "shape", lambda *_: None)
    assert ours == expected(document, frame, typeface)


def test_heights_that_do_not_grow_evenly_do_not_agree(typeface: Typeface) -> None:
    rows = [Row((text("а" if n == 1 else "слово " * n * 3),) * 4) for n in (1, 9, 30)]
    samples = Samples(table_of(*rows), PAGE, typeface)
    lines = [10.0 * at for at in range(len(samples.rows))]
    assert not samples.agree([[(tall**2, 0.0)] for tall in lines])
    assert Samples(table_of(), PAGE, typeface).agree([])
