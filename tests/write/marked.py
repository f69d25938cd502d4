"""A document with all that the small markup can say, in cells and in running text."""

from __future__ import annotations

import datetime
from dataclasses import replace

from small import PLACE, heading, text

from reportgen.document.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    Role,
    Row,
    Signature,
    Style,
    Table,
    TableColumn,
)
from reportgen.model.council import NumberStyle, PageProfile
from reportgen.model.markup import parse_markup

NARRATIVE = """\
Зроблено **за рік**:

- перше, *курсивом*, а далі досить довгий рядок, що займе в клітинці не один, а два чи три рядки;
- друге: <b>не розмітка</b>, #strong, $x$ і & теж;
- третє, з [рішенням](https://zt-rada.gov.ua/?3398[0]=35&a=б).

Потім:

1. Один.
2. Два, і **вну**трішній наголос.
3. Три.

Знову від двох:

2. Два.
3. [Лист](mailto:rada@example.org) про третє.
1. Новий список.

[Не посилання](javascript:alert(1)) і [не файл](file:///etc/passwd)."""

RUNNING = """\
Цей висновок довший за рядок, тож його вирівняно з обох боків, а перший рядок має відступ: \
за Програмою **профінансовано** 333,3 тис. грн, або *33,3 %* річного обсягу.

- перший пункт;
- другий пункт, у якому є [посилання](https://example.org/a).

7. Сьомий.
8. Восьмий.

Кінець."""


def narrative(markup: str, rows: int = 1) -> Cell:
    """A cell as the document stage makes it of a narrative."""
    marked = parse_markup(markup)
    return Cell(tuple(one.text for one in marked), rows=rows, origin=PLACE, marked=marked)


def running(markup: str) -> list[Paragraph]:
    """Paragraphs as the document stage makes them of a narrative's section."""
    return [
        Paragraph((one.text,), Style.TEXT, PLACE, None if one.is_plain else one)
        for one in parse_markup(markup)
    ]


def section(name: str) -> Paragraph:
    return Paragraph((name,), Style.SECTION, PLACE)


def facts() -> Table:
    """Labels and values: no header, and a list in one of the values."""
    columns = (TableColumn("label", 90), TableColumn("value", 167))
    rows = (
        Row((text("Назва Програми"), text("Програма підтримки бібліотек"))),
        Row((text("Мета"), narrative("- перша;\n- **друга**."))),
    )
    return Table("Загальні дані", columns, (), rows)


def measures() -> Table:
    """A band, a measure with a long narrative beside a merged name, and another measure."""
    columns = (TableColumn("task", 60), TableColumn("measure", 77), TableColumn("info", 120))
    header = (Row((heading("Завдання"), heading("Захід"), heading("Інформація")), Role.HEADING),)
    body = (
        Row((text("Напрям 1", columns=3),), Role.BAND),
        Row((narrative("1. Завдання **перше**.", rows=2), text("Захід 1"), narrative(NARRATIVE))),
        Row((text("Захід 2"), narrative("Просто *текст*."))),
        Row((text("Разом"), text("2"), narrative("- усе;\n- **решта**.")), Role.TOTAL),
    )
    return Table("Заходи", columns, header, body)


def marked_document(*blocks: Block) -> Document:
    """Facts, measures and a conclusion, each under a section's heading; no title."""
    signature = Signature("Начальник управління", "Ірина КОВАЛЬЧУК", PLACE)
    usual = (
        *(section("1. Загальні дані"), facts()),
        *(section("2. Заходи"), measures()),
        *(section("3. Висновок"), *running(RUNNING)),
        signature,
    )
    return Document(
        title="Звіт про виконання Програми за 2023 рік",
        author="Управління",
        language="uk",
        dated=datetime.date(2023, 12, 31),
        page=PageProfile(),
        numbers=NumberStyle(),
        blocks=blocks or usual,
    )


def in_portrait(document: Document) -> Document:
    """The same on a narrower page."""
    return replace(document, page=replace(document.page, landscape=False))
