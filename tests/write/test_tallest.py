"""Which cells of a row are measured: those that may decide how tall it is."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from small import money, small_document, text

from reportgen.document.blocks import Cell, Row, Table, TableColumn
from reportgen.model.markup import Marked, Run
from reportgen.write.fonts import Typeface, find_typeface
from reportgen.write.frame import Frame
from reportgen.write.pages import RowStart
from reportgen.write.pdf_typst import cells, run
from reportgen.write.pdf_typst.tallest import deciding

ROOT = Path(__file__).parents[2]
FRAME = Frame(b"", "", "", (ROOT / "templates" / "document.typ").read_text("utf-8"))
WORDS = [
    "і",
    "до",
    "міської",
    "програми",
    "соціально-економічного",
    "розвитку",
    "надано",
    "1500",
    "гривень",
]


@pytest.fixture(name="typeface")
def _typeface() -> Typeface:
    typeface = find_typeface()
    if typeface is None:
        pytest.skip("немає шрифту з метрикою Times")
    return typeface


def asked(row: list[Cell], typeface: Typeface, room: float = 100.0) -> list[bool]:
    return deciding([(cell, room) for cell in row], 9, typeface.regular)


def test_a_figure_beside_a_longer_text_is_not_measured(typeface: Typeface) -> None:
    row = [money("1 500,0", "1500"), text("дуже довгий текст " * 20), text("короткий"), text("")]
    assert asked(row, typeface) == [False, True, False, False]


def test_one_cell_stands_for_all_that_take_one_line(typeface: Typeface) -> None:
    assert asked([text("а"), money("1,0", "1"), text("б")], typeface) == [True, False, False]


def test_what_may_be_as_tall_is_measured_too(typeface: Typeface) -> None:
    assert asked([text("слово " * 20), text("слово " * 21)], typeface) == [True, True]


def test_merged_cells_and_those_with_styles_are_measured(typeface: Typeface) -> None:
    styled = Cell(("а",), marked=(Marked((Run("а", bold=True),)),))
    row = [text("завдання", rows=2), text("довгий текст " * 20), styled]
    assert asked(row, typeface) == [True, True, True]


def test_a_row_of_merged_cells_alone_has_nobody_to_decide(typeface: Typeface) -> None:
    assert asked([text("а", rows=2), text("б", rows=2)], typeface) == [True, True]


def test_without_a_face_every_cell_is_measured() -> None:
    assert deciding([(text("а"), 9.0), (text("б"), 9.0)], 9, None) == [True, True]


@pytest.mark.parametrize("seed", range(4))
def test_pages_are_foretold_as_if_every_cell_were_measured(
    seed: int, typeface: Typeface, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing depends on its being secret
    columns = tuple(TableColumn(str(at), width) for at, width in enumerate((12, 30, 60, 100)))
    rows = [
        Row(
            tuple(
                text(
                    *(" ".join(chance.choices(WORDS, k=chance.randint(0, 25))) for _ in range(most))
                )
                for most in chance.choices((1, 1, 1, 3), k=len(columns))
            )
        )
        for _ in range(120)
    ]
    document = small_document(Table("Заходи", columns, (), tuple(rows)))
    document = replace(document, page=replace(document.page, landscape=True))
    tops = frozenset(
        RowStart(at, 0) for at, one in enumerate(document.blocks) if isinstance(one, Table)
    )

    def foretold() -> object:
        return run.Run(document, FRAME, typeface, tops, measure=True).expected()

    ours = foretold()
    monkeypatch.setattr(cells, "deciding", lambda row, *_: [True] * len(row))
    assert ours == foretold()
