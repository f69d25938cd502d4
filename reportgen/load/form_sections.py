"""A form's sections: tables, facts and narratives, in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.load.fields import Fields, Found, UnreadableError
from reportgen.load.form_tables import each, load_lines, load_table, template
from reportgen.load.scalars import boolean, choice, identifier, number, text
from reportgen.model.form import (
    Fact,
    FactsSection,
    GivenBy,
    Line,
    NarrativeSection,
    Section,
)
from reportgen.source import Node, Sequence

#: The id of the only table of a form that names no sections.
ONLY_TABLE = "table"

_KINDS = {name: name for name in ("table", "facts", "narrative")}
_GIVEN = choice({one.value: one for one in GivenBy})
_WIDTHS = (90.0, 167.0)  # mm, of an A4 sheet across between the margins of ДСТУ 4163:2020


@dataclass(frozen=True, slots=True)
class Money:
    """The unit of a form's money, and the decimals that it is printed with."""

    unit: str
    decimals: int


def load_sections(form: Fields, money: Money, found: Found) -> tuple[Section, ...]:
    """Build the sections; a form without ``sections`` is one table."""
    if "sections" not in form:
        return (load_table(form, ONLY_TABLE, (), money.decimals, found),)

    def section(node: Node, found: Found) -> Section:
        return _section(node, money, found)

    return each(form, "sections", section, found, required=True)


def _section(node: Node, money: Money, found: Found) -> Section:
    with Fields(node, found) as fields:
        section_id = fields.required("id", identifier, "")
        kind = fields.required("kind", choice(_KINDS), "narrative")
        title = load_lines(fields, "title", found)
        if kind == "table":
            return load_table(fields, section_id, title, money.decimals, found)
        if kind == "facts":
            return _facts(fields, section_id, title, found)
        return NarrativeSection(
            id=section_id,
            title=title,
            given=fields.optional("given", _GIVEN, GivenBy.PERIOD),
            required=fields.optional("required", boolean, True),  # noqa: FBT003
            span=node.span,
        )


def _facts(fields: Fields, section_id: str, title: tuple[Line, ...], found: Found) -> FactsSection:
    return FactsSection(
        id=section_id,
        title=title,
        facts=each(fields, "facts", _fact, found, required=True),
        widths=fields.optional("widths", _two_widths, _WIDTHS),
        span=fields.span,
    )


def _fact(node: Node, found: Found) -> Fact:
    with Fields(node, found) as fields:
        line = fields.optional("text", template("line"), None)
        given = fields.optional("given", _GIVEN, None)
        if (line is None) == (given is None):
            fields.complain("form-structure", "у рядка має бути рівно одне з: text, given")
        return Fact(
            id=fields.required("id", identifier, "") if given else "",
            label=fields.required("label", text, ""),
            given=given,
            template=line,
            required=fields.optional("required", boolean, True),  # noqa: FBT003
            span=node.span,
        )


def _two_widths(node: Node) -> tuple[float, float]:
    if isinstance(node, Sequence) and len(node.items) == 2:  # noqa: PLR2004 - label and value
        return number(node.items[0]), number(node.items[1])
    raise UnreadableError("value-type", "тут дві ширини в міліметрах: [90, 167]")
