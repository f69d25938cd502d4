"""A council package: what goes to one session as one set of documents."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from reportgen.diagnostics import Span
from reportgen.model.council import Official
from reportgen.model.period import Period


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the council: its number and convocation as they are written («35», «VIII»)."""

    number: str
    convocation: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Adopted:
    """The decision once it is voted: its number and day. Before that both are blanks."""

    number: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Annex:
    """A report of the package: «Додаток ``number`` до рішення …»."""

    number: int  # from 1, in the order of the package
    slug: str
    period: Period
    span: Span


@dataclass(frozen=True, slots=True)
class Package:
    """One package, ``content/packages/<id>.yaml``.

    ``title`` is what the decision is about: «Про звіти про виконання міських цільових програм за
    2023 рік». ``speaker`` reports it at the session, ``signatory`` signs the decision.
    """

    id: str
    council: str  # its name in the genitive: «Житомирської міської ради»
    title: str
    place: str  # where the decision is made, «м. Житомир»; "" if not given
    session: Session
    adopted: Adopted | None
    speaker: Official | None
    signatory: Official
    annexes: tuple[Annex, ...]
    consolidated: bool  # whether the consolidated information stands before the annexes
    span: Span

    @property
    def day(self) -> datetime.date:
        """The day of the decision; before the vote, that of the session."""
        return self.adopted.date if self.adopted else self.session.date
