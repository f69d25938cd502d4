"""A report's figures to its document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from reportgen.compute.figures import Figures
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.document.blocks import Block, Document, Paragraph, Signature, Style
from reportgen.document.lines import Filler
from reportgen.document.sections import section_blocks
from reportgen.model.report import Report


def make_document(
    report: Report,
    figures: Mapping[str, Figures],
    dated: datetime.date,
    found: list[Diagnostic],
) -> Document | None:
    """Return the document of a report without errors; ``None`` if a line cannot be filled.

    Args:
        report: loaded and checked without errors.
        figures: of each table of its form, by id.
        dated: the date that the document's properties carry.
        found: takes what is wrong with the form's lines.
    """
    form, programme = report.form, report.programme
    problems: list[Diagnostic] = []
    filler = Filler(report, problems)
    heading = filler.lines(form.heading)
    named = [line.lines[0] for line in heading if line.style is Style.SECTION]
    caption = named[-1] if named else form.title
    blocks: list[Block] = [*heading, *section_blocks(report, figures, filler, caption)]
    blocks += filler.lines(form.notes)
    for official in report.period.signatories:
        name = f"{official.given} {official.surname}"
        blocks.append(Signature(official.position, name, official.span))
    found += problems
    if has_errors(problems):
        return None
    return Document(
        title=_title(report, heading),
        author=programme.executor.name if programme.executor else report.council.name,
        language="uk",
        dated=dated,
        page=report.council.page.turned(form.landscape),
        numbers=report.council.numbers,
        blocks=tuple(blocks),
        subject=f"{programme.name}, {report.period.period}",
    )


def _title(report: Report, heading: Sequence[Paragraph]) -> str:
    """Return what the document is called: its own title, with the period.

    A title that does not say which programme it is about is followed by the programme's name: one
    of a form that has none of its own is made of the form's.
    """
    programme, period = report.programme, f"за {report.period.period}"
    own = next((one for one in heading if one.style is Style.TITLE), None)
    if own is None:
        return f"{report.form.title} {programme.genitive} {period}"
    title = " ".join(own.lines)
    dated = title if period in title else f"{title} {period}"
    named = any(one in title for one in (programme.genitive, programme.name))
    return dated if named else f"{dated} – {programme.name}"
