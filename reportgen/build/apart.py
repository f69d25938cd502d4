"""Documents that are no programme's report, drawn and put in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.build.files import locked, put_in_place, refuse_links, sweep
from reportgen.build.formats import produce
from reportgen.build.misfits import misfits
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project, find_frame, names_of_writers
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, Span, finding, has_errors
from reportgen.document.blocks import Document
from reportgen.document.plain_table import GENERAL
from reportgen.load import Content
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import FrameError

_NO_FORM = ""  # the frame is the general one


def draw(
    document: Document, project: Project, formats: Sequence[str], pdf_engine: str
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the document in each format, none of them if it cannot be drawn, and what is found.

    Raises:
        BrokenEnvironment: when an engine does not work on this machine.
    """
    typeface = find_typeface(document.page.font)
    found = list(override_faults(project))
    if typeface:
        found += misfits(document, typeface, GENERAL)
    if has_errors(found):
        return {}, found
    files: dict[str, bytes] = {}
    places: dict[str, str] = {}
    try:
        frame, paths = find_frame(project, _NO_FORM)
        places = names_of_writers(paths, project)
        for form in formats:
            files[form] = produce(form, document, replace(frame, report=None), typeface, pdf_engine)
    except FrameError as error:
        span = Span(places.get(error.file, error.file), error.line)
        found += (finding("template-invalid", span, one) for one in error.messages)
        return {}, found
    return files, found


def keep(
    files: dict[str, bytes], folder: str, name: str, output: Path, content: Content
) -> list[Path]:
    """Put the files of a document in a folder of the output, and return where they lie.

    Raises:
        BrokenEnvironment: when they cannot be written, or a programme's reports lie there.
    """
    if any(one.slug == folder for one in content.sources):
        raise BrokenEnvironment(
            f"тека програми зветься {folder}, як тека зведених документів: перейменуйте її"
        )
    placed = {output / folder / f"{name}.{form}": data for form, data in files.items()}
    with locked(output):
        refuse_links(output, [folder])
        sweep(output)
        put_in_place(placed)
    return list(placed)
