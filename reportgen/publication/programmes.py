"""The council's list of target programmes, as the state's recommendations on open data ask.

Names of columns are those of the national portal's dataset «Перелік цільових програм».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.model.council import Council, Decision, RegisteredProgramme
from reportgen.publication.facts import PublishedProgramme
from reportgen.publication.figures import squeezed


@dataclass(frozen=True, slots=True)
class ListedProgramme:
    """One programme; "" where content does not say. Links are relative to the site's first page."""

    identifier: str
    title: str
    orderDateAccepted: str  # noqa: N815 - named so by the portal; as 2020-12-24
    orderNumber: str  # noqa: N815
    publisherName: str  # noqa: N815 - the council that has decided
    yearFrom: str  # noqa: N815
    yearTo: str  # noqa: N815
    executorName: str  # noqa: N815
    executorIdentifier: str  # noqa: N815 - ЄДРПОУ
    url: str
    reportUrls: str  # noqa: N815 - parted by blanks


def listed(
    programmes: Sequence[PublishedProgramme],
    registered: Iterable[RegisteredProgramme],
    council: Council,
) -> Iterator[ListedProgramme]:
    """Yield the programmes that have reports here, then others that the register knows."""
    for one in programmes:
        programme = one.programme
        executor = programme.executor
        yield ListedProgramme(
            identifier=programme.slug,
            title=squeezed(programme.name),
            **_order(programme.decision),
            publisherName=squeezed(council.name),
            yearFrom=str(programme.term.first) if programme.term else "",
            yearTo=str(programme.term.last) if programme.term else "",
            executorName=squeezed(executor.name) if executor else "",
            executorIdentifier=executor.code if executor else "",
            url=one.page,
            reportUrls=" ".join(report.files["html"].path for report in one.reports),
        )
    there = {one.programme.slug for one in programmes}
    names = {squeezed(one.programme.name) for one in programmes}
    for other in registered:
        known = {other.slug, other.id} & there or squeezed(other.name) in names
        there.add(other.slug or other.id)
        if not known:
            yield ListedProgramme(
                identifier=other.slug or other.id,
                title=squeezed(other.name),
                **_order(other.decision),
                publisherName=squeezed(council.name),
                yearFrom="",
                yearTo="",
                executorName="",
                executorIdentifier="",
                url="",
                reportUrls="",
            )


def _order(decision: Decision | None) -> dict[str, str]:
    return {
        "orderDateAccepted": decision.date.isoformat() if decision else "",
        "orderNumber": decision.number if decision else "",
    }
