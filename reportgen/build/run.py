"""The build: every report of a selection, one after another, a failing one never in the way."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.files import locked, put_in_place, sweep
from reportgen.build.formats import produce
from reportgen.build.manifest import NAME, Entry, as_json, digest, read_manifest
from reportgen.build.prepare import Prepared, prepare
from reportgen.build.project import Project, display_name, find_frame
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


def build(
    content: Content,
    sources: Sequence[ReportSource],
    project: Project,
    order: Order,
    done: Callable[[str], None],
) -> list[Outcome]:
    """Build the reports; ``done`` is told each finished file's name, for a progress bar.

    A report's files are put in place together, once all of them are made.

    Raises:
        BrokenEnvironment: when the machine stops the work; reports done by then are whole.
    """
    with locked(order.output):
        sweep(order.output)
        return [_build_one(source, content, project, order, done) for source in sources]


def _build_one(
    source: ReportSource,
    content: Content,
    project: Project,
    order: Order,
    done: Callable[[str], None],
) -> Outcome:
    prepared = prepare(source, content, project, order.dated)
    names = {form: f"{source.slug}/{source.period.id}.{form}" for form in order.formats}
    if prepared.document is None:
        for name in names.values():
            done(name)
        return Outcome(source, prepared.form_id, (), prepared.found)
    files: dict[Path, bytes] = {}
    found = list(prepared.found)
    frame, frame_files = find_frame(project, prepared.form_id)
    for form, name in names.items():
        try:
            files[order.output / name] = produce(
                form, prepared.document, frame, prepared.typeface, order.pdf_engine
            )
        except FrameError as error:
            span = Span(f"templates/{error.file}", error.line)
            found.append(finding("template-invalid", span, str(error)))
        done(name)
    if has_errors(found):
        return Outcome(source, prepared.form_id, (), tuple(found))
    inputs = (*prepared.inputs, *frame_files, *_council_files(project))
    manifest = _manifest(prepared, files, inputs, project, order)
    put_in_place({**files, order.output / NAME: manifest})
    return Outcome(source, prepared.form_id, tuple(files), tuple(found))


def _manifest(
    prepared: Prepared,
    files: dict[Path, bytes],
    inputs: tuple[Path, ...],
    project: Project,
    order: Order,
) -> bytes:
    entries = read_manifest(order.output)
    hashes = {display_name(path, project): digest(path.read_bytes()) for path in inputs}
    if prepared.typeface:
        for face in (prepared.typeface.regular, prepared.typeface.bold):
            hashes[f"font/{face.path.name}"] = digest(face.path.read_bytes())
    for path, data in files.items():
        name = path.relative_to(order.output).as_posix()
        entries[name] = Entry(
            sha256=digest(data),
            programme=prepared.source.slug,
            period=prepared.source.period.id,
            form=prepared.form_id,
            inputs=dict(sorted(hashes.items())),
        )
    return as_json(entries)


def _council_files(project: Project) -> Iterator[Path]:
    content = project.root / "content"
    yield content / "council.yaml"
    yield from sorted((content / "registers").glob("*.yaml"))
