"""The council's list of target programmes, as the state's recommendations on open data ask.

Names of columns are those of the national portal's dataset «Перелік цільових програм».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.model.council import Council, Decision, Executor, RegisteredProgramme
from reportgen.model.programme import Term
from reportgen.publication.facts import PublishedProgramme, UnreportedProgramme
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
    unreported: Sequence[UnreportedProgramme],
    registered: Iterable[RegisteredProgramme],
    council: Council,
) -> Iterator[ListedProgramme]:
    """Yield the programmes that have reports here, those that have none, and the register's."""
    for one in programmes:
        programme = one.programme
        yield _listed(
            council,
            programme.slug,
            programme.name,
            programme.decision,
            programme.executor,
            programme.term,
            url=one.page,
            reports=" ".join(report.files["html"].path for report in one.reports),
        )
    for begun in unreported:
        passport = begun.passport
        named = (begun.slug, passport.name, passport.decision, passport.executor, passport.term)
        yield _listed(council, *named)
    there = {*(one.programme.slug for one in programmes), *(one.slug for one in unreported)}
    names = {
        *(squeezed(one.programme.name) for one in programmes),
        *(squeezed(one.passport.name) for one in unreported),
    }
    for other in registered:
        known = {other.slug, other.id} & there or squeezed(other.name) in names
        there.add(other.slug or other.id)
        if not known:
            slug = other.slug or other.id
            yield _listed(council, slug, other.name, other.decision, other.executor, None)


def _listed(  # noqa: PLR0913, PLR0917 - what is known of a programme, in the order of the list
    council: Council,
    slug: str,
    name: str,
    decision: Decision | None,
    executor: Executor | None,
    term: Term | None,
    *,
    url: str = "",
    reports: str = "",
) -> ListedProgramme:
    return ListedProgramme(
        identifier=slug,
        title=squeezed(name),
        orderDateAccepted=decision.date.isoformat() if decision else "",
        orderNumber=decision.number if decision else "",
        publisherName=squeezed(council.name),
        yearFrom=str(term.first) if term else "",
        yearTo=str(term.last) if term else "",
        executorName=squeezed(executor.name) if executor else "",
        executorIdentifier=executor.code if executor else "",
        url=url,
        reportUrls=reports,
    )
