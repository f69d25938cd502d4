"""A small document by hand: merged cells, a part, a total, a dash, several paragraphs."""

from __future__ import annotations

import datetime
from decimal import Decimal

from reportgen.diagnostics import Span
from reportgen.document.blocks import (
    Cell,
    Document,
    Paragraph,
    Role,
    Row,
    RowName,
    Signature,
    Style,
    Table,
    TableColumn,
)
from reportgen.document.origin import Computed, Reference, Sum
from reportgen.model.council import NumberStyle, PageProfile
from reportgen.model.form import Align, Kind
from reportgen.model.formula import parse_formula

PLACE = Span("content/small.yaml", 3, 5)
PERCENT = parse_formula("actual / plan * 100")
COLUMNS = (
    TableColumn("number", 12),
    TableColumn("task", 45),
    TableColumn("measure", 90),
    TableColumn("plan", 25),
    TableColumn("actual", 25),
    TableColumn("percent", 20),
    TableColumn("info", 40),
)


def text(*paragraphs: str, rows: int = 1, columns: int = 1, align: Align = Align.LEFT) -> Cell:
    return Cell(paragraphs, rows=rows, columns=columns, align=align, origin=PLACE)


def money(printed: str, value: str) -> Cell:
    return Cell((printed,), Decimal(value), Kind.MONEY, Align.RIGHT, 1, origin=PLACE)


def percent(printed: str, value: str | None, row: int) -> Cell:
    inputs = {"actual": Reference(row, 4), "plan": Reference(row, 3)}
    exact = None if value is None else Decimal(value)
    origin = Computed(PERCENT, inputs, 1, "–")
    return Cell((printed,), exact, Kind.PERCENT, Align.RIGHT, 1, origin=origin)


def total(printed: str, value: str, column: int) -> Cell:
    origin = Sum((Reference(0, column), Reference(2, column)))
    return Cell((printed,), Decimal(value), Kind.MONEY, Align.RIGHT, 1, origin=origin)


def heading(value: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell((value,), align=Align.CENTRE, rows=rows, columns=columns, origin=PLACE)


def small_table() -> Table:
    """Two measures and a part under one task; «Фінансування» is a heading over three columns."""
    header = (
        Row(
            (
                heading("№ з/п", rows=2),
                heading("Завдання", rows=2),
                heading("Зміст заходів", rows=2),
                heading("Фінансування, тис. грн", columns=3),
                heading("Інформація про виконання", rows=2),
            ),
            Role.HEADING,
        ),
        Row((heading("план"), heading("факт"), heading("%")), Role.HEADING),
        Row(tuple(heading(label) for label in "1234567"), Role.NUMBERS),
    )
    body = (
        Row(
            (
                text("1.", rows=3, align=Align.CENTRE),
                text("1.1. Забезпечити підтримку об'єднань", rows=3),
                text("1.1.1. Виплата <b>винагороди</b> & премій"),
                money("1\u00a0000,0", "1000.0"),
                money("333,3", "333.3"),
                percent("33,3", "33.3", 0),
                text("Перший абзац.", "Другий абзац."),
            ),
            name=RowName("1.1.1"),
        ),
        Row(
            (
                text("в т.ч. субвенція"),
                money("155,1", "155.1"),
                money("55,8", "55.8"),
                percent("36,0", "36.0", 1),
                text(),
            ),
            Role.PART,
        ),
        Row(
            (
                text("1.1.2. =SUM(A1) не формула"),
                money("0,0", "0.0"),
                money("0,0", "0.0"),
                percent("–", None, 2),
                text("Заплановано на II півріччя."),
            ),
            name=RowName("1.1.2"),
        ),
        Row(
            (
                text("Всього за Програмою", columns=3),
                total("1\u00a0000,0", "1000.0", 3),
                total("333,3", "333.3", 4),
                percent("33,3", "33.3", 3),
                text(),
            ),
            Role.TOTAL,
        ),
    )
    return Table("Виконання заходів", COLUMNS, header, body)


def small_document(table: Table | None = None) -> Document:
    """The small table between a title and a signature."""
    return Document(
        title="Звіт про результати виконання Програми за 2023 рік",
        author="Управління Житомирської міської ради",
        language="uk",
        dated=datetime.date(2023, 12, 31),
        page=PageProfile(),
        numbers=NumberStyle(),
        blocks=(
            Paragraph(("Звіт", "про результати виконання Програми"), Style.TITLE, PLACE),
            Paragraph(("за 2023 рік",), Style.SUBTITLE, PLACE),
            Paragraph(("Термін реалізації Програми 2021-2025 роки",), Style.LINE, PLACE),
            Paragraph(("1. Виконання заходів",), Style.SECTION, PLACE),
            table or small_table(),
            Signature(
                "Начальник управління у справах сім'ї, молоді та спорту міської ради",
                "Ірина КОВАЛЬЧУК",
                PLACE,
            ),
        ),
    )
