"""The values that a row of content gives for the columns of its form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from reportgen.diagnostics import Span, finding, quoted
from reportgen.load.fields import Fields, Found, UnreadableError, take
from reportgen.load.scalars import amount, narrative, paragraphs, reference, text, years
from reportgen.load.words import suggest
from reportgen.model.council import Council, Executor, Official
from reportgen.model.form import Column, GivenBy, Kind, TableSection
from reportgen.model.programme import Amount, Declared, Executors, Programmes, Text, Value
from reportgen.source import Mapping as MappingNode
from reportgen.source import Node, Scalar, Sequence

T = TypeVar("T")

EXECUTORS_FILE = "content/registers/executors.yaml"
OFFICIALS_FILE = "content/registers/officials.yaml"
PROGRAMMES_FILE = "content/registers/programmes.yaml"
FUNDS_FILE = "content/registers/funds.yaml"


_TEXTS: Mapping[Kind, Callable[[Node], Text]] = {
    Kind.TEXT: paragraphs,
    Kind.NARRATIVE: narrative,
    Kind.YEARS: years,
}


@dataclass(frozen=True, slots=True)
class RowSchema:
    """What one file may say of a row: the columns that are given there."""

    columns: tuple[Column, ...]
    council: Council
    executor: Callable[[Node], Executor]

    @classmethod
    def of(cls, tables: Iterable[TableSection], council: Council, given: GivenBy) -> RowSchema:
        """Return the schema of one file; a period may also declare computed values."""
        return cls(
            tuple(
                column
                for table in tables
                for column in table.fields
                if column.given is given or (column.formula and given is GivenBy.PERIOD)
            ),
            council,
            executor_of(council),
        )

    def defaults(self, node: Node | None, found: Found) -> Defaults:
        """Read ``defaults``: values for every row that gives none, and the fund of its money."""
        if node is None:
            return Defaults({}, "")
        with Fields(node, found) as fields:
            fund = self._fund(fields)
            return Defaults(self.values(fields, Defaults({}, ""), found), fund)

    def values(self, fields: Fields, defaults: Defaults, found: Found) -> dict[str, Value]:
        """Take this file's columns from a row; a missing one takes the default, if there is one."""
        fund = self._fund(fields) or defaults.fund
        own = {column.id for column in self.columns}
        taken = {key: value for key, value in defaults.values.items() if key in own}
        for column in self.columns:
            node = fields.node(column.id)
            if node is None:
                continue
            try:
                taken[column.id] = self._value(column, node, fund, found)
            except UnreadableError as error:
                fields.report_error(error, node)
                taken[column.id] = Text((), node.span)  # given, if not readable: not missing
        return taken

    def _fund(self, fields: Fields) -> str:
        funds = {key: key for key in self.council.funds}
        return fields.optional("fund", reference(funds, FUNDS_FILE), "")

    def _value(self, column: Column, node: Node, fund: str, found: Found) -> Value:
        if column.formula:
            return _declared(node, found)
        if column.kind in _TEXTS:
            return _TEXTS[column.kind](node)
        if column.kind is Kind.NUMBER:
            return Amount(amount(node), {}, node.span)
        if column.kind is Kind.EXECUTORS:
            return self._executors(node, found)
        by_name = column.kind is Kind.FUNDING and isinstance(node, Sequence)
        if column.kind is Kind.PROGRAMMES or by_name:
            return self._programmes(node, found)
        return self._amount(node, fund, found)

    def _amount(self, node: Node, fund: str, found: Found) -> Amount:
        """One amount, or a mapping of fund to amount."""
        if not isinstance(node, MappingNode):
            return _amount_of(node, fund)
        if not node.entries:
            raise UnreadableError("value-empty", "тут немає жодної суми")
        split: dict[str, Decimal] = {}
        places: dict[str, Span] = {}
        with Fields(node, found) as funds:
            for key in node.entries:
                if key in self.council.funds:
                    split[key] = funds.required(key, amount, Decimal(0))
                    places[key] = node.entries[key].span
                else:
                    funds.node(key)
                    message = f"{quoted(key)} немає в {FUNDS_FILE}"
                    hint = suggest(key, self.council.funds)
                    funds.report("reference-unknown", key, message, hint)
        return Amount(sum(split.values(), Decimal(0)), split, node.span, places)

    def _executors(self, node: Node, found: Found) -> Executors:
        bodies = _listed(node, self.executor, self.council.executors, "виконавців", found)
        return Executors(bodies, node.span)

    def _programmes(self, node: Node, found: Found) -> Programmes:
        known = self.council.programmes
        convert = reference(known, PROGRAMMES_FILE)
        return Programmes(_listed(node, convert, known, "програми", found), node.span)


def _listed(
    node: Node, convert: Callable[[Node], T], register: Iterable[str], what: str, found: Found
) -> tuple[T, ...]:
    """Return what a register has under each id of a list; unknown and repeated are findings."""
    if not isinstance(node, Sequence):
        hint = f"пишіть позначки з довідника у квадратних дужках: [{', '.join([*register][:2])}]"
        raise UnreadableError("value-type", f"{what} записують списком", hint)
    if not node.items:
        raise UnreadableError("value-empty", f"список порожній: {what} не названо")
    taken: dict[str, T] = {}
    first: dict[str, Span] = {}
    for item in node.items:
        one = take(item, convert, found)
        if one is None or not isinstance(item, Scalar):
            continue
        key = item.text.strip()
        if key in taken:
            message = f"{quoted(key)} у цьому списку вже є"
            places = ((first[key], "уперше тут"),)
            found.append(finding("value-choice", item.span, message, "залиште одне з двох", places))
        taken[key] = one
        first.setdefault(key, item.span)
    return tuple(taken.values())


def _amount_of(node: Node, fund: str) -> Amount:
    value = amount(node)
    return Amount(value, {fund: value} if fund else {}, node.span)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What rows take where they say nothing."""

    values: Mapping[str, Value]
    fund: str


def executor_of(council: Council) -> Callable[[Node], Executor]:
    """Return the converter of an id to the body that it stands for."""
    return reference(
        council.executors,
        EXECUTORS_FILE,
        lambda body: (body.name, body.short, body.code, *body.aliases),
    )


def official_of(council: Council) -> Callable[[Node], Official]:
    """Return the converter of an id to the person that it stands for."""
    return reference(
        council.officials,
        OFFICIALS_FILE,
        lambda one: (
            *(one.surname, one.position),
            *(f"{one.given} {one.surname}", f"{one.surname} {one.given}"),
        ),
    )


def _declared(node: Node, found: Found) -> Declared | Text:
    """Read a declared value; one that is not readable is given, and told of already."""
    if not isinstance(node, MappingNode):
        raise UnreadableError(
            "value-type",
            "цю колонку обчислено; інше число друкується лише з причиною",
            "{declared: 100.0, reason: чому}",
        )
    before = len(found)
    with Fields(node, found) as fields:
        declared = Declared(
            value=fields.required("declared", amount, Decimal(0)),
            reason=fields.required("reason", text, ""),
            span=node.span,
            place=node.entries["declared"].span if "declared" in fields else None,
        )
    return declared if len(found) == before else Text((), node.span)
