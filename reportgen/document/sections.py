"""The sections of a form to blocks: tables, facts, running text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen.compute.figures import Figures
from reportgen.document.blocks import Block, Cell, Paragraph, Row, Style, Table, TableColumn
from reportgen.document.body import body_rows, outline_text
from reportgen.document.header import header_rows
from reportgen.document.lines import Filler
from reportgen.model.form import (
    Column,
    FactsSection,
    Line,
    NarrativeSection,
    Shown,
    TableSection,
)
from reportgen.model.programme import Item, Text
from reportgen.model.report import Report

_FACTS = ("label", "value")


def section_blocks(
    report: Report, figures: Mapping[str, Figures], filler: Filler, caption: str
) -> Iterator[Block]:
    """Yield the blocks of all sections, in the form's order.

    ``caption`` names a table that has no title of its own.
    """
    drawing = _Drawing(report, figures, filler)
    for section in report.form.sections:
        if isinstance(section, NarrativeSection) and drawing.given(section.id) is None:
            continue
        title = filler.lines(section.title)
        yield from title
        match section:
            case TableSection():
                yield from drawing.tables(section, _last(title, caption))
            case FactsSection():
                yield drawing.facts(section, _last(title, caption))
            case NarrativeSection():
                yield from drawing.running(section)


class _Drawing:
    """What all sections of a report share."""

    def __init__(self, report: Report, figures: Mapping[str, Figures], filler: Filler) -> None:
        self._report = report
        self._figures = figures
        self._filler = filler
        self._texts = {**report.programme.texts, **report.period.texts}

    def given(self, text_id: str) -> Text | None:
        """Return a fact or narrative that content gives."""
        return self._texts.get(text_id)

    def tables(self, section: TableSection, caption: str) -> Iterator[Block]:
        """Yield the section's table, or one under a title for each item of its first level."""
        level = section.levels[0] if section.levels else None
        if level is None or level.shown is not Shown.TABLE:
            yield self._table(section, caption, None)
            return
        for item in self._report.programme.outlines[section.id]:
            name = " ".join(outline_text(item, "label", section))
            title: tuple[Paragraph, ...] = (Paragraph((name,), Style.SECTION, item.span),)
            if level.title:
                named = {"number": item.number, "text": item.text}
                title = self._filler.lines(level.title, item=named)
            yield from title
            yield self._table(section, _last(title, name), item)

    def _table(self, section: TableSection, caption: str, top: Item | None) -> Table:
        figures, columns = self._figures[section.id], section.columns
        return Table(
            caption=caption,
            columns=tuple(
                TableColumn(one.id, one.width, one.share.funds if one.share else ())
                for one in columns
            ),
            header=header_rows(tuple(self._headed(column) for column in columns)),
            body=body_rows(figures, section, self._report.council, self._filler, top),
            id=section.id,
        )

    def _headed(self, column: Column) -> Column:
        """Return the column with the expressions in its headings filled in."""
        lines = (Line("line", heading, column.span) for heading in column.heading)
        return replace(column, heading=tuple(self._filler.text(line) for line in lines))

    def running(self, section: NarrativeSection) -> Iterator[Paragraph]:
        """Yield a narrative, paragraph by paragraph."""
        text = self._texts[section.id]
        plain = [Paragraph((one,), Style.TEXT, text.span) for one in text.paragraphs]
        if not text.marked:
            yield from plain
            return
        for paragraph, marked in zip(plain, text.marked, strict=True):
            yield paragraph if marked.is_plain else replace(paragraph, marked=marked)

    def facts(self, section: FactsSection, caption: str) -> Table:
        """Return labels and values side by side."""
        rows = []
        for fact in section.facts:
            value = Cell(origin=fact.span)
            text = self.given(fact.id)
            if fact.template:
                lines = self._filler.text(fact.template).split("\n")
                value = Cell(tuple(line for line in lines if line), origin=fact.span)
            elif text is not None:
                value = Cell(text.paragraphs, origin=text.span, marked=text.marked)
            rows.append(Row((Cell((fact.label,), origin=fact.span), value)))
        columns = zip(_FACTS, section.widths, strict=True)
        return Table(caption, tuple(TableColumn(*column) for column in columns), (), tuple(rows))


def _last(title: tuple[Paragraph, ...], otherwise: str) -> str:
    return " ".join(title[-1].lines) if title else otherwise
