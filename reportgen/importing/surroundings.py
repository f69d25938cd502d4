"""What stands around the tables: titles, facts, running text, notes; each line is taken once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.importing.backwards import backwards, literal_words
from reportgen.importing.grid import GridRow, StreamLine, line_text
from reportgen.importing.header import Heading
from reportgen.importing.labels import read_label
from reportgen.importing.likeness import likeness, one_line, squeezed
from reportgen.importing.passport import Passport, match_line, take
from reportgen.importing.tables import TableTitle
from reportgen.importing.values import narrative
from reportgen.importing.wrapping import is_paged, joined_lines
from reportgen.model.form import (
    Fact,
    FactsSection,
    Form,
    GivenBy,
    Line,
    NarrativeSection,
    Shown,
)
from reportgen.read.source import SourceCell

_ABOVE = 6  # lines above a header that may be its title
_ALIKE = 0.88
_PAIR = 2  # a fact is a label and a value


@dataclass(slots=True)
class Surroundings:
    """``lines`` are those that were understood; ``titles`` those of tables, by their last line.

    ``given`` and ``told`` are facts and running texts, by id, for the programme and the period.
    """

    lines: set[int] = field(default_factory=set)
    titles: dict[int, TableTitle] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)


def read_surroundings(
    lines: Sequence[StreamLine], headers: Sequence[Heading], form: Form, passport: Passport
) -> Surroundings:
    """Return what stands outside the tables; what it says of the programme goes to its passport."""
    found = Surroundings(lines={*passport.lines})
    for heading in headers:
        found.lines.update(range(heading.first, heading.end))
    _table_titles(lines, headers, passport, found)
    starts = _section_titles(lines, form, found)
    _facts(lines, form, passport, found)
    for section, start in starts.items():
        one = next(each for each in form.sections if each.id == section)
        if isinstance(one, NarrativeSection):
            own = found.given if one.given is GivenBy.PROGRAMME else found.told
            running = _running(lines, start + 1, found)
            if running:
                own[one.id] = narrative("\n".join(running))
    return found


def _table_titles(
    lines: Sequence[StreamLine],
    headers: Sequence[Heading],
    passport: Passport,
    found: Surroundings,
) -> None:
    """Take the titles of tables that stand for items of the outermost level."""
    before = 0
    for heading in headers:
        level = heading.section.levels[0] if heading.section.levels else None
        start = max(before, heading.first - _ABOVE)
        before = heading.end
        if level is None or level.shown is not Shown.TABLE:
            continue
        texts = [one_line(line_text(one)) for one in lines[start : heading.first]]
        free = frozenset(at for at, text in enumerate(texts) if not text)
        for template in level.title:
            match = match_line(texts, template, free)
            if match and "item.text" in match[2]:
                first, count, values = match
                take(passport, values)
                last = start + first + count - 1
                found.lines.update(range(start + first, last + 1))
                number, text = values.get("item.number", ""), values["item.text"]
                found.titles[last] = TableTitle(level, number, text, lines[last].place)
        last = heading.first - 1
        if not level.title and last >= start and texts[-1] and last not in found.lines:
            label = read_label(texts[-1], level, 0)
            found.lines.add(last)
            found.titles[last] = TableTitle(level, label.number, label.text, lines[last].place)


def _section_titles(
    lines: Sequence[StreamLine], form: Form, found: Surroundings
) -> Mapping[str, int]:
    """Return the last line of each section's title that is there, and take the titles."""
    starts: dict[str, int] = {}
    for section in form.sections:
        for template in section.title:
            at = next(
                (
                    index
                    for index, line in enumerate(lines)
                    if index not in found.lines and _is_line(line_text(line), template)
                ),
                None,
            )
            if at is not None:
                found.lines.add(at)
                starts[section.id] = at
    for note in form.notes:
        taken = (at for at, line in enumerate(lines) if _is_line(line_text(line), note))
        found.lines.update(taken)
    return starts


def _is_line(text: str, template: Line) -> bool:
    if not text:
        return False
    words = literal_words(template.template)
    alike = bool(squeezed(words)) and likeness(words, text) >= _ALIKE
    return alike or backwards(template.template).read(one_line(text)) is not None


def _facts(
    lines: Sequence[StreamLine], form: Form, passport: Passport, found: Surroundings
) -> None:
    facts = [
        fact for section in form.sections if isinstance(section, FactsSection)
        for fact in section.facts
    ]  # fmt: skip
    for at, line in enumerate(lines):
        if at in found.lines or not isinstance(line, GridRow) or not facts:
            continue
        cells = [cell for _, cell in sorted(line.cells.items()) if cell.text.strip()]
        if not cells or len(cells) > _PAIR:
            continue
        fact = max(facts, key=lambda one: likeness(one.label, cells[0].text))
        if likeness(fact.label, cells[0].text) >= _ALIKE:
            found.lines.add(at)
            facts.remove(fact)
            if len(cells) == _PAIR:
                _fact(fact, cells[1], passport, found)


def _fact(fact: Fact, cell: SourceCell, passport: Passport, found: Surroundings) -> None:
    if fact.template:
        take(passport, backwards(fact.template.template).read(cell.text) or {})
    elif fact.given:
        own = found.given if fact.given is GivenBy.PROGRAMME else found.told
        own[fact.id] = narrative(cell.text)


def _running(lines: Sequence[StreamLine], start: int, found: Surroundings) -> list[str]:
    """Return the paragraphs of a running text, up to what is something else; take their lines."""
    texts: list[str] = []
    paged = False
    for at in range(start, len(lines)):
        text = line_text(lines[at])
        if at in found.lines or not text:
            break
        found.lines.add(at)
        texts.append(text)
        paged = paged or is_paged(lines[at].place)
    return joined_lines(texts) if paged else texts
