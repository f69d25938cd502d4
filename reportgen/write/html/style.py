"""CSS that keeps to its own page: whole, without an address of another file, hiding nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import tinycss2

from reportgen.write.frame import FrameError
from reportgen.write.html import looks

STYLE_SHEET = "page.css"

ONE_FILE = "Сторінка має бути одним файлом, а посилається на «{}»."

#: A node of tinycss2, which has no types.
Node: TypeAlias = tinycss2.ast.Node

#: Pictures and fonts inside the page.
_INSIDE = re.compile(r"data:(?:image/|font/|application/(?:x-)?font)", re.IGNORECASE)

#: Functions that take a string for an address, as CSS Images 4 and CSS Values 5 have them.
_ADDRESSING = {"url", "src", "image", "image-set", "cross-fade", "element", "paint"}
#: Functions that stand for a value from elsewhere, in which an address could hide.
_HIDING = {"var", "env", "attr", "if", "inherit", "random-item", "first-valid"}
_VENDOR = re.compile(r"-(?:webkit|moz|ms|o)-")

_ERRORS = {
    "bad-string": "лапки не закрито в тому самому рядку",
    "eof-in-string": "лапки не закрито",
    "bad-url": "адресу url(…) записано хибно або не закрито",
    "eof-in-url": "адресу url(…) не закрито",
    "invalid": "запис не складається (зайвий чи пропущений знак «:», «;», «{» або «}»)",
    "empty": "запис порожній",
}
_VISIBLE = "текст має лишатися видимим, на своєму місці й не дрібнішим за 5 пт"
#: What stands at the end when all is closed.
_END = "reportgen-end"


class StyleError(Exception):
    """What is wrong with a style, as a Ukrainian sentence; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def check_file(css: str) -> None:
    """Refuse a style sheet that is not whole, names another file, hides or would end ``<style>``.

    Raises:
        FrameError: with the line in ``page.css``.
    """
    try:
        check_sheet(css)
    except StyleError as error:
        raise FrameError(STYLE_SHEET, error.line, str(error)) from error


@functools.lru_cache(maxsize=16)  # a page is drawn several times, with the same styles
def check_sheet(css: str) -> None:
    """Check what stands in ``<style>``.

    Raises:
        StyleError: if it is not whole, asks for another file or could hide something.
    """
    for number, line in enumerate(css.splitlines(), start=1):
        if "</" in line or "<!" in line:
            raise StyleError(number, "Таблиця стилів не може містити «</» чи «<!».")
    try:
        _check_rules(css)
    except RecursionError as error:
        raise StyleError(1, "Хибний запис стилю: завелика вкладеність дужок.") from error


def _check_rules(css: str) -> None:
    rules = tinycss2.parse_stylesheet(css)
    _check_nodes(rules)
    open_at = _open_line(tinycss2.parse_stylesheet(f"{css}\n@{_END};"))
    if open_at is not None:
        raise StyleError(open_at, "Хибний запис стилю: дужку чи пояснення /* не закрито до кінця.")
    for rule in rules:
        _check_content(rule)
    _check_looks(looks.unfit_rule(rules))


@functools.lru_cache(maxsize=1024)  # cells share a few
def check_attribute(css: str) -> None:
    """Check what stands in a ``style`` attribute.

    Raises:
        StyleError: if it cannot be read, asks for another file or could hide something.
    """
    try:
        block = tinycss2.parse_blocks_contents(css)
        _check_nodes(block)
        _check_looks(looks.unfit(block))
    except RecursionError as error:
        raise StyleError(1, "Хибний запис стилю: завелика вкладеність дужок.") from error


def _check_looks(unfit: tuple[int, str] | None) -> None:
    if unfit is not None:
        line, what = unfit
        raise StyleError(line, f"Стилю «{what}» на сторінці звіту не може бути: {_VISIBLE}.")


def _open_line(nodes: Sequence[Node]) -> int | None:
    """Return where something begins that is open at the end: it has the mark inside it."""
    for node in nodes:
        parts = list(_parts(node))
        if (line := _open_line(parts)) is not None:
            return line
        if (node.type == "comment" and _END in node.value) or any(
            part.type == "at-keyword" and part.lower_value == _END for part in parts
        ):
            return int(node.source_line)
    return None


def _check_content(rule: Node) -> None:
    """Read the declarations and rules in a block as a browser does, however deep they are."""
    if rule.type in {"qualified-rule", "at-rule"} and rule.content:
        inner = tinycss2.parse_blocks_contents(rule.content)
        _check_nodes(inner)
        for one in inner:
            _check_content(one)


def _check_nodes(nodes: Sequence[Node]) -> None:
    """Refuse errors, ``@import`` and every address outside, in these nodes and those inside.

    Raises:
        StyleError: at the first one.
    """
    for node in nodes:
        if node.type == "error":
            what = _ERRORS.get(
                node.kind, f"зайвий знак «{node.kind}» або не закрито дужку перед ним"
            )
            raise StyleError(node.source_line, f"Хибний запис стилю: {what}.")
        if (address := _address(node)) is not None:
            raise StyleError(node.source_line, ONE_FILE.format(address))
        _check_nodes(list(_parts(node)))


def _address(node: Node) -> str | None:
    """Return what a node refers to outside of the page."""
    if node.type == "at-rule" and node.lower_at_keyword == "import":
        return "@import"
    if node.type == "url" and not _INSIDE.match(node.value):
        return str(node.value)
    if node.type == "function":
        name = _VENDOR.sub("", node.lower_name)
        if name in _ADDRESSING:
            return next(_outside(node.arguments), None)
        if name == "attr" and any(
            part.type == "ident" and part.lower_value == "url" for part in node.arguments
        ):
            return "attr(… url)"
    return None


def _outside(arguments: Sequence[Node]) -> Iterator[str]:
    """Yield what an address in a function is, or hides in, unless it is inside the page."""
    for part in arguments:
        if part.type == "string" and not _INSIDE.match(part.value):
            yield str(part.value)
        elif part.type == "function" and part.lower_name in _HIDING:
            yield f"{part.lower_name}(…)"
        elif part.type == "function" and part.lower_name != "type":
            yield from _outside(part.arguments)


def _parts(node: Node) -> Iterator[Node]:
    for inner in ("prelude", "content", "arguments", "value"):
        parts = getattr(node, inner, None)
        if isinstance(parts, list):
            yield from parts
