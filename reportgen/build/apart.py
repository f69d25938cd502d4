"""Documents that are no programme's report, drawn and put in their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from reportgen.build.files import locked, refuse_links, sweep
from reportgen.build.formats import produce
from reportgen.build.joint import Joint
from reportgen.build.ledger import Ledger
from reportgen.build.make import Made, Order, hashes_of_inputs
from reportgen.build.misfits import misfits
from reportgen.build.project import Project, names_of_writers
from reportgen.build.workers import TOO_LONG, ending, limited
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, Span, finding, has_errors
from reportgen.document.plain_table import GENERAL
from reportgen.load import Content
from reportgen.write.attachment import Attachment
from reportgen.write.frame import FrameError


def draw(
    joint: Joint,
    project: Project,
    order: Order,
    carried: Callable[[], Sequence[Attachment]] = tuple,
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the document in each format, none of them if it cannot be drawn, and what is found.

    Its PDF has what is ``carried``, if the order lets it.

    Raises:
        BrokenEnvironment: when an engine does not work on this machine.
    """
    document, frame, typeface = joint.document, joint.frame, joint.typeface
    if document is None or frame is None:
        return {}, list(joint.found)
    unfit = list(misfits(document, typeface, GENERAL)) if typeface else []
    found = [*joint.found, *unfit]
    if has_errors(unfit):
        return {}, found
    files: dict[str, bytes] = {}
    places = names_of_writers(joint.inputs, project)
    try:
        for form in order.formats:
            with limited(ending(TOO_LONG)):
                attachments = carried() if form == "pdf" and order.pdf.carries else ()
                files[form] = produce(
                    form,
                    document,
                    frame,
                    typeface,
                    order.pdf_engine,
                    order.pdf.standard,
                    attachments,
                )
    except FrameError as error:
        span = Span(places.get(error.file, error.file), error.line)
        found += (finding("template-invalid", span, one) for one in error.messages)
        return {}, found
    return files, found


def keep(
    joint: Joint, files: Mapping[str, bytes], output: Path, content: Content, project: Project
) -> list[Path]:
    """Put the files of a document in its folder of the output, and return where they lie.

    The manifest gets them, with all that they were made from.

    Raises:
        BrokenEnvironment: when they cannot be written, or a programme's reports lie there.
    """
    if any(one.slug == joint.folder for one in content.sources):
        raise BrokenEnvironment(
            f"тека програми зветься {joint.folder}, як тека зведених документів: перейменуйте її"
        )
    made = Made(joint.folder, files, (), hashes_of_inputs(joint, project))
    with locked(output):
        refuse_links(output, [joint.folder])
        sweep(output)
        with closing(Ledger(output)) as ledger:
            return list(ledger.place(joint.folder, joint.name, made))
