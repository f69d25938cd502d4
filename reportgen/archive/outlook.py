"""How long a signed file of the archive proves what it proves, and whether that can be renewed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.diagnostics import quoted
from reportgen.model.verdict import Level, Outcome, Signed, Verdict

_PDF, _CONTAINER = ".pdf", ".asice"
#: The levels at which a file takes a new time-stamp, by the end of its name: below them there is no
#: evidence in a PDF that it could carry on, and no archive time-stamp in a container.
_RENEWABLE: Final = {
    _PDF: frozenset({Level.LT, Level.LTA}),
    _CONTAINER: frozenset({Level.LTA}),
}

_UNSOUND: Final = {
    Outcome.INVALID: "підпис недійсний",
    Outcome.UNTRUSTED: "довіру до підпису не встановлено",
}
_TOO_LOW: Final = (
    "рівень {level}: у файлі немає даних, за якими підпис перевірять у майбутньому; підпишіть "
    "складений файл знову профілем рівня B-LTA (sign … --replace) і внесіть пакет ще раз"
)
_MOST_LISTED: Final = 20
ELSEWHERE: Final = (
    "нову позначку часу ставить програма чи служба надавача, у якій зроблено підпис; поновіть там, "
    "покладіть файл поруч із підписаними (sign keep) і внесіть пакет ще раз"
)


def holds_until(name: str, signed: Sequence[Signed]) -> datetime.datetime | None:
    """Return when the evidence of a file ends; ``None`` where nobody can tell.

    In a PDF the last signature covers those before. Elsewhere the first that ends counts, and of
    one that cannot be reckoned here no more is known than when its certificate ends.
    """
    if name.lower().endswith(_PDF):
        known = [one.holds_until for one in signed if one.holds_until]
        return known[-1] if known else None
    ends = [one.holds_until or (one.holder.until if one.holder else None) for one in signed]
    return min(filter(None, ends), default=None) if all(ends) else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long a signed file proves what it proves, and why no time-stamp could carry that on."""

    until: datetime.datetime | None  # None where nobody can tell
    hindrance: str  # a Ukrainian sentence with what to do instead; "" if there is none

    def is_due(self, before: datetime.datetime) -> bool:
        """Tell whether a new time-stamp is needed before a day, and can be had here."""
        return not self.hindrance and not self.lasts(before)

    def lasts(self, before: datetime.datetime) -> bool:
        """Tell whether it is certain that the evidence does not end before a day."""
        return self.until is not None and self.until > before


def outlook(name: str, verdict: Verdict) -> Outlook:
    """Return what is to be expected of a file of the archive, by what was found of it now."""
    if verdict.outcome in _UNSOUND:
        said = [*verdict.faults, *(each for one in verdict.signed for each in one.faults)]
        why = "; ".join([_UNSOUND[verdict.outcome], *said[:1]])
        return Outlook(None, f"{why}: з'ясуйте, що сталося, і внесіть справний файл знову")
    until = holds_until(name, verdict.signed)
    if verdict.outcome is Outcome.UNKNOWN or Path(name).suffix.lower() not in _RENEWABLE:
        return Outlook(until, ELSEWHERE)
    reached = _too_low(name, verdict)
    return Outlook(until, _TOO_LOW.format(level=reached.value) if reached else "")


def remarks_on(unsigned: Sequence[str], judged: Mapping[str, Verdict]) -> Iterator[str]:
    """Tell of the files of a bag that prove nothing, or will not for long, whatever is renewed.

    ``unsigned`` are PDFs that nobody signed, ``judged`` is what was found of all others: both by
    the names that they had in the package.
    """
    if unsigned:
        names = _listed([*map(quoted, unsigned)])
        yield f"ніхто не підписав: {names}; якщо мали підписати, підпишіть і внесіть пакет ще раз"
    low = {name: _too_low(name, one) for name, one in judged.items()}
    weak = [f"{quoted(name)} ({level.value})" for name, level in low.items() if level]
    if weak:
        yield (
            f"рівень підпису замалий для архіву: {_listed(weak)}; у файлі немає даних, за якими "
            "підпис перевірять у майбутньому, тож archive renew його не поновить: підпишіть "
            "складене знову профілем рівня B-LTA (sign … --replace) і внесіть пакет ще раз"
        )


def _too_low(name: str, verdict: Verdict) -> Level | None:
    """Return the level of a sound file if no time-stamp of ours could carry it on for that."""
    levels = [one.level for one in verdict.signed if one.level]
    enough = _RENEWABLE.get(Path(name).suffix.lower())
    if enough is None or verdict.outcome is not Outcome.VALID or not enough.isdisjoint(levels):
        return None
    return max(levels, key=[*Level].index, default=Level.B)


def _listed(names: Sequence[str]) -> str:
    """Return names on one line; of hundreds the first are enough."""
    more = f" і ще {len(names) - _MOST_LISTED}" if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more
