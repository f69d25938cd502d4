"""Heading lines and notes: Jinja templates of a form, filled in a sandbox."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.diagnostics import Diagnostic, finding
from reportgen.document.blocks import Paragraph, Style
from reportgen.model.form import FactsSection, Line, NarrativeSection
from reportgen.model.period import Period
from reportgen.model.programme import Term
from reportgen.model.report import Report

_LONGEST = 4000

# Values, conditions and filters that answer at once. Loops, macros, assignments, calls, «*» and
# «%» are left out: with them a short template can fill the memory or never end.
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr),
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Keyword),
    *(nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Concat, nodes.Add, nodes.Sub),
)
_SIGNS = {"mul": "*", "div": "/", "mod": "%", "pow": "**", "call": "()", "assign": "set"}
_TESTS = ("defined", "none", "undefined")
_FILTERS = ("capitalize", "default", "lower", "trim", "upper")
_NAMES = ("council", "facts", "form", "period", "programme")

_EXPLAINED = (
    (r"'(\w+)' is undefined", rf"немає «\1»; є: {', '.join(_NAMES)}"),
    (r".*has no attribute '(.+)'", r"немає поля «\1»"),
    (
        r"No filter named '(.+)'\.",
        rf"немає фільтра «\1»; є: {', '.join(sorted((*_FILTERS, 'date')))}",
    ),
    (r"No test named '(.+)'\.", rf"немає перевірки «\1»; є: {', '.join(_TESTS)}"),
    (r"Encountered unknown tag '(.+?)'.*", r"невідома дія «\1»"),
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja with a closed language: what is printed, and when."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, finalize=_printed)
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters["date"] = print_date
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.globals = {}

    def checked(self, template: str) -> Template:
        """Return a template compiled.

        Raises:
            TemplateError: when it is none, or may not be used.
        """
        if len(template) > _LONGEST:
            raise TemplateError(f"довший за {_LONGEST} знаків")
        for node in self.parse(template).find_all(nodes.Node):
            if not isinstance(node, _ALLOWED):
                name = type(node).__name__.lower()
                raise SecurityError(f"дія «{_SIGNS.get(name, name)}» тут недозволена")
        return self.from_string(template)


@lru_cache(maxsize=1)
def _sandbox() -> _Sandbox:
    return _Sandbox()


@lru_cache(maxsize=512)  # the template of a cell is filled in every row, that of a form every time
def _compiled(template: str) -> Template:
    return _sandbox().checked(template)


def _printed(value: object) -> object:
    """Let through what has one printed form."""
    if isinstance(value, datetime.date):
        raise TemplateRuntimeError("дату друкують із фільтром: «| date»")
    if not isinstance(value, (str, int, Period, Term, Undefined)):
        raise TemplateRuntimeError("надрукувати можна лише текст")
    return value


def print_date(date: datetime.date) -> str:
    """Return the date in digits, as documents write it: 24.12.2020."""
    if not isinstance(date, datetime.date):
        raise TemplateRuntimeError("фільтр «date» друкує лише дати")
    return f"{date.day:02}.{date.month:02}.{date.year:04}"


class Filler:
    """Fills the templates of one report; one that fails is a finding and prints nothing.

    Templates see ``council``, ``programme``, ``period``, ``form`` and ``facts``, and the filter
    ``date``; the title of a table its ``item``, a cell its ``row``.
    """

    def __init__(self, report: Report, found: list[Diagnostic]) -> None:
        self._found = found
        self._context = {
            "council": report.council,
            "programme": report.programme,
            "period": report.period.period,
            "form": report.form,
            "facts": _facts(report),
        }
        self._failed: set[Line] = set()

    def lines(self, lines: Iterable[Line], **more: Mapping[str, str]) -> tuple[Paragraph, ...]:
        """Return the lines that are not empty as paragraphs."""
        paragraphs = []
        for line in lines:
            text = self.text(line, **more)
            if text:
                rows = tuple(row.strip() for row in text.strip().split("\n"))
                paragraphs.append(Paragraph(rows, Style(line.style), line.span))
        return tuple(paragraphs)

    def text(self, line: Line, **more: Mapping[str, str]) -> str:
        """Return one template filled in; one that fails in many rows is one finding."""
        reason = ""
        try:
            text = _compiled(line.template).render({**self._context, **more})
        except TemplateError as error:
            reason = _explained(error)
        except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
            reason = f"дія не для цих значень ({error})"
        except (RecursionError, SyntaxError, MemoryError):
            reason = "завелика вкладеність"
        else:
            if len(text) <= _LONGEST:
                return text
            reason = f"виходить довшим за {_LONGEST} знаків"
        if line not in self._failed:
            self._failed.add(line)
            message = f"рядок форми не складається: {reason}"
            self._found.append(finding("template-invalid", line.span, message))
        return ""


def _facts(report: Report) -> dict[str, str]:
    """Return the texts of all facts and narratives; what content leaves out is empty."""
    given = {**report.programme.texts, **report.period.texts}
    printed = {key: "\n".join(text.paragraphs) for key, text in given.items()}
    left_out: dict[str, str] = {}
    for section in report.form.sections:
        if isinstance(section, NarrativeSection):
            left_out[section.id] = ""
        elif isinstance(section, FactsSection):
            left_out.update((fact.id, "") for fact in section.facts if fact.given)
    return {**left_out, **printed}


def _explained(error: TemplateError) -> str:
    message = error.message or type(error).__name__
    for pattern, replacement in _EXPLAINED:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(replacement)
    return f"це не шаблон Jinja ({message})" if isinstance(error, TemplateSyntaxError) else message
