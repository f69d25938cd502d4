"""Rules over the passport of a programme: what the head of its reports prints, and its years.

What a head prints and the passport lacks is told when the passport is read (``key-missing``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.check.view import View
from reportgen.diagnostics import Diagnostic, finding, quoted
from reportgen.model.council import Decision
from reportgen.model.programme import Programme, Programmes, Term

_YEARS = re.compile(r"\b(20[0-9]{2})\s*[-–—]\s*(20[0-9]{2})\b|\bна\s+(20[0-9]{2})\s+р")
_AMENDED = re.compile(r"\bprogramme\s*\.\s*amended\b")
_GENITIVE = re.compile(r"\bprogramme\s*\.\s*genitive\b")
_READ_ALOUD = "запишіть назву так, як вона читається після «звіт про виконання»"


def programme_outside(view: View) -> Iterator[Diagnostic]:
    """The programme does not run in the year of the report."""
    programme, year = view.report.programme, view.report.period.period.year
    term = programme.term
    if term is not None and term.first <= term.last and not term.first <= year <= term.last:
        over = "вже закінчилася" if year > term.last else "ще не почалася"
        message = f"звіт за {year} рік, а програма діє {term}: вона {over}"
        hint = "перевірте term у programme.yaml і рік звіту"
        related = ((programme.span, "паспорт програми"),)
        yield finding("programme-outside", view.report.period.span, message, hint, related)


def cited_outside(view: View) -> Iterator[Diagnostic]:
    """A row names a programme whose years, by its name, are not that of the report."""
    year = view.report.period.period.year
    for row in view.rows:
        for value in row.values.values():
            for one in value.programmes if isinstance(value, Programmes) else ():
                term = years_of(one.name)
                if term is None or term.first <= year <= term.last:
                    continue
                message = f"звіт за {year} рік, а рядок «{row.key}» посилається на програму"
                message += f" «{one.id}», яка діє {term}"
                hint = "перевірте, чи рада не прийняла нової програми, і назвіть її"
                related = ((one.span, one.name),)
                yield finding("programme-outside", value.span, message, hint, related)


def years_differ(view: View) -> Iterator[Diagnostic]:
    """The years in the programme's name, in its genitive and in ``term`` are the same."""
    programme = view.report.programme
    given = {
        "name": years_of(programme.name),
        "genitive": None if programme.genitive == programme.name else years_of(programme.genitive),
        "term": programme.term,
    }
    known = {key: term for key, term in given.items() if term}
    if len(set(known.values())) > 1:
        listed = ", ".join(f"{key} — {term}" for key, term in known.items())
        message = f"роки програми записано по-різному: {listed}"
        hint = "звірте з рішенням ради й виправте описку"
        yield finding("programme-differs", programme.span, message, hint)


def decision_dates(view: View) -> Iterator[Diagnostic]:
    """A programme cannot be approved after the period, nor changed before it is approved."""
    programme, period = view.report.programme, view.report.period.period
    approved = programme.decision
    if approved is None:
        return
    hint = "перевірте дату рішення"
    if approved.date > period.last_day:
        message = f"програму затверджено {_day(approved)}, а звіт за {period}"
        yield finding("decision-date", approved.span, message, hint)
    for change in programme.changes:
        if change.date < approved.date:
            message = f"програму змінено {_day(change)}, ще до рішення, яким її затверджено:"
            message += f" {_day(approved)}"
            related = ((approved.span, "її затверджено тут"),)
            yield finding("decision-date", change.span, message, hint, related)


def changes_unnamed(view: View) -> Iterator[Diagnostic]:
    """The head says that the programme was changed, and no decision that changed it is named."""
    programme = view.report.programme
    if programme.amended and not programme.changes and _prints(view, _AMENDED):
        message = "друкується, що програму змінено (amended), а рішень про це не названо"
        hint = "допишіть їх до changes: за ними видно, чому змінилися план і заходи"
        yield finding("changes-unnamed", programme.span, message, hint)


def changes_unprinted(view: View) -> Iterator[Diagnostic]:
    """A decision changed the programme by the end of the period, and the head does not say so."""
    programme, period = view.report.programme, view.report.period.period
    done = [one for one in programme.changes if one.date <= period.last_day]
    if done and not programme.amended and _prints(view, _AMENDED):
        message = f"програму змінено рішенням від {_day(done[0])} №{done[0].number}, а у звіті не"
        message += " буде «зі змінами»"
        hint = "допишіть до паспорта amended: true"
        yield finding("changes-unprinted", done[0].span, message, hint)


def form_draft(view: View) -> Iterator[Diagnostic]:
    """A report in a form that nobody has held against the council's own text."""
    form = view.report.form
    if form.draft:
        message = f"форма «{form.id}» — чернетка: її не звірено з порядком, який затвердила рада"
        hint = "звірте колонки й написи, впишіть раду та рішення і приберіть draft із form.yaml"
        related = ((form.span, "форма"),)
        yield finding("form-draft", view.report.programme.span, message, hint, related)


def genitive_case(view: View) -> Iterator[Diagnostic]:
    """The name in the title, or an adjective before «програми», was left in the nominative."""
    programme = view.report.programme
    if _prints(view, _GENITIVE) and _is_nominative(programme):
        message = f"у genitive назва стоїть у називному відмінку: {quoted(programme.genitive)}"
        yield finding("genitive-case", programme.span, message, _READ_ALOUD)
        return
    before, found, _ = programme.genitive.partition("рограми")
    adjectives = before.split()[:-1]  # the last piece is the «П» itself
    if not found or not all(one.endswith(("ої", "а", "я")) for one in adjectives):
        return
    wrong = [one for one in adjectives if not one.endswith("ої")]
    if wrong:
        message = f"у genitive слово {quoted(wrong[0])} стоїть у називному відмінку:"
        message += f" {quoted(programme.genitive)}"
        yield finding("genitive-case", programme.span, message, _READ_ALOUD)


def _is_nominative(programme: Programme) -> bool:
    """Tell whether the genitive is the name itself, or begins with its first word in «-а» or «-я».

    No such word («Комплексна», «Стратегія») has both cases alike.
    """
    name, genitive = programme.name.split(), programme.genitive.split()
    if not name or not genitive:  # one that is missing is told of as such
        return False
    return name == genitive or (name[0] == genitive[0] and name[0].endswith(("а", "я")))


def years_of(name: str) -> Term | None:
    """Return the years that a programme's name gives: «на 2021-2025 роки», «на 2023 рік».

    «До 2030 року» gives none: it does not say since when.
    """
    found = [*_YEARS.finditer(name)]
    if not found:
        return None
    first, last, only = found[-1].groups()
    term = Term(int(first or only), int(last or only))
    return term if term.first <= term.last else None


def _prints(view: View, what: re.Pattern[str]) -> bool:
    return any(what.search(one.template) for one in view.report.form.templates())


def _day(decision: Decision) -> str:
    return f"{decision.date:%d.%m.%Y}"


RULES = (
    programme_outside,
    cited_outside,
    years_differ,
    decision_dates,
    changes_unnamed,
    changes_unprinted,
    form_draft,
    genitive_case,
)
