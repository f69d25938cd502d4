"""JSON Schema of the files that a form asks for, so that editors complete and check while typing.

The schema speaks of what an editor sees: a plain ``1.10`` is a number there, whereas reportgen
takes it as the text that it is. Everything that may be typed plain is therefore text or number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from reportgen.load.timetable import PARTS
from reportgen.model.form import (
    Column,
    Fact,
    FactsSection,
    Form,
    GivenBy,
    Kind,
    Level,
    NarrativeSection,
    Shown,
    TableSection,
)
from reportgen.model.programme import Status

Schema: TypeAlias = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_SLUG: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_LIST_OF_SLUGS: Schema = {"type": "array", "items": _SLUG, "minItems": 1}
_DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_YEAR: Schema = {"type": "integer", "minimum": 2000, "maximum": 2099}
_AMOUNT: Schema = {
    "type": ["number", "string"],
    "pattern": "^-?[0-9][0-9\\s\u00a0\u202f]*([.,][0-9]{1,6})?$",
}
_MONEY: Schema = {
    "anyOf": [_AMOUNT, {"type": "object", "additionalProperties": _AMOUNT, "minProperties": 1}]
}
_DECLARED: Schema = {
    "type": "object",
    "properties": {"declared": _AMOUNT, "reason": _TEXT},
    "required": ["declared", "reason"],
    "additionalProperties": False,
}
_YEARS: Schema = {
    "anyOf": [_YEAR, {"type": "string", "pattern": "^20[0-9]{2}(-20[0-9]{2})?$"}],
}
_PERIOD: Schema = {
    "anyOf": [_YEAR, {"type": "string", "pattern": "^20[0-9]{2}(-(q1|h1|9m))?$"}],
}
_VALUES: dict[Kind, Schema] = {
    Kind.TEXT: _TEXT,
    Kind.NARRATIVE: _TEXT,
    Kind.YEARS: _YEARS,
    Kind.EXECUTORS: _LIST_OF_SLUGS,
    Kind.PROGRAMMES: _LIST_OF_SLUGS,
    Kind.FUNDING: {"anyOf": [_AMOUNT, _LIST_OF_SLUGS]},
    Kind.MONEY: _MONEY,
    Kind.NUMBER: _AMOUNT,
}


def programme_schema(form: Form) -> Schema:
    """Return the schema of ``programme.yaml``."""
    decision = _closed({"date": _DATE, "number": _TEXT}, ["date", "number"])
    properties: Schema = {
        "name": _TEXT,
        "genitive": _TEXT,
        "form": {"const": form.id},
        "decision": decision,
        "amended": {"type": "boolean"},
        "changes": {"type": "array", "items": decision},
        "reported": {"type": "array", "items": {"enum": [*PARTS]}, "minItems": 1},
        "executor": _SLUG,
        "term": _closed({"from": _YEAR, "to": _YEAR}, ["from", "to"]),
        "defaults": _defaults(form, GivenBy.PROGRAMME),
        **_texts(form, GivenBy.PROGRAMME),
    }
    required = ["name", "form", *_required_texts(form, GivenBy.PROGRAMME)]
    for table in form.outlines:
        properties[table.levels[0].plural] = _items(table, table.levels)
        required.append(table.levels[0].plural)
    return _file(f"{form.title}: programme.yaml", properties, required)


def period_schema(form: Form) -> Schema:
    """Return the schema of a period's file."""
    properties: Schema = {
        "period": _PERIOD,
        "form": {"const": form.id},
        "defaults": _defaults(form, GivenBy.PERIOD),
        **_texts(form, GivenBy.PERIOD),
    }
    required = ["period", *_required_texts(form, GivenBy.PERIOD)]
    if form.signature:
        properties["signatory"] = _SLUG
        properties["signatories"] = _LIST_OF_SLUGS
    for table in form.outlines:
        groups = [*table.restarting, table.rows[0]]
        properties[groups[0].plural] = _entries(table, groups)
        required.append(groups[0].plural)
    return _file(f"{form.title}: звітний період", properties, required)


def package_schema() -> Schema:
    """Return the schema of a package's file."""
    dated = {"number": _TEXT, "date": _DATE}
    session = _closed({**dated, "convocation": _TEXT}, ["number", "convocation", "date"])
    annex = _closed({"programme": _SLUG, "period": _PERIOD}, ["programme", "period"])
    properties: Schema = {
        "id": _SLUG,
        "title": _TEXT,
        "place": _TEXT,
        "session": session,
        "adopted": _closed(dated, ["number", "date"]),
        "speaker": _SLUG,
        "signatory": _SLUG,
        "consolidated": {"type": "boolean"},
        "annexes": {"type": "array", "items": annex, "minItems": 1},
    }
    return _file("Пакет сесії", properties, ["title", "session", "signatory", "annexes"])


def _file(title: str, properties: Schema, required: Sequence[str]) -> Schema:
    return {"$schema": _DIALECT, "title": title, **_closed(properties, required)}


def _closed(
    properties: Schema, required: Sequence[str] = (), yearly: Schema | None = None
) -> Schema:
    """Return the schema of a mapping; ``yearly`` are keys with a year after them."""
    schema: Schema = {"type": "object", "properties": properties}
    if yearly:
        schema["patternProperties"] = {
            f"^{key}_20[0-9]{{2}}$": value for key, value in yearly.items()
        }
    schema["additionalProperties"] = False
    if required:
        schema["required"] = list(required)
    return schema


def _items(table: TableSection, levels: Sequence[Level]) -> Schema:
    """Return the schema of one level's list in ``programme.yaml``."""
    level, rest = levels[0], levels[1:]
    properties: Schema = {"id": _SLUG, "number": _TEXT, "text": _TEXT}
    if level.shown is Shown.ROW:
        properties |= _columns(table, GivenBy.PROGRAMME)
    required = []
    if rest:
        properties[rest[0].plural] = _items(table, rest)
        if level.shown is not Shown.ROW:
            required.append(rest[0].plural)
    yearly = _yearly(table, GivenBy.PROGRAMME) if level.shown is Shown.ROW else {}
    item = _closed(properties, required, yearly)
    item["anyOf"] = [{"required": ["id"]}, {"required": ["number"]}]
    return {"type": "array", "items": item, "minItems": 1}


def _entries(table: TableSection, levels: Sequence[Level]) -> Schema:
    """Return the schema of rows by key, inside the groups in which numbers start anew."""
    if len(levels) > 1:
        inner = _closed({levels[1].plural: _entries(table, levels[1:])}, [levels[1].plural])
        return {"type": "object", "additionalProperties": inner, "minProperties": 1}
    row = _row(table)
    if len(table.rows) > 1:
        row["properties"][table.rows[1].plural] = {
            "type": "object",
            "additionalProperties": _row(table),
        }
    return {"type": "object", "additionalProperties": row, "minProperties": 1}


def _row(table: TableSection) -> Schema:
    computed = [column for column in table.fields if column.formula]
    return _closed(
        {
            **_columns(table, GivenBy.PERIOD),
            **{column.id: _DECLARED for column in computed if not column.yearly},
            "status": {"enum": [status.value for status in Status]},
        },
        yearly={
            **_yearly(table, GivenBy.PERIOD),
            **{column.id: _DECLARED for column in computed if column.yearly},
        },
    )


def _columns(table: TableSection, given: GivenBy) -> Schema:
    own = [column for column in table.fields if column.given is given]
    return {**{one.id: _value(one) for one in own if not one.yearly}, **_fund(own)}


def _yearly(table: TableSection, given: GivenBy) -> Schema:
    """Return the columns that stand for one in each year of the programme."""
    own = (column for column in table.fields if column.given is given and column.yearly)
    return {column.id: _value(column) for column in own}


def _value(column: Column) -> Schema:
    heading = " / ".join(one for one in column.heading if one)
    schema = _VALUES[column.kind]
    return {"description": heading, **schema} if heading else schema


def _fund(columns: Iterable[Column]) -> Schema:
    return {"fund": _SLUG} if any(one.kind is Kind.MONEY for one in columns) else {}


def _defaults(form: Form, given: GivenBy) -> Schema:
    properties: Schema = {}
    yearly: Schema = {}
    for table in form.outlines:
        properties |= _columns(table, given)
        yearly |= _yearly(table, given)
    return _closed({**properties, "fund": _SLUG}, yearly=yearly)


def _texts(form: Form, given: GivenBy) -> Schema:
    return {
        one.id: {"description": one.label if isinstance(one, Fact) else "", **_TEXT}
        for one in _asked(form)
        if one.given is given
    }


def _required_texts(form: Form, given: GivenBy) -> list[str]:
    return [one.id for one in _asked(form) if one.given is given and one.required]


def _asked(form: Form) -> Iterable[Fact | NarrativeSection]:
    for section in form.sections:
        if isinstance(section, NarrativeSection):
            yield section
        elif isinstance(section, FactsSection):
            yield from (fact for fact in section.facts if fact.given)
