"""Rules over the outline: its numbers.

A number is parts with points between («13.14.4»): the last one counts within what the others name.
Other numbers («IV», «2а») are the council's own and nothing is said of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from reportgen.check.view import View
from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.model.form import TableSection
from reportgen.model.programme import Item

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})*")
_SLIP = re.compile(r"\s|\.\.|^\.|[.,;:]$")
_LETTER = re.compile(r"(?<=[0-9.])[ЗОOIl](?=[0-9.]|$)|[ЗОOIl](?=[0-9])")
_AS_DIGITS = str.maketrans("ЗОOIl", "30011")
_MOST_MISSING = 1000  # a number far off is a slip of its own, not a thousand gaps
_PAIR = 2
_LONGEST_LISTED = 2  # numbers in a row that are named one by one

Number: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item with a number, and the numbers of the items that hold it, from the outermost."""

    item: Item
    number: Number
    above: tuple[Item, ...]

    @property
    def holder(self) -> Span | None:
        return self.above[-1].span if self.above else None


def number_slip(view: View) -> Iterator[Diagnostic]:
    """A number is typed with a blank, a letter for a digit or the point that the form prints."""
    for table in view.report.form.outlines:
        for item in view.report.programme.items(table.id):
            letter = _LETTER.search(item.number)
            if letter:
                message = (
                    f"у номері {quoted(item.number)} на місці цифри {_digit(letter)} стоїть літера"
                )
                message += f" «{letter[0]}»"
                hint = f"наберіть цифру: {_LETTER.sub(_digit, item.number)}; і у файлі періоду теж"
                yield finding("number-slip", item.span, message, hint)
            elif _SLIP.search(item.number):
                message = f"номер {quoted(item.number)} записано з описками"
                right = re.sub(r"\s", "", item.number).strip(".,;:")
                hint = f"пишіть його без пробілів і крапки в кінці: {right}; і у файлі періоду теж"
                yield finding("number-slip", item.span, message, hint)


def _digit(letter: re.Match[str]) -> str:
    return letter[0].translate(_AS_DIGITS)


def number_gap(view: View) -> Iterator[Diagnostic]:
    """Numbers are missing; one finding for all that are missing in one task.

    That is legal where a report has only the measures of its year, but a reader must be told.
    """
    for table in view.report.form.outlines:
        for siblings in _counted_together(view, table):
            last = [one.number[-1] for one in siblings]
            if max(last) > _MOST_MISSING:
                continue
            missing = sorted(set(range(1, max(last))).difference(last))
            if missing:
                yield _gap(table, siblings, missing)


def _gap(table: TableSection, siblings: Sequence[_Placed], missing: list[int]) -> Diagnostic:
    above = ".".join(map(str, siblings[0].number[:-1]))
    prefix = f"{above}." if above else ""
    listed = ", ".join(f"{prefix}{one}".replace("–", f"–{prefix}") for one in _ranges(missing))
    message = f"бракує номерів: {listed}" if len(missing) > 1 else f"бракує номера {listed}"
    hint = "якщо у звіті лише заходи цього року, усе гаразд"
    level = table.level(siblings[0].item.level)
    counted = "{position}" in level.number
    shifted = [one for one in siblings if one.item.position != one.number[-1]] if counted else []
    if shifted:
        hint += "; зважте, що форма друкує тут не номер, а лічить підряд"
    related = tuple(
        (one.item.span, f"«{one.item.number}» надруковано під номером {one.item.position}")
        for one in shifted
    )
    first = next(one for one in siblings if one.number[-1] > missing[0])
    return finding("number-gap", first.item.span, message, hint, related)


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Yield rising numbers, three and more in a row as a range: «2–12»."""
    run: list[int] = []
    for number in (*numbers, None):
        if number is not None and run and run[-1] == number - 1:
            run.append(number)
            continue
        if len(run) > _LONGEST_LISTED:
            yield f"{run[0]}–{run[-1]}"
        else:
            yield from map(str, run)
        run = [] if number is None else [number]


def number_order(view: View) -> Iterator[Diagnostic]:
    """An item stands out of order: one of the fewest that have to be moved."""
    for table in view.report.form.outlines:
        for placed in _in_one_place(_placed(view, table)):
            first: dict[Number, _Placed] = {}
            for one in placed:  # that a number comes again is told by itself
                first.setdefault(one.number, one)
            siblings = [*first.values()]
            kept = _longest_rising([one.number for one in siblings])
            last: _Placed | None = None
            for at, one in enumerate(siblings):
                if at in kept:
                    last = one
                    continue
                following = (each for each in range(at + 1, len(siblings)) if each in kept)
                wrong = last if last and one.number < last.number else siblings[next(following)]
                where = "після" if wrong is last else "перед"
                message = f"номер «{one.item.number}» стоїть {where} «{wrong.item.number}»"
                hint = "переставте його або виправте: порядок у звіті той самий, що тут"
                related = ((wrong.item.span, f"«{wrong.item.number}» тут"),)
                yield finding("number-order", one.item.span, message, hint, related)


def _longest_rising(numbers: Sequence[Number]) -> frozenset[int]:
    """Return the indices of a longest part of a sequence that never falls; of several, the first.

    Patience sorting from the end: of the parts of n + 1 numbers ``begins[n]`` is where the one
    with the greatest first number begins.
    """
    ranks = {number: -rank for rank, number in enumerate(sorted(set(numbers)))}
    begins: list[int] = []
    after: dict[int, int | None] = {}
    for at in reversed(range(len(numbers))):
        length = bisect_right(begins, ranks[numbers[at]], key=lambda one: ranks[numbers[one]])
        after[at] = begins[length - 1] if length else None
        begins[length : length + 1] = [at]
    kept: set[int] = set()
    following = begins[-1] if begins else None
    while following is not None:
        kept.add(following)
        following = after[following]
    return frozenset(kept)


def number_foreign(view: View) -> Iterator[Diagnostic]:
    """The number of a measure begins with that of another task than the one that holds it."""
    for table in view.report.form.outlines:
        for one in _placed(view, table):
            above = [number for item in one.above if (number := _number(item.number))]
            if len(one.number) == 1 or not above:
                continue
            whole = tuple(part for number in above for part in number)  # 4, then 1: «4.1»
            if not any(_begins(one.number, begin) for begin in (above[-1], whole)):
                holder = one.above[-1]
                message = f"номер «{one.item.number}» не належить до «{holder.number}», де він"
                message += " стоїть"
                hint = f"перенесіть його до {_task(one.number)} або виправте номер"
                related = ((holder.span, f"«{holder.number}» тут"),)
                yield finding("number-foreign", one.item.span, message, hint, related)


def _task(number: Number) -> str:
    return f"«{'.'.join(map(str, number[:-1]))}»"


@lru_cache(maxsize=4096)  # several rules ask for the same numbers
def _number(text: str) -> Number:
    return tuple(map(int, text.split("."))) if _NUMBER.fullmatch(text) else ()


def _begins(number: Number, begin: Number) -> bool:
    return len(number) > len(begin) and number[: len(begin)] == begin


def _placed(view: View, table: TableSection) -> Iterator[_Placed]:
    """Yield the items with numbers, top down."""

    def below(items: Iterable[Item], above: tuple[Item, ...]) -> Iterator[_Placed]:
        for item in items:
            number = _number(item.number)
            if number:
                yield _Placed(item, number, above)
            yield from below(item.children, (*above, item))

    yield from below(view.report.programme.outlines[table.id], ())


def _in_one_place(placed: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the items of each list of the file."""
    groups: dict[tuple[str, Span | None], list[_Placed]] = {}
    for one in placed:
        groups.setdefault((one.item.level, one.holder), []).append(one)
    yield from groups.values()


def _counted_together(view: View, table: TableSection) -> Iterator[list[_Placed]]:
    """Yield the items whose last numbers should follow one another.

    They are counted in the whole table: a row may stand below another task than its own, and
    indicators go on from group to group. Where a number comes twice, all that hold it count anew.
    """
    main = table.rows[0].id
    groups: dict[tuple[str, str, Number, Span | None], list[_Placed]] = {}
    for one in _placed(view, table):
        begins = one.number[:-1]
        inside = one.item.key.rpartition("/")[0]
        own = one.holder if begins and one.item.level != main else None
        groups.setdefault((one.item.level, inside, begins, own), []).append(one)
    for (_, _, begins, _), placed in groups.items():
        anew = not begins and len({one.number for one in placed}) < len(placed)
        yield from _in_one_place(placed) if anew else [placed]


RULES = (
    number_slip,
    number_gap,
    number_order,
    number_foreign,
)
