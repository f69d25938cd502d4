"""``templates/<form>/form.yaml`` to a :class:`Form`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from reportgen.diagnostics import finding
from reportgen.load.fields import Fields, Found, UnreadableError, any_node
from reportgen.load.form_rules import check_form
from reportgen.load.scalars import (
    boolean,
    choice,
    date,
    formula,
    identifier,
    number,
    numbering,
    slug,
    text,
    whole,
)
from reportgen.load.yaml_file import load_yaml
from reportgen.model.form import (
    Align,
    Column,
    Form,
    GivenBy,
    Kind,
    Level,
    Line,
    OutlineSource,
    Shown,
    Total,
)
from reportgen.source import Node, Scalar, Sequence

T = TypeVar("T")

_STYLES = {name: name for name in ("title", "subtitle", "line", "section", "note")}
_DEFAULT_ALIGN = {Kind.MONEY: Align.RIGHT, Kind.PERCENT: Align.RIGHT}
_SOURCE_FIELDS = ("number", "text", "label")


def form_path(form_id: str, templates: Iterable[Path]) -> Path | None:
    """Return the form's file: the first of the template folders that has it wins."""
    for folder in templates:
        path = folder / form_id / "form.yaml"
        if path.is_file():
            return path
    return None


def load_form(path: Path, found: Found) -> Form | None:
    """Load one form; findings name its file ``templates/<form>/form.yaml`` wherever it lies."""
    node = load_yaml(path, path.parent.parent.parent, found)
    if node is None:
        return None
    before = len(found)
    with Fields(node, found) as fields:
        with fields.inner("adopted") as adopted:
            council = adopted.required("council", slug, "")
            valid_from = adopted.required("valid_from", date, datetime.date.min)
        with fields.inner("money") as money:
            unit = money.required("unit", text, "")
            decimals = money.required("decimals", whole(0, 6), 1)

        def column(node: Node, found: Found) -> Column:
            return _column(node, decimals, found)

        form = Form(
            id=fields.required("form", slug, ""),
            title=fields.required("title", text, ""),
            council=council,
            valid_from=valid_from,
            unit=unit,
            levels=_each(fields, "levels", _level, found, required=True),
            columns=_each(fields, "columns", column, found, required=True),
            totals=_each(fields, "totals", _total, found),
            heading=_each(fields, "heading", _line, found),
            notes=_each(fields, "notes", _line, found),
            signature=fields.optional("signature", boolean, True),  # noqa: FBT003
            span=node.span,
        )
    if len(found) == before:
        found += check_form(form, path.parent.name)
    return form


def _each(
    fields: Fields,
    key: str,
    build: Callable[[Node, Found], T],
    found: Found,
    *,
    required: bool = False,
) -> tuple[T, ...]:
    return tuple(build(item, found) for item in fields.each(key, any_node, required=required))


def _level(node: Node, found: Found) -> Level:
    with Fields(node, found) as fields:
        level_id = fields.required("id", identifier, "")
        return Level(
            id=level_id,
            plural=fields.optional("plural", identifier, level_id + "s"),
            shown=fields.required("shown", choice({one.value: one for one in Shown}), Shown.ROW),
            number=fields.optional("number", numbering, ""),
            counts=fields.optional("counts", boolean, True),  # noqa: FBT003
            span=node.span,
        )


def _column(node: Node, money_decimals: int, found: Found) -> Column:
    with Fields(node, found) as fields:
        kind = fields.optional("kind", choice({one.value: one for one in Kind}), Kind.TEXT)
        source = fields.optional("from", _source, None)
        given = fields.optional("given", choice({one.value: one for one in GivenBy}), None)
        expression = fields.optional("formula", formula, None)
        if sum(key in fields for key in ("from", "given", "formula")) != 1:
            message = "у колонки має бути рівно одне з: from, given, formula"
            found.append(finding("form-structure", node.span, message))
        aligns = choice({one.value: one for one in Align})
        decimals = money_decimals if kind is Kind.MONEY else 1
        return Column(
            id=fields.required("id", identifier, ""),
            heading=fields.required("heading", _headings, ("",)),
            label=fields.optional("label", text, ""),
            width=fields.required("width", number, 1.0),
            kind=kind,
            align=fields.optional("align", aligns, _DEFAULT_ALIGN.get(kind, Align.LEFT)),
            source=source,
            given=given,
            formula=expression,
            decimals=fields.optional("decimals", whole(0, 6), decimals),
            zero=fields.optional("zero", text, "–"),
            short=fields.optional("short", boolean, False),  # noqa: FBT003
            required=fields.optional("required", boolean, kind is not Kind.TEXT),
            span=node.span,
        )


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


def _line(node: Node, found: Found) -> Line:
    with Fields(node, found) as fields:
        template = fields.node("text")
        return Line(
            style=fields.required("style", choice(_STYLES), "line"),
            template=fields.required("text", text, ""),
            span=template.span if isinstance(template, Scalar) else node.span,
        )
