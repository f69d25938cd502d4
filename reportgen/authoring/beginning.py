"""The files that a council begins with: an example in the form of its choice, every file explained.

What is the same for all forms lies in the folder ``first_files`` beside this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from reportgen.authoring.entries import entry, remark
from reportgen.authoring.example import EXECUTOR, Example
from reportgen.authoring.missing import given_texts, heading_of
from reportgen.authoring.next_period import first_period
from reportgen.authoring.schema import Schema, package_schema, period_schema, programme_schema
from reportgen.load import COUNCIL_FILES
from reportgen.load.council import load_council
from reportgen.load.programme import load_programme
from reportgen.load.years import with_years
from reportgen.model.form import Fact, Form, GivenBy, NarrativeSection, TableSection
from reportgen.model.period import Part, Period
from reportgen.model.programme import Programme, Term
from reportgen.source import parse

SLUG = "zelene-misto"

_FOLDER = Path(__file__).resolve().parent / "first_files"
_YEAR = 2025  # of the example, if the form is in force then
_PACKAGE = "content/packages/sesiia-1.yaml"
_FUNDS = "content/registers/funds.yaml"
_SHARED = (*(f"{place}/{name}" for place, names in COUNCIL_FILES.items() for name in names),)
_ABOUT_PASSPORT = (
    "Паспорт програми: що затвердила рада. Файл змінюють, коли рада змінила програму. Тут приклад,"
    " програму вигадано."
)
_REPORT = (
    "Звіт за один період. Наступний почне команда «reportgen new». Суми — від 1 січня до кінця"
    " періоду; відсотки й підсумки програма обчислить сама. До кожного рядка можна дописати"
    " status: done, ongoing, planned, not_done чи not_planned."
)


def beginning(form: Form) -> dict[str, str]:
    """Return the files of a project that builds at once, by their paths in it.

    ``form`` is as its file has it: yearly columns stand for all years.
    """
    year = max(_YEAR, form.adopted.valid_from.year)
    term = Term(year - 1, year + 1)
    drawn = with_years(form, term)
    example = Example(drawn, year)
    period = Period(year, Part.YEAR)
    folder = f"content/programmes/{SLUG}"
    passport = _passport(form, example, term)
    outline = _outline(passport, drawn)
    schema = f"../../schemas/{form.id}.period.json"
    report = first_period(outline, drawn, period, schema, example.given, _REPORT)
    shared = {name: _read(name) for name in _SHARED}
    shared[_FUNDS] += "".join(f"{one}: Джерело «{one}»\n" for one in _unnamed(example))
    named = {"{slug}": SLUG, "{period}": period.id, "{year}": f"{year}", "{next}": f"{year + 1}"}
    return {
        ".gitignore": _read("gitignore"),
        "README.md": _filled("README.md", named),
        **shared,
        f"{folder}/programme.yaml": passport,
        f"{folder}/{period.id}.yaml": report.text,
        _PACKAGE: _filled(_PACKAGE, named),
        "content/schemas/package.json": _as_json(package_schema()),
        f"content/schemas/{form.id}.programme.json": _as_json(programme_schema(form)),
        f"content/schemas/{form.id}.period.json": _as_json(period_schema(form)),
    }


def _passport(form: Form, example: Example, term: Term) -> str:
    """Return ``programme.yaml``."""
    years = f"на {term} роки"
    lines = [
        f"# yaml-language-server: $schema=../../schemas/{form.id}.programme.json",
        *remark(_ABOUT_PASSPORT),
        "# Назва в називному відмінку.",
        *entry("name", f"Програма «Зелене місто» {years}"),
        "# Та сама назва в родовому: «Звіт про виконання Програми…»",
        *entry("genitive", f"Програми «Зелене місто» {years}"),
        "# Рішення, яким програму затверджено: рік-місяць-день і номер.",
        f'decision: {{date: {term.first - 1}-12-21, number: "812"}}',
        "# Відповідальний виконавець: позначка з content/registers/executors.yaml.",
        *entry("executor", EXECUTOR),
        "# Роки дії.",
        f"term: {{from: {term.first}, to: {term.last}}}",
        "# Форма звіту; усі форми покаже «reportgen list».",
        *entry("form", form.id),
    ]
    for one in given_texts(form, GivenBy.PROGRAMME):
        lines += [*remark(_called(one)), *entry(one.id, example.given(one.id, None))]
    for table in example.form.outlines:
        lines += [*remark(_columns(table)), *entry(table.levels[0].plural, example.outline(table))]
    return "\n".join(lines) + "\n"


def _called(one: Fact | NarrativeSection) -> str:
    """Return what the form prints before a fact or above a narrative."""
    return one.label if isinstance(one, Fact) else " ".join(line.template for line in one.title)


def _columns(table: TableSection) -> str:
    """Return what the rows of a table give, by the headings of the columns."""
    own = (one for one in table.fields if one.given is GivenBy.PROGRAMME)
    said = [f"{one.id} — {heading}" for one in own if (heading := heading_of(one))]
    return "; ".join(["Що робитимуть. Номер (number) — без крапки в кінці", *said]) + "."


def _outline(passport: str, form: Form) -> Programme:
    """Return the programme of the example, as it will be read."""
    node, _ = parse(passport, "programme.yaml")
    council = load_council(_FOLDER, [])
    if node is None or council is None:  # only a fault of ours could do that
        raise AssertionError(passport)
    return load_programme(node, SLUG, form, council, [])


def _unnamed(example: Example) -> list[str]:
    """Return the funds that the form asks for and the usual register has not."""
    council = load_council(_FOLDER, [])
    return [one for one in example.funds if council is None or one not in council.funds]


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _filled(name: str, named: Mapping[str, str]) -> str:
    """Return a shared file with what the example calls its programme and its years."""
    text = _read(name)
    for blank, value in named.items():
        text = text.replace(blank, value)
    return text


def _as_json(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
