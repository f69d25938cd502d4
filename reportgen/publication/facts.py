"""What the pages say of reports: a little of each, so that thousands fit in the memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.compute.consolidated import percent
from reportgen.compute.figures import Figures
from reportgen.compute.money import contribution
from reportgen.load import Masthead
from reportgen.model.meaning import Meaning
from reportgen.model.period import Period
from reportgen.model.programme import Executors, Programme
from reportgen.model.report import Report

_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_ORDER = str.maketrans(_ALPHABET, "".join(chr(0x430 + index) for index in range(len(_ALPHABET))))


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site: its path from the site's folder, and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """One report; amounts in thousands of hryvnias, ``None`` where the form has none.

    ``executors`` are those of its measures, by official name.
    """

    period: Period
    programme: Programme
    files: Mapping[str, SiteFile]  # by format
    executors: tuple[str, ...]
    plan: Decimal | None
    actual: Decimal | None
    percent: Decimal | None
    decimals: int


@dataclass(frozen=True, slots=True)
class PublishedProgramme:
    """A programme with its reports, the latest first; its passport is that of the latest."""

    reports: tuple[PublishedReport, ...]

    @property
    def programme(self) -> Programme:
        """The passport."""
        return self.reports[0].programme

    @property
    def page(self) -> str:
        """The path of the programme's own page."""
        return f"programmes/{self.programme.slug}/index.html"

    @property
    def executors(self) -> tuple[str, ...]:
        """The executors of its measures, each once."""
        return tuple(dict.fromkeys(name for one in self.reports for name in one.executors))


@dataclass(frozen=True, slots=True)
class UnreportedProgramme:
    """A programme with a folder of its own and no report on the site."""

    slug: str
    passport: Masthead


@dataclass(frozen=True, slots=True)
class RefusedReport:
    """A report that has errors, and so is not published."""

    name: str  # of its programme, or its folder where that cannot be read
    period: Period


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    """A period and the files of its consolidated information, by format."""

    period: Period
    files: Mapping[str, SiteFile]


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """All that the pages speak of."""

    programmes: tuple[PublishedProgramme, ...]
    unreported: tuple[UnreportedProgramme, ...]  # by name
    periods: tuple[PublishedPeriod, ...]
    refused: tuple[RefusedReport, ...]


def published_report(
    report: Report, computed: Mapping[str, Figures], files: Mapping[str, SiteFile]
) -> PublishedReport:
    """Return what the pages say of a report; of the programme only the passport is kept."""
    added = contribution(report, computed)
    money = {meaning: one.value for meaning, one in added.money.items()}
    return PublishedReport(
        period=report.period.period,
        programme=replace(report.programme, outlines={}, texts={}),
        files=files,
        executors=tuple(_executors(computed.values())),
        plan=money.get(Meaning.ANNUAL_PLAN),
        actual=money.get(Meaning.ACTUAL),
        percent=percent(money),
        decimals=added.decimals,
    )


def _executors(computed: Iterable[Figures]) -> Iterable[str]:
    """Return the official names of all who carry out measures, each once."""
    given = (value for one in computed for line in one.lines for value in line.values.values())
    bodies = (body for one in given if isinstance(one, Executors) for body in one.bodies)
    return dict.fromkeys(body.name for body in bodies)


def by_programme(reports: Iterable[PublishedReport]) -> tuple[PublishedProgramme, ...]:
    """Return programmes by name, each with its reports from the latest to the first."""
    groups: dict[str, list[PublishedReport]] = {}
    for one in reports:
        groups.setdefault(one.programme.slug, []).append(one)
    programmes = (
        PublishedProgramme(tuple(sorted(each, key=lambda one: one.period.last_day, reverse=True)))
        for each in groups.values()
    )
    return tuple(sorted(programmes, key=lambda one: alphabetical(one.programme.name)))


def alphabetical(name: str) -> tuple[str, str]:
    """Return what names are put in the order of the Ukrainian alphabet by."""
    letters = "".join(one for one in name.casefold() if one.isalnum() or one.isspace())
    return letters.translate(_ORDER), name
