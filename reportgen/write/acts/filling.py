"""A wording filled: tags of Jinja in a sandbox, and tokens where values stand.

What content says never becomes part of the wording: a value that begins like a heading or holds
stars of the markup is printed as it is. So tokens stand for values until the text is taken apart.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from typing import Final

import jinja2
from jinja2 import nodes

from reportgen.document.blocks import Table
from reportgen.write.docx.template.context import Thing
from reportgen.write.docx.template.language import Language, check_node, explained
from reportgen.write.frame import FrameError
from reportgen.write.html.faults import in_ukrainian

_LONGEST: Final = 50_000  # characters of a wording
_LARGEST: Final = 2_000_000  # and of what it is filled to
_OPEN, _CLOSE = "\ue000", "\ue001"  # for private use: no text that is loaded has any meaning here
_BREAKS: Final = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_GONE: Final = "\ue002"  # ends a line that is gone if its tags print nothing
_TAGS_ALONE: Final = re.compile(r"^[ \t]*\{[%#].*[%#]\}(?=[ \t]*\r?$)", re.MULTILINE)
_TOKEN: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


class Placed(str):
    """A table as the value of a tag; compared with text it is its caption."""

    __slots__ = ("table",)

    table: Table

    @classmethod
    def of(cls, table: Table) -> Placed:
        """Return the value."""
        made = cls(table.caption)
        made.table = table
        return made


class Filled:
    """A filled wording: its ``text`` with tokens, and what they stand for."""

    def __init__(self, wording: str, values: dict[str, Thing], file: str) -> None:
        """Fill a wording; ``file`` is what findings call it.

        Raises:
            FrameError: when it is no wording of this language, or asks for what is not there.
        """
        self._values: list[str] = []
        language = Language(self._token)
        self.text = self._filled(language, wording, values, file)

    def shown(self, text: str) -> str:
        """Return a text with values in the place of tokens."""
        return _TOKEN.sub(lambda found: self._values[int(found[1])], text)

    def table(self, text: str) -> Table | None:
        """Return the table that a paragraph consists of, if it does."""
        found = _TOKEN.fullmatch(text)
        value = self._values[int(found[1])] if found else None
        return value.table if isinstance(value, Placed) else None

    def holds_table(self, text: str) -> bool:
        """Tell whether a table is asked for somewhere in a text."""
        return any(self.table(found[0]) for found in _TOKEN.finditer(text))

    def _token(self, value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)  # it may number an item of a list
        text = value if isinstance(value, str) else _refused(value)
        self._values.append(text if isinstance(text, Placed) else _BREAKS.sub(" ", text))
        return f"{_OPEN}{len(self._values) - 1}{_CLOSE}"

    def _filled(self, language: Language, wording: str, values: dict[str, Thing], file: str) -> str:
        if len(wording) > _LONGEST:
            raise FrameError(file, 1, f"текст довший за {_LONGEST} знаків")
        if any(sign in wording for sign in (_OPEN, _CLOSE, _GONE)):
            raise FrameError(file, 1, "у тексті є знаки для службового вжитку (U+E000–U+E002)")
        try:
            tree = language.parse(_TAGS_ALONE.sub(rf"\g<0>{_GONE}", wording))
            _check(tree, file, ())
            text = _without_lines_of_tags(
                _joined(language.from_string(tree).generate(values), file)
            )
        except jinja2.TemplateError as error:
            raise FrameError(file, _line(error), *_messages(error)) from error
        except (RecursionError, SyntaxError, MemoryError, ValueError) as error:
            raise FrameError(file, 1, "завелика вкладеність") from error
        return text


def _joined(parts: Iterable[str], file: str) -> str:
    """Return the parts of a filled text together, and stop where there is more than is sensible."""
    text: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > _LARGEST:
            raise FrameError(file, 1, "із цього тексту виходить завеликий документ")
        text.append(part)
    return "".join(text)


def _without_lines_of_tags(text: str) -> str:
    """Drop the lines that held nothing but tags: they part no paragraphs."""
    kept = (line for line in text.split("\n") if _GONE not in line or line.strip(f"{_GONE} \t\r"))
    return "\n".join(kept).replace(_GONE, "")


def _refused(value: object) -> str:
    """Refuse what has no text: a name that only holds other names, a date, nothing at all.

    Raises:
        jinja2.TemplateError: always.
    """
    if isinstance(value, jinja2.Undefined):
        str(value)  # raises an error that says what there is instead
    hint = "дату друкують так: {{ session.date | date }}"
    raise jinja2.TemplateRuntimeError(f"тут немає тексту, який можна надрукувати; {hint}")


def _check(node: nodes.Node, file: str, items: tuple[str, ...]) -> None:
    """Refuse what is none of the language; a loop in another goes over something of its item.

    So all loops together take no more steps than the package has parts.
    """
    try:
        check_node(node)
    except jinja2.TemplateError as error:
        raise FrameError(file, node.lineno, error.message or "") from error
    if isinstance(node, nodes.For):
        if isinstance(node.iter, nodes.Const):
            raise FrameError(
                file, node.lineno, "цикл має йти за тим, що є в пакеті, а не за текстом"
            )
        if items and _root(node.iter) not in items:
            message = "цикл у циклі має йти за тим, що взяв зовнішній: for x in one.programmes"
            raise FrameError(file, node.lineno, message)
        items = (*items, node.target.name) if isinstance(node.target, nodes.Name) else items
    for child in node.iter_child_nodes():
        _check(child, file, items)


def _root(node: nodes.Node) -> str:
    """Return the name that something is an attribute of, however deep; "" of a name itself."""
    inner = False
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node, inner = node.node, True
    return node.name if inner and isinstance(node, nodes.Name) else ""


def _messages(error: jinja2.TemplateError) -> tuple[str, ...]:
    """Return what is wrong in Ukrainian: of tags that are not closed as of those of a page."""
    is_written_wrong = type(error) is jinja2.TemplateSyntaxError
    fault = in_ukrainian(error) if is_written_wrong else None
    return fault.messages if fault else (explained(error),)


def _line(error: jinja2.TemplateError) -> int:
    """Return the line of the wording that an error is about."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    steps = traceback.extract_tb(error.__traceback__)
    lines = [one.lineno for one in steps if one.filename == "<template>" and one.lineno]
    return lines[-1] if lines else 1
