"""``council.yaml`` and the registers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from reportgen.diagnostics import finding, quoted
from reportgen.load.fields import Fields, Found, take
from reportgen.load.scalars import (
    SLUG_HINT,
    boolean,
    choice,
    date,
    is_slug,
    number,
    reference,
    slug,
    text,
    whole,
)
from reportgen.load.timetable import load_timetable
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import (
    Council,
    Decision,
    Executor,
    Fund,
    NumberStyle,
    Official,
    PageProfile,
    RegisteredProgramme,
)
from reportgen.model.standard import STANDARDS, USUAL, Profile
from reportgen.source import Mapping as MappingNode
from reportgen.source import Node

T = TypeVar("T")

_ORIENTATIONS = {name: name for name in ("landscape", "portrait")}
_SMALLEST_TEXT_AREA = 60.0  # mm: narrower or lower than this no table can be drawn


def load_council(root: Path, found: Found) -> Council | None:
    """Load the council's file and registers from ``root/content``.

    Returns:
        ``None`` if one of the files is no use at all: without a register every reference to it
        would seem wrong, and the one mistake would drown among them.
    """
    content = root / "content"
    node = load_yaml(content / "council.yaml", root, found)
    executors = _register(content / "registers" / "executors.yaml", root, found, _executor)
    officials = _register(content / "registers" / "officials.yaml", root, found, _official)
    funds = _register(content / "registers" / "funds.yaml", root, found, _fund)
    programmes: Mapping[str, RegisteredProgramme] | None = {}
    if (content / "registers" / "programmes.yaml").exists():  # few councils need one
        convert = partial(_programme, executors)
        programmes = _register(content / "registers" / "programmes.yaml", root, found, convert)
    if node is None:
        return None
    with Fields(node, found) as fields:
        council = Council(
            id=fields.required("id", slug, ""),
            name=fields.required("name", text, ""),
            genitive=fields.required("genitive", text, ""),
            page=_page(fields.node("page"), found),
            numbers=_numbers(fields.node("numbers"), found),
            executors=executors or {},
            officials=officials or {},
            funds=funds or {},
            programmes=programmes or {},
            timetable=load_timetable(fields, found),
            pdf=_pdf(fields.node("pdf"), found),
        )
    return None if None in (executors, officials, funds, programmes) else council


def _numbers(node: Node | None, found: Found) -> NumberStyle:
    if node is None:
        return NumberStyle()
    with Fields(node, found) as fields:
        return NumberStyle(fields.optional("group_from", choice({"4": 4, "5": 5}), 4))


def _pdf(node: Node | None, found: Found) -> Profile:
    """Read ``pdf: a-1a``, or ``pdf: {standard: a-3a, attachments: false}``."""
    if node is None:
        return Profile()
    if not isinstance(node, MappingNode):
        return Profile(take(node, choice(STANDARDS), found) or USUAL)
    with Fields(node, found) as fields:
        return Profile(
            standard=fields.optional("standard", choice(STANDARDS), USUAL),
            attached=fields.optional("attachments", boolean, default=True),
        )


def _page(node: Node | None, found: Found) -> PageProfile:
    default = PageProfile()
    if node is None:
        return default
    with Fields(node, found) as fields:
        orientation = fields.optional("orientation", choice(_ORIENTATIONS), "landscape")
        margins = fields.node("margins") or MappingNode({}, {}, node.span)
        with Fields(margins, found) as sides:
            left = sides.optional("left", number, default.left)
            right = sides.optional("right", number, default.right)
            top = sides.optional("top", number, default.top)
            bottom = sides.optional("bottom", number, default.bottom)
        font = fields.node("font")
        page = PageProfile(
            landscape=orientation == "landscape",
            left=left,
            right=right,
            top=top,
            bottom=bottom,
            text_size=fields.optional("text_size", _type_size, default.text_size),
            table_size=fields.optional("table_size", _type_size, default.table_size),
            heading_size=fields.optional("heading_size", _type_size, default.heading_size),
            font=fields.optional("font", text, ""),
            font_span=font.span if font else None,
        )
    if min(page.text_width, page.text_height) < _SMALLEST_TEXT_AREA:
        message = f"поля лишають для тексту менше за {_SMALLEST_TEXT_AREA:g} мм"
        found.append(finding("number-invalid", margins.span, message))
        return default
    return page


def _type_size(node: Node) -> float:
    return float(whole(6, 20)(node))


def _register(
    path: Path, root: Path, found: Found, convert: Callable[[str, Node, Found], T]
) -> Mapping[str, T] | None:
    """Load a file of ``id: …`` pairs; ``None`` if it is not one."""
    node = load_yaml(path, root, found)
    if node is None:
        return None
    if not isinstance(node, MappingNode):
        found.append(finding("value-type", node.span, "тут мають бути пари «позначка: …»"))
        return None
    entries: dict[str, T] = {}
    for key, value in node.entries.items():
        if is_slug(key):
            entries[key] = convert(key, value, found)
        else:
            message = f"{quoted(key)} не може бути позначкою"
            found.append(finding("name-invalid", node.key_spans[key], message, SLUG_HINT))
    return entries


def _executor(key: str, node: Node, found: Found) -> Executor:
    with Fields(node, found) as fields:
        name = fields.required("name", text, "")
        return Executor(
            id=key,
            name=name,
            short=fields.optional("short", text, name),
            aliases=fields.each("aliases", text),
            code=fields.optional("code", text, ""),
            span=node.span,
        )


def _programme(
    executors: Mapping[str, Executor] | None, key: str, node: Node, found: Found
) -> RegisteredProgramme:
    with Fields(node, found) as fields:
        decision = fields.node("decision")
        return RegisteredProgramme(
            id=key,
            name=fields.required("name", text, ""),
            aliases=fields.each("aliases", text),
            span=node.span,
            slug=fields.optional("slug", slug, ""),
            decision=None if decision is None else _decision(decision, found),
            executor=fields.optional("executor", _executor_in(executors), None),
        )


def _executor_in(executors: Mapping[str, Executor] | None) -> Callable[[Node], Executor | None]:
    """Return a converter of an id; without a register nothing is said of those that refer to it."""
    if executors is None:
        return lambda _: None
    known: Mapping[str, Executor | None] = executors
    return reference(known, "content/registers/executors.yaml")


def _decision(node: Node, found: Found) -> Decision:
    with Fields(node, found) as fields:
        return load_decision(fields)


def load_decision(fields: Fields) -> Decision:
    """Take the date and the number of a decision."""
    return Decision(
        date=fields.required("date", date, datetime.date.min),
        number=fields.required("number", text, ""),
        span=fields.span,
    )


def _official(key: str, node: Node, found: Found) -> Official:
    with Fields(node, found) as fields:
        return Official(
            id=key,
            position=fields.required("position", text, ""),
            given=fields.required("given", text, ""),
            surname=fields.required("surname", text, ""),
            span=node.span,
        )


def _fund(key: str, node: Node, found: Found) -> Fund:
    return Fund(key, take(node, text, found) or "", node.span)
