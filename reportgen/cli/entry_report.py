"""The report that an entry form is of: as it is written, or as it would be begun."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.authoring.next_period import Last, first_period, next_period
from reportgen.build.project import Project
from reportgen.check.faults import LACKING
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.entry.receiving import Current
from reportgen.load import Content, ReportSource, load_content, load_outline, load_report
from reportgen.load.period import load_period
from reportgen.model.council import Council
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.programme import Programme
from reportgen.model.report import Report
from reportgen.source import Mapping, parse, read_source

_PROGRAMMES = "content/programmes"
_SCHEMAS = "../../schemas"  # as seen from a period's file


@dataclass(frozen=True, slots=True)
class Opened:
    """A report with its files. ``is_new``: there is no file of its period yet."""

    source: ReportSource
    is_new: bool
    now: Current


def load_council(project: Project, found: list[Diagnostic]) -> Content:
    """Return the project's content with what is wrong with the council and its registers.

    What is wrong with other programmes concerns no form; of its own a report tells by itself.
    """
    mine: list[Diagnostic] = []
    content = load_content(project.root, mine)
    found += (one for one in mine if not one.span.file.startswith(_PROGRAMMES))
    return content


def open_report(
    slug: str, period: Period, content: Content, project: Project, found: list[Diagnostic]
) -> Opened | None:
    """Return a report as far as it is written; ``None`` with findings where it cannot be read.

    A report that lacks something is what forms are for; anything else that is wrong is told.
    """
    folder = project.root / "content" / "programmes" / slug
    source = ReportSource(slug, period, folder / "programme.yaml", folder / f"{period.id}.yaml")
    if content.council is None:
        return None
    own = [one for one in content.sources if one.slug == slug]
    before = [one for one in own if one.period.last_day < period.last_day]
    last = max(before, key=lambda one: one.period.last_day, default=None)
    is_new = not source.period_file.is_file()
    like = (last.period_file if last else None) if is_new else source.period_file
    council, root = content.council, project.root
    mine: list[Diagnostic] = []
    outline = load_outline(source, like, root, council, project.templates, mine)
    text: str | None = ""
    if outline and is_new:
        text = _begun(source, last, outline, council, project)
    elif outline:
        text, faults = read_source(source.period_file, root)
        mine += faults
    name = source.period_file.relative_to(root).as_posix()

    def read(new: str, told: list[Diagnostic]) -> Report | None:
        node, faults = parse(new, name)
        told += faults
        if outline is None or not isinstance(node, Mapping):
            return None
        form, programme = outline
        return Report(council, form, programme, load_period(node, period, form, council, told))

    report = read(text, mine) if text else None
    mine = [one for one in mine if one.code not in LACKING]
    found += mine
    if report is None or text is None or has_errors(mine):
        return None
    now = Current(text, report, _loaded(last, council, project), read, is_new)
    return Opened(source, is_new, now)


def _begun(
    source: ReportSource,
    last: ReportSource | None,
    outline: tuple[Form, Programme],
    council: Council,
    project: Project,
) -> str:
    """Return the text that the period's file begins with."""
    form, programme = outline
    if last is None:
        schema = f"{_SCHEMAS}/{form.id}.period.json"
        there = (source.period_file.parent / schema).is_file()
        return first_period(programme, form, source.period, schema if there else "").text
    text, _ = read_source(last.period_file, project.root)
    known = load_outline(last, last.period_file, project.root, council, project.templates, [])
    name = last.period_file.name
    before = Last(name, text or "", last.period, known[0] if known else None)
    return next_period(programme, form, source.period, before).text


def _loaded(last: ReportSource | None, council: Council, project: Project) -> Report | None:
    """Return the report before, if it can be read: its faults are told when it is checked."""
    if last is None:
        return None
    unheard: list[Diagnostic] = []
    report = load_report(last, project.root, council, project.templates, unheard)
    return None if has_errors(unheard) else report
