"""Whether a report fits together at all. Each check is a function: report in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias

from reportgen.check.funds import funds_shown
from reportgen.check.rows import RowPair, paired_rows
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Diagnostic, finding, quoted, shortened
from reportgen.model.council import PageProfile
from reportgen.model.form import FactsSection, Form, GivenBy, Kind, TableSection
from reportgen.model.programme import Amount, Entry, Item
from reportgen.model.report import Report

_LONGEST_NAME = 60  # characters of a text named in a message
_DIGITS_IN_GROUP = 3

Pairs: TypeAlias = tuple[RowPair, ...]
Check: TypeAlias = Callable[[Report, Pairs], Iterator[Diagnostic]]


def check_fit(report: Report) -> list[Diagnostic]:
    """Return what does not fit together in a report. Safe on a report that loaded with errors."""
    pairs = tuple(paired_rows(report))
    return [one for check in _CHECKS for one in check(report, pairs)]


def _numbers(report: Report, _: Pairs) -> Iterator[Diagnostic]:
    """The rows of a programme are found by their numbers: each may stand once."""
    for table in report.form.outlines:
        main = table.rows[0].id
        items = list(report.programme.items(table.id))
        yield from _repeated([item for item in items if item.level == main])
        groups = [report.programme.outlines[table.id], *(item.children for item in items)]
        for siblings in groups:
            yield from _repeated([one for one in siblings if one.level != main])


def _repeated(items: list[Item]) -> Iterator[Diagnostic]:
    first: dict[str, Item] = {}
    for item in items:
        known = first.setdefault(item.key, item)
        if known is not item and item.key:
            message = f"номер {quoted(item.key)} уже є в програмі"
            related = ((known.span, "уперше тут"),)
            yield finding("number-duplicate", item.span, message, "дайте йому інший номер", related)


def _rows(report: Report, pairs: Pairs) -> Iterator[Diagnostic]:
    """The period's file speaks of exactly the rows that the programme has.

    Where a whole group is missing or unknown, one finding stands for all of its rows.
    """
    told: set[tuple[str, str]] = set()
    empty = {one.id for one in report.form.outlines if not _has_rows(report, one)}
    for pair in pairs:
        if pair.table.id in empty:  # that is told by itself
            continue
        if pair.alone and (pair.table.id, pair.group) in told:
            continue
        told.add((pair.table.id, pair.group))
        if pair.item is None and pair.entry is not None:
            yield _unknown(report, pair, pair.entry)
        elif pair.item is not None and pair.entry is None and report.period.entries[pair.table.id]:
            yield _missing(report, pair, pair.item)


def _has_rows(report: Report, table: TableSection) -> bool:
    return any(item.level == table.rows[0].id for item in report.programme.items(table.id))


def _unknown(report: Report, pair: RowPair, entry: Entry) -> Diagnostic:
    what, hint = f"рядка {quoted(pair.key)}", "виправте його номер або додайте його"
    if pair.alone:
        what, hint = f"групи {quoted(pair.group)}", "виправте її позначку або додайте її"
    message, hint = (
        f"{what} немає у програмі «{report.programme.slug}»",
        f"{hint} до programme.yaml",
    )
    return finding("measure-unknown", entry.span, message, hint)


def _missing(report: Report, pair: RowPair, item: Item) -> Diagnostic:
    if pair.alone:
        levels = {level.id for level in pair.table.restarting}
        items = report.programme.items(pair.table.id)
        group = next(one for one in items if one.key == pair.group and one.level in levels)
        message = f"бракує групи «{pair.group}» ({shortened(group.text, _LONGEST_NAME)})"
        hint = "додайте її з усіма рядками або виправте позначку, під якою її записано"
        related = ((group.span, "у програмі вона тут"),)
        return finding("measure-missing", report.period.span, message, hint, related)
    where = pair.parent.span if pair.parent else report.period.span
    message = f"бракує рядка «{pair.key}» ({shortened(item.text, _LONGEST_NAME)})"
    hint = "додайте його; якщо коштів не було, запишіть суми 0.0"
    related = ((item.span, "у програмі він тут"),)
    return finding("measure-missing", where, message, hint, related)


def _fields(_: Report, pairs: Pairs) -> Iterator[Diagnostic]:
    """Every column that the form requires has a value in every row."""
    for pair in pairs:
        if pair.item is None or pair.entry is None or not pair.entry.readable:
            continue
        for column in pair.table.fields:
            # A part shows its money; executors and texts stand in the row above it.
            wanted = column.required and (pair.parent is None or column.kind is Kind.MONEY)
            by_programme = column.given is GivenBy.PROGRAMME
            values = pair.item.values if by_programme else pair.entry.values
            if wanted and column.given and column.id not in values:
                span = pair.item.span if by_programme else pair.entry.span
                heading = shortened(column.heading[-1], _LONGEST_NAME)
                named = f" ({heading})" if heading else ""  # a hidden field has none
                message = f"у рядку «{pair.key}» немає «{column.id}»{named}"
                yield finding("field-missing", span, message, "допишіть його до цього рядка")


def _amounts(report: Report, pairs: Pairs) -> Iterator[Diagnostic]:
    """Money is not negative, and what is shown by fund needs the fund of each amount."""
    covered = {table.id: funds_shown(table, report.form) for table in report.form.outlines}
    money = _decimals(report)  # a quantity may be negative: a change of the population
    for pair, column, amount in _all_amounts(pairs):
        place = f"у рядку «{pair.key}» сума «{column}»"
        values = (amount.value, *amount.funds.values())
        if (pair.table.id, column) in money and any(value < 0 for value in values):
            message = f"{place} від'ємна"
            yield finding("amount-negative", amount.span, message, "запишіть її без мінуса")
        shown = covered[pair.table.id].get(column)
        if not shown or (pair.parent is not None):
            continue
        if not amount.funds:
            message = f"{place} не має джерела фінансування"
            hint = (
                "додайте defaults: {fund: general} або розпишіть суму: {general: 9.0, special: 3.0}"
            )
            yield finding("fund-missing", amount.span, message, hint)
        for fund in amount.funds:
            if fund not in shown:
                message = f"{place} із джерела «{fund}», а форма його ніде не показує"
                hint = "виправте джерело або додайте його до funds у формі"
                yield finding("fund-uncovered", amount.span, message, hint)


def _rounded(report: Report, pairs: Pairs) -> Iterator[Diagnostic]:
    """An amount is printed as it is typed, and a point or comma parts no thousands."""
    decimals = _decimals(report)
    for pair, column, amount in _all_amounts(pairs):
        places = decimals.get((pair.table.id, column))
        if places is None:  # quantities are printed as they are typed
            continue
        for part in amount.funds.values() or [amount.value]:
            printed = round_half_up(part, places)
            in_thousands = places < _DIGITS_IN_GROUP and _looks_grouped(part)
            if part == printed and not in_thousands:
                continue
            written = _with_comma(part)
            message = f"у рядку «{pair.key}» сума «{column}» записана як {written}"
            message += f", а надрукується {_with_comma(printed)}"
            hint = f"запишіть стільки знаків після коми, скільки має форма: {places}"
            if in_thousands:
                whole = written.replace(",", "")
                hint = f"це {whole} чи {written}? Якщо {whole}, приберіть кому чи крапку"
            yield finding("amount-rounded", amount.span, message, hint)


def _decimals(report: Report) -> dict[tuple[str, str], int]:
    """Return, by table and column, the places that figures are rounded to."""
    return {
        (table.id, column.id): column.decimals
        for table in report.form.outlines
        for column in table.fields
        if column.kind in (Kind.MONEY, Kind.PERCENT) or column.formula
    }


def _looks_grouped(value: Decimal) -> bool:
    """Tell whether exactly three digits follow the sign of an amount, as if it parted thousands."""
    return value.as_tuple().exponent == -_DIGITS_IN_GROUP and 1 <= abs(value) < 1000  # noqa: PLR2004


def _with_comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _all_amounts(pairs: Pairs) -> Iterator[tuple[RowPair, str, Amount]]:
    for pair in pairs:
        for values in (pair.item and pair.item.values, pair.entry and pair.entry.values):
            for column, value in (values or {}).items():
                if isinstance(value, Amount):
                    yield pair, column, value


def _width(report: Report, _: Pairs) -> Iterator[Diagnostic]:
    yield from wide_sections(report.form, report.council.page)


def wide_sections(form: Form, page: PageProfile) -> Iterator[Diagnostic]:
    """The columns fit between the margins."""
    room = page.turned(form.landscape).text_width
    for section in form.sections:
        wide, span = 0.0, section.span
        if isinstance(section, TableSection) and section.columns:
            wide = sum(column.width for column in section.columns)
            span = section.columns[0].span
        elif isinstance(section, FactsSection):
            wide = sum(section.widths)
        if wide > room + 0.01:
            widths = f"колонки разом {wide:g} мм, а між полями сторінки {room:g} мм"
            message = widths.replace(".", ",")
            hint = "зменште width колонок або поля сторінки"
            yield finding("table-too-wide", span, message, hint)


_CHECKS: tuple[Check, ...] = (_numbers, _rows, _fields, _amounts, _rounded, _width)
