"""Sheets as clerks keep them: a title, headings, and rows of texts and numbers, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportgen.read.sheet_grid import address
from reportgen.read.source import Place, SourceCell, SourceFile, SourceRow, SourceTable

BODY = "Департамент соціальної політики Житомирської міської ради"
TITLE = (
    "Звіт про результати виконання",
    "Комплексної програми підтримки громадян на 2021-2025 роки",
    "за I півріччя 2023 року",
    "Дата і номер рішення міської ради від 24.12.2020 року №35",
    f"Відповідальний виконавець Програми {BODY}",
    "Термін реалізації Програми 2021-2025 роки",
)
HEADINGS = (
    *("№ з/п", "Пріоритетні завдання", "Зміст заходів", "Термін виконання", "Виконавці"),
    "Орієнтовний обсяг фінансування відповідно до програми, тис. грн",
    "Річний обсяг фінансування (з урахуванням змін), тис. грн",
    "Фактично профінансовано у звітному періоді, тис. грн",
    *("Відсоток виконання заходу, %", "Інформація про виконання"),
)
YEAR_HEADINGS = (
    *("№ з/п", "Завдання", "Зміст заходів", "Термін виконання", "Виконавці"),
    *(f"Річний обсяг фінансування тис. грн ({one})" for one in ("план", "факт")),
    "Фактично профінансовано у звітному періоді тис. грн",
    *("Відсоток виконання заходу %", "Інформація про виконання"),
)

FOOT = ("Директор", "Вікторія КРАСНОПІР")

Given = str | Decimal | tuple[str, Decimal]
Line = Sequence[Given]


def measure(number: str, task: str, text: str, *figures: Given) -> Line:
    """A row: its direction's number, its task, its own label, four figures."""
    return (number, task, text, "2023", BODY, *figures, "Виконано")


def sheet(
    rows: Sequence[Line],
    *,
    headings: Sequence[str] = HEADINGS,
    title: Sequence[str] = TITLE,
    name: str = "Лист1",
) -> SourceTable:
    """A sheet as the reader of workbooks returns it."""
    lines = [*((one,) for one in title), headings, *rows, *((one,) for one in FOOT)]
    made = [
        SourceRow(
            tuple(
                (column, _cell(given, Place(address(name, at, column), at + 1, column + 1)))
                for column, given in enumerate(line)
                if given != ""
            ),
            Place(f"{name}, рядок {at + 1}", at + 1),
        )
        for at, line in enumerate(lines)
    ]
    return SourceTable(tuple(made), Place(f"{name}!A1", 1), name)


def book(*sheets: SourceTable) -> SourceFile:
    return SourceFile("zvit.xlsx", sheets)


def _cell(given: Given, place: Place) -> SourceCell:
    match given:
        case str():
            return SourceCell(given, place)
        case Decimal():
            return SourceCell(f"{given:f}".replace(".", ","), place, given)
        case (text, value):
            return SourceCell(text, place, value)
