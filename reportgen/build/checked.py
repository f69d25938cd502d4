"""What checking a report comes to: all that is asked of it once its document is forgotten.

It holds plain values only, so that it can come from another process or out of a file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from reportgen.build.draft import Draft
from reportgen.build.plain import plain, revived
from reportgen.check import Passport, Statement, passport_of, statement_of
from reportgen.check.allowed import Allowance
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings about one report, and what it says that others are held against.

    ``found`` is without what remarks in the files allow, and without what is wrong with the files
    that dress it; ``allowed`` is what its own two files allow, ``used`` which allowances of these
    and of the council's files were needed. ``edition`` is the bare name of the form's file if the
    report can be drawn, "" if not. ``forms`` are the ids of all forms that had a part in
    the findings; ``None`` if that cannot be told. ``statement`` is JSON: nobody need read it where
    all reports say what they said before. ``asked`` tells whether rules over figures and texts
    were: after some errors they are not.
    """

    found: tuple[Diagnostic, ...]
    allowed: tuple[Allowance, ...]
    used: tuple[Allowance, ...]
    form_id: str
    edition: str
    forms: tuple[str, ...] | None
    passport: Passport | None
    statement: str  # of a report without errors, else ""
    asked: bool


def checked(draft: Draft) -> Checked:
    """Return what a draft comes to."""
    report = draft.report
    reports = [report, *(one.report for one in draft.before)]
    forms = {one.form.id for one in reports if one}
    return Checked(
        found=draft.found,
        allowed=draft.allowed,
        used=tuple(sorted(draft.used, key=lambda one: (one.span, one.code))),
        form_id=draft.form_id,
        edition=draft.edition if draft.document else "",
        forms=tuple(sorted(forms)) if all(reports) else None,
        passport=passport_of(report.programme) if report else None,
        statement=_written(report) if report and not has_errors(draft.found) else "",
        asked=draft.asked,
    )


def read_statement(written: str) -> Statement:
    """Return the statement of a report that was checked."""
    return revived(Statement, json.loads(written))


def _written(report: Report) -> str:
    return json.dumps(plain(statement_of(report)), ensure_ascii=False, separators=(",", ":"))
