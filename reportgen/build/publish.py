"""Reports published: pages, downloads and open data gathered into one site."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reportgen.build.apart import draw
from reportgen.build.attachments import joint_attachments
from reportgen.build.current import Current
from reportgen.build.draft import draft
from reportgen.build.files import locked
from reportgen.build.formats import FORMATS, PDF_ENGINES
from reportgen.build.joint import Ground, consolidated_joint
from reportgen.build.make import Order
from reportgen.build.manifest import digest
from reportgen.build.project import Project
from reportgen.build.run import Outcome
from reportgen.build.site_data import OpenFiles
from reportgen.build.site_folder import SiteFolder
from reportgen.build.site_pages import DATA, add_pages
from reportgen.compute.report import compute_report
from reportgen.diagnostics import BrokenEnvironment, Diagnostic
from reportgen.load import Content, Reports, ReportSource, load_masthead, programme_slugs
from reportgen.model.council import Council
from reportgen.model.period import Period
from reportgen.publication.datapackage import FIGURES, PROGRAMMES, data_package
from reportgen.publication.facts import (
    PublishedPeriod,
    PublishedReport,
    RefusedReport,
    SiteFacts,
    SiteFile,
    UnreportedProgramme,
    alphabetical,
    by_programme,
    published_report,
)
from reportgen.publication.figures import figures_of
from reportgen.publication.programmes import listed
from reportgen.publication.way_back import with_way_back

#: Where the page of a report leads, and that of a period: addresses from it, with their names.
_FROM_REPORT = (("../../index.html", "← Усі програми"), ("index.html", "Усі звіти програми"))
_FROM_PERIOD = (("../index.html", "← Усі програми"), ("../periods.html", "Зведена інформація"))


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of a site; ``files`` counts what it holds, 0 where the old one was left alone."""

    reports: int
    refused: tuple[ReportSource, ...]
    files: int
    found: tuple[Diagnostic, ...]


def publish(  # noqa: PLR0913 - each is asked for by somebody else
    outcomes: Sequence[Outcome],
    content: Content,
    council: Council,
    project: Project,
    site: Path,
    *,
    dated: datetime.date | None,
    register: bool,
) -> Publication:
    """Make a site of reports that were built, and put it in its place.

    A report that has errors is not in it, and the site says so; where the templates have, or no
    report is without, the old site stays. ``register`` says that the list of programmes has those
    too that have a folder or stand in the council's register, and that nobody reports on.

    Raises:
        BrokenEnvironment: when the machine stops the work, or the place is not the site's.
    """
    refused = tuple(one.source for one in outcomes if not one.files)
    built = [one for one in outcomes if one.files]
    if not built:
        return Publication(0, refused, 0, ())
    with locked(site.parent), SiteFolder(site) as folder:
        work = _Work(content, council, project, folder, dated)
        reports = work.reports(built)
        periods = [*work.periods({one.period for one in reports})]
        programmes = by_programme(reports)
        slugs = programme_slugs(content) if register else {one.slug for one in refused}
        unreported = work.unreported(set(slugs) - {one.programme.slug for one in programmes})
        table = OpenFiles(folder, DATA, PROGRAMMES)
        registered = council.programmes.values() if register else ()
        table.add(listed(programmes, unreported, registered, council))
        table.close()
        files = {one.removeprefix(f"{DATA}/"): folder.file(one) for one in folder.paths}
        folder.add(f"{DATA}/datapackage.json", data_package(council, files))
        names = tuple(work.names(refused))
        facts = SiteFacts(programmes, unreported, tuple(periods), names)
        of_pages = add_pages(folder, project, council, facts)
        found = (*work.found, *of_pages)
        if of_pages:
            return Publication(len(reports), refused, 0, found)
        work.check_unchanged()
        folder.replace()
        return Publication(len(reports), refused, len(folder.paths), found)


class _Work:
    """What a site is made from, and what is found on the way."""

    def __init__(
        self,
        content: Content,
        council: Council,
        project: Project,
        folder: SiteFolder,
        dated: datetime.date | None,
    ) -> None:
        self._content = content
        self._council = council
        self._project = project
        self._folder = folder
        self._dated = dated
        self._loaded = Reports(project.root, council, project.templates)
        self.found: list[Diagnostic] = []
        self._copied: dict[Path, str] = {}  # files of reports → digests of what the site has
        self._drawn: list[tuple[Outcome, str, str]] = []  # with form and its edition

    def reports(self, built: Iterable[Outcome]) -> list[PublishedReport]:
        """Add the reports with their figures, one after another; of each a little is kept."""
        table = OpenFiles(self._folder, DATA, FIGURES)
        reports = [self._report(one, table) for one in built]
        table.close()
        return reports

    def _report(self, outcome: Outcome, table: OpenFiles) -> PublishedReport:
        source = outcome.source
        drafted = draft(source, self._content, self._project, self._dated, self._loaded)
        if drafted.report is None or drafted.document is None:
            raise _changed(source)
        computed = compute_report(drafted.report)
        table.add(figures_of(drafted.report, computed, drafted.document))
        data = {path.suffix.removeprefix("."): path.read_bytes() for path in outcome.files}
        self._copied |= dict(zip(outcome.files, map(digest, data.values()), strict=True))
        self._drawn.append((outcome, drafted.form_id, drafted.edition))
        data["html"] = with_way_back(data["html"], _FROM_REPORT)
        files = self._add(f"programmes/{source.slug}/{source.period.id}", data)
        return published_report(drafted.report, computed, files)

    def periods(self, periods: Iterable[Period]) -> Iterator[PublishedPeriod]:
        """Add the consolidated information of periods, the latest first, where it can be drawn."""
        for period in sorted(periods, key=lambda one: one.last_day, reverse=True):
            ground = Ground(self._content, self._council, self._project, self._dated)
            joint = consolidated_joint(ground, period)
            order = Order(FORMATS, PDF_ENGINES[0], self._dated, self._council.pdf)
            carried = partial(joint_attachments, joint, self._project)
            data, found = draw(joint, self._project, order, carried)
            self.found += found
            if data:
                data = {**data, "html": with_way_back(data["html"], _FROM_PERIOD)}
                yield PublishedPeriod(period, self._add(f"consolidated/{period.id}", data))

    def check_unchanged(self) -> None:
        """Make sure that the figures of the site are those of the files that it has copied.

        Raises:
            BrokenEnvironment: when content or built files have changed since.
        """
        output = self._drawn[0][0].files[0].parents[1]
        current = Current(self._project, output)
        for outcome, form_id, edition in self._drawn:
            same = (digest(one.read_bytes()) == self._copied[one] for one in outcome.files)
            if not current.files(outcome.source, form_id, edition) or not all(same):
                raise _changed(outcome.source)

    def unreported(self, slugs: Iterable[str]) -> tuple[UnreportedProgramme, ...]:
        """Return programmes by name, as their own files call them, else as the register does."""
        registered = {one.slug: one for one in self._council.programmes.values()}
        root = self._project.root
        unreported = []
        for slug in slugs:
            path = root / "content" / "programmes" / slug / "programme.yaml"
            passport = load_masthead(path, root, self._council)
            known = registered.get(slug)
            passport = replace(
                passport,
                name=passport.name or (known.name if known else slug),
                executor=passport.executor or (known.executor if known else None),
                decision=passport.decision or (known.decision if known else None),
            )
            unreported.append(UnreportedProgramme(slug, passport))
        unreported.sort(key=lambda one: (alphabetical(one.passport.name), one.slug))
        return tuple(unreported)

    def names(self, sources: Iterable[ReportSource]) -> Iterator[RefusedReport]:
        """Yield how people call reports, as far as their files can be read."""
        for source in sources:
            report = self._loaded.report(source).report
            name = report.programme.name if report else ""
            yield RefusedReport(name or source.slug, source.period)

    def _add(self, name: str, data: Mapping[str, bytes]) -> dict[str, SiteFile]:
        paths = {form: f"{name}.{form}" for form in data}
        return {
            form: SiteFile(path, self._folder.add(path, data[form])) for form, path in paths.items()
        }


def _changed(source: ReportSource) -> BrokenEnvironment:
    return BrokenEnvironment(
        f"{source.slug}/{source.period.id}: дані змінилися, поки складався сайт; "
        "запустіть publish ще раз"
    )
