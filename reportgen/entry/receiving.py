"""Forms that have come back, to the text that the period's file is to have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportgen.diagnostics import Diagnostic, finding, has_errors
from reportgen.entry.filled import Filled
from reportgen.entry.identity import outline_of
from reportgen.entry.merging import Change, foreign, merge, outdated, said
from reportgen.entry.questions import by_address, questions
from reportgen.entry.words import vocabularies
from reportgen.entry.writing import written
from reportgen.model.report import Report

#: Reads the text of the period's file beside the report's other files; ``None`` if it is no YAML.
#: What forbids to write it goes to the list.
Reader: TypeAlias = Callable[[str, list[Diagnostic]], Report | None]


@dataclass(frozen=True, slots=True)
class Current:
    """A report as it is now: the text of its period's file, or that which it would begin with."""

    text: str
    report: Report  # what the text says
    earlier: Report | None  # the report before it
    read: Reader
    is_new: bool = False  # there is no file of the period yet


@dataclass(frozen=True, slots=True)
class Received:
    """The new text of a period's file, what changes in it, and what the new text says."""

    text: str
    changes: tuple[Change, ...]
    report: Report | None


def receive(forms: Sequence[Filled], now: Current, found: list[Diagnostic]) -> Received:
    """Return the period's file with what the forms of its report say.

    Args:
        forms: those of this report, all of them.
        now: the report as it is. The new text is read as well, so that nothing is written that
            would not load.
        found: takes what forbids writing, and what the clerk should know.
    """
    mine: list[Diagnostic] = []
    received = _received(forms, now, mine)
    found += mine
    return received


def _received(forms: Sequence[Filled], now: Current, found: list[Diagnostic]) -> Received:
    report, earlier = now.report, now.earlier
    edition = (report.form.id, report.form.adopted.valid_from.isoformat())
    found += outdated(forms, outline_of(report), edition)
    found += foreign(forms, report.council, is_new=now.is_new)
    asked = by_address(questions(report, earlier))
    if has_errors(found):
        return Received(now.text, (), report)
    changes = merge(forms, asked, vocabularies(report.council), report.form.unit, found)
    if has_errors(found) or not changes:
        return Received(now.text, tuple(changes), report)
    new = written(now.text, changes, asked, report)
    reread = now.read(new, found)
    if reread is not None:
        _compare(changes, now, reread, found)
    return Received(new, tuple(changes), reread)


def _compare(
    changes: Sequence[Change], now: Current, reread: Report, found: list[Diagnostic]
) -> None:
    """Tell of an answer that the new text does not have, and of others that it has changed."""
    before = by_address(questions(now.report, now.earlier))
    before |= {one.question.address: one.question for one in changes}
    wanted = {address: one.answer for address, one in before.items()}
    wanted |= {one.question.address: one.answer for one in changes}
    places = {one.question.address: one.place for one in changes}
    then = by_address(questions(reread, now.earlier))
    for address, answer in wanted.items():
        got = then[address].answer if address in then else ""
        if got != answer:
            one, words = before[address], vocabularies(reread.council)
            place = places.get(address, now.report.period.span)
            message = f"{one.called}: треба {said(one, answer, words)}, а у файлі вийшло б "
            message += said(one, got, words)
            hint = "впишіть це в YAML самі; якщо значення задано в defaults, приберіть його звідти"
            found.append(finding("entry-conflict", place, message, hint))
