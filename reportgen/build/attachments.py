"""What a PDF/A-3 carries: the files that it was made from, its figures, and its workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.build.formats import PDF_ENGINES, produce
from reportgen.build.prepare import Prepared
from reportgen.build.project import Project
from reportgen.compute.report import compute_report
from reportgen.publication.cells import cell_figures
from reportgen.publication.figures import figures_of
from reportgen.publication.tables import Record, json_lines
from reportgen.write.attachment import Attachment, Relationship

if TYPE_CHECKING:
    from reportgen.build.joint import Joint

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_attachments(
    prepared: Prepared, figures: Sequence[Record], workbook: bytes
) -> tuple[Attachment, ...]:
    """Return what the PDF of a report carries; both files of content keep their names."""
    source = prepared.source
    name = f"{source.slug}-{source.period.id}"
    about = f"Показники й тексти за {source.period}: із цього файлу складено звіт"
    return (
        _source(source.programme_file, "Паспорт програми: із цього файлу складено звіт"),
        _source(source.period_file, about),
        _workbook(name, workbook, "Той самий звіт таблицею XLSX із формулами"),
        *_data(name, figures, "Усі цифри звіту як дані JSON"),
    )


def report_figures(prepared: Prepared) -> tuple[Record, ...]:
    """Return the figures of a report as the site publishes them."""
    report, document = prepared.report, prepared.document
    if report is None or document is None:
        return ()
    return tuple(figures_of(report, compute_report(report), document))


def joint_attachments(joint: Joint, project: Project) -> tuple[Attachment, ...]:
    """Return what the PDF of a document made of many reports carries."""
    if joint.document is None or joint.frame is None:
        return ()
    workbook = produce("xlsx", joint.document, joint.frame, joint.typeface, PDF_ENGINES[0])
    name = f"{joint.folder}-{joint.name}"
    figures = tuple(cell_figures(joint.document))
    return (
        *_sources(joint.inputs, project),
        _workbook(name, workbook, "Той самий документ таблицею XLSX"),
        *_data(name, figures, "Усі цифри документа як дані JSON"),
    )


def package_source(path: Path) -> Attachment:
    """Return the file that says what a package is made of."""
    return _source(path, "Склад пакета: із цього файлу складено документ")


def book_attachments(
    path: Path, name: str, figures: Sequence[Record], workbook: bytes
) -> tuple[Attachment, ...]:
    """Return what the book of a package carries; the annexes' own files carry theirs."""
    return (
        package_source(path),
        _workbook(name, workbook, "Робоча книга пакета: зведена таблиця й усі додатки"),
        *_data(name, figures, "Усі цифри всіх додатків як дані JSON"),
    )


def _sources(paths: Iterable[Path], project: Project) -> Iterator[Attachment]:
    """Yield the files of programmes among some paths, named by folder and file."""
    folder = project.root / "content" / "programmes"
    for path in dict.fromkeys(paths):
        if path.is_relative_to(folder):
            name = "-".join(path.relative_to(folder).parts)
            yield _source(path, "Із цього файлу складено документ", name)


def _source(path: Path, description: str, name: str = "") -> Attachment:
    data = path.read_bytes()
    # The media type of RFC 9512.
    return Attachment(name or path.name, data, "application/yaml", Relationship.SOURCE, description)


def _workbook(name: str, data: bytes, description: str) -> Attachment:
    return Attachment(f"{name}.xlsx", data, _XLSX, Relationship.ALTERNATIVE, description)


def _data(name: str, figures: Sequence[Record], description: str) -> Iterator[Attachment]:
    """Yield the figures, if there are any."""
    if figures:
        data = b"[" + json_lines(figures, first=True) + b"\n]\n"
        yield Attachment(f"{name}.json", data, "application/json", Relationship.DATA, description)
