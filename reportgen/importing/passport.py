"""What stands above the tables: the programme's name, its decision, executor and term, the period.

The form's own lines are read backwards first; what they do not give is looked for by the words that
such lines have in any form.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.importing.backwards import DATE, YEARS, Backwards, backwards, literal_words
from reportgen.importing.grid import StreamLine, line_text, row_text
from reportgen.importing.likeness import one_line, same
from reportgen.importing.names import How, Register
from reportgen.importing.periods import find_period
from reportgen.model.form import Form, Line
from reportgen.model.period import Period
from reportgen.model.programme import Term
from reportgen.read.source import Place

_MOST_JOINED = 6  # lines of a source that may be one line of the form
_LONGEST = 1500
_DECISION = re.compile(
    rf"(?P<a>{DATE})\s*(?:року|р\.)?,?\s*№\s*(?P<b>[\w/-]+)|№\s*(?P<c>[\w/-]+)\s*від\s*(?P<d>{DATE})"
)
_TERM = re.compile(rf"(?:термін|строк)\w*\b.{{0,60}}?({YEARS})", re.IGNORECASE)
_NAMED_TERM = re.compile(rf"\bна\s+({YEARS})", re.IGNORECASE)
_NAME = re.compile(
    r"(?!звіт|інформаці|відповідальн|термін|строк|дата|викон)(?:[^\W\d]+\s+){0,5}"
    r"(?P<noun>програм[аи])\s+(?!за\b|на\b|у\b|в\b)\S.{8,}",
    re.IGNORECASE,
)
_EXECUTOR = re.compile(
    r"відповідальн\w+\s+викон\w+(?:\s+(?:програми|заходів))?\s*[:–-]?\s*(?P<name>.+)", re.IGNORECASE
)


@dataclass(slots=True)
class Passport:
    """What the lines above the tables say; ``lines`` are those that were understood."""

    genitive: str = ""
    name: str = ""
    decision: tuple[datetime.date, str] | None = None
    amended: bool = False
    executor: str = ""
    term: Term | None = None
    period: Period | None = None
    place: Place = field(default_factory=lambda: Place("", 1))
    lines: set[int] = field(default_factory=set)


def read_passport(
    lines: Sequence[StreamLine], end: int, form: Form, executors: Register
) -> Passport:
    """Return what the lines before ``end``, that of the first header, say."""
    passport = Passport()
    top = [one_line(row_text(one)) for one in lines[:end]]
    for template in form.heading:
        found = match_line(top, template, frozenset(passport.lines))
        if found and literal_words(template.template):
            first, count, values = found
            passport.lines.update(range(first, first + count))
            take(passport, values)
            if values.get("programme.genitive"):
                passport.place = lines[first].place
                _lengthen(passport, top, first + count)
    for at, text in enumerate(top):
        if _general(passport, text, executors):
            passport.lines.add(at)
    if same(passport.genitive, "програми"):
        passport.genitive = ""  # a title that names the programme in the next line
    if not (passport.genitive or passport.name):
        _take_name(passport, lines[:end], top)
    return passport


def _take_name(passport: Passport, lines: Sequence[StreamLine], top: Sequence[str]) -> None:
    """Take the first line that is a programme's name and nothing else, below any title."""
    for at, text in enumerate(top):
        alone = line_text(lines[at]) and at not in passport.lines
        found = _NAME.fullmatch(text) if alone else None
        if found:
            is_genitive = found["noun"].casefold() == "програми"
            passport.genitive, passport.name = (text, "") if is_genitive else ("", text)
            passport.place = lines[at].place
            passport.lines.add(at)
            if is_genitive:
                _lengthen(passport, top, at + 1)
            return


def match_line(
    texts: Sequence[str], line: Line, taken: frozenset[int]
) -> tuple[int, int, Mapping[str, str]] | None:
    """Return where a line of the form stands: its first line, how many, and what was put in."""
    pattern: Backwards = backwards(line.template)
    for first in range(len(texts)):
        joined = ""
        for count in range(1, min(_MOST_JOINED, len(texts) - first) + 1):
            at = first + count - 1
            joined = f"{joined} {texts[at]}".strip()
            if at in taken or len(joined) > _LONGEST:
                break
            values = pattern.read(joined)
            if values is not None and all(value for key, value in values.items() if key[0] != "?"):
                return first, count, values
    return None


def take(passport: Passport, values: Mapping[str, str]) -> None:
    """Put what was read into the passport; what is there stays."""
    passport.genitive = passport.genitive or values.get("programme.genitive", "")
    passport.name = passport.name or values.get("programme.name", "")
    passport.executor = passport.executor or values.get("programme.executor.name", "")
    date, number = values.get("programme.decision.date"), values.get("programme.decision.number")
    if date and number and passport.decision is None:
        passport.decision = _decision(date, number)
    passport.amended = passport.amended or "?programme.amended" in values
    if values.get("programme.term"):
        passport.term = passport.term or _term(values["programme.term"])
    if values.get("period"):
        passport.period = passport.period or find_period(f"за {values['period']}")


def nominative(genitive: str) -> str:
    """Return a programme's name in the nominative: adjectives up to the noun, and that."""
    nouns = {"програми": "програма", "концепції": "концепція", "стратегії": "стратегія",
             "плану": "план"}  # fmt: skip
    words = genitive.split(" ")
    for at, word in enumerate(words):
        noun = nouns.get(word.casefold())
        if noun:
            head = [_adjective(one) for one in words[:at]]
            noun = noun.capitalize() if word[:1].isupper() else noun
            whole = " ".join([*head, noun, *words[at + 1 :]])
            return whole[:1].upper() + whole[1:]
    return genitive


def _adjective(word: str) -> str:
    for ending, own in (("ьої", "я"), ("ої", "а"), ("ього", "ій"), ("ого", "ий")):
        if word.endswith(ending):
            return word.removesuffix(ending) + own
    return word


def _lengthen(passport: Passport, top: Sequence[str], at: int) -> None:
    """Take the rest of a name that goes on in the next line: it begins with a small letter."""
    while at < len(top) and at not in passport.lines and _goes_on(passport.genitive, top[at]):
        passport.genitive = f"{passport.genitive} {top[at]}"
        passport.lines.add(at)
        at += 1


def _goes_on(name: str, after: str) -> bool:
    if re.search(r"\b(?:роки|років|року|рр?\.)$", name):
        return False  # it is whole
    open_quotes = name.count("«") > name.count("»") or name.count('"') % 2 == 1
    small = after[:1].islower() and not after.casefold().startswith("за ")
    small = small or bool(re.match(rf"{YEARS}\b", after))
    return (small or open_quotes) and find_period(after) is None


def _general(passport: Passport, text: str, executors: Register) -> bool:
    """Read a line by the words that such lines have in any form."""
    before = (passport.decision, passport.term, passport.executor, passport.period)
    decision = _DECISION.search(text)
    if decision and passport.decision is None:
        date, number = decision["a"] or decision["d"], decision["b"] or decision["c"]
        passport.decision = _decision(date, number)
        passport.amended = passport.amended or "змінами" in text.casefold()
    term = _TERM.search(text)
    if term and passport.term is None:
        passport.term = _term(term[1])
    executor = _EXECUTOR.match(text)
    if executor and not passport.executor:
        passport.executor = executor["name"].strip()
    elif not passport.executor and len(text) > 1:
        named = executors.read(text)
        if len(named) == 1 and named[0].how is How.KNOWN and len(named[0].text) == len(text):
            passport.executor = text
    if passport.period is None:
        passport.period = find_period(text)
    return before != (passport.decision, passport.term, passport.executor, passport.period)


def _decision(date: str, number: str) -> tuple[datetime.date, str] | None:
    day, month, year = map(int, date.split("."))
    try:
        return datetime.date(year, month, day), number.rstrip(".,")
    except ValueError:
        return None


def named_term(passport: Passport) -> Term | None:
    """Return the years of a programme; where none are told, those that its name ends with."""
    found = _NAMED_TERM.search(passport.name or passport.genitive)
    return passport.term or (_term(found[1]) if found else None)


def _term(text: str) -> Term:
    years = [int(year) for year in re.findall(r"20\d\d", text)]
    return Term(years[0], max(years[-1], years[0]))
