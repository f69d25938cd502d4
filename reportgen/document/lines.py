"""Heading lines and notes: Jinja templates of a form, filled in a sandbox."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from jinja2 import (
    StrictUndefined,
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
from reportgen.model.form import Line
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
_NAMES = ("council", "form", "period", "programme")

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

    def fill(self, template: str, context: Mapping[str, object]) -> str:
        """Return the template filled in."""
        if len(template) > _LONGEST:
            raise TemplateError(f"довший за {_LONGEST} знаків")
        for node in self.parse(template).find_all(nodes.Node):
            if not isinstance(node, _ALLOWED):
                name = type(node).__name__.lower()
                raise SecurityError(f"дія «{_SIGNS.get(name, name)}» тут недозволена")
        return self.from_string(template).render(context)


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


def fill_lines(
    lines: tuple[Line, ...], report: Report, found: list[Diagnostic]
) -> tuple[Paragraph, ...]:
    """Return the lines with their expressions filled in; a template that fails is a finding.

    Templates see ``council``, ``programme``, ``period`` and ``form``, and the filter ``date``.
    """
    sandbox = _Sandbox()
    context = {
        "council": report.council,
        "programme": report.programme,
        "period": report.period.period,
        "form": report.form,
    }
    paragraphs = []
    for line in lines:
        text = _fill(sandbox, line, context, found)
        if text:
            rows = tuple(row.strip() for row in text.strip().split("\n"))
            paragraphs.append(Paragraph(rows, Style(line.style), line.span))
    return tuple(paragraphs)


def _fill(
    sandbox: _Sandbox, line: Line, context: Mapping[str, object], found: list[Diagnostic]
) -> str:
    try:
        text = sandbox.fill(line.template, context)
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
    found.append(finding("template-invalid", line.span, f"рядок форми не складається: {reason}"))
    return ""


def _explained(error: TemplateError) -> str:
    message = error.message or type(error).__name__
    for pattern, replacement in _EXPLAINED:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(replacement)
    return f"це не шаблон Jinja ({message})" if isinstance(error, TemplateSyntaxError) else message
