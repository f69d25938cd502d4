"""A report's figures to its document."""

from __future__ import annotations

import datetime

from reportgen.compute.figures import Figures
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.document.blocks import Block, Document, Signature, Style, Table, TableColumn
from reportgen.document.body import body_rows
from reportgen.document.header import header_rows
from reportgen.document.lines import fill_lines
from reportgen.model.report import Report


def make_document(
    report: Report, figures: Figures, dated: datetime.date, found: list[Diagnostic]
) -> Document | None:
    """Return the document of a report without errors; ``None`` if a line cannot be filled."""
    form, programme = report.form, report.programme
    problems: list[Diagnostic] = []
    heading = fill_lines(form.heading, report, problems)
    notes = fill_lines(form.notes, report, problems)
    found += problems
    if has_errors(problems):
        return None
    sections = [line.lines[0] for line in heading if line.style is Style.SECTION]
    table = Table(
        caption=sections[-1] if sections else form.title,
        columns=tuple(TableColumn(column.id, column.width) for column in form.columns),
        header=header_rows(form.columns),
        body=body_rows(figures, form, report.council.numbers),
    )
    blocks: list[Block] = [*heading, table, *notes]
    if form.signature:
        official = report.period.signatory
        name = f"{official.given} {official.surname}"
        blocks.append(Signature(official.position, name, official.span))
    return Document(
        title=f"{form.title} {programme.genitive} за {report.period.period}",
        author=programme.executor.name,
        language="uk",
        dated=dated,
        page=report.council.page,
        numbers=report.council.numbers,
        blocks=tuple(blocks),
    )
