"""The site's own pages: rendered from the council's templates or the shipped ones, then judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reportgen.build.files import read_regular
from reportgen.build.overrides import site_faults
from reportgen.build.project import LARGEST_FRAME, Project
from reportgen.build.site_folder import SiteFolder
from reportgen.build.workers import TOO_LONG, ending, limited
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors, reason
from reportgen.model.council import Council
from reportgen.publication.datapackage import FORMATS, TABLES, OpenTable
from reportgen.publication.facts import SiteFacts
from reportgen.publication.pages import (
    FieldView,
    SiteView,
    TableView,
    policy_of,
    render_pages,
)
from reportgen.publication.soundness import page_faults
from reportgen.publication.templates import FOLDER, TEMPLATES
from reportgen.publication.views import (
    executor_views,
    period_views,
    print_size,
    programme_views,
    refused_views,
    unreported_views,
)
from reportgen.write.frame import FrameError

#: The folder of the site that open data lie in.
DATA = "data"

_MOST_FAULTS = 20


def add_pages(
    folder: SiteFolder, project: Project, council: Council, facts: SiteFacts
) -> list[Diagnostic]:
    """Add the pages to a site that has all its other files; with findings it is not whole."""
    found = [*site_faults(project)]
    if has_errors(found):
        return found
    views = programme_views(facts.programmes, council.numbers)
    site = SiteView(
        council=council.name,
        genitive=council.genitive,
        programmes=views,
        unreported=unreported_views(facts.unreported),
        executors=executor_views(views),
        periods=period_views(facts.periods),
        refused=refused_views(facts.refused),
        tables=tuple(_table(one, folder) for one in TABLES),
    )
    try:
        templates = _templates(project)
        with limited(ending(TOO_LONG)):
            pages = render_pages(site, templates)
    except FrameError as error:
        span = Span(f"templates/{FOLDER}/{error.file}", error.line)
        return [finding("template-invalid", span, one) for one in error.messages]
    for path, page in pages.items():
        folder.add(path, page)
    return [*_faults(pages, folder, policy_of(templates))][:_MOST_FAULTS]


def _faults(pages: Mapping[str, bytes], folder: SiteFolder, policy: str) -> Iterator[Diagnostic]:
    place = Span(f"templates/{FOLDER}")
    for path, page in pages.items():
        for fault in page_faults(path, page, folder.paths, policy):
            yield finding("template-invalid", place, f"Сторінка {fault}")


def _table(table: OpenTable, folder: SiteFolder) -> TableView:
    paths = {form: f"{DATA}/{table.name}.{form}" for form in FORMATS}
    return TableView(
        title=table.title,
        description=table.description,
        files=tuple(
            (form.upper(), path, print_size(folder.file(path).size)) for form, path in paths.items()
        ),
        fields=tuple(FieldView(one.name, one.title, one.description) for one in table.fields),
    )


def _templates(project: Project) -> dict[str, str]:
    """Return the texts of the templates: the council's own, where it has one.

    Raises:
        FrameError: when one cannot be read.
    """
    return {
        name: _read(name, [one / FOLDER / name for one in project.templates]) for name in TEMPLATES
    }


def _read(name: str, paths: Sequence[Path]) -> str:
    path = next((one for one in paths if one.is_file()), paths[-1])
    try:
        return read_regular(path, LARGEST_FRAME).decode()
    except OSError as error:
        raise FrameError(name, 1, f"шаблон не читається: {reason(error)}") from error
    except UnicodeDecodeError as error:
        message = "шаблон не в кодуванні UTF-8: збережіть його в редакторі як «UTF-8»"
        raise FrameError(name, 1, message) from error
