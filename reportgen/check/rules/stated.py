"""What a narrative states of its row's money in so many words: what was paid, planned, its share.

Only three ways of saying it are known, and only of the row as a whole: «профінансовано 105,1 тис.
грн», «план 1639,1 тис. грн», «використано 95,0 % плану». A sum of a part («30,0 тис. грн на
книжки»), of one fund or of another time is not held against the row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportgen.check.view import Row, written
from reportgen.model.programme import Amount

_BLANK = r"[ \u00a0\u202f]"
_NUMBER = rf"(?<![\d.,])(?:\d{{1,3}}(?:{_BLANK}\d{{3}}){{1,6}}(?!\d)|\d+)(?:,\d+)?(?!\d)"
_UNIT = rf"{_BLANK}?(?:(?:тис|млн|млрд)\.?{_BLANK}?)?(?:грн\b\.?|гривень\b|гривн[іяю]\b)"
_PAID = r"\b(?<!не )(?:про)?фінансовано|\b(?<!не )(?:використано|освоєно)"
_WHOLE = r"(?:\s+(?:усього|всього|загалом|коштів|кошти|(?:[ву]\s+сумі|на\s+суму)))?"
_STOP = r"\s*(?:[,;()]|\.(?:\s|$)|$)"
_END = rf"(?={_STOP}|\s+(?:із|зі|з|від|при|за)\s+(?:річн\w+\s+)?(?:план|заплан|[0-9]))"
_OF_PLAN = r"(?:\s+(?:(?:від|до)\s+)?(?:річн\w+\s+|уточнен\w+\s+)?план(?:у|ових|ового)\b)"

_PAID_SUM = re.compile(rf"(?:{_PAID}){_WHOLE}\s+({_NUMBER}{_UNIT}){_END}", re.IGNORECASE)
_PLAN_SUM = re.compile(
    rf"\bплан(?:ом|у|і)?(?:\s+(?:на\s+(?:20\d\d\s+)?рік|зі\s+змінами|фінансування|видатків))?"
    rf"(?:\s*[:–—-]|\s+(?:становить|складає))?\s+({_NUMBER}{_UNIT}){_END}"
    rf"|(?:{_PAID}){_WHOLE}\s+{_NUMBER}{_UNIT}\s+(?:із|зі|з)\s+(?:запланованих\s+)?"
    rf"({_NUMBER}(?:{_UNIT})?)(?={_STOP})",
    re.IGNORECASE,
)
_PAID_SHARE = re.compile(
    rf"(?:{_PAID})(?:\s+на)?\s+({_NUMBER}){_BLANK}?%(?:{_OF_PLAN}|(?={_STOP}))",
    re.IGNORECASE,
)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[А-ЯҐЄІЇ«])|\n")
#: A sentence with one of these speaks of one fund, of a part of the year or of another year.
_IN_PART = re.compile(
    r"бюджет|субвенц|грант|інвест|кредит|рахунок|коштом|залуч|обласн|державн|місцев|потреб|варт[оі]"
    r"|кошторис|кварт|півріч|місяц|січ[ен]|лют|берез|квіт|трав|черв|лип[ен]|серп|верес|жовт|листоп"
    r"|груд|минул|поперед|догов|контракт|зокрема|[ву] т\.|тому числі|кожн|\b20\d\d\b(?!\s+рік\b)",
    re.IGNORECASE,
)
_STEMS = ("фінансовано", "використано", "освоєно", "план")  # without one nothing is stated
_UNITS = {"тис": 10**3, "млн": 10**6, "млрд": 10**9}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says otherwise than the figures of its row do."""

    said: str
    fact: str  # what the figures say, as a message has it


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a text has it; rounded somehow, it stands for all within ``step`` of it."""

    value: Decimal
    step: Decimal

    @classmethod
    def of(cls, text: str, unit: Decimal = Decimal(1)) -> Figure:
        """Return the number that a text begins with, in units of its own."""
        found = re.match(_NUMBER, text)
        number = re.sub(r"\s", "", found[0] if found else "0").replace(",", ".")
        value = Decimal(number)
        places = len(number.partition(".")[2])
        return cls(value * unit, Decimal(1).scaleb(-places) * unit)

    def is_any(self, values: Collection[Decimal]) -> bool:
        """Tell whether one of the values may be rounded to this."""
        return any(abs(self.value - one) < self.step for one in values)


def stated_otherwise(row: Row, unit: int) -> Iterator[Stated]:
    """Yield what the row's narrative states against its figures, in units of so many hryvnias."""
    text = row.text("info")
    small = text.casefold()
    if not any(one in small for one in _STEMS):
        return
    sums = set(amounts_of(row))
    shares = set(_shares(row))
    for sentence in _BETWEEN_SENTENCES.split(text):
        if _IN_PART.search(sentence):
            continue
        paid = [*_PAID_SUM.finditer(sentence)] if unit else []
        if len(paid) == 1 and not sum_of(paid[0][1], unit).is_any(sums):
            yield Stated(paid[0][0], f"профінансовано {row.written('actual')}")
        for one in _PLAN_SUM.finditer(sentence) if unit else ():
            plan = "annual_plan" if row.amount("amended_plan") is None else "amended_plan"
            scale = one[1] or (one[2] if "грн" in one[2] else f"{one[2]} {_scale(one[0])}")
            if row.amount(plan) is not None and not sum_of(scale, unit).is_any(sums):
                yield Stated(one[0], f"план {row.written(plan)}")
        for one in _PAID_SHARE.finditer(sentence):
            if shares and not Figure.of(one[1]).is_any(shares):
                fact = " чи ".join(f"{written(share, 1)} %" for share in sorted(shares))
                yield Stated(one[0], f"профінансовано {fact} плану")


def sum_of(text: str, unit: int) -> Figure:
    """Return a sum of a text in the form's unit."""
    scale = next((worth for name, worth in _UNITS.items() if name in text.lower()), 1)
    return Figure.of(text, Decimal(scale) / unit)


def _scale(text: str) -> str:
    """Return the unit that a later number of a phrase shares with the one before it."""
    return next((name for name in _UNITS if name in text.lower()), "")


def amounts_of(row: Row) -> Iterator[Decimal]:
    """Yield all amounts of a row and its parts, by fund too."""
    for one in row.walk():
        for value in one.values.values():
            if isinstance(value, Amount):
                yield value.value
                yield from value.funds.values()


def _shares(row: Row) -> Iterator[Decimal]:
    """Yield what percent of each plan was paid."""
    actual = row.amount("actual")
    for plan in ("programme_plan", "annual_plan", "amended_plan"):
        planned = row.amount(plan)
        if actual is not None and planned:
            yield actual / planned * 100
