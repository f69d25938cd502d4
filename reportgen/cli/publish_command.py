"""``reportgen publish``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from reportgen.build.batch import Batch
from reportgen.build.built import BuiltBefore
from reportgen.build.examine import without_allowed
from reportgen.build.files import check_output
from reportgen.build.formats import FORMATS, PDF_ENGINES
from reportgen.build.make import Order
from reportgen.build.project import Project, open_project
from reportgen.build.publish import Publication, publish
from reportgen.build.records import records_folder
from reportgen.build.run import Outcome, build
from reportgen.build.site_folder import check_site
from reportgen.build.workers import processes, usable_cores
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, look_up
from reportgen.diagnostics import BrokenEnvironment, has_errors, plural, quoted
from reportgen.load import Content, ReportSource
from reportgen.model.period import Period

_SITE = "site"  # the folder in the output, where no other is named
_REPORTS = ("звіт", "звіти", "звітів")
_FILES = ("файл", "файли", "файлів")


def run(options: argparse.Namespace) -> int:
    """Build what is not built yet, and make a site of the reports that have no errors.

    Raises:
        BrokenEnvironment: for a programme or period that no report has, or a folder that is not a
            site's.
    """
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    sources = _of_periods(sources, options.periods)
    found = without_allowed(found, project)
    output = project.root / "output"
    check_output(output, project.root, asked=False)
    site = _place(options.output, output, project, content)
    if not content.sound or content.council is None or not sources:
        show(found, project)
        print(f"Нічого не оприлюднено: {counted(found)}.", file=sys.stderr)  # noqa: T201
        return 1
    order = Order(FORMATS, PDF_ENGINES[0], document_date(), content.council.pdf)
    jobs = min(options.jobs or usable_cores(), len(sources))
    outcomes = build(
        Batch(content, project, order),
        sources,
        output=output,
        pool=processes(jobs) if jobs > 1 else None,
        before=BuiltBefore(records_folder(project.root, "build"), order),
        finished=_tell,
    )
    publication = publish(
        outcomes,
        content,
        content.council,
        project,
        site,
        dated=order.dated,
        register=not options.programmes,
    )
    found += [one for outcome in outcomes for one in outcome.found]
    found += publication.found
    show(found, project)
    _sum_up(publication, site)
    return 1 if has_errors(found) else 0


def _of_periods(
    sources: Sequence[ReportSource], periods: Sequence[Period]
) -> Sequence[ReportSource]:
    """Return the reports of these periods, of all if none is named."""
    there = sorted({one.period.id for one in sources})
    for period in periods:
        if period.id not in there:
            listed = ", ".join(there) or "жодного"
            raise BrokenEnvironment(f"немає звіту за період {quoted(period.id)}; є: {listed}")
    return [one for one in sources if not periods or one.period in periods]


def _place(asked: Path | None, output: Path, project: Project, content: Content) -> Path:
    """Return where the site goes, once it is sure that it may."""
    site = Path(asked.absolute() if asked else output / _SITE)
    check_output(site, project.root, asked=asked is not None)
    if output.resolve().is_relative_to(site.resolve()):
        raise BrokenEnvironment(f"у теці {site} лежать складені файли: вкажіть у --output іншу")
    if site.resolve().parent == output.resolve() and any(
        one.slug == site.name for one in content.sources
    ):
        raise BrokenEnvironment(
            f"тека програми зветься {site.name}, як тека сайту: вкажіть у --output іншу"
        )
    check_site(site)
    return site


def _tell(outcome: Outcome) -> None:
    if outcome.files and not outcome.kept:
        print(f"Складено {outcome.source.slug}/{outcome.source.period.id}")  # noqa: T201


def _sum_up(publication: Publication, site: Path) -> None:
    for source in publication.refused:
        message = f"Не оприлюднено через помилки: {source.slug}/{source.period.id}"
        print(message, file=sys.stderr)  # noqa: T201
    if not publication.files:
        print("Сайт не змінено.", file=sys.stderr)  # noqa: T201
        return
    reports = f"{publication.reports} {plural(publication.reports, _REPORTS)}"
    files = f"{publication.files} {plural(publication.files, _FILES)}"
    print(f"Оприлюднено {reports}: {files} у теці {site}")  # noqa: T201
