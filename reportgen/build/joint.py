"""Documents made of many reports: consolidated information and comparisons, and what of.

They lie in folders of their own: ``consolidated/2023-h1.pdf``, ``compare/2023-h1.pdf`` and, held
against one period that was asked for, ``compare/2023-h1-2022-h1.pdf``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.across import Gathered, compare_periods, consolidate_period
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project, display_name, find_frame
from reportgen.compute.comparison import usual_bases
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.document.blocks import Document
from reportgen.document.comparison import comparison_document
from reportgen.document.consolidated import consolidated_document
from reportgen.load import Content, ReportSource
from reportgen.model.council import Council
from reportgen.model.period import Part, Period
from reportgen.write.fonts import Typeface, find_typeface
from reportgen.write.frame import Frame, FrameError

CONSOLIDATED, COMPARE = "consolidated", "compare"

_NO_FORM = ""  # the frame is the general one
_ONE = f"20[0-9]{{2}}(?:-(?:{'|'.join(one.value for one in Part if one.value)}))?"
_NAME = re.compile(f"({_ONE})(?:-({_ONE}))?")


@dataclass(frozen=True, slots=True)
class Ground:
    """What such documents are made from; ``dated`` replaces the last day of the period."""

    content: Content
    council: Council
    project: Project
    dated: datetime.date | None


@dataclass(frozen=True, slots=True)
class Joint:
    """A document made of many reports, what dresses it, and the files that it was made from.

    ``document`` and ``frame`` are there exactly when what dresses it has no error. The errors of
    reports that are ``found`` do not forbid it: it names them.
    """

    folder: str
    name: str
    document: Document | None
    frame: Frame | None
    typeface: Typeface | None
    found: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]


def consolidated_joint(ground: Ground, period: Period) -> Joint:
    """Return the consolidated information of a period."""
    consolidated, gathered = consolidate_period(period, ground.content, ground.project)
    document = consolidated_document(ground.council, consolidated, ground.dated or period.last_day)
    return dressed(document, ground.project, gathered, (CONSOLIDATED, period.id))


def compared_joint(ground: Ground, sources: Sequence[ReportSource], base: Period | None) -> Joint:
    """Return the comparison of reports of one period with another, or with the usual ones."""
    [period] = {one.period for one in sources}
    bases = (base,) if base else usual_bases(period)
    comparisons, gathered = compare_periods(sources, bases, ground.content, ground.project)
    document = comparison_document(ground.council, comparisons, ground.dated or period.last_day)
    name = f"{period.id}-{base.id}" if base else period.id
    return dressed(document, ground.project, gathered, (COMPARE, name))


def is_joint(folder: str) -> bool:
    """Tell whether documents made of many reports lie in a folder of the output."""
    return folder in {CONSOLIDATED, COMPARE}


def period_of(name: str) -> str:
    """Return the id of the period that a file of such a folder is about."""
    match = _NAME.fullmatch(name)
    return match[1] if match else ""


def made_again(ground: Ground, folder: str, name: str, inputs: Collection[str]) -> Joint | None:
    """Return what a file would be made of now; ``None`` where content has no reports for it.

    Which programmes a comparison is about, its ``inputs`` tell: the names of what it was made from.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    period = Period.parse(match[1])
    base = Period.parse(match[2]) if match[2] else None
    sources = [one for one in ground.content.sources if one.period == period]
    if folder == COMPARE:
        project = ground.project
        sources = [one for one in sources if display_name(one.period_file, project) in inputs]
    if not sources:
        return None
    if folder == CONSOLIDATED:
        return consolidated_joint(ground, period)
    return compared_joint(ground, sources, base)


def dressed(
    document: Document,
    project: Project,
    gathered: Gathered = Gathered(),  # noqa: B008 - nothing, and frozen
    place: tuple[str, str] = ("", ""),
) -> Joint:
    """Return a document with the general frame, or with what is wrong with that.

    ``place`` is its folder and its name in the output, if it is kept there.
    """
    folder, name = place
    typeface = find_typeface(document.page.font)
    faults = list(override_faults(project))
    nothing = Joint(folder, name, None, None, typeface, gathered.found, gathered.inputs)
    if has_errors(faults):
        return replace(nothing, found=(*gathered.found, *faults))
    try:
        frame, files = find_frame(project, _NO_FORM)
    except FrameError as error:
        faults.append(finding("template-invalid", Span(error.file, error.line), str(error)))
        return replace(nothing, found=(*gathered.found, *faults))
    return replace(
        nothing,
        document=document,
        frame=replace(frame, report=None),
        found=(*gathered.found, *faults),
        inputs=(*gathered.inputs, *files),
    )
