"""Why a figure is what it is: by hand, for every shipped report, and for projects at random."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from explained import check_document, figures_of, reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outlines import (
    COLUMNS,
    COUNCIL,
    FEW,
    LEVELS,
    PLACE,
    Whole,
    amount,
    column,
    entry,
    filler,
    item,
    level,
    money,
    outline_column,
    percent,
    period,
    programme,
    share,
    table,
    total,
    wholes,
)
from overlays import all_prepared, projects
from small_project import FORM, PERIOD, base, check, lay

from reportgen.cli.why_json import why_json
from reportgen.cli.why_text import why_text
from reportgen.compute.figures import compute
from reportgen.diagnostics import Span
from reportgen.document.blocks import RowName, Table, TableColumn
from reportgen.document.body import body_rows
from reportgen.document.explain import (
    Added,
    Calculated,
    ExplainedTable,
    Explanation,
    Over,
    Replaced,
    Typed,
    beginning,
    brief,
)
from reportgen.document.header import header_rows
from reportgen.document.origin import (
    ByFund,
    Computed,
    Known,
    Override,
    Reference,
    Sum,
    place_of,
)
from reportgen.model.council import Fund
from reportgen.model.form import Column, Kind, Shown, Split, TableSection
from reportgen.model.formula import parse_formula
from reportgen.model.programme import Amount, Declared, PeriodReport, Programme

NUMBERS = COUNCIL.numbers
NAMED = replace(
    COUNCIL,
    funds={
        key: Fund(key, name, PLACE)
        for key, name in (("general", "загальний"), ("state", "державний"))
    },
)


def drawn(one: TableSection, outline: Programme, report: PeriodReport) -> Table:
    rows = body_rows(compute(outline, report, one), one, NAMED, filler())
    columns = tuple(TableColumn(column.id, column.width) for column in one.columns)
    return Table("", columns, header_rows(one.columns), rows, one.id)


def explained(one: TableSection, outline: Programme, report: PeriodReport) -> ExplainedTable:
    return ExplainedTable(drawn(one, outline, report), NUMBERS)


def told(table: ExplainedTable, row: int, column_id: str) -> str:
    return brief(cell(table, row, column_id), NUMBERS)


def cell(table: ExplainedTable, row: int, column_id: str) -> Explanation:
    ids = [one.id for one in table.columns]
    return table.at(Reference(row, ids.index(column_id)))


OUTLINE = programme(
    item(
        "task",
        "1",
        item("measure", "1.1", values={"plan": amount("861.0")}),
        item("measure", "1.2", values={"plan": amount("0.0")}, position=2),
    )
)
REPORT = period(
    {"1.1": entry({"actual": amount("459.1")}), "1.2": entry({"actual": amount("5.0")})}
)


def test_a_percent_is_told_with_its_figures_and_its_rounding() -> None:
    one = explained(table(totals=(total(),)), OUTLINE, REPORT)
    assert told(one, 0, "percent") == "459,1 : 861,0 × 100 = 53,32… → 53,3"
    assert told(one, 1, "percent") == "5,0 : 0,0 × 100: на нуль не ділять, тому «–»"
    assert told(one, 2, "plan") == "сума 2 рядків: 1.1, 1.2"
    assert told(one, 0, "plan") == ""


def test_a_percent_that_needs_no_rounding_says_nothing_of_it() -> None:
    report = period({"1.1": entry({"actual": amount("430.5")})})
    assert told(explained(table(), OUTLINE, report), 0, "percent") == "430,5 : 861,0 × 100 = 50,0"


def test_what_is_not_given_is_named() -> None:
    one = explained(table(), OUTLINE, period({"1.1": entry()}))
    assert told(one, 0, "percent") == "? : 861,0 × 100: числа немає в «actual», тому «–»"
    assert cell(one, 0, "actual").source == Typed(PLACE)


def test_a_declared_percent_tells_its_reason_and_what_would_be_computed() -> None:
    declared = Declared(Decimal(100), "виконано\nбез коштів", PLACE, Span("a.yaml", 9, 24))
    report = period({"1.1": entry({"actual": amount("459.1"), "percent": declared})})
    one = explained(table(), OUTLINE, report)
    assert told(one, 0, "percent") == "вписано замість 53,3: виконано без коштів"
    source = cell(one, 0, "percent").source
    assert isinstance(source, Replaced)
    assert source.place == Span("a.yaml", 9, 24)


def test_what_would_be_computed_may_have_no_end() -> None:
    """Nobody works out the formula of a declared value before it is explained."""
    power = " * ".join(["plan"] * 60)
    huge = column("huge", kind=Kind.MONEY, formula=parse_formula(power), hidden=True)
    columns = (*COLUMNS[:4], huge, percent("huge * huge * huge * huge"))
    outline = programme(
        item("task", "1", item("measure", "1.1", values={"plan": amount("1" + "0" * 20)}))
    )
    declared = Declared(Decimal(100), "так треба", PLACE)
    one = explained(table(columns=columns), outline, period({"1.1": entry({"percent": declared})}))
    assert told(one, 0, "percent") == "вписано: так треба"
    assert "причина: так треба" in why_text(cell(one, 0, "percent"), NUMBERS)
    assert '"computed": null' in why_json(cell(one, 0, "percent"), NUMBERS)


def test_a_total_without_rows_says_so() -> None:
    one = explained(table(totals=(total(funds=("state",)),)), OUTLINE, REPORT)
    assert told(one, 2, "plan") == "немає рядків із такою сумою, тому «–»"


def by_fund(value: str, **funds: str) -> Amount:
    one = amount(value, **funds)
    places = {fund: Span("a.yaml", 7, at) for at, fund in enumerate(funds, start=20)}
    return replace(one, places=places)


def test_a_part_of_an_amount_is_told_with_its_own_place() -> None:
    """The total adds what no cell shows: a part of an amount, typed at a place of its own."""
    report = period({"1.1": entry({"actual": by_fund("30.0", general="20.0", state="10.0")})})
    one = explained(table(totals=(total(funds=("state",), columns=("actual",)),)), OUTLINE, report)
    assert told(one, 0, "actual") == "сума за джерелами: загальний 20,0 + державний 10,0"
    source = cell(one, 2, "actual").source
    assert isinstance(source, Added)
    [part] = source.parts
    assert (part.name, part.value, part.source) == (
        "1.1",
        Decimal("10.0"),
        Typed(Span("a.yaml", 7, 21)),
    )


def test_an_amount_is_the_sum_of_the_columns_that_show_its_funds() -> None:
    columns = (*COLUMNS, share("local", "actual", "general"), share("state", "actual", "state"))
    report = period({"1.1": entry({"actual": by_fund("30.0", general="20.0", state="10.0")})})
    one = explained(table(columns=columns), OUTLINE, report)
    assert told(one, 0, "actual") == "сума колонок: «local» 20,0 + «state» 10,0"
    source = cell(one, 0, "actual").source
    assert isinstance(source, Added)
    assert source.over is Over.COLUMNS


def test_a_hidden_figure_has_its_place_and_its_meaning() -> None:
    hidden = replace(money("extra"), hidden=True)
    rest = replace(percent("extra * 2 - actual"), id="rest", kind=Kind.MONEY)
    values = {
        "actual": amount("459.1"),
        "extra": replace(amount("12.25"), span=Span("b.yaml", 4, 3)),
    }
    one = explained(
        table(columns=(*COLUMNS, hidden, rest)), OUTLINE, period({"1.1": entry(values)})
    )
    assert told(one, 0, "rest") == "12,25 × 2 − 459,1 = −434,6"
    source = cell(one, 0, "rest").source
    assert isinstance(source, Calculated)
    extra = source.inputs["extra"]
    assert (extra.name, extra.column, extra.source) == ("extra", None, Typed(Span("b.yaml", 4, 3)))


def test_a_hidden_figure_that_is_not_given_stops_no_one() -> None:
    hidden = replace(money("extra"), hidden=True)
    rest = replace(percent("extra * 2"), id="rest", kind=Kind.MONEY)
    one = explained(table(columns=(*COLUMNS, hidden, rest)), OUTLINE, REPORT)
    assert told(one, 0, "rest") == "? × 2: числа немає в «extra», тому «–»"


def test_rows_are_named_as_content_names_them() -> None:
    levels = (level("sector", Shown.BAND, restarts=True), *LEVELS[1:])
    part = item("part", "а", values={"plan": amount("1.0")})
    measure = item("measure", "1.1", replace(part, key="sport/а"))
    outline = programme(
        replace(item("sector", "1", replace(measure, key="sport/1.1")), key="sport")
    )
    totals = (total("Разом", level="sector"), total("Всього\nза всім"))
    rows = drawn(table(levels, COLUMNS[1:], totals), outline, period({})).body
    assert [str(row.name) for row in rows] == [
        *("sport", "sport/1.1", "sport/1.1/а"),
        *("sport/Разом", "Всього за всім"),
    ]


def test_rows_by_source_are_named_by_their_sources() -> None:
    splits = (Split("Усього", (), PLACE), Split("Бюджет", ("state",), PLACE))
    columns = (outline_column("measure", "row"), outline_column("by", "split"), money("actual"))
    rows = drawn(table(LEVELS[:2], columns, splits=splits), OUTLINE, REPORT).body
    assert rows[1].name == RowName("1.1", "Бюджет", ("state",))
    assert str(rows[1].name) == "1.1/Бюджет"


def test_headings_that_are_not_alone_are_named_with_those_above_them() -> None:
    def headed(column_id: str, *heading: str) -> Column:
        return replace(money(column_id), heading=heading, label="5")

    columns = (headed("a", "План", "усього"), headed("b", "Факт", "усього"), headed("c", "Інше"))
    one = explained(table(LEVELS, (outline_column("measure", "row"), *columns)), OUTLINE, REPORT)
    assert [str(name) for name in one.columns][1:] == [
        "5 «План — усього»",
        "5 «Факт — усього»",
        "5 «Інше»",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("53.3217", "53,32…"),
        ("12.25", "12,25"),
        ("50", "50"),
        ("1200", "1\u00a0200"),
        ("-0.004", "0,00…"),
        ("-7.126", "−7,12…"),
    ],
)
def test_a_number_is_cut_not_rounded(value: str, text: str) -> None:
    assert beginning(Decimal(value), 2, NUMBERS) == text


def test_what_is_typed_has_a_place_and_what_is_made_has_none() -> None:
    there, then = Span("a.yaml", 2, 3), Span("a.yaml", 4, 5)
    parts = (Known("general", Decimal(1), there), Known("state", Decimal(2), then))
    made = Computed(parse_formula("1 + 1"), {}, 1, "–")
    assert [place_of(one) for one in (there, ByFund(parts), Override(then, "так", made))] == [
        *(there, there, then)
    ]
    assert [place_of(one) for one in (None, Sum(parts), made)] == [None] * 3


# Formulas over formulas.


def chained(number: int, *, hidden: bool) -> tuple[Column, ...]:
    """Return columns each of which adds the two before it."""
    first = (money("c0"), money("c1"))
    rest = (
        column(
            f"c{at}",
            kind=Kind.MONEY,
            formula=parse_formula(f"c{at - 1} + c{at - 2}"),
            hidden=hidden,
        )
        for at in range(2, number)
    )
    last = column("last", kind=Kind.MONEY, formula=parse_formula(f"c{number - 1}"))
    return (outline_column("measure", "row"), *first, *rest, last)


@pytest.mark.parametrize(("number", "hidden"), [(40, False), (40, True), (600, True)])
def test_what_is_used_many_times_is_explained_once(number: int, hidden: bool) -> None:  # noqa: FBT001
    report = period({"1.1": entry({"c0": amount("0.1"), "c1": amount("0.2")})})
    one = explained(table(LEVELS, chained(number, hidden=hidden)), OUTLINE, report)
    last = cell(one, 0, "last")
    assert brief(last, NUMBERS)
    assert len(why_text(last, NUMBERS).splitlines()) < 12 * number
    assert len(why_json(last, NUMBERS).splitlines()) < 60 * number


# Laws.


@FEW
@given(wholes())
def test_every_made_figure_can_be_told_in_a_line(whole: Whole) -> None:
    one = ExplainedTable(drawn(whole.table, whole.programme, whole.period), NUMBERS)
    for _, cell_explained in one.made():
        line = brief(cell_explained, NUMBERS)
        assert line
        assert "\n" not in line
        assert cell_explained.text in line or isinstance(cell_explained.source, (Added, Replaced))


@pytest.mark.parametrize("root", projects(), ids=lambda root: root.name)
def test_every_shipped_figure_follows_from_the_files(root: Path) -> None:
    """Each leaf of an explanation stands at its place; from the leaves comes what is printed."""
    read = reader(root)
    for prepared in all_prepared(root):
        assert prepared.document
        figures = check_document(prepared.document, read)
        assert figures or prepared.source.slug == "concept"


#: The small form with what it lacks: amounts by fund, a hidden field, totals of groups and funds.
COLUMNS_BY_FUND = """\
  - {id: general, heading: Загальний, width: 20, kind: money, of: actual, funds: [general]}
  - {id: special, heading: Спеціальний, width: 20, kind: money, of: actual, funds: [special]}
  - {id: rest, heading: Решта, width: 20, kind: money, formula: annual_plan - extra / 3}
"""
MORE_TOTALS = """\
fields:
  - {id: extra, kind: money, given: period, required: false}
totals:
  - {label: Разом, level: task, columns: [annual_plan, extra, rest]}
  - {label: Загальний, funds: [general], columns: [annual_plan, actual, percent]}
  - {label: Спеціальний, funds: [special], columns: [annual_plan, actual, percent]}
"""
RICH = (
    base(FORM)
    .replace("width: 60", "width: 20")
    .replace("width: 44", "width: 24")
    .replace("  - {id: info,", f"{COLUMNS_BY_FUND}  - {{id: info,")
    .replace("totals:\n", MORE_TOTALS)
)

numbers = st.decimals(0, 10**5, places=1)
#: An amount as people may write it.
written = st.one_of(
    numbers.map(str),
    numbers.map(lambda one: f'"{one}"'.replace(".", ",")),
    st.tuples(numbers, numbers).map(lambda two: f"{{general: {two[0]}, special: {two[1]}}}"),
    numbers.map(lambda one: f"\n      special: {one}"),
)
declared = st.one_of(st.none(), numbers.map(lambda one: f"{{reason: так, declared: {one}}}"))


@st.composite
def periods(draw: st.DrawFn) -> str:
    """A period's file of the small project with any figures."""
    text = base(PERIOD)
    for old in ("120.0", "48.5", "36.0", "18.0"):
        text = text.replace(f": {old}\n", f": {draw(written)}\n")
    for key in ("1.1", "1.2"):
        more = [("percent", draw(declared)), ("extra", draw(st.none() | written))]
        lines = "".join(f"\n    {name}: {value}" for name, value in more if value is not None)
        text = text.replace(f"  {key}:", f"  {key}:{lines}", 1)
    return text


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(periods())
def test_every_figure_follows_from_the_files(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    root = lay(tmp_path_factory.mktemp("why"), {FORM: RICH, PERIOD: text})
    _, [prepared] = check(root)
    assert prepared.document, prepared.found
    assert check_document(prepared.document, reader(root)) > 10
    for one in figures_of(prepared.document):
        assert why_text(one, prepared.document.numbers).startswith("Рядок «")
        assert why_json(one, prepared.document.numbers)
