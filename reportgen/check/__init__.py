"""Model to findings: what is readable but does not fit together, and what a reader would ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from reportgen.check.faults import are_judged, places_of
from reportgen.check.printed import Lines
from reportgen.check.report import check_fit, wide_sections
from reportgen.check.rules import (
    across,
    amounts_across,
    figures,
    narrative,
    passport,
    periods,
    registers,
    structure,
)
from reportgen.check.rules.passport import years_of
from reportgen.check.statements import Passport, Statement, passport_of, statement_of
from reportgen.check.texts import check_names, check_texts
from reportgen.check.view import View
from reportgen.diagnostics import Diagnostic
from reportgen.model.council import Council
from reportgen.model.report import Report

Rule: TypeAlias = Callable[[View], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    *figures.RULES,
    *periods.RULES,
    *passport.RULES,
    *structure.RULES,
    *narrative.RULES,
)


def check_report(
    report: Report, earlier: Report | None = None, faults: Iterable[Diagnostic] = ()
) -> list[Diagnostic]:
    """Return all that is to be said of a report; ``earlier`` is the one before it in its year.

    ``faults`` is what was found when it was loaded: after some of them only whether it fits
    together can be told, and no rule over figures and texts is asked.
    """
    faults = tuple(faults)
    view = View.of(report, earlier, places_of(faults))
    asked = (one for rule in RULES for one in rule(view)) if are_judged(faults) else ()
    return [*check_fit(report), *asked]


def check_council(council: Council, lines: Lines) -> list[Diagnostic]:
    """Return what is to be said of a council's registers; ``lines`` gives those of its files."""
    names = (one for rule in registers.RULES for one in rule(council))
    return [*names, *check_names(council, lines)]


def check_passports(council: Council, passports: Sequence[Passport]) -> list[Diagnostic]:
    """Return where passports do not agree with each other and with the council's register.

    Each programme has one.
    """
    return [one for rule in across.RULES for one in rule(council, passports)]


def check_statements(statements: Sequence[Statement]) -> list[Diagnostic]:
    """Return where reports of one period do not agree with each other.

    Only those that have no errors are asked: what could not be read is no figure to hold others
    against.
    """
    return [one for rule in amounts_across.RULES for one in rule(statements)]


__all__ = [
    "RULES",
    "Passport",
    "Rule",
    "Statement",
    "check_council",
    "check_fit",
    "check_passports",
    "check_report",
    "check_statements",
    "check_texts",
    "passport_of",
    "statement_of",
    "wide_sections",
    "years_of",
]
