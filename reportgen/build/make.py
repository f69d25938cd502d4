"""One report made: from a snapshot of its files, or from the project itself, to bytes."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.build.formats import produce
from reportgen.build.manifest import FONTS, digest
from reportgen.build.prepare import Prepared, prepare
from reportgen.build.project import Project, display_name, names_of_writers, open_project
from reportgen.build.snapshot import Snapshot
from reportgen.build.sources import council_files
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.load import Content, ReportSource, load_content
from reportgen.model.standard import Profile
from reportgen.write.attachment import Attachment
from reportgen.write.frame import FrameError

if TYPE_CHECKING:
    from reportgen.build.joint import Joint


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    formats: tuple[str, ...]
    pdf_engine: str
    dated: datetime.date | None  # instead of the last day of each period
    pdf: Profile = Profile()  # noqa: RUF009 - it is frozen


@dataclass(frozen=True, slots=True)
class Made:
    """A report in every format, or the findings that forbid it.

    ``inputs`` maps the names of the files that it was made from to their SHA-256.
    """

    form_id: str
    files: Mapping[str, bytes]
    found: tuple[Diagnostic, ...]
    inputs: Mapping[str, str]


def make_from(snapshot: Snapshot, slug: str, period: str, order: Order) -> Made:
    """Make a report from its snapshot, on any machine that has the same reportgen and typeface."""
    with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
        # One with its links followed, as those of files are before they are compared with it.
        root = Path(folder).resolve()
        snapshot.lay_out(root)
        project = open_project(root)
        content = load_content(root, [])  # what is wrong with the council was told beforehand
        [source] = [one for one in content.sources if (one.slug, one.period.id) == (slug, period)]
        return make(source, content, project, order)


def make(source: ReportSource, content: Content, project: Project, order: Order) -> Made:
    """Make a report from the project's files.

    Raises:
        BrokenEnvironment: when an engine does not work on this machine.
    """
    prepared = prepare(source, content, project, order.dated)
    found = list(prepared.found)
    files = draw_prepared(prepared, project, order, found)
    if has_errors(found):
        return Made(prepared.form_id, {}, tuple(found), {})
    return Made(prepared.form_id, files, tuple(found), hashes_of_inputs(prepared, project))


def draw_prepared(
    prepared: Prepared, project: Project, order: Order, found: list[Diagnostic]
) -> dict[str, bytes]:
    """Return the report in every format, without those for which the frame is no use."""
    document, frame, typeface = prepared.document, prepared.frame, prepared.typeface
    if document is None or frame is None:
        return {}
    files: dict[str, bytes] = {}
    # A writer names the bare file; where several lie, the author has to know which.
    places = names_of_writers(prepared.inputs, project)
    for form in sorted(order.formats, key="pdf".__eq__):  # it may carry the workbook
        try:
            carried = _carried(prepared, order, files) if form == "pdf" else ()
            files[form] = produce(
                form, document, frame, typeface, order.pdf_engine, order.pdf.standard, carried
            )
        except FrameError as error:
            file = places.get(error.file, places[prepared.source.period_file.name])
            span = Span(file, error.line)
            found += (finding("template-invalid", span, one) for one in error.messages)
    return {form: files[form] for form in order.formats if form in files}


def _carried(
    prepared: Prepared, order: Order, files: Mapping[str, bytes]
) -> tuple[Attachment, ...]:
    """Return what the PDF of a report carries; its workbook is drawn where nobody asks for it."""
    if not order.pdf.carries or prepared.document is None or prepared.frame is None:
        return ()
    from reportgen.build.attachments import (  # noqa: PLC0415 - seldom asked for
        report_attachments,
        report_figures,
    )

    workbook = files.get("xlsx") or produce(
        "xlsx", prepared.document, prepared.frame, prepared.typeface, order.pdf_engine
    )
    return report_attachments(prepared, report_figures(prepared), workbook)


def hashes_of_inputs(prepared: Prepared | Joint, project: Project) -> dict[str, str]:
    """Return the SHA-256 of each file that a document is made from, by name."""
    hashes = hashes_of_content(prepared.inputs, project, lambda path: digest(path.read_bytes()))
    if prepared.typeface:
        for face in prepared.typeface.faces:
            hashes[f"{FONTS}{face.path.name}"] = digest(face.path.read_bytes())
    return dict(sorted(hashes.items()))


def hashes_of_content(
    inputs: Iterable[Path], project: Project, hashed: Callable[[Path], str]
) -> dict[str, str]:
    """Return the SHA-256 of a report's own files and of the council's, by name."""
    return {
        display_name(path, project): hashed(path) for path in (*inputs, *council_files(project))
    }
