"""A report's document: what surrounds the table, and the whole of it as it was reviewed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import outlines
import pytest
from golden import check_golden, unfold
from outlines import COLUMNS, PLACE, amount, entry, form, item, period, programme, table, total

from reportgen.build.prepare import Prepared
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic
from reportgen.document.blocks import Block, Document, Paragraph, Signature, Style, Table
from reportgen.document.make import make_document
from reportgen.model.council import NumberStyle, Official
from reportgen.model.form import Form, Line
from reportgen.model.report import Report

COUNCIL = replace(outlines.COUNCIL, numbers=NumberStyle(5))
DATED = datetime.date(2023, 6, 30)
OUTLINE = programme(
    item("task", "1", item("measure", "1.1", values={"plan": amount("1431.0")})),
)


def made(form: Form, **options: Any) -> tuple[Document | None, list[Diagnostic]]:
    given = replace(period({"1.1": entry({"actual": amount("1.0")})}), **options)
    report = Report(COUNCIL, form, OUTLINE, given)
    found: list[Diagnostic] = []
    figures = compute_report(report)
    return make_document(report, figures, DATED, found), found


def whole(form: Form, **options: Any) -> Document:
    document, found = made(form, **options)
    assert not found
    assert document is not None
    return document


def heading(style: str, text: str) -> Line:
    return Line(style, text, PLACE)


def test_lines_table_notes_and_signature_stand_in_this_order() -> None:
    lines = (heading("title", "Звіт"), heading("section", "1. Заходи"))
    document = whole(replace(form(), heading=lines, notes=(heading("note", "* уточнено"),)))
    kinds = [type(block) for block in document.blocks]
    assert kinds == [Paragraph, Paragraph, Table, Paragraph, Signature]
    assert isinstance(document.blocks[3], Paragraph)
    assert document.blocks[3].style is Style.NOTE


def test_a_form_may_do_without_a_signature() -> None:
    last: Block = whole(form(), signatories=()).blocks[-1]
    assert isinstance(last, Table)


def test_several_people_may_sign() -> None:
    second = Official("bondar", "Заступник", "Петро", "БОНДАР", PLACE)
    blocks = whole(form(), signatories=(*period({}).signatories, second)).blocks
    assert [(one.position, one.name) for one in blocks if isinstance(one, Signature)] == [
        ("Начальник", "Ірина КОВАЛЬЧУК"),
        ("Заступник", "Петро БОНДАР"),
    ]


def test_the_table_is_called_by_its_section() -> None:
    lines = (heading("section", "Розділ I"), heading("section", "1. Виконання\nзаходів"))
    assert whole(replace(form(), heading=lines)).tables[0].caption == "1. Виконання"
    assert whole(form()).tables[0].caption == "Звіт"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("Річний звіт\nпро {{ programme.genitive }}", "Річний звіт про Програми за {period}"),
        ("Звіт про {{ programme.genitive }} за {{ period }}", "Звіт про Програми за {period}"),
        ("Звіт\nпро паспорт", "Звіт про паспорт за {period} – {name}"),
    ],
)
def test_it_is_called_by_its_own_title(own: str, said: str) -> None:
    lines = (heading("title", own), heading("section", "1. Заходи"))
    title = whole(replace(form(), heading=lines, title="Форма")).title
    assert title == said.format(period="I півріччя 2023 року", name=OUTLINE.name)


def test_the_document_says_what_it_is_and_whose() -> None:
    document = whole(form())
    assert document.title == "Звіт Програми за I півріччя 2023 року"
    assert document.author == "Управління"
    assert (document.language, document.dated) == ("uk", DATED)
    assert document.page is COUNCIL.page


def test_the_councils_number_style_is_used() -> None:
    [drawn] = whole(form(table(totals=(total(),)))).tables
    assert [row.cells[-3].text for row in drawn.body] == ["1431,0", "1431,0"]


def test_columns_keep_their_order_and_widths() -> None:
    columns = (replace(COLUMNS[0], width=31.5), *COLUMNS[1:])
    [drawn] = whole(form(table(columns=columns))).tables
    assert [(one.id, one.width) for one in drawn.columns][:2] == [("task", 31.5), ("measure", 20)]


def test_with_a_faulty_line_there_is_no_document() -> None:
    document, [one] = made(replace(form(), heading=(heading("line", "{{ nobody }}"),)))
    assert document is None
    assert one.code == "template-invalid"


@pytest.mark.parametrize(
    ("slug", "period"),
    [
        ("social-protection", "2023-h1"),
        ("equal-opportunities", "2023"),
        ("socioeconomic", "2024-h1"),
        ("concept", "2023"),
    ],
)
def test_a_shipped_report_is_as_it_was_reviewed(
    reports: Mapping[tuple[str, str], Prepared],
    slug: str,
    period: str,
    request: pytest.FixtureRequest,
) -> None:
    document = reports[slug, period].document
    assert document is not None
    update = bool(request.config.getoption("--golden-update"))
    check_golden(f"{slug}-{period}.txt", unfold(document), update=update)
