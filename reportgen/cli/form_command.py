"""``reportgen form``: tools for a form's author."""

from __future__ import annotations

import argparse
from decimal import Overflow
from pathlib import Path

from reportgen.authoring.besides import besides
from reportgen.authoring.placeholder import placeholder_report, placeholder_term
from reportgen.build.files import locked, put_in_place
from reportgen.build.formats import produce
from reportgen.build.project import Project, find_frame, names_of_writers, open_project
from reportgen.check import check_fit
from reportgen.cli.messages import counted, show
from reportgen.compute.report import compute_report
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, Span, finding, has_errors, quoted
from reportgen.document.blocks import Document
from reportgen.document.make import make_document
from reportgen.load import editions, form_ids, load_content, load_form
from reportgen.load.years import with_years
from reportgen.model.council import Council
from reportgen.model.form import Form
from reportgen.model.standard import USUAL, Standard
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import FrameError


def run(options: argparse.Namespace) -> int:
    """List forms, check one, or build it with placeholder content."""
    project = open_project(options.root)
    if options.action == "list":
        return _list(project)
    if not options.form:
        raise BrokenEnvironment(f"вкажіть форму: reportgen form {options.action} ФОРМА")
    paths = editions(options.form, project.templates)
    if not paths:
        known = ", ".join(form_ids(project.templates))
        raise BrokenEnvironment(f"немає форми {quoted(options.form)}; є: {known}")
    found: list[Diagnostic] = []
    council = load_content(project.root, []).council
    drawn = {path: _drawn(path, council, found) for path in paths}
    written: list[Path] = []
    if not has_errors(found):
        formats = options.format if options.action == "preview" else ("docx", "html", "pdf")
        output = (options.output or project.root / "output") / "forms"
        standard = council.pdf.standard if council else USUAL
        files = _files(project, options.form, drawn, formats, standard, output, found)
        if options.action == "preview" and not has_errors(found):
            with locked(output):
                put_in_place(files)
            written = list(files)
    show(found, project)
    for path in written:
        print(path)  # noqa: T201
    print(f"Форма «{options.form}»: {counted(found)}.")  # noqa: T201
    return 1 if has_errors(found) else 0


def _list(project: Project) -> int:
    found: list[Diagnostic] = []
    for form_id in form_ids(project.templates):
        for path in editions(form_id, project.templates):
            form = load_form(path, found)
            if form is None:
                continue
            day = f"{form.adopted.valid_from:%d.%m.%Y}"
            draft = " (чернетка)" if form.draft else ""
            print(f"{form_id}: {form.title}; чинна з {day}{draft}")  # noqa: T201
    show(found, project)
    return 1 if has_errors(found) else 0


def _drawn(path: Path, council: Council | None, found: list[Diagnostic]) -> Document | None:
    """Return one edition drawn with placeholder content, or what is wrong with it."""
    mine: list[Diagnostic] = []
    form = load_form(path, mine)
    document: Document | None = None
    if form is not None and not has_errors(mine):
        document = _placeholder(with_years(form, placeholder_term()), council, mine)
    if form is not None and document is None:
        mine += (one for one in besides(form, council) if one not in mine)
    found += mine
    return document


def _placeholder(form: Form, council: Council | None, found: list[Diagnostic]) -> Document | None:
    report = placeholder_report(form, council)
    found += check_fit(report)
    if has_errors(found):
        return None
    try:
        figures = compute_report(report)
    except Overflow:
        message = "формула дає число, довше за 4000 знаків"
        found.append(finding("figure-too-wide", form.span, message))
        return None
    return make_document(report, figures, report.period.period.last_day, found)


def _files(  # noqa: PLR0913, PLR0917 - one call in one place
    project: Project,
    form_id: str,
    drawn: dict[Path, Document | None],
    formats: tuple[str, ...],
    standard: Standard,
    output: Path,
    found: list[Diagnostic],
) -> dict[Path, bytes]:
    """Return the files of all editions; a frame that cannot be used is a finding."""
    files: dict[Path, bytes] = {}
    for path, document in drawn.items():
        if document is None:
            continue
        try:
            frame, read = find_frame(project, form_id, path.name)
        except FrameError as error:
            found.append(finding("template-invalid", Span(error.file, error.line), str(error)))
            continue
        places = names_of_writers(read, project)
        edition = path.stem.removeprefix("form")
        for one in formats:
            target = output / f"{form_id}{edition}.{one}"
            try:
                typeface = find_typeface(document.page.font)
                files[target] = produce(one, document, frame, typeface, "typst", standard)
            except FrameError as error:
                span = Span(places.get(error.file, error.file), error.line)
                found += (finding("template-invalid", span, one) for one in error.messages)
    return files
