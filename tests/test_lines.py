"""Heading lines and notes: templates of a form filled in."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from outlines import COUNCIL, PLACE, form, period, programme

from reportgen.diagnostics import Diagnostic, Span
from reportgen.document.blocks import Paragraph, Style
from reportgen.document.lines import Filler, print_date
from reportgen.model.form import Line
from reportgen.model.programme import Programme
from reportgen.model.report import Report

LINE = Span("templates/small/form.yaml", 14, 11)
PROGRAMME = programme()


def filled(
    template: str, programme: Programme = PROGRAMME, style: str = "line"
) -> tuple[tuple[Paragraph, ...], list[Diagnostic]]:
    report = Report(COUNCIL, form(), programme, period({}))
    found: list[Diagnostic] = []
    lines = Filler(report, found).lines((Line(style, template, LINE),))
    return lines, found


def text(template: str, outline: Programme = PROGRAMME) -> tuple[str, ...]:
    [line], found = filled(template, outline)
    assert not found
    return line.lines


def test_a_line_knows_the_programme_the_period_the_council_and_the_form() -> None:
    assert text("{{ programme.genitive }} за {{ period }}") == ("Програми за I півріччя 2023 року",)
    assert text("{{ council.genitive }}") == ("Житомирської міської ради",)
    assert text("{{ form.title }}, {{ form.unit }}") == ("Звіт, тис. грн",)
    assert text("{{ programme.term }} роки") == ("2021-2025 роки",)


def test_dates_are_printed_in_digits() -> None:
    assert text("від {{ programme.decision.date | date }}") == ("від 24.12.2020",)
    assert print_date(datetime.date(987, 6, 5)) == "05.06.0987"


def test_a_programme_may_be_amended_or_not() -> None:
    template = "№{{ programme.decision.number }}{% if programme.amended %}, зі змінами{% endif %}"
    assert text(template) == ("№35, зі змінами",)
    assert text(template, replace(programme(), amended=False)) == ("№35",)


def test_line_breaks_of_the_template_stay() -> None:
    [line], _ = filled("  Звіт\n про виконання \n", style="title")
    assert line == Paragraph(("Звіт", "про виконання"), Style.TITLE, LINE)


def test_a_line_that_comes_out_empty_is_left_out() -> None:
    assert filled("{% if not programme.amended %}Без змін{% endif %}") == ((), [])


def test_text_of_content_is_never_a_template() -> None:
    sly = replace(programme(), genitive="{{ council.name }} & <b>")
    assert text("{{ programme.genitive }}", sly) == ("{{ council.name }} & <b>",)


@pytest.mark.parametrize(
    "template",
    [
        "{{ programe.name }}",  # a slip of the keyboard
        "{{ programme.nmae }}",
        "{{ programme.name",
        "{% if programme.amended %}",
        "{{ programme.term | dtae }}",
        "{{ programme.name | date }}",
        "{{ 1 / 0 }}",
        "{{ programme.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_line_that_cannot_be_filled_is_named_with_its_place(template: str) -> None:
    lines, [one] = filled(template)
    assert not lines
    assert (one.code, one.span) == ("template-invalid", LINE)
    assert one.message.startswith("рядок форми не складається: ")


def test_every_faulty_line_is_named_at_once() -> None:
    report = Report(COUNCIL, form(), programme(), period({}))
    found: list[Diagnostic] = []
    lines = tuple(Line("line", template, PLACE) for template in ("{{ a }}", "ціла", "{{ b }}"))
    [kept] = Filler(report, found).lines(lines)
    assert kept.lines == ("ціла",)
    assert len(found) == 2
