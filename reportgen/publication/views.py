"""What the templates of the site see: texts as they are printed, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.consolidated import PERCENT_PLACES
from reportgen.document.lines import print_date
from reportgen.document.numbers import print_number
from reportgen.document.plain_table import NOTHING
from reportgen.model.council import NumberStyle
from reportgen.model.programme import Programme
from reportgen.publication.facts import (
    PublishedPeriod,
    PublishedProgramme,
    PublishedReport,
    RefusedReport,
    SiteFile,
    UnreportedProgramme,
    alphabetical,
)

_KILO = 1024
_DOWNLOADS = {"docx": "Word (DOCX)", "xlsx": "Excel (XLSX)", "pdf": "PDF"}


@dataclass(frozen=True, slots=True)
class DownloadView:
    """A file to download: «Word (DOCX)», its path from the site's folder, «45 КБ»."""

    name: str
    path: str
    size: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report, or the consolidated information of a period, which has no amounts here."""

    period: str
    page: str  # the path of the document as a page
    downloads: tuple[DownloadView, ...]
    plan: str = ""
    actual: str = ""
    percent: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme; "" where content does not say."""

    name: str
    page: str
    decision: str
    executor: str
    term: str
    reports: tuple[ReportView, ...]
    executors: tuple[str, ...]  # of its measures


@dataclass(frozen=True, slots=True)
class UnreportedView:
    """A programme that has no report on the site; "" where content does not say."""

    name: str
    executor: str


@dataclass(frozen=True, slots=True)
class ExecutorView:
    """An executor with the programmes that it answers for, and those whose measures it has."""

    name: str
    responsible: tuple[ProgrammeView, ...]
    carries_out: tuple[ProgrammeView, ...]


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A report that is not published because of errors."""

    name: str
    period: str


def programme_views(
    programmes: Iterable[PublishedProgramme], numbers: NumberStyle
) -> tuple[ProgrammeView, ...]:
    """Return the programmes in their order."""
    return tuple(_programme(one, numbers) for one in programmes)


def unreported_views(programmes: Iterable[UnreportedProgramme]) -> tuple[UnreportedView, ...]:
    """Return the programmes without a report in their order."""
    passports = (one.passport for one in programmes)
    return tuple(
        UnreportedView(one.name, one.executor.name if one.executor else "") for one in passports
    )


def executor_views(programmes: Iterable[ProgrammeView]) -> tuple[ExecutorView, ...]:
    """Return all executors by name."""
    responsible: dict[str, list[ProgrammeView]] = {}
    carries_out: dict[str, list[ProgrammeView]] = {}
    for one in programmes:
        if one.executor:
            responsible.setdefault(one.executor, []).append(one)
        for name in one.executors:
            carries_out.setdefault(name, []).append(one)
    names = sorted({*responsible, *carries_out}, key=alphabetical)
    return tuple(
        ExecutorView(name, tuple(responsible.get(name, ())), tuple(carries_out.get(name, ())))
        for name in names
    )


def period_views(periods: Iterable[PublishedPeriod]) -> tuple[ReportView, ...]:
    """Return the consolidated information of each period."""
    return tuple(
        ReportView(str(one.period), one.files["html"].path, tuple(_downloads(one.files)))
        for one in periods
    )


def refused_views(refused: Sequence[RefusedReport]) -> tuple[RefusedView, ...]:
    """Return what is not published, by programme and period."""
    ordered = sorted(refused, key=lambda one: (alphabetical(one.name), one.period.last_day))
    return tuple(RefusedView(one.name, str(one.period)) for one in ordered)


def print_size(size: int) -> str:
    """Return a size as people read it, such as «45 КБ» or «1,2 МБ»."""
    if size < _KILO:
        return f"{size} Б"
    if size < _KILO * _KILO:
        return f"{-(-size // _KILO)} КБ"
    return f"{size / _KILO / _KILO:.1f} МБ".replace(".", ",")


def _programme(one: PublishedProgramme, numbers: NumberStyle) -> ProgrammeView:
    programme = one.programme
    return ProgrammeView(
        name=programme.name,
        page=one.page,
        decision=_decision(programme),
        executor=programme.executor.name if programme.executor else "",
        term=f"{programme.term} рр." if programme.term else "",
        reports=tuple(_report(report, numbers) for report in one.reports),
        executors=one.executors,
    )


def _decision(programme: Programme) -> str:
    if programme.decision is None:
        return ""
    changed = ", зі змінами" if programme.amended else ""
    return f"від {print_date(programme.decision.date)} № {programme.decision.number}{changed}"


def _report(one: PublishedReport, numbers: NumberStyle) -> ReportView:
    def printed(value: Decimal | None, decimals: int) -> str:
        return NOTHING if value is None else print_number(value, decimals, numbers)

    return ReportView(
        period=str(one.period),
        page=one.files["html"].path,
        downloads=tuple(_downloads(one.files)),
        plan=printed(one.plan, one.decimals),
        actual=printed(one.actual, one.decimals),
        percent=printed(one.percent, PERCENT_PLACES),
    )


def _downloads(files: Mapping[str, SiteFile]) -> Iterator[DownloadView]:
    for form, name in _DOWNLOADS.items():
        if form in files:
            yield DownloadView(name, files[form].path, print_size(files[form].size))
