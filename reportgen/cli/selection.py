"""Which reports a command is about."""

from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.build.examine import examine_council, without_allowed
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project
from reportgen.cli.messages import show
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, quoted
from reportgen.load import Content, ReportSource, load_content
from reportgen.model.council import Council
from reportgen.model.standard import Profile, Standard


class NoReportsYetError(BrokenEnvironment):
    """All programmes that are asked for have their passports alone; ``found`` is what is wrong."""

    found: Sequence[Diagnostic] = ()


class UnknownProgrammeError(BrokenEnvironment):
    """What is asked for is no programme; ``name`` is how it was asked for."""

    name = ""


def look_up(
    project: Project, options: argparse.Namespace
) -> tuple[Content, Sequence[ReportSource], list[Diagnostic]]:
    """Return the project's content, the reports asked for, and what is found before they are read.

    Raises:
        BrokenEnvironment: for a programme or period that no report has.
    """
    content, found = read_content(project)
    try:
        sources = select(content, options)
    except NoReportsYetError as nothing:
        nothing.found = [one for one in found if one.code != "content-empty"]
        show(without_allowed(nothing.found, project), project)
        raise
    except BrokenEnvironment:
        # What is asked for may be there under a wrong name.
        show(without_allowed(found, project), project)
        raise
    return content, sources, _concerning(sources, found, options)


def read_content(project: Project) -> tuple[Content, list[Diagnostic]]:
    """Return the project's content, and what is found before reports are read."""
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    of_council = examine_council(content, project)
    found += of_council
    if has_errors(of_council):
        content = replace(content, sound=False)
    return content, [*found, *override_faults(project)]


def select(content: Content, options: argparse.Namespace) -> Sequence[ReportSource]:
    """Return the reports that the options name, all without any.

    A programme is named by its id or by the path of its folder, as Tab completes it; the path of a
    report's file names that report alone.

    Raises:
        NoReportsYetError: when all programmes that are named are begun and none has a report.
        BrokenEnvironment: for a programme or period that no report has.
    """
    chosen = list(content.sources)
    if options.programmes:
        known = _by_path(content.sources)
        asked = {one for name in options.programmes for one in _named(name, content, known)}
        chosen = [source for source in content.sources if source in asked]
        if not chosen:
            raise NoReportsYetError("\n".join(without_reports(content, options)))
    if options.period is None:
        return chosen
    periods = sorted({source.period.id for source in chosen})
    if options.period not in periods:
        listed = ", ".join(periods) or "жодного"
        raise BrokenEnvironment(f"немає звіту за період {quoted(options.period)}; є: {listed}")
    return [source for source in chosen if source.period.id == options.period]


def without_reports(content: Content, options: argparse.Namespace) -> list[str]:
    """Return what to say of each programme that is named and has its passport alone."""
    known = _by_path(content.sources)
    slugs = [
        _begun(name, content) for name in options.programmes if not _found(name, content, known)
    ]
    return [
        f"програма {quoted(slug)} ще не має жодного звіту; почніть: reportgen new {slug} ПЕРІОД"
        for slug in dict.fromkeys(slugs)
        if slug
    ]


def _by_path(sources: Sequence[ReportSource]) -> Mapping[str, list[ReportSource]]:
    """Return the reports by the real paths that may name them."""
    known: dict[str, list[ReportSource]] = {}
    for source in sources:
        for path in (source.programme_file.parent, source.programme_file, source.period_file):
            known.setdefault(_real(path), []).append(source)
    return known


def _named(
    name: str, content: Content, known: Mapping[str, list[ReportSource]]
) -> Iterable[ReportSource]:
    found = _found(name, content, known)
    if found or _begun(name, content):
        return found
    slugs = sorted({source.slug for source in content.sources})
    unknown = UnknownProgrammeError(
        f"немає програми {quoted(name)}; є: {', '.join(slugs) or 'жодної'}"
    )
    unknown.name = name
    raise unknown


def _found(
    name: str, content: Content, known: Mapping[str, list[ReportSource]]
) -> Iterable[ReportSource]:
    """Return the reports that a name stands for, none of a programme that has none."""
    places = (known.get(_real(folder / name)) for folder in _folders(content))
    return next(filter(None, places), [])


def _begun(name: str, content: Content) -> str:
    """Return the programme that a name stands for, if it has its passport; "" otherwise."""
    programmes = _real(content.root / "content" / "programmes")
    for folder in _folders(content):
        place, slug = os.path.split(_real(folder / name))
        if place == programmes and content.is_begun(slug):
            return slug
    return ""


def _folders(content: Content) -> tuple[Path, ...]:
    return (content.root / "content" / "programmes", Path(), content.root)


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _concerning(
    sources: Sequence[ReportSource], found: Iterable[Diagnostic], options: argparse.Namespace
) -> list[Diagnostic]:
    """Return the findings without those of programmes that were not asked for."""
    slugs = {source.slug for source in sources}

    def concerned(file: str) -> bool:
        *place, slug = file.split("/")[:3]
        return place != ["content", "programmes"] or slug in slugs

    return [one for one in found if not options.programmes or concerned(one.span.file)]


def profile_of(options: argparse.Namespace, council: Council | None) -> Profile:
    """Return the council's profile of PDF, with the standard that is asked for, if one is."""
    asked: Standard | None = options.pdf_standard
    own = council.pdf if council else Profile()
    return replace(own, standard=asked) if asked else own


def document_date() -> datetime.date | None:
    """Return the date that ``SOURCE_DATE_EPOCH`` asks documents to carry, if it is set.

    Raises:
        BrokenEnvironment: when it is not a number of seconds.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(text), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise BrokenEnvironment(f"SOURCE_DATE_EPOCH={text}: це не число секунд") from None
