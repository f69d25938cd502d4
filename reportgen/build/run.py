"""The build: every report of a selection, one after another, a failing one never in the way."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.files import locked, put_in_place, refuse_links, sweep
from reportgen.build.formats import produce
from reportgen.build.manifest import FONTS, NAME, Entry, as_json, digest, read_manifest
from reportgen.build.prepare import Prepared, prepare
from reportgen.build.project import Project, display_name, names_of_writers
from reportgen.build.sources import council_files
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.load import Content, ReportSource
from reportgen.write.frame import FrameError


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    formats: tuple[str, ...]
    pdf_engine: str
    output: Path
    dated: datetime.date | None  # instead of the last day of each period


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report. ``files`` is empty when an error stopped it."""

    source: ReportSource
    form_id: str
    files: tuple[Path, ...]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told as the work goes on."""

    drawn: Callable[[str], None]  # the name of a file that is made, not yet in its place
    finished: Callable[[Outcome], None]  # a report: its files lie in their places, if it has any


def build(
    content: Content,
    sources: Sequence[ReportSource],
    project: Project,
    order: Order,
    watch: Watch,
) -> list[Outcome]:
    """Build the reports. A report's files are put in place together, once all of them are made.

    Raises:
        BrokenEnvironment: when the machine stops the work; reports done by then are whole.
    """
    outcomes: list[Outcome] = []
    with locked(order.output):
        refuse_links(order.output, {source.slug for source in sources})
        sweep(order.output)
        for source in sources:
            outcomes.append(_build_one(source, content, project, order, watch))
            watch.finished(outcomes[-1])
    return outcomes


def _build_one(
    source: ReportSource, content: Content, project: Project, order: Order, watch: Watch
) -> Outcome:
    prepared = prepare(source, content, project, order.dated)
    found = list(prepared.found)
    files = _draw(prepared, project, order, watch, found)
    if has_errors(found):
        return Outcome(source, prepared.form_id, (), tuple(found))
    manifest = _manifest(prepared, files, project, order)
    put_in_place({**files, order.output / NAME: manifest})
    return Outcome(source, prepared.form_id, tuple(files), tuple(found))


def _draw(
    prepared: Prepared, project: Project, order: Order, watch: Watch, found: list[Diagnostic]
) -> dict[Path, bytes]:
    """Return the report in every format, without those for which the frame is no use."""
    if prepared.document is None or prepared.frame is None:
        return {}
    files: dict[Path, bytes] = {}
    source = prepared.source
    # A writer names the bare file; where several lie, the author has to know which.
    places = names_of_writers(prepared.inputs, project)
    for form in order.formats:
        name = f"{source.slug}/{source.period.id}.{form}"
        try:
            files[order.output / name] = produce(
                form, prepared.document, prepared.frame, prepared.typeface, order.pdf_engine
            )
        except FrameError as error:
            file = places.get(error.file, places[source.period_file.name])
            span = Span(file, error.line)
            found += (finding("template-invalid", span, one) for one in error.messages)
        watch.drawn(name)
    return files


def _manifest(
    prepared: Prepared, files: Mapping[Path, bytes], project: Project, order: Order
) -> bytes:
    entries = read_manifest(order.output)
    hashes = hashes_of_inputs(prepared, project)
    for path, data in files.items():
        name = path.relative_to(order.output).as_posix()
        entries[name] = Entry(
            sha256=digest(data),
            programme=prepared.source.slug,
            period=prepared.source.period.id,
            form=prepared.form_id,
            inputs=hashes,
        )
    return as_json(entries)


def hashes_of_inputs(prepared: Prepared, project: Project) -> dict[str, str]:
    """Return the SHA-256 of each file that a report is made from, by name."""
    inputs = (*prepared.inputs, *council_files(project))
    hashes = {display_name(path, project): digest(path.read_bytes()) for path in inputs}
    if prepared.typeface:
        for face in prepared.typeface.faces:
            hashes[f"{FONTS}{face.path.name}"] = digest(face.path.read_bytes())
    return dict(sorted(hashes.items()))
