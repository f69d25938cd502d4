"""Heading lines and notes: Jinja templates of a form, filled in a sandbox."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.diagnostics import Diagnostic, finding
from reportgen.document.blocks import Paragraph, Style
from reportgen.model.form import Line
from reportgen.model.report import Report

_LONGEST = 4000


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja, without the two operators that can fill the memory at once."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Multiply numbers only."""
        if operator == "*" and isinstance(left, int) and isinstance(right, int):
            return left * right
        del context
        raise SecurityError(f"дія «{operator}» тут недозволена")


def print_date(date: datetime.date) -> str:
    """Return the date in digits, as documents write it: 24.12.2020."""
    return f"{date.day:02}.{date.month:02}.{date.year:04}"


def fill_lines(
    lines: tuple[Line, ...], report: Report, found: list[Diagnostic]
) -> tuple[Paragraph, ...]:
    """Return the lines with their expressions filled in; a template that fails is a finding.

    Templates see ``council``, ``programme``, ``period`` and ``form``, and the filter ``date``.
    """
    sandbox = _Sandbox(undefined=StrictUndefined, autoescape=False)
    sandbox.filters["date"] = print_date
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
            rows = tuple(" ".join(row.split(" ")).strip() for row in text.strip().split("\n"))
            paragraphs.append(Paragraph(rows, Style(line.style), line.span))
    return tuple(paragraphs)


def _fill(
    sandbox: _Sandbox, line: Line, context: Mapping[str, object], found: list[Diagnostic]
) -> str:
    try:
        text = sandbox.from_string(line.template).render(context)
    except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        reason = error.message if isinstance(error, TemplateError) else str(error)
        found.append(
            finding("template-invalid", line.span, f"рядок форми не складається: {reason}")
        )
        return ""
    if len(text) > _LONGEST:
        found.append(finding("template-invalid", line.span, "рядок форми завеликий"))
        return ""
    return text
