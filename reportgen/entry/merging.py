"""Answers of several forms and of the period's file brought together, cell by cell.

A form knows what the file said when it was given out. So a cell that its clerk left alone never
takes back what the file says now, and two that say different things are never chosen between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.entry.filled import Filled, whole
from reportgen.entry.hearing import hear
from reportgen.entry.questions import Address, Asked, Question
from reportgen.entry.words import Vocabulary, spoken
from reportgen.model.council import Council

_ALTERED = "службовий аркуш змінено: у ньому питання, якого звіт не має"
_ANEW = "видайте форму наново і перенесіть у неї дані"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that the file is to get, and where it was entered."""

    question: Question
    answer: str
    place: Span


def merge(
    forms: Sequence[Filled],
    asked: Mapping[Address, Question],
    words: Mapping[Asked, Vocabulary],
    unit: str,
    found: list[Diagnostic],
) -> list[Change]:
    """Return what forms of one report change, in the order of its questions.

    Args:
        forms: what has come back.
        asked: the questions with the answers that the file has now.
        words: what names mean.
        unit: of the form's money.
        found: takes what cannot be read or brought together, and what was understood otherwise.
    """
    changes: dict[Address, Change] = {}
    for form in forms:
        for address, given, place, typed in form.answers():
            question = asked.get(address) or _gone(address, given, asked)
            if question is None:
                found.append(finding("entry-unreadable", whole(form.file), _ALTERED, _ANEW))
                break
            heard = hear(typed, question, words, unit)
            related = ((question.span, f"у YAML: {address}"),)
            if heard.fault:
                message = f"{question.called}: {heard.fault}"
                found.append(finding("entry-value", place, message, heard.hint, related))
                continue
            if heard.answer == given:
                _newer(question, given, place, words, found)
                continue
            if heard.remark:
                message = f"{question.called}: {heard.remark}"
                found.append(finding("entry-read", place, message, "", related))
            change = Change(question, heard.answer, place)
            if not _conflicts(change, given, changes.get(address), words, found):
                changes[address] = change
    ordered = (changes[one] for one in asked if one in changes)
    return [one for one in ordered if one.answer != one.question.answer]


def _gone(address: Address, given: str, asked: Mapping[Address, Question]) -> Question | None:
    """Return a question that is asked no more: the money of its row has other funds now.

    ``None`` for one that the report cannot ever have asked.
    """
    now = [one for one in asked.values() if one.address[:2] == address[:2]]
    if not now:
        return None
    answer = "; ".join(one.answer for one in now if one.answer)
    return replace(now[0], address=address, answer=answer or given)


def _newer(
    question: Question,
    given: str,
    place: Span,
    words: Mapping[Asked, Vocabulary],
    found: list[Diagnostic],
) -> None:
    """Tell that the file has changed where the clerk has not."""
    if question.answer == given:
        return
    now, then = (said(question, one, words) for one in (question.answer, given))
    message = f"{question.called}: у YAML уже {now}, у формі {then}"
    related = ((question.span, f"у YAML: {question.address}"),)
    hint = "у формі цієї клітинки не змінювали, тож лишається новіше"
    found.append(finding("entry-newer", place, message, hint, related))


def _conflicts(
    change: Change,
    given: str,
    other: Change | None,
    words: Mapping[Asked, Vocabulary],
    found: list[Diagnostic],
) -> bool:
    """Tell, and tell of, an answer that the file or another form contradicts."""
    question = change.question
    if question.answer not in (given, change.answer):
        all_three = (change.answer, question.answer, given)
        new, now, then = (said(question, one, words) for one in all_three)
        message = f"{question.called}: у формі {new}, а в YAML тим часом стало {now} (було {then})"
        hint = "з'ясуйте, що правильно, і впишіть це в обох місцях"
        related = ((question.span, f"у YAML: {question.address}"),)
        found.append(finding("entry-conflict", change.place, message, hint, related))
        return True
    if other and other.answer != change.answer:
        message = f"{question.called}: тут {said(question, change.answer, words)}, а в іншій формі "
        message += said(question, other.answer, words)
        both = ((other.place, "інша форма"), (question.span, f"у YAML: {question.address}"))
        hint = "залиште правильне в обох"
        found.append(finding("entry-conflict", change.place, message, hint, both))
        return True
    return False


def said(question: Question, answer: str, words: Mapping[Asked, Vocabulary]) -> str:
    """Return an answer for a message."""
    return quoted(spoken(question.asked, answer, words)) if answer else "порожньо"


def outdated(
    forms: Iterable[Filled], outline: Mapping[str, str], form: tuple[str, str]
) -> list[Diagnostic]:
    """Return why forms cannot be taken: the programme or the form is not what it was.

    ``form`` is the id and the edition of the report's form now.
    """
    found: list[Diagnostic] = []
    for one in forms:
        known = one.identity
        place, hint = whole(one.file), _ANEW
        if (known.form, known.edition) != form:
            was, now = f"{known.form} від {known.edition}", " від ".join(form)
            message = f"форму видано для «{was}», а звіт тепер складають за «{now}»"
            found.append(finding("entry-foreign", place, message, hint))
            continue
        gone = [key for key in known.outline if key not in outline]
        new = [key for key in outline if key not in known.outline]
        other = [key for key in outline if known.outline.get(key, outline[key]) != outline[key]]
        told = (("зникло", gone), ("додано", new), ("змінено", other))
        parts = [f"{what} {', '.join(map(_row, keys))}" for what, keys in told if keys]
        if parts:
            message = f"програму чи форму звіту змінено після видачі цієї форми: {'; '.join(parts)}"
            found.append(finding("entry-foreign", place, message, hint))
    return found


def foreign(forms: Iterable[Filled], council: Council, *, is_new: bool) -> list[Diagnostic]:
    """Return why forms are not of this project: another council's, or of a file that is not here.

    ``is_new``: the project has no file of the period, so a form that saw one is from elsewhere.
    """
    found: list[Diagnostic] = []
    for one in forms:
        known, place = one.identity, whole(one.file)
        if known.council and known.council != council.id:
            message = f"форму видала інша рада: «{known.council}», а тут «{council.id}»"
            hint = "перевірте, чи з того проєкту форма: --root"
            found.append(finding("entry-foreign", place, message, hint))
        elif is_new and known.file:
            message = f"форму видано, коли файл за {known.period} уже був, а тут його немає"
            hint = "поверніть файл періоду на місце або перевірте, чи з того проєкту форма: --root"
            found.append(finding("entry-foreign", place, message, hint))
    return found


def _row(key: str) -> str:
    return key.strip('[]"').rpartition('", "')[2] if key.startswith("[") else key
