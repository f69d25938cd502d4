"""The language of tags: a small part of Jinja, in a sandbox that knows our own values alone.

Values, conditions, loops over what the document holds, three filters. Calls, assignments, macros
and arithmetic are left out: with them a short page can fill the memory or never end. A loop inside
another goes over something of the outer one's item, so that all of them together take no more
steps than the document has parts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Final

import jinja2
from jinja2 import nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.model.markup import Marked, Run
from reportgen.write.docx.template.context import Names, Value

LOOP: Final = ("index", "first", "last", "length")
FILTERS: Final = ("date", "lower", "upper")

_LONGEST: Final = 1000
_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.CondExpr),
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
_SIGNS: Final = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "mod": "%",
    "pow": "**",
    "call": "()",
    "concat": "~",
}
_EXPLAINED: Final = (
    (r"Expected an expression, got .*", "вираз порожній або обірваний"),
    (r"unexpected '[^']+', expected '(.+)'", r"бракує «\1»"),
    (r"unexpected '(end of .+)'|expected name or number", "вираз обірваний"),
    (r"unexpected (?:char )?[\"'](.+?)[\"'](?: at .*)?", r"зайвий знак «\1»"),
    (r"expected token 'name', got .*", "після знака бракує імені"),
    (r"expected token 'end of .*', got '(.+)'", r"зайве «\1»"),
    (r"expected token '(.+)', got .*", r"бракує «\1»"),
    (r"No filter named '(.+)'\.", rf"немає фільтра «\1»; є: {', '.join(FILTERS)}"),
    (r"No test named '(.+)'\.", r"немає перевірки «\1»; є: none"),
)


class _Unknown(jinja2.StrictUndefined):
    """A name that is not there when the page is filled; most are found before that."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        known = self._undefined_obj
        names = ", ".join(known.values) if isinstance(known, Names) else ""
        return f"немає «{self._undefined_name}»" + (f"; є: {names}" if names else "")


class Language(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja with this language; ``shown`` turns what is printed into text."""

    def __init__(self, shown: Callable[[object], str]) -> None:
        super().__init__(undefined=_Unknown, autoescape=False, finalize=shown, cache_size=0)
        self.filters = {"date": print_date, "lower": _changed(str.lower)}
        self.filters["upper"] = _changed(str.upper)
        self.tests = {"none": self.tests["none"]}
        self.globals = {}

    def getattr(self, obj: object, attribute: str) -> object:
        """Return what an object of ours has under a name."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Return what an object of ours has under a name or at a place from 0."""
        if isinstance(obj, Names) and argument in obj.values:
            return obj.values[str(argument)]
        if isinstance(obj, LoopContext) and argument in LOOP:
            return getattr(obj, str(argument))
        if isinstance(obj, tuple) and isinstance(argument, int) and -1 <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def expression(self, source: str) -> nodes.Template:
        """Return the tree of one tag, closed by itself.

        Raises:
            jinja2.TemplateError: when it is none of this language; the message is Ukrainian.
        """
        if len(source) > _LONGEST:
            raise jinja2.TemplateError(f"тег довший за {_LONGEST} знаків")
        try:
            tree = self.parse(source)
            for node in tree.find_all(nodes.Node):
                check_node(node)
            self.compile(tree)  # tells of filters and tests that are not there
        except jinja2.TemplateError as error:
            raise jinja2.TemplateError(explained(error)) from error
        except (RecursionError, SyntaxError, MemoryError, ValueError) as error:
            raise jinja2.TemplateError("завелика вкладеність") from error
        return tree


def explained(error: jinja2.TemplateError) -> str:
    """Return what Jinja says in Ukrainian, as far as we know its words."""
    message = error.message or type(error).__name__
    for pattern, replacement in _EXPLAINED:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(replacement)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"це не вираз Jinja ({message})"
    return message


def print_date(value: object) -> str:
    """Return a date as documents write it: 24.12.2020."""
    if not isinstance(value, datetime.date):
        raise jinja2.TemplateRuntimeError("фільтр «date» друкує лише дати")
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def check_node(node: nodes.Node) -> None:
    """Refuse what is none of this language.

    Raises:
        jinja2.TemplateError: the message is Ukrainian.
    """
    if not isinstance(node, _ALLOWED):
        name = type(node).__name__.lower()
        raise jinja2.TemplateError(f"дія «{_SIGNS.get(name, name)}» тут недозволена")
    if isinstance(node, nodes.For) and not isinstance(node.target, nodes.Name):
        raise jinja2.TemplateError("у циклі має бути одне ім'я: for row in table.rows")
    if isinstance(node, (nodes.Filter, nodes.Test)) and (node.args or node.kwargs):
        raise jinja2.TemplateError(f"«{node.name}» тут вживають без дужок")


def _changed(change: Callable[[str], str]) -> Callable[[object], Value]:
    """Return a filter that changes letters and keeps what the value is."""

    def changed(value: object) -> Value:
        if not isinstance(value, str):
            raise jinja2.TemplateRuntimeError("цей фільтр змінює лише текст")
        if not isinstance(value, Value):
            return Value((Marked((Run(change(value)),)),))
        paragraphs = tuple(_each(one, change) for one in value.paragraphs)
        return Value(paragraphs, value.key, value.covered)

    return changed


def _each(marked: Marked, change: Callable[[str], str]) -> Marked:
    runs: Iterator[Run] = (
        Run(change(run.text), run.bold, run.italic, run.link) for run in marked.runs
    )
    return Marked(tuple(runs), marked.mark)
