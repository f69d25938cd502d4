"""What can be told of a form that cannot be drawn yet: its widths and its templates."""

from __future__ import annotations

from dataclasses import replace

from reportgen.authoring.placeholder import placeholder_report
from reportgen.check import wide_sections
from reportgen.diagnostics import Diagnostic
from reportgen.document.lines import Filler
from reportgen.model.council import Council, PageProfile
from reportgen.model.form import FactsSection, Form, Line, Section, TableSection


def besides(form: Form, council: Council | None) -> list[Diagnostic]:
    """Return the mistakes in widths and templates, whatever else is wrong with a form."""
    found = list(wide_sections(form, council.page if council else PageProfile()))
    beside = tuple(one for one in form.sections if not isinstance(one, TableSection))
    filler = Filler(placeholder_report(replace(form, sections=beside), council), found)
    for line in (*form.heading, *form.notes):
        filler.text(line)
    for section in form.sections:
        _fill(section, filler)
    return found


def _fill(section: Section, filler: Filler) -> None:
    for line in section.title:
        filler.text(line)
    if isinstance(section, FactsSection):
        for fact in section.facts:
            if fact.template:
                filler.text(fact.template)
    if not isinstance(section, TableSection):
        return
    for line in (line for level in section.levels for line in level.title):
        filler.text(line, item={"number": "", "text": ""})
    given = {column.id: "" for column in section.fields if column.given}
    for column in section.fields:
        for heading in column.heading:
            filler.text(Line("line", heading, column.span))
        if column.template:
            filler.text(column.template, row={**given, "number": "", "text": ""})
