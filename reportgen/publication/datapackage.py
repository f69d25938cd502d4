"""The description of the open data: a Data Package of Frictionless, version 1.

https://specs.frictionlessdata.io/data-package/ and, for tables, /tabular-data-resource/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from reportgen.model.council import Council
from reportgen.publication.figures import Figure
from reportgen.publication.programmes import ListedProgramme


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, the type of Table Schema, and what it holds."""

    name: str
    type: str
    title: str
    description: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table of open data; its files are named by ``name`` and end in csv and json."""

    name: str
    record: type
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    refers: Mapping[str, tuple[str, str]]  # a column to a table and its column

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(one.name for one in fields(self.record))


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file as it was written."""

    size: int
    sha256: str


PROGRAMMES: Final = OpenTable(
    name="programmes",
    record=ListedProgramme,
    title="Перелік цільових програм",
    description="Програми ради: назва, рішення, строк, виконавець, посилання на звіти.",
    fields=(
        Field("identifier", "string", "Позначка програми", required=True),
        Field("title", "string", "Назва програми", required=True),
        Field("orderDateAccepted", "date", "Дата рішення, яким затверджено програму"),
        Field("orderNumber", "string", "Номер рішення"),
        Field("publisherName", "string", "Хто ухвалив", "назва ради"),
        Field("yearFrom", "integer", "Перший рік програми"),
        Field("yearTo", "integer", "Останній рік програми"),
        Field("executorName", "string", "Відповідальний виконавець"),
        Field("executorIdentifier", "string", "ЄДРПОУ відповідального виконавця"),
        Field("url", "string", "Сторінка програми", "від початкової сторінки цього сайту"),
        Field("reportUrls", "string", "Сторінки звітів", "так само; через пробіл"),
    ),
    key=("identifier",),
    refers={},
)

FIGURES: Final = OpenTable(
    name="figures",
    record=Figure,
    title="Показники звітів про виконання програм",
    description=(
        "Кожен рядок – одне число звіту, рядок таблиці й колонка. Щоб додати суми колонки, беріть "
        "рядки, у яких counts – true: частини («у тому числі») і підсумки додавати не треба."
    ),
    fields=(
        Field("programme", "string", "Позначка програми", required=True),
        Field("period", "string", "Період", "2023-q1, 2023-h1, 2023-9m, 2023", required=True),
        Field("table", "integer", "Номер таблиці у звіті", required=True),
        Field("table_name", "string", "Назва таблиці"),
        Field("line", "integer", "Номер рядка таблиці", "без шапки, від 1", required=True),
        Field("kind", "string", "Рядок", "row – захід, part – його частина, total – підсумок"),
        Field("counts", "boolean", "Чи входить до підсумків"),
        Field("group", "string", "Де стоїть рядок", "напрям і завдання, від ширшого"),
        Field("number", "string", "Номер заходу"),
        Field("name", "string", "Назва заходу або підсумку"),
        Field("column", "string", "Позначка колонки", required=True),
        Field("column_name", "string", "Заголовок колонки"),
        Field("fund", "string", "Джерело коштів", "позначки; порожньо – усі джерела разом"),
        Field("fund_name", "string", "Назва джерела"),
        Field("value", "number", "Значення", "точне, з десятковою крапкою", required=True),
        Field("unit", "string", "Одиниця"),
        Field(
            "origin",
            "string",
            "Звідки значення",
            "typed – вписане, sum – сума, formula – обчислене, declared – вписане з поясненням",
        ),
        Field("place", "string", "Місце в даних", "файл:рядок:колонка, де значення вписано"),
    ),
    key=("programme", "period", "table", "line", "column"),
    refers={"programme": ("programmes", "identifier")},
)

TABLES: Final = (PROGRAMMES, FIGURES)
FORMATS: Final = ("csv", "json")
_MIMETYPES: Final = {"csv": "text/csv", "json": "application/json"}


def data_package(council: Council, written: Mapping[str, DataFile]) -> bytes:
    """Return ``datapackage.json``; ``written`` are the files by their bare names."""
    described = {
        "profile": "data-package",
        "name": f"{council.id}-programmes",
        "title": f"Виконання цільових програм: {council.name}",
        "description": (
            "Тексти, що починаються зі знаків = + - @ або апострофа, мають у CSV ще один апостроф "
            "попереду, щоб таблична програма не взяла їх за формулу. У JSON вони без нього, а "
            "значення – текст, щоб не втратити жодної цифри."
        ),
        "resources": [
            _resource(one, form, written[f"{one.name}.{form}"])
            for one in TABLES
            for form in FORMATS
        ],
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: OpenTable, form: str, file: DataFile) -> dict[str, object]:
    """Return a file's description; the CSV is the table, the JSON says the same another way."""
    described: dict[str, object] = {
        "name": table.name if form == "csv" else f"{table.name}-{form}",
        "path": f"{table.name}.{form}",
        "title": table.title,
        "description": table.description,
        "format": form,
        "mediatype": _MIMETYPES[form],
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if form != "csv":
        return {"profile": "data-resource", **described}
    return {
        "profile": "tabular-data-resource",
        **described,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": _schema(table),
    }


def _schema(table: OpenTable) -> dict[str, object]:
    described: dict[str, object] = {
        "fields": [*map(_field, table.fields)],
        "missingValues": [""],
        "primaryKey": [*table.key],
    }
    if table.refers:
        described["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [key]}}
            for column, (other, key) in table.refers.items()
        ]
    return described


def _field(one: Field) -> dict[str, object]:
    described: dict[str, object] = {"name": one.name, "type": one.type, "title": one.title}
    if one.description:
        described["description"] = one.description
    if one.required:
        described["constraints"] = {"required": True}
    return described
