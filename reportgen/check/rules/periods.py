"""Rules over time: a report against the one before it, and the years of measures.

Figures are cumulative from 1 January, so within a year they can only grow. The outline and the
plans change by a decision of the council: one that ``changes`` of the passport names, dated between
the last days of both periods, explains whatever differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportgen.check.view import Row, View, rows_of, unit_hint
from reportgen.diagnostics import Diagnostic, Span, finding, shortened
from reportgen.model.programme import Entry
from reportgen.model.report import Report

_LONGEST_NAME = 60
_DECIDED = "якщо так вирішила рада, допишіть рішення до changes у programme.yaml"
_YEAR = "20[0-9]{2}"
_YEARS = re.compile(rf"\b({_YEAR})(?:\s*[-–—/]\s*({_YEAR}))?\b")
_GAP = r"\b[^0-9]{0,40}(?:[0-9]{1,2}\.){0,2}"  # bounded: a term may be as long as it likes
_UNTIL = re.compile(rf"\b(?:до|по|не\s+пізніше){_GAP}{_YEAR}", re.IGNORECASE)
_SINCE = re.compile(rf"\b(?:з|із|зі|від|починаючи){_GAP}{_YEAR}", re.IGNORECASE)


def actual_fell(view: View) -> Iterator[Diagnostic]:
    """Less is said to be paid than the report before said."""
    for row, before in _both(view):
        now, then = row.amount("actual"), before.amount("actual")
        if now is not None and then is not None and now < then and view.earlier:
            message = f"у рядку «{row.key}» профінансовано {row.written('actual')}, а вже за"
            message += f" {view.earlier.period.period} було {before.written('actual')}"
            hint = "суми пишуть наростанням від початку року: перевірте обидва звіти"
            related = ((before.place("actual"), "попередній звіт"),)
            yield finding("actual-fell", row.place("actual"), message, hint, related)


def plan_changed(view: View) -> Iterator[Diagnostic]:
    """The year's plan is another than in the report before, and no decision says so."""
    if _decided(view):
        return
    for row, before in _both(view):
        for plan in ("annual_plan", "amended_plan"):
            now, then = row.amount(plan), before.amount(plan)
            if now is not None and then is not None and now != then and view.earlier:
                message = f"у рядку «{row.key}» план {row.written(plan)}, а у звіті за"
                message += f" {view.earlier.period.period} був {before.written(plan)}"
                related = ((before.place(plan), "попередній звіт"),)
                hint = unit_hint(view.report, now, then) + _DECIDED
                yield finding("plan-changed", row.place(plan), message, hint, related)


def plan_raised(view: View) -> Iterator[Diagnostic]:
    """The amended plan is above the year's own, and no decision of the year says so."""
    report = view.report
    year = report.period.period.year
    if any(one.date.year == year for one in report.programme.changes):
        return
    for row in view.everything:
        own, amended = row.amount("annual_plan"), row.amount("amended_plan")
        if own is not None and amended is not None and amended > own:
            message = f"у рядку «{row.key}» річний обсяг зі змінами {row.written('amended_plan')}"
            message += f" більший за річний обсяг {row.written('annual_plan')}"
            if row.amount("actual") is not None:
                message += f", профінансовано {row.written('actual')}"
            related = ((row.place("annual_plan"), "річний обсяг тут"),)
            yield finding("plan-raised", row.place("amended_plan"), message, _DECIDED, related)


def measure_appeared(view: View) -> Iterator[Diagnostic]:
    """A measure that the report before does not have."""
    if view.earlier is None or _decided(view):
        return
    known = _entries(view.earlier)
    for row in view.rows:
        if (row.table.id, row.key) not in known and any(one == row.table.id for one, _ in known):
            message = f"заходу «{row.key}» ({shortened(row.item.text, _LONGEST_NAME)}) у звіті за"
            message += f" {view.earlier.period.period} не було"
            related = ((view.earlier.period.span, "попередній звіт"),)
            yield finding("measure-appeared", row.entry.span, message, _DECIDED, related)


def measure_vanished(view: View) -> Iterator[Diagnostic]:
    """A measure of the report before that neither the programme nor this report has any more."""
    if view.earlier is None or _decided(view):
        return
    report = view.report
    known = _entries(report) | {
        (table.id, item.key): None
        for table in report.form.outlines
        for item in report.programme.items(table.id)
    }
    for (table_id, key), entry in _entries(view.earlier).items():
        if (table_id, key) not in known and report.period.entries.get(table_id):
            message = f"захід «{key}» був у звіті за {view.earlier.period.period}, а тепер його"
            message += " немає"
            related = ((entry.span, "попередній звіт"),)
            yield finding("measure-vanished", report.period.span, message, _DECIDED, related)


def term_outside(view: View) -> Iterator[Diagnostic]:
    """A measure has money in a year that its term does not name; one finding for one typed term.

    One without plan and money is in the report for completeness, as the form wants it.
    """
    year = view.report.period.period.year
    outside: dict[Span, list[Row]] = {}  # by place: defaults give one term to many rows
    for row in view.rows:
        term = row.text("term")
        money = any(row.amount(one) for one in ("annual_plan", "amended_plan", "actual"))
        if money and term and not _covers(term, year):
            outside.setdefault(row.place("term"), []).append(row)
    for span, (row, *more) in outside.items():
        rest = f" і ще {len(more)} з тим самим терміном" if more else ""
        message = f"у рядку «{row.key}»{rest} термін виконання {row.text('term')}, а звіт за"
        message += f" {year} рік"
        yield finding("term-outside", span, message, "перевірте термін заходу")


@lru_cache(maxsize=256)  # measures of a programme have the same few terms
def _covers(term: str, year: int) -> bool:
    """Tell whether a term such as «2021, 2023», «2020-2025» or «до 2025 року» has a year.

    A term without any year («постійно») has all of them.
    """
    spans = [(int(one[1]), int(one[2] or one[1])) for one in _YEARS.finditer(term)]
    if not spans:
        return True
    until, since = _UNTIL.search(term), _SINCE.search(term)
    if until or since:
        first = min(one for one, _ in spans) if since else year
        last = max(one for _, one in spans) if until else year
        return first <= year <= last
    return any(first <= year <= last for first, last in spans)


def _decided(view: View) -> bool:
    """Tell whether a decision changed the programme since the report before."""
    if view.earlier is None:
        return False
    since, until = (one.period.period.last_day for one in (view.earlier, view.report))
    return any(since < one.date <= until for one in view.report.programme.changes)


def _both(view: View) -> Iterator[tuple[Row, Row]]:
    """Yield the rows, parts too, that both reports have: (now, before)."""
    if view.earlier is None:
        return
    before = {(one.table.id, one.key): one for one in rows_of(view.earlier)}
    for row in view.rows:
        known = before.get((row.table.id, row.key))
        if known is not None:
            yield from _pairs(row, known)


def _pairs(row: Row, before: Row) -> Iterator[tuple[Row, Row]]:
    yield row, before
    parts = {one.key: one for one in before.parts}
    for part in row.parts:
        if part.key in parts:
            yield from _pairs(part, parts[part.key])


def _entries(report: Report) -> dict[tuple[str, str], Entry]:
    return {
        (table, key): entry
        for table, entries in report.period.entries.items()
        for key, entry in entries.items()
    }


RULES = (
    actual_fell,
    plan_changed,
    plan_raised,
    measure_appeared,
    measure_vanished,
    term_outside,
)
