"""Rules over all texts of one document: the same thing written in two ways, told once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from reportgen.check.printed import Slip

_OUTER = re.compile(r"«[^«»\0]*(?:«[^«»\0]*»[^«»\0]*)*»|\"[^\"\0]*\"|“[^“”\0]*”|„[^„“”\0]*[“”]")
_KINDS = {"«": "«…»", '"': '"…"', "“": "“…”", "„": "„…“"}

_APOSTROPHES = "'’ʼ‘`′"
_APOSTROPHE = re.compile(rf"[{_APOSTROPHES}](?<=[^\W\d_].)(?=[^\W\d_])")

_MONTHS = (
    *("січня", "лютого", "березня", "квітня", "травня", "червня"),
    *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
)
_IN_DIGITS = re.compile(r"\.([0-9]{2})\.([0-9]{4}|[0-9]{2})(?!\.?[0-9])")
_DAY = re.compile(r"(?<![0-9.])[0-9]{1,2}$")
_YEAR = re.compile("[ \u00a0][0-9]{4}")
_IN_FULL, _SHORT, _IN_WORDS = "in full", "short", "in words"
_LAST_DAY, _LAST_MONTH = 31, 12
_YEARS_OF_TWO_DIGITS = range(10, 60)

_PROJECT = re.compile(r"[Пп]ро[еє]кт")
_WORD = re.compile(r"\w+")
_STEM = 6  # letters that words of one root share
_OTHER_WORDS = ("грат", "гніт")  # «ґрати» and «грати» are different words


def quotes_mixed(text: str) -> Iterator[Slip]:
    """Quotes of several kinds; those within other quotes do not count."""
    found = [(_KINDS[one[0][0]], one.start(), one.end()) for one in _OUTER.finditer(text)]
    yield from _mixed("text-quotes-mixed", "лапки різного вигляду", found, "«…»")


def apostrophes_mixed(text: str) -> Iterator[Slip]:
    """Several characters for one apostrophe."""
    if sum(char in text for char in _APOSTROPHES) > 1:
        found = [(one[0], one.start(), one.end()) for one in _APOSTROPHE.finditer(text)]
        yield from _mixed("text-apostrophes-mixed", "апострофи різного вигляду", found)


def dates_mixed(text: str) -> Iterator[Slip]:
    """Dates in several styles."""
    found = sorted([*_dates_in_digits(text), *_dates_in_words(text)], key=lambda one: one[1])
    shown = {kind: text[start:end] for kind, start, end in reversed(found)}  # the first of each
    named = [(shown[kind], start, end) for kind, start, end in found]
    yield from _mixed("text-dates-mixed", "дати записано по-різному", named)


def _dates_in_digits(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield dates, and nothing that only looks like one, as the number of a measure."""
    for one in _IN_DIGITS.finditer(text):
        day = _DAY.search(text, max(0, one.start() - 3), one.start())
        if day is None or not 1 <= int(day[0]) <= _LAST_DAY or not 1 <= int(one[1]) <= _LAST_MONTH:
            continue
        if len(one[2]) == len("2023"):
            yield _IN_FULL, day.start(), one.end()
        elif int(one[2]) in _YEARS_OF_TWO_DIGITS and len(day[0]) == len("01"):
            yield _SHORT, day.start(), one.end()


def _dates_in_words(text: str) -> Iterator[tuple[str, int, int]]:
    for month in _MONTHS:
        start = text.find(month)
        while start >= 0:
            end = start + len(month)
            day = _DAY.search(text, max(0, start - 4), max(0, start - 1))
            year = _YEAR.match(text, end)
            if day and year:
                yield _IN_WORDS, day.start(), year.end()
            start = text.find(month, end)


def projects_mixed(text: str) -> Iterator[Slip]:
    """«Проект» by the spelling before 2019 and «проєкт» by that of 2019."""
    if "проєкт" in text or "Проєкт" in text:
        found = [(one[0].lower(), one.start(), one.end()) for one in _PROJECT.finditer(text)]
        yield from _mixed("text-spelling-mixed", "те саме слово записано по-різному", found)


def ge_mixed(text: str) -> Iterator[Slip]:
    """A word with «ґ» that stands elsewhere with «г»."""
    if "ґ" not in text and "Ґ" not in text:
        return
    words = [(one[0], one.start(), one.end()) for one in _WORD.finditer(text.lower())]
    stems = (word.replace("ґ", "г")[:_STEM] for word, _, _ in words if "ґ" in word)
    # In one pass over the words for all stems: a pass for each would never end on long texts.
    akin: dict[str, list[tuple[str, int, int]]] = {
        stem: [] for stem in stems if len(stem) >= _STEM - 1 and not stem.startswith(_OTHER_WORDS)
    }
    for one in words:
        bare = one[0].replace("ґ", "г")
        for stem in {bare[: _STEM - 1], bare[:_STEM]} & akin.keys():
            akin[stem].append(one)
    for found in akin.values():
        first = {"ґ" in word: word for word, _, _ in reversed(found)}
        named = [(first["ґ" in word], start, end) for word, start, end in found]
        yield from _mixed("text-spelling-mixed", "те саме слово записано по-різному", named)


def _mixed(
    code: str, what: str, found: list[tuple[str, int, int]], right: str = ""
) -> Iterator[Slip]:
    """Yield one slip, at the first of the rarest kind, if there are several kinds.

    One of them may be ``right`` however rare it is.
    """
    counts = Counter(kind for kind, _, _ in found)
    if len(counts) > 1:
        rarest = min(counts.keys() - {right}, key=lambda kind: (counts[kind], kind))
        start, end = next((start, end) for kind, start, end in found if kind == rarest)
        first, second = counts.most_common(2)
        hint = f"пишіть скрізь {right}" if right else "оберіть одне написання"
        hint += f"; частіше тут {first[0]}" if first[1] > second[1] and not right else ""
        yield Slip(code, start, end, f"в одному документі {what}: {_counted(counts)}", hint)


def _counted(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{kind} — {number}" for kind, number in ordered)


RULES = (quotes_mixed, apostrophes_mixed, dates_mixed, projects_mixed, ge_mixed)
