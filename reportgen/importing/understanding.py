"""A source file understood by a form: what its lines, tables and foot are."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from reportgen.diagnostics import quoted
from reportgen.importing.backwards import YEARS
from reportgen.importing.branches import ReadTable
from reportgen.importing.converting import in_units
from reportgen.importing.findings import Findings
from reportgen.importing.forms import Choice, choose_form
from reportgen.importing.grid import StreamLine, row_text, stream
from reportgen.importing.header import Heading, find_headers
from reportgen.importing.likeness import squeezed
from reportgen.importing.mending import mend
from reportgen.importing.nearest import tell_no_table
from reportgen.importing.numbering import with_numbers
from reportgen.importing.passport import Passport, nominative, read_passport
from reportgen.importing.periods import find_period, named_period
from reportgen.importing.registers import Registers
from reportgen.importing.signatures import Signed, find_signatures
from reportgen.importing.sorts import sort_of
from reportgen.importing.surroundings import Surroundings, read_surroundings
from reportgen.importing.tables import read_tables
from reportgen.importing.torn import as_table
from reportgen.importing.units import unit_lines
from reportgen.importing.wrapping import unwrapped
from reportgen.load.years import with_years
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.programme import Term
from reportgen.read.source import SourceCell, SourceFile

_TOP = 60  # lines among which the term and the period are looked for
_NAMED = 96.0  # of 100
_TERM = re.compile(rf"(?:(?:термін|строк)\w*\b.{{0,60}}?|\bна\s+)({YEARS})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything that a source says, by the form that it is in."""

    choice: Choice
    passport: Passport
    surroundings: Surroundings
    tables: tuple[ReadTable, ...]
    signed: tuple[Signed, ...]
    doubts: tuple[str, ...]  # remarks for the period's file as a whole


def period_of(source: SourceFile) -> Period | None:
    """Return the period that the lines above the tables name: in words, else by its last day."""
    texts = [row_text(line) for line in stream(source)[:_TOP]]
    found = (read(text) for read in (named_period, find_period) for text in texts)
    return next((one for one in found if one), None)


def programme_of(source: SourceFile, names: Mapping[str, Collection[str]]) -> str:
    """Return which programme the lines above the tables name; «» if none, or it is not clear.

    ``names`` are those of the programmes that there are, in any case, by id.
    """
    top = squeezed(" ".join(row_text(line)[:1000] for line in stream(source)[:_TOP]))
    named = {
        slug: max((len(one) for name in called if (one := squeezed(name)) and _within(one, top)),
                  default=0)
        for slug, called in names.items()
    }  # fmt: skip
    longest = max(named.values(), default=0)
    best = [slug for slug, length in named.items() if length == longest > 0]
    return best[0] if len(best) == 1 else ""


def _within(name: str, top: str) -> bool:
    """Tell whether a name stands in a text, but for a slip or two."""
    return len(name) <= len(top) and fuzz.partial_ratio(name, top) >= _NAMED


def understand(  # noqa: PLR0913 - what it takes
    source: SourceFile,
    forms: Sequence[Form],
    period: Period,
    registers: Registers,
    findings: Findings,
    *,
    preferred: str = "",
    term: Term | None = None,
) -> Understood | None:
    """Return what a source says; ``None`` if it has no table of any of the forms.

    ``preferred`` is the form of the programme, taken where several fit alike; ``term`` are its
    years, if they are known.
    """
    source = unwrapped(source, findings)
    lines = stream(source)
    term = term or _term(lines, period)
    fitted = [with_years(form, term) for form in forms]
    choice = choose_form(lines, fitted, period, preferred)
    if choice is None:
        lines = stream(as_table(source, fitted))
        choice = choose_form(lines, fitted, period, preferred)
    if choice is None:
        tell_no_table(lines, fitted, findings)
        return None
    form = choice.form
    headers = find_headers(lines, form, period)
    passport = read_passport(lines, headers[0].first, form, registers.executors)
    free = frozenset(range(headers[-1].end, len(lines)))
    signed = find_signatures(lines, free, registers.officials) if form.signature else []
    passport.lines.update(at for one in signed for at in one.lines)
    surroundings = read_surroundings(lines, headers, form, passport)
    claimed = surroundings.lines | unit_lines(lines, headers)
    _tell_headers(lines, headers, form, findings)
    numbered, doubts = with_numbers(lines, headers, findings)
    tables, left = read_tables(
        numbered,
        headers,
        frozenset(claimed),
        surroundings.titles,
        _sorter(registers),
        registers.fund_names,
        findings,
    )
    for table in tables:
        mend(table, findings)
    doubts += in_units(tables, lines, headers, form, findings)
    above = (line for at, line in enumerate(lines[: headers[0].first]) if at not in claimed)
    _tell_left([*above, *left], findings)
    passport.name = passport.name or nominative(passport.genitive)
    return Understood(choice, passport, surroundings, tuple(tables), tuple(signed), tuple(doubts))


def _term(lines: Sequence[StreamLine], period: Period) -> Term:
    """Return the years that the file names for the programme; else the year of the report."""
    for line in lines[:_TOP]:
        found = _TERM.search(row_text(line)[:1000])
        if found:
            years = [int(year) for year in re.findall(r"20\d\d", found[1])]
            if len(years) > 1 and years[0] <= years[1]:
                return Term(years[0], years[1])
    return Term(period.year, period.year)


def _sorter(registers: Registers) -> Callable[[SourceCell], str]:
    @cache
    def of_text(text: str) -> str:
        return sort_of(text, registers.executors.share_known)

    return lambda cell: of_text(cell.text)


def _tell_headers(
    lines: Sequence[StreamLine], headers: Sequence[Heading], form: Form, findings: Findings
) -> None:
    """Tell of columns that are missing or are none of the form's, once for a table."""
    told: set[str] = set()
    for heading in headers:
        if heading.section.id in told:
            continue
        told.add(heading.section.id)
        place = lines[heading.first].place
        for column in heading.missing:
            message = f"у таблиці немає колонки «{column.heading[-1]}»"
            hint = f"вона є у формі «{form.id}»; якщо форма інша, вкажіть її в --form"
            findings.tell("import-column", place, message, hint)
        for at, cell in heading.guessed.items():
            meant = heading.columns[at]
            name = meant.heading[-1] if meant else ""
            message = f"колонку {quoted(cell.text)} прочитано як «{name}»"
            findings.tell("import-column", cell.place, message, "перевірте, чи там саме це")
        for cell in heading.unknown.values():
            message = f"колонки {quoted(cell.text)} у формі «{form.id}» немає"
            findings.tell("import-column", cell.place, message, "її вміст не перенесено")


def _tell_left(lines: Iterable[StreamLine], findings: Findings) -> None:
    for line in lines:
        text = " ".join(row_text(line).split())
        if any(char.isalnum() for char in text):
            message = f"не перенесено {quoted(text)}"
            hint = "якщо цей текст потрібен у звіті, впишіть його самі"
            findings.tell("import-left-out", line.place, message, hint)
