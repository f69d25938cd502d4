"""The council and its registers: who carries out, who signs, where money comes from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reportgen.diagnostics import Span
from reportgen.model.standard import Profile
from reportgen.model.timetable import Step


@dataclass(frozen=True, slots=True)
class PageProfile:
    """Page and type, by ДСТУ 4163:2020 unless a council decides otherwise.

    Lengths are millimetres, sizes are points. The paper is A4.
    """

    landscape: bool = True
    left: float = 30
    right: float = 10
    top: float = 20
    bottom: float = 20
    text_size: float = 12
    table_size: float = 9
    heading_size: float = 8  # of the headings of columns: long words in narrow columns
    font: str = ""  # "" means the first Times-metric family that the machine has
    font_span: Span | None = field(default=None, compare=False)

    def turned(self, landscape: bool | None) -> PageProfile:  # noqa: FBT001 - one of two, or as it is
        """Return the page as a form wants it; the margins are the same sides of the sheet."""
        return self if landscape is None else replace(self, landscape=landscape)

    @property
    def width(self) -> float:
        """Width of the sheet, mm."""
        return 297.0 if self.landscape else 210.0

    @property
    def height(self) -> float:
        """Height of the sheet, mm."""
        return 210.0 if self.landscape else 297.0

    @property
    def text_width(self) -> float:
        """Width between the margins, mm: what a table may take."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height between the margins, mm."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How numbers are printed: comma, and groups of three parted by U+00A0."""

    group_from: int = 4  # digits before the comma from which groups are parted: 4 or 5


@dataclass(frozen=True, slots=True)
class Executor:
    """A body that carries out measures."""

    id: str
    name: str  # the one official spelling
    short: str  # as printed where the council's name is understood; the name if none
    aliases: tuple[str, ...]  # spellings seen in older documents
    code: str  # ЄДРПОУ; "" if not given
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the council."""

    date: datetime.date
    number: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class RegisteredProgramme:
    """A target programme as other documents name it.

    ``slug`` is the folder of its own reports, "" where the content has none.
    """

    id: str
    name: str  # the one official spelling
    aliases: tuple[str, ...]  # spellings seen in older documents
    span: Span = field(compare=False)
    slug: str = ""
    decision: Decision | None = None
    executor: Executor | None = None  # the body that answers for it


@dataclass(frozen=True, slots=True)
class Official:
    """A person who signs."""

    id: str
    position: str
    given: str
    surname: str  # in capitals, as it is signed
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Fund:
    """A funding source."""

    id: str
    name: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Council:
    """The council whose content this is, with its registers by id."""

    id: str
    name: str
    genitive: str
    page: PageProfile
    numbers: NumberStyle
    executors: Mapping[str, Executor]
    officials: Mapping[str, Official]
    funds: Mapping[str, Fund]
    programmes: Mapping[str, RegisteredProgramme]
    timetable: tuple[Step, ...] = ()  # none: nothing is ever late
    pdf: Profile = Profile()  # noqa: RUF009 - it is frozen
