"""Charts: the figures of a table, as bars that show them truly, in every format."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlines import COUNCIL, FUNDS, PLACE
from reading.tags import check_tags
from test_consolidated import contributions, differences, notes

from reportgen.build.formats import produce
from reportgen.build.project import Project, find_frame
from reportgen.compute.consolidated import consolidate
from reportgen.compute.money import Contribution, Lacking, Measure, Money
from reportgen.document.blocks import Chart, Document, Mark, Series, Tick, place
from reportgen.document.consolidated import consolidated_document
from reportgen.model.meaning import Meaning
from reportgen.model.period import Period
from reportgen.proof.charts import compare_charts, in_office, in_page, in_pdf
from reportgen.proof.html import read_page
from reportgen.proof.pdf import read_tags
from reportgen.write.charts.layout import lay_out, name_width, wrapped
from reportgen.write.charts.native import named
from reportgen.write.charts.svg import draw_chart
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import FrameError

FEW = settings(max_examples=12, deadline=None)
HALF = Period.parse("2023-h1")
DAY = datetime.date(2023, 6, 30)
WIDE, PHONE = 257.0, 95.0
SVG = "{http://www.w3.org/2000/svg}"
MARKUP = "Програма <b>«Тепло & світло»</b> ]]> {{ 7*7 }} #panic()"
LONG = "Програма " + "соціально-економічного розвитку " * 20
ENDLESS = "П" * 400


def money(value: str | None, *, parted: bool = True) -> Money:
    """Return an amount, three fifths of it of the first fund."""
    if value is None:
        return Money()
    whole = Decimal(value)
    if not parted:
        return Money(whole, {"": whole})
    part = (whole * 3 / 5).quantize(Decimal("0.1"))
    return Money(whole, {FUNDS[0]: part, FUNDS[1]: whole - part})


def programme(
    number: int, plan: str | None, actual: str | None, name: str = "", *, parted: bool = True
) -> Contribution:
    amounts = {
        Meaning.ANNUAL_PLAN: money(plan, parted=parted),
        Meaning.ACTUAL: money(actual, parted=parted),
    }
    return Contribution(
        slug=f"p{number:03}",
        name=name or f"Програма {number}",
        executor="Управління",
        period=HALF,
        place=PLACE,
        decimals=1,
        measures=(Measure("1", "Захід", (), amounts),),
        money=amounts,
    )


def document_of(*reports: Contribution) -> Document:
    return consolidated_document(COUNCIL, consolidate(HALF, reports, funds=FUNDS), DAY)


USUAL = (programme(1, "1030.5", "520.1"), programme(2, "200", "0"), programme(3, "50", "75.3"))
HOSTILE = {
    "markup": (programme(1, "10", "5", MARKUP), programme(2, "10", "5", "]] &amp; <!-- \"'")),
    "long names": (programme(1, "10", "5", LONG), programme(2, "10", "5", ENDLESS)),
    "huge and small": (programme(1, "1000000000", "3"), programme(2, "0.1", "900")),
    "negative": (programme(1, "10", "-4.5"), programme(2, "-3", "-900")),
    "all nought": (programme(1, "0", "0"),),
    "one": (programme(1, "10", "4.5"),),
    "no plan": (programme(1, None, "4.5"), programme(2, "8", "2")),
    "no fund": (programme(1, "10", "4.5", parted=False),),
}


# Facts.


def test_there_is_a_chart_of_each_kind() -> None:
    charts = document_of(*USUAL).charts
    assert [one.title for one in charts] == [
        "Діаграма 1. Відсоток виконання програм, %",
        "Діаграма 2. Річний обсяг і фактично профінансовано за програмами, тис. грн",
        "Діаграма 3. Річний обсяг і фактично профінансовано за джерелами, тис. грн",
    ]
    execution, amounts, funds = charts
    assert execution.categories == ("1. Програма 1", "2. Програма 2", "3. Програма 3")
    assert [one.text for one in execution.series[0].marks] == ["50,5", "0,0", "150,6"]
    assert [one.text for one in amounts.series[0].marks] == ["1\u00a0030,5", "200,0", "50,0"]
    assert funds.categories == (FUNDS[0], FUNDS[1])
    assert [[mark.text for mark in one.marks] for one in funds.series] == [
        ["768,3", "512,2"],
        ["357,3", "238,1"],
    ]


def test_the_words_say_every_figure() -> None:
    execution, amounts, _ = document_of(*USUAL).charts
    assert execution.alt == (
        "Діаграма 1. Відсоток виконання програм, %. Стовпчики: 1. Програма 1: 50,5\u00a0%; "
        "2. Програма 2: 0,0\u00a0%; 3. Програма 3: 150,6\u00a0%."
    )
    said = "1. Програма 1: річний обсяг 1\u00a0030,5\u00a0тис. грн, фактично профінансовано 520,1"
    assert said in amounts.alt


def test_an_axis_of_percents_reaches_a_hundred() -> None:
    low = document_of(programme(1, "100", "7")).charts[0]
    assert [one.text for one in low.ticks] == ["0", "20", "40", "60", "80", "100"]
    assert low.full == 100
    assert document_of(*USUAL).charts[0].ticks[-1].value == 200


def test_what_is_missing_is_said() -> None:
    reports = programme(1, None, "4.5"), programme(2, "8", "2"), programme(3, None, None)
    document = document_of(*reports)
    execution, amounts = document.charts[:2]
    assert execution.categories == ("2. Програма 2",)
    assert amounts.categories == ("1. Програма 1", "2. Програма 2")
    assert amounts.series[0].marks[0].text == "–"
    assert "1. Програма 1: річний обсяг – немає даних, фактично профінансовано 4,5" in amounts.alt
    said = notes(document)
    assert "Немає на діаграмі 1: 1. Програма 1, 3. Програма 3." in said
    assert "Немає на діаграмі 2: 3. Програма 3; стовпчика «Річний обсяг» – 1. Програма 1." in said


def test_of_nothing_there_is_no_chart() -> None:
    poor = replace(programme(1, None, None), money={}, lacking=Lacking.NO_MONEY)
    for reports in ((), (poor,), (programme(1, None, None),)):
        document = document_of(*reports)
        assert document.charts == ()
        assert "Діаграм" not in notes(document)


def test_a_hundred_programmes_make_charts_of_one_axis() -> None:
    reports = [programme(one, "1000", str(one * 9)) for one in range(1, 101)]
    charts = [one for one in document_of(*reports).charts if one.unit == "%"]
    assert [len(one.categories) for one in charts] == [10] * 10
    assert {one.ticks for one in charts} == {charts[0].ticks}
    assert charts[9].title == "Діаграма 1 (10 з 10). Відсоток виконання програм, %"
    eleven = document_of(*reports[:11]).charts[:2]
    assert [len(one.categories) for one in eleven] == [5, 6]


@pytest.mark.parametrize("name", ["Програма", "Програма підтримки " * 9, "Програма розвитку " * 40])
def test_a_chart_finds_room_on_its_page_under_its_title(name: str) -> None:
    reports = [programme(one, "1000", "900") for one in range(1, 18)]
    reports = [replace(one, name=f"{name} {at}") for at, one in enumerate(reports)]
    document = document_of(*reports)
    width, height = (
        side * 72 / 25.4 for side in (document.page.text_width, document.page.text_height)
    )
    title = 3 * document.page.text_size
    assert all(lay_out(one, width).height + title <= height for one in document.charts)
    assert len(document.charts) < 17  # none for each


def test_a_chart_that_does_not_hold_together_is_refused() -> None:
    mark = Mark(Decimal(11), "11", 0, 0)
    ticks = (Tick(Decimal(0), "0"), Tick(Decimal(10), "10"))
    with pytest.raises(ValueError, match="lies beyond the axis"):
        Chart("Х", ("а",), (Series("с", (mark,)),), ticks, "%", "", "t")
    with pytest.raises(ValueError, match="for each category"):
        Chart("Х", ("а", "б"), (Series("с", (mark,)),), ticks, "%", "", "t")
    with pytest.raises(ValueError, match="leaves nought out"):
        Chart("Х", ("а",), (Series("с", (mark,)),), ticks[1:], "%", "", "t")


# Laws.

many = st.integers(1, 5).flatmap(
    lambda number: st.tuples(*(contributions(f"p{one}") for one in range(number)))
)
amounts_of_money = st.none() | st.decimals(
    min_value=-(10**9), max_value=10**9, places=1, allow_nan=False
).map(str)
any_programmes = st.lists(st.tuples(amounts_of_money, amounts_of_money), min_size=1, max_size=12)


def drawn(chart: Chart, width: float) -> ElementTree.Element:
    return ElementTree.fromstring(draw_chart(chart, width).svg)


@FEW
@given(many)
def test_labels_are_the_figures_of_the_table(reports: tuple[Contribution, ...]) -> None:
    document = document_of(*reports)
    tables = {one.id: one for one in reversed(document.tables)}
    for chart in document.charts:
        table = tables[chart.table]
        cells = [dict(one) for one in place(table.body, len(table.columns))]
        for series in chart.series:
            for mark in series.marks:
                cell = cells[mark.row][mark.column]
                assert mark.value == cell.value
                assert mark.text == (cell.text if cell.value is not None else "–")
                assert mark.value is None or mark.text in chart.alt
        assert {name.partition(". ")[2] or name for name in chart.categories} <= {
            cell.text.removeprefix("у тому числі: ") for row in cells for cell in row.values()
        }


@FEW
@given(any_programmes, st.sampled_from([WIDE, PHONE]))
def test_bars_are_as_long_as_their_figures(
    pairs: Sequence[tuple[str | None, str | None]], width: float
) -> None:
    for chart in document_of(*(programme(at, *one) for at, one in enumerate(pairs))).charts:
        laid = lay_out(chart, width)
        span = chart.ticks[-1].value - chart.ticks[0].value
        first, last = (lay_out(replace(chart), width).ticks[at][0] for at in (0, -1))
        scale = (last - first) / float(span) if len(laid.ticks) == len(chart.ticks) else None
        for index, group in enumerate(laid.groups):
            for bar in group.bars:
                value = chart.series[bar.series].marks[index].value
                assert laid.nought in (pytest.approx(bar.left), pytest.approx(bar.right))
                if scale is not None:
                    length = (bar.right - bar.left) / scale
                    assert length == pytest.approx(abs(float(value or 0)), abs=float(span) * 1e-9)
                assert (bar.left < laid.nought) <= ((value or 0) < 0)
                assert bar.label > laid.nought


@FEW
@given(any_programmes)
def test_an_axis_is_even_and_short(pairs: Sequence[tuple[str | None, str | None]]) -> None:
    for chart in document_of(*(programme(at, *one) for at, one in enumerate(pairs))).charts:
        steps = {after.value - before.value for before, after in pairwise(chart.ticks)}
        assert len(steps) == 1
        assert 2 <= len(chart.ticks) <= 8
        assert any(not one.value for one in chart.ticks)
        assert chart.full is None or any(one.value >= 100 for one in chart.ticks)


@FEW
@given(st.text(max_size=80).map(lambda text: " ".join(text.split())), st.integers(4, 60))
def test_a_name_is_wrapped_whole_or_says_that_it_is_cut(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert 1 <= len(lines) <= 4
    assert all(name_width(line) <= most or len(line) == 1 for line in lines)
    if lines[-1].endswith("…") and not text.endswith("…"):
        shown = "".join(lines)[:-1].replace(" ", "")
        assert text.replace(" ", "").startswith(shown)
    else:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


# Drawings.


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_drawing_holds_all_and_stays_in_its_frame(name: str, width: float) -> None:
    for chart in document_of(*HOSTILE[name]).charts:
        picture = draw_chart(chart, width)
        assert picture == draw_chart(chart, width)
        root = ElementTree.fromstring(picture.svg)
        left, top, right, bottom = map(float, ["0", "0", *root.get("viewBox", "").split()[2:]])
        texts = [one.text or "" for one in root.iter(f"{SVG}text")]
        for series in chart.series:
            for mark in series.marks:
                assert any(text.removesuffix("\u00a0%") == mark.text for text in texts)
        for one in root.iter(f"{SVG}rect"):
            x, y, w, h = (float(one.get(key, "")) for key in ("x", "y", "width", "height"))
            assert w >= 0
            is_bar = one.get("stroke") is not None
            assert left - 0.1 <= x
            assert top <= y
            assert y + h <= bottom
            assert not is_bar or x + w <= right
        assert {one.tag for one in root.iter()} <= {
            f"{SVG}{tag}" for tag in ("svg", "text", "rect", "line", "path")
        }
        assert not re.search(r"href|url\(|<style|<script|<!", picture.svg)


def test_series_are_told_apart_without_colours() -> None:
    amounts = document_of(*USUAL).charts[1]
    root = drawn(amounts, WIDE)
    fills = [one.get("fill") for one in root.iter(f"{SVG}rect") if one.get("stroke")]
    assert set(fills) == {"#ffffff", "#1f4e79"}
    hatched = fills.count("#ffffff")
    assert len(list(root.iter(f"{SVG}path"))) == hatched == 1 + 3  # the legend's and the plans'


def test_hatching_stays_in_its_bar() -> None:
    root = drawn(document_of(*USUAL).charts[1], WIDE)
    white = [one for one in root.iter(f"{SVG}rect") if one.get("fill") == "#ffffff"]
    bars = [one for one in white if one.get("stroke")]
    for bar, path in zip(bars, root.iter(f"{SVG}path"), strict=True):
        x, y, w, h = (float(bar.get(key, "")) for key in ("x", "y", "width", "height"))
        points = re.findall(r"[ML]([\d.-]+) ([\d.-]+)", path.get("d", ""))
        assert points
        for across, down in points:
            assert x - 0.02 <= float(across) <= x + w + 0.02
            assert y - 0.02 <= float(down) <= y + h + 0.02


# Formats.


def everything_hostile() -> Document:
    """Return one document with all that is hostile in it, and a programme without a plan."""
    reports = [report for each in HOSTILE.values() for report in each]
    return document_of(*(replace(one, slug=f"q{at:02}") for at, one in enumerate(reports)))


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_every_format_shows_the_same(engine: str, project: Project) -> None:
    assert differences(everything_hostile(), project, engine) == []


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_charts_are_heard_in_their_place(engine: str, project: Project) -> None:
    frame, _ = find_frame(project, "")
    document = document_of(*USUAL)
    data = produce("pdf", document, frame, find_typeface(document.page.font), engine)
    check_tags(data, document)
    figures = list(read_tags(data).below("Figure"))
    assert [one.alt for one in figures] == [one.alt for one in document.charts]
    assert len(figures) == 3


@pytest.mark.slow
def test_a_hundred_programmes_are_drawn(project: Project) -> None:
    document = document_of(*(programme(one, "1000", str(one * 9)) for one in range(1, 101)))
    data = bytes_of("pdf", document, project)
    assert list(compare_charts("x", in_pdf(read_tags(data)), document)) == []


def bytes_of(form: str, document: Document, project: Project) -> bytes:
    frame, _ = find_frame(project, "")
    return produce(form, document, frame, find_typeface(document.page.font), "typst")


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "pdf"])
def test_the_proof_sees_another_figure(form: str, project: Project) -> None:
    right, wrong = document_of(*USUAL), document_of(programme(1, "1030.5", "520.2"), *USUAL[1:])
    data = bytes_of(form, right, project)
    shown = {
        "docx": lambda: in_office(data, "word/document.xml"),
        "xlsx": lambda: in_office(data, "xl/drawings/drawing1.xml"),
        "html": lambda: in_page(read_page(data)),
        "pdf": lambda: in_pdf(read_tags(data)),
    }[form]()
    exact = form in {"docx", "xlsx"}
    assert list(compare_charts("x", shown, right, exact=exact)) == []
    found = list(compare_charts("x", shown, wrong, exact=exact))
    assert any("520,2" in one.expected for one in found)
    wanted = "520.2" if exact else "520,2"
    assert any(one.expected == wanted for one in found)  # not only in the words
    assert list(compare_charts("x", shown[1:], right, exact=exact))


def test_word_keeps_the_figures_of_a_chart_in_a_workbook(project: Project) -> None:

    data = bytes_of("docx", document_of(*USUAL), project)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/reportChart2.xlsx")))
        chart = archive.read("word/charts/reportChart2.xml").decode()
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows == [
        [None, "Річний обсяг", "Фактично профінансовано"],
        ["1. Програма 1", 1030.5, 520.1],
        ["2. Програма 2", 200, 0],
        ["3. Програма 3", 50, 75.3],
    ]
    assert '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>' in chart
    assert "en-US" not in chart
    assert "<c:dLbl>" not in chart  # no label is typed: they follow «Змінити дані»
    assert chart.count("#,##0.0;") == 2


@pytest.mark.parametrize(("form", "parts"), [("docx", "word/charts/"), ("xlsx", "xl/charts/")])
def test_labels_in_office_are_figures_alone_and_ukrainian(
    form: str, parts: str, project: Project
) -> None:
    data = bytes_of(form, document_of(*USUAL), project)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [one for one in archive.namelist() if one.startswith(parts) and "_rels" not in one]
        charts = [archive.read(one).decode() for one in names]
    assert len(charts) == 3
    for chart, percents in zip(charts, (1, 0, 0), strict=True):
        assert "en-US" not in chart
        assert chart.count("\u00a0%") == 2 * percents  # positive and negative
        labels = re.findall("<c:dLbls>.*?</c:dLbls>", chart)
        assert labels
        for one in labels:
            assert '<a:bodyPr wrap="none"/>' in one
            shown = re.findall('<c:show([A-Za-z]+) val="1"/>', one)
            assert shown == ["Val"]
            assert one.count("<c:show") == 6


def test_names_leave_room_for_bars_in_office() -> None:
    assert named("1. Програма 1") == "1. Програма 1"
    assert named(LONG) == LONG[:149].rstrip() + "…"
    assert named(f"1. {ENDLESS}") == f"1. {'П' * 35}…"


def test_excel_charts_follow_the_cells_of_the_table(project: Project) -> None:

    document = document_of(*USUAL)
    book = openpyxl.load_workbook(io.BytesIO(bytes_of("xlsx", document, project)))
    report, figures = book.worksheets
    assert (report.title, figures.title) == ("Звіт", "Дані діаграм")
    cached = openpyxl.load_workbook(
        io.BytesIO(bytes_of("xlsx", document, project)), data_only=True
    ).worksheets
    seen = 0
    for row in figures.iter_rows(min_col=2):
        for cell in row:
            if cell.data_type == "f":
                place_of = str(cell.value).removeprefix("='Звіт'!")
                assert cached[0][place_of].value == cached[1][cell.coordinate].value
                seen += 1
    assert seen == 3 + 6 + 4


def test_a_template_without_charts_is_refused(project: Project) -> None:

    frame, _ = find_frame(project, "")
    document, typeface = document_of(*USUAL), find_typeface("")
    page = re.sub(r"<p class=\"chart\">.*</p>", "", frame.html)
    with pytest.raises(FrameError, match="Шаблон не показує діаграми «Діаграма 1"):
        produce("html", document, replace(frame, html=page), typeface, "typst")
    shape = re.sub(r'.*if it.type == "chart".*', "", frame.typst)
    with pytest.raises(FrameError, match="не всі рядки таблиць, підписи й діаграми"):
        produce("pdf", document, replace(frame, typst=shape), typeface, "typst")
