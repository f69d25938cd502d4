"""Body rows: what stands in which cell, and where every figure came from."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
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
    outline_column,
    period,
    programme,
    table,
    total,
    wholes,
)

from reportgen.compute.evaluate import evaluate
from reportgen.compute.figures import compute
from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell, Role, Row, place
from reportgen.document.body import body_rows
from reportgen.document.numbers import print_number
from reportgen.document.origin import Computed, Input, Known, Override, Reference, Sum
from reportgen.load.form_sections import ONLY_TABLE
from reportgen.model.council import Executor
from reportgen.model.form import GivenBy, Kind, Shown, TableSection
from reportgen.model.programme import (
    Declared,
    Entry,
    Executors,
    Item,
    PeriodReport,
    Programme,
    Text,
    Value,
)


def measure(number: str, plan: str, *parts: Item) -> Item:
    return item("measure", number, *parts, values={"plan": amount(plan)})


def actual(value: str) -> Entry:
    return entry({"actual": amount(value)})


OUTLINE = programme(
    item("task", "1", measure("1.1", "1000.0"), measure("1.2", "500.0")),
    item("task", "2", measure("2.1", "0.0"), position=2),
)
PERIOD = period({"1.1": actual("333.3"), "1.2": actual("500.0"), "2.1": actual("0.0")})


def rows_of(
    drawn: TableSection, programme: Programme = OUTLINE, report: PeriodReport = PERIOD
) -> tuple[Row, ...]:
    return body_rows(compute(programme, report, drawn), drawn, COUNCIL, filler())


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


def test_a_task_is_merged_over_its_measures() -> None:
    rows = rows_of(table())
    assert texts(rows) == [
        ["1. Назва 1", "1.1. Назва 1.1", "1\u00a0000,0", "333,3", "33,3"],
        ["1.2. Назва 1.2", "500,0", "500,0", "100,0"],
        ["2. Назва 2", "2.1. Назва 2.1", "0,0", "0,0", "–"],
    ]
    assert [rows[0].cells[0].rows, rows[2].cells[0].rows] == [2, 1]


def test_figures_keep_their_exact_values() -> None:
    [first, *_] = rows_of(table())
    assert [cell.value for cell in first.cells] == [
        None,
        None,
        Decimal("1000.0"),
        Decimal("333.3"),
        Decimal("33.3"),
    ]
    assert [cell.kind for cell in first.cells[2:]] == [Kind.MONEY, Kind.MONEY, Kind.PERCENT]


def test_a_total_of_a_task_stands_below_its_last_measure() -> None:
    rows = rows_of(table(totals=(total("Разом", level="task"), total())))
    assert [row.role for row in rows] == [
        *(Role.BODY, Role.BODY, Role.TOTAL),
        *(Role.BODY, Role.TOTAL),
        Role.TOTAL,
    ]
    assert texts(rows)[2] == ["Разом", "1\u00a0500,0", "833,3", "55,6"]
    assert texts(rows)[-1] == ["Всього", "1\u00a0500,0", "833,3", "55,6"]
    assert rows[-1].cells[0].columns == 2


def test_a_label_may_stand_in_a_column_of_its_own() -> None:
    [*_, last] = rows_of(table(totals=(total(at="measure"),)))
    assert [cell.text for cell in last.cells][:2] == ["", "Всього"]


def test_an_outer_cell_reaches_over_the_totals_inside_it() -> None:
    levels = (level("direction", Shown.MERGED, "{position}."), *LEVELS)
    columns = (outline_column("number", "direction", "number"), *COLUMNS)
    outline = programme(item("direction", "7", *OUTLINE.outlines[ONLY_TABLE]))
    rows = rows_of(table(levels, columns, (total("Разом", level="task"),)), outline)
    assert texts(rows)[0][:2] == ["1.", "1. Назва 1"]  # its place in the programme, not its number
    assert rows[0].cells[0].rows == 5  # three measures and two totals
    assert texts(rows)[2] == ["Разом", "1\u00a0500,0", "833,3", "55,6"]


def test_a_band_names_a_group_across_the_table() -> None:
    levels = (level("priority", Shown.BAND), *LEVELS[1:])
    outline = programme(item("priority", "1", measure("1.1", "5.0")))
    columns = COLUMNS[1:]
    band, row = rows_of(table(levels, columns), outline, period({"1.1": actual("5.0")}))
    assert band.role is Role.BAND
    assert [(cell.text, cell.columns) for cell in band.cells] == [("1. Назва 1", 4)]
    assert row.cells[0].text == "1.1. Назва 1.1"


def test_a_band_inside_a_merged_group_divides_its_cell() -> None:
    """The band crosses the whole table, so the group's cell begins anew under each."""
    levels = (level("direction", Shown.MERGED), level("task", Shown.BAND), level("measure"))
    columns = (outline_column("number", "direction", "number"), *COLUMNS[1:])
    rows = rows_of(
        table(levels, columns), programme(item("direction", "7", *OUTLINE.outlines[ONLY_TABLE]))
    )
    assert [row.cells[0].text for row in rows] == [
        *("1. Назва 1", "7.", "1.2. Назва 1.2"),
        *("2. Назва 2", "7."),
    ]


def test_parts_have_their_own_role() -> None:
    outline = programme(
        item("task", "1", measure("1.1", "9.0", item("part", "a", values={"plan": amount("5.0")})))
    )
    report = period({"1.1": entry({"actual": amount("9.0")}, a=actual("1.0"))})
    rows = rows_of(table(), outline, report)
    assert [row.role for row in rows] == [Role.BODY, Role.PART]
    assert texts(rows)[1] == ["Назва a", "5,0", "1,0", "20,0"]


def test_an_amount_left_out_is_an_empty_cell() -> None:
    rows = rows_of(table(), OUTLINE, period({"1.1": entry()}))
    assert texts(rows)[0][2:] == ["1\u00a0000,0", "", "–"]
    assert rows[0].cells[3].value is None


def test_a_declared_value_is_printed_and_says_where_it_was_typed() -> None:
    there = Span("content/2023.yaml", 9, 25)
    declared = Declared(Decimal("100.0"), "виконано без коштів", PLACE, there)
    report = period({"2.1": entry({"actual": amount("0.0"), "percent": declared})})
    cell = rows_of(table(), OUTLINE, report)[2].cells[-1]
    assert (cell.text, cell.value) == ("100,0", Decimal("100.0"))
    assert isinstance(cell.origin, Override)
    assert (cell.origin.place, cell.origin.reason) == (there, "виконано без коштів")
    assert cell.origin.computed.inputs == {"plan": Reference(2, 2), "actual": Reference(2, 3)}


def test_paragraphs_stay_apart() -> None:
    columns = (*COLUMNS, column("info", given=GivenBy.PERIOD))
    info: dict[str, Value] = {"info": Text(("Перший.", "Другий."), PLACE)}
    rows = rows_of(table(columns=columns), OUTLINE, period({"1.1": entry(info)}))
    assert rows[0].cells[-1].paragraphs == ("Перший.", "Другий.")
    assert rows[1].cells[-1].paragraphs == ()


def body(name: str, short: str) -> Executor:
    return Executor("x", name, short, (), "", PLACE)


def executors_cell(*bodies: Executor, short: bool = False) -> str:
    columns = (*COLUMNS, column("executors", kind=Kind.EXECUTORS, short=short))
    one = item("measure", "1.1", values={"executors": Executors(bodies, PLACE)})
    return rows_of(table(columns=columns), programme(item("task", "1", one)))[0].cells[-1].text


def test_executors_stand_in_the_order_of_the_programme() -> None:
    dsp = body("Департамент соціальної політики міста", "Департамент соціальної політики")
    others = body("громадські організації", "громадські організації")
    assert executors_cell(dsp, others) == (
        "Департамент соціальної політики міста, громадські організації"
    )
    assert executors_cell(dsp, others, short=True) == (
        "Департамент соціальної політики, громадські організації"
    )


def test_names_with_commas_are_parted_by_semicolons() -> None:
    youth = body("Управління у справах сім'ї, молоді та спорту", "УССМС")
    others = body("інші виконавчі органи ради", "інші виконавчі органи ради")
    assert executors_cell(youth, others) == (
        "Управління у справах сім'ї, молоді та спорту; інші виконавчі органи ради"
    )
    assert executors_cell(youth, others, short=True) == "УССМС, інші виконавчі органи ради"


def test_a_total_names_the_cells_that_it_adds() -> None:
    [*_, last] = rows_of(table(totals=(total(),)))
    plan, paid, share = last.cells[-3:]
    assert plan.origin == Sum((Reference(0, 2), Reference(1, 2), Reference(2, 2)))
    assert paid.origin == Sum((Reference(0, 3), Reference(1, 3), Reference(2, 3)))
    assert isinstance(share.origin, Computed)
    assert share.origin.inputs == {"plan": Reference(3, 2), "actual": Reference(3, 3)}


def test_a_part_of_an_amount_is_no_cell_and_so_stands_as_itself() -> None:
    split = amount("30.0", general="20.0", state="10.0")
    outline = programme(item("task", "1", item("measure", "1.1", values={"plan": split})))
    totals = (total(funds=("general",), columns=("plan",)), total(columns=("plan",)))
    *_, general, everything = rows_of(table(totals=totals), outline, period({"1.1": entry()}))
    assert general.cells[1].origin == Sum((Known("1.1", Decimal("20.0"), PLACE),))
    assert everything.cells[1].origin == Sum((Reference(0, 2),))


# What holds for every form that the loader lets through.


def drawn(whole: Whole) -> tuple[Row, ...]:
    return body_rows(whole.figures, whole.table, COUNCIL, filler())


def grid(rows: tuple[Row, ...], width: int) -> dict[tuple[int, int], Cell]:
    """Return the cell over every place; a place covered twice or never is an error in itself."""
    return {
        (top + down, left + right): cell
        for top, cells in enumerate(place(rows, width))
        for left, cell in cells
        for down in range(cell.rows)
        for right in range(cell.columns)
    }


@FEW
@given(wholes())
def test_the_grid_is_whole(whole: Whole) -> None:
    rows = drawn(whole)
    width = len(whole.table.columns)
    assert len(grid(rows, width)) == len(rows) * width


@FEW
@given(wholes())
def test_every_row_has_its_own_line_band_or_total(whole: Whole) -> None:
    rows, figures = drawn(whole), whole.figures
    bands = [one.id for one in whole.table.levels if one.shown is Shown.BAND]
    roles = [row.role for row in rows]
    assert roles.count(Role.BODY) + roles.count(Role.PART) == len(figures.lines)
    assert roles.count(Role.TOTAL) == len(figures.totals)
    assert roles.count(Role.BAND) == sum(
        one.level in bands for one in whole.programme.items(ONLY_TABLE)
    )


@FEW
@given(wholes())
def test_bands_and_totals_stand_around_their_rows(whole: Whole) -> None:
    """Read from the top, the rows say: band, what is in it, its totals, and the next."""
    assert said(drawn(whole), whole.table) == expected(whole)


def said(rows: tuple[Row, ...], table: TableSection) -> list[tuple[Role, str]]:
    """Return what names each row: its band, its measure, or its total's one label."""
    measure = [one.id for one in table.columns].index("measure")
    labels = {one.label for one in table.totals}
    found = []
    for row, cells in zip(rows, place(rows, len(table.columns)), strict=True):
        if row.role is Role.TOTAL:
            [text] = [cell.text for cell in row.cells if cell.text in labels]
        else:
            text = dict(cells)[0 if row.role is Role.BAND else measure].text
        found.append((row.role, text))
    return found


def label(item: Item) -> str:
    return item.text if item.level == "part" else f"{item.number}. {item.text}"


def expected(whole: Whole) -> list[tuple[Role, str]]:
    """Walk the outline as a person would copy it into a table."""
    found: list[tuple[Role, str]] = []
    shown = {one.id: one.shown for one in whole.table.levels}

    def walk(one: Item) -> None:
        if shown[one.level] is Shown.BAND:
            found.append((Role.BAND, label(one)))
        if shown[one.level] is Shown.ROW:
            found.append((Role.PART if one.level == "part" else Role.BODY, label(one)))
        for child in one.children:
            walk(child)
        found.extend(
            (Role.TOTAL, total.label) for total in whole.table.totals if total.level == one.level
        )

    for one in whole.programme.outlines[ONLY_TABLE]:
        walk(one)
    found.extend((Role.TOTAL, total.label) for total in whole.table.totals if not total.level)
    return found


@FEW
@given(wholes())
def test_a_merged_column_names_the_group_of_every_line(whole: Whole) -> None:
    rows = drawn(whole)
    places = grid(rows, len(whole.table.columns))
    lines = [top for top, row in enumerate(rows) if row.role in (Role.BODY, Role.PART)]
    for top, line in zip(lines, whole.figures.lines, strict=True):
        above = {one.level: one for one in line.above}
        for index, one in enumerate(whole.table.columns):
            if one.source and one.source.level in above:
                group = above[one.source.level]
                named = {"number": f"{group.number}.", "text": group.text, "label": label(group)}
                assert places[top, index].text == named[one.source.field]


@FEW
@given(wholes())
def test_every_figure_can_be_worked_out_again_from_the_table(whole: Whole) -> None:
    rows = drawn(whole)
    places = grid(rows, len(whole.table.columns))

    def worth(given: Input) -> Decimal | None:
        return given.value if isinstance(given, Known) else places[given.row, given.column].value

    for row in rows:
        for cell in row.cells:
            match cell.origin:
                case Sum(inputs) if inputs:
                    assert cell.value == sum(worth(one) or Decimal(0) for one in inputs)
                case Sum():
                    assert cell.value is None
                case Computed(expression, inputs, decimals, zero):
                    values = {name: worth(one) for name, one in inputs.items()}
                    assert cell.value == evaluate(expression, values, decimals)
                    assert cell.value is not None or cell.text == zero


@FEW
@given(wholes())
def test_every_figure_is_printed_as_it_is(whole: Whole) -> None:
    for row in drawn(whole):
        for cell in row.cells:
            if cell.value is not None:
                assert cell.text == print_number(cell.value, cell.decimals, COUNCIL.numbers)
                assert cell.kind in (Kind.MONEY, Kind.PERCENT)
