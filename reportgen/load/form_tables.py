"""A form's table: levels, columns, rows by funding source, totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from reportgen.diagnostics import finding
from reportgen.load.fields import Fields, Found, UnreadableError, any_node
from reportgen.load.scalars import (
    boolean,
    choice,
    formula,
    identifier,
    number,
    numbering,
    text,
    whole,
)
from reportgen.model.form import (
    Align,
    Column,
    GivenBy,
    Kind,
    Level,
    Line,
    OutlineSource,
    Share,
    Shown,
    Split,
    TableSection,
    Total,
)
from reportgen.model.meaning import Meaning
from reportgen.source import Node, Scalar, Sequence

T = TypeVar("T")

_STYLES = {name: name for name in ("title", "subtitle", "line", "section", "note")}
_DEFAULT_ALIGN = {Kind.MONEY: Align.RIGHT, Kind.NUMBER: Align.RIGHT, Kind.PERCENT: Align.RIGHT}
_DEFAULT_DECIMALS = 1  # of percents
_SOURCE_FIELDS = ("number", "text", "label")
_WAYS = ("from", "given", "formula", "of", "text")
_OPTIONAL_KINDS = (Kind.TEXT, Kind.NARRATIVE, Kind.YEARS, Kind.PROGRAMMES, Kind.FUNDING)


def load_table(
    fields: Fields, section_id: str, title: tuple[Line, ...], money_decimals: int, found: Found
) -> TableSection:
    """Build a table from the keys of its section, or of a form that has no other section."""

    def column(node: Node, found: Found) -> Column:
        return _column(node, money_decimals, found, hidden=False)

    def hidden(node: Node, found: Found) -> Column:
        return _column(node, money_decimals, found, hidden=True)

    summary_of = fields.optional("summary_of", identifier, "")
    own_outline = not summary_of
    return TableSection(
        id=section_id,
        title=title,
        levels=each(fields, "levels", _level, found, required=own_outline),
        fields=(
            *each(fields, "columns", column, found, required=True),
            *each(fields, "fields", hidden, found),
        ),
        totals=each(fields, "totals", _total, found, required=not own_outline),
        splits=each(fields, "splits", _split, found),
        summary_of=summary_of,
        span=fields.span,
    )


def each(
    fields: Fields,
    key: str,
    build: Callable[[Node, Found], T],
    found: Found,
    *,
    required: bool = False,
) -> tuple[T, ...]:
    """Build every item of a list."""
    return tuple(build(item, found) for item in fields.each(key, any_node, required=required))


def load_lines(fields: Fields, key: str, found: Found) -> tuple[Line, ...]:
    """Take a list of lines; a mere text is one line in the style of a section's heading."""
    if isinstance(fields.peek(key), Scalar):
        line = fields.optional(key, template("section"), None)
        return (line,) if line else ()
    return each(fields, key, _line, found)


def template(style: str) -> Callable[[Node], Line]:
    """Return a converter of a text to a template in this style."""
    return lambda node: Line(style, text(node), node.span)


def _line(node: Node, found: Found) -> Line:
    with Fields(node, found) as fields:
        given = fields.node("text")
        return Line(
            style=fields.required("style", choice(_STYLES), "line"),
            template=fields.required("text", text, ""),
            span=given.span if isinstance(given, Scalar) else node.span,
        )


def _level(node: Node, found: Found) -> Level:
    with Fields(node, found) as fields:
        level_id = fields.required("id", identifier, "")
        return Level(
            id=level_id,
            plural=fields.optional("plural", identifier, level_id + "s"),
            shown=fields.required("shown", choice({one.value: one for one in Shown}), Shown.ROW),
            number=fields.optional("number", numbering, ""),
            label=fields.optional("label", text, "{number} {text}"),
            title=load_lines(fields, "title", found),
            counts=fields.optional("counts", boolean, True),  # noqa: FBT003
            restarts=fields.optional("restarts", boolean, False),  # noqa: FBT003
            named=fields.optional("named", boolean, True),  # noqa: FBT003
            span=node.span,
        )


def _column(node: Node, money_decimals: int, found: Found, *, hidden: bool) -> Column:
    with Fields(node, found) as fields:
        kind = fields.optional("kind", choice({one.value: one for one in Kind}), Kind.TEXT)
        if sum(key in fields for key in _WAYS) != 1:
            message = f"у колонки має бути рівно одне з: {', '.join(_WAYS)}"
            found.append(finding("form-structure", node.span, message))
        aligns = choice({one.value: one for one in Align})
        of_money = kind in (Kind.MONEY, Kind.FUNDING)
        decimals = money_decimals if of_money else _DEFAULT_DECIMALS
        return Column(
            id=fields.required("id", identifier, ""),
            heading=("",) if hidden else fields.required("heading", _headings, ("",)),
            label="" if hidden else fields.optional("label", text, ""),
            width=0.0 if hidden else fields.required("width", number, 1.0),
            kind=kind,
            align=fields.optional("align", aligns, _DEFAULT_ALIGN.get(kind, Align.LEFT)),
            source=fields.optional("from", _source, None),
            given=fields.optional("given", choice({one.value: one for one in GivenBy}), None),
            formula=fields.optional("formula", formula, None),
            share=_share(fields),
            template=fields.optional("text", template("line"), None),
            decimals=fields.optional("decimals", whole(0, 6), decimals),
            zero=fields.optional("zero", text, "–"),
            short=fields.optional("short", boolean, False),  # noqa: FBT003
            required=fields.optional("required", boolean, kind not in _OPTIONAL_KINDS),
            yearly=fields.optional("yearly", boolean, False),  # noqa: FBT003
            hidden=hidden,
            span=node.span,
            means=fields.optional("means", choice({one.value: one for one in Meaning}), None),
        )


def _share(fields: Fields) -> Share | None:
    if "of" not in fields:
        return None
    return Share(fields.required("of", identifier, ""), fields.each("funds", text))


def _source(node: Node) -> OutlineSource | None:
    level, dot, field = text(node).partition(".")
    if not dot or field not in _SOURCE_FIELDS:
        hint = "пишіть рівень.поле, де поле — number, text або label (номер і текст)"
        raise UnreadableError("value-choice", f"«{text(node)}» тут не буває", hint)
    return OutlineSource(level, field)


def _headings(node: Node) -> tuple[str, ...]:
    if isinstance(node, Sequence) and node.items:
        return tuple(text(item) for item in node.items)
    return (text(node),)


def _split(node: Node, found: Found) -> Split:
    with Fields(node, found) as fields:
        return Split(fields.required("label", text, ""), fields.each("funds", text), node.span)


def _total(node: Node, found: Found) -> Total:
    with Fields(node, found) as fields:
        return Total(
            label=fields.required("label", text, ""),
            columns=fields.each("columns", text, required=True),
            level=fields.optional("level", text, ""),
            funds=fields.each("funds", text),
            at=fields.optional("at", text, ""),
            span=node.span,
        )
