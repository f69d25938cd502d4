"""Checks of one report. Each is a function: report in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias

from reportgen.check.rows import RowPair, paired_rows
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Diagnostic, Span, finding, quoted, shortened
from reportgen.model.form import GivenBy, Kind
from reportgen.model.programme import Amount, Declared, Item
from reportgen.model.report import Report

_LONGEST_NAME = 60  # characters of a text named in a message
_DIGITS_IN_GROUP = 3

Check: TypeAlias = Callable[[Report], Iterator[Diagnostic]]


def check_report(report: Report) -> list[Diagnostic]:
    """Return what does not fit together in a report. Safe on a report that loaded with errors."""
    return [one for check in _CHECKS for one in check(report)]


def _numbers(report: Report) -> Iterator[Diagnostic]:
    """The rows of a programme are found by their numbers: each may stand once."""
    rows = [item for item in report.programme.items() if item.level == report.form.rows[0].id]
    yield from _repeated(rows)
    groups = [report.programme.outline, *(item.children for item in report.programme.items())]
    for siblings in groups:
        yield from _repeated([one for one in siblings if one.level != report.form.rows[0].id])


def _repeated(items: list[Item]) -> Iterator[Diagnostic]:
    first: dict[str, Item] = {}
    for item in items:
        known = first.setdefault(item.key, item)
        if known is not item and item.key:
            message = f"номер {quoted(item.key)} уже є в програмі"
            related = ((known.span, "уперше тут"),)
            yield finding("number-duplicate", item.span, message, "дайте йому інший номер", related)


def _rows(report: Report) -> Iterator[Diagnostic]:
    """The period's file speaks of exactly the rows that the programme has."""
    empty = not any(item.level == report.form.rows[0].id for item in report.programme.items())
    for pair in paired_rows(report):
        if empty:  # that is told by itself
            return
        if pair.item is None and pair.entry is not None:
            message = f"рядка {quoted(pair.key)} немає у програмі «{report.programme.slug}»"
            hint = "виправте його номер або додайте його до programme.yaml"
            yield finding("measure-unknown", pair.entry.span, message, hint)
        elif pair.item is not None and pair.entry is None and report.period.entries:
            where = pair.parent.span if pair.parent else report.period.span
            message = f"бракує рядка «{pair.key}» ({shortened(pair.item.text, _LONGEST_NAME)})"
            hint = "додайте його; якщо коштів не було, запишіть суми 0.0"
            related = ((pair.item.span, "у програмі він тут"),)
            yield finding("measure-missing", where, message, hint, related)


def _fields(report: Report) -> Iterator[Diagnostic]:
    """Every column that the form requires has a value in every row."""
    for pair in paired_rows(report):
        if pair.item is None or pair.entry is None or not pair.entry.readable:
            continue
        for column in report.form.columns:
            # A part shows its money; executors and texts stand in the row above it.
            wanted = column.required and (pair.parent is None or column.kind is Kind.MONEY)
            by_programme = column.given is GivenBy.PROGRAMME
            values = pair.item.values if by_programme else pair.entry.values
            if wanted and column.given and column.id not in values:
                span = pair.item.span if by_programme else pair.entry.span
                heading = shortened(column.heading[-1], _LONGEST_NAME)
                message = f"у рядку «{pair.key}» немає «{column.id}» ({heading})"
                yield finding("field-missing", span, message, "допишіть його до цього рядка")


def _amounts(report: Report) -> Iterator[Diagnostic]:
    """Money is not negative, and a column with totals by fund needs the fund of each amount."""
    for pair, column, amount in _all_amounts(report):
        place = f"у рядку «{pair.key}» сума «{column}»"
        if any(value < 0 for value in (amount.value, *amount.funds.values())):
            message = f"{place} від'ємна"
            yield finding("amount-negative", amount.span, message, "запишіть її без мінуса")
        covered = report.form.funds(column)
        if not covered or pair.parent is not None:
            continue
        if not amount.funds:
            message = f"{place} не має джерела фінансування"
            hint = (
                "додайте defaults: {fund: general} або розпишіть суму: {general: 9.0, special: 3.0}"
            )
            yield finding("fund-missing", amount.span, message, hint)
        for fund in amount.funds:
            if fund not in covered:
                message = f"{place} із джерела «{fund}», а його немає в жодному підсумку форми"
                hint = "виправте джерело або додайте його до funds підсумку у формі"
                yield finding("fund-uncovered", amount.span, message, hint)


def _rounded(report: Report) -> Iterator[Diagnostic]:
    """An amount is printed as it is typed, and a point or comma parts no thousands."""
    decimals = {column.id: column.decimals for column in report.form.columns}
    for pair, column, amount in _all_amounts(report):
        places = decimals[column]
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


def _looks_grouped(value: Decimal) -> bool:
    """Tell whether exactly three digits follow the sign of an amount, as if it parted thousands."""
    return value.as_tuple().exponent == -_DIGITS_IN_GROUP and 1 <= abs(value) < 1000  # noqa: PLR2004


def _with_comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _all_amounts(report: Report) -> Iterator[tuple[RowPair, str, Amount]]:
    for pair in paired_rows(report):
        for values in (pair.item and pair.item.values, pair.entry and pair.entry.values):
            for column, value in (values or {}).items():
                if isinstance(value, Amount):
                    yield pair, column, value


def _declared(report: Report) -> Iterator[Diagnostic]:
    """A declared value is printed as it is: whoever looks at the build is told."""
    decimals = {column.id: column.decimals for column in report.form.columns}
    for pair in paired_rows(report):
        for column, value in pair.entry.values.items() if pair.entry else ():
            if isinstance(value, Declared):
                number = _with_comma(round_half_up(value.value, decimals[column]))
                message = f"рядок «{pair.key}»: надруковано {number} замість обчисленого"
                message += f"; причина: {value.reason}"
                yield finding("percent-declared", value.span, message)


def _width(report: Report) -> Iterator[Diagnostic]:
    """The columns fit between the margins."""
    wide = sum(column.width for column in report.form.columns)
    room = report.council.page.text_width
    if wide > room + 0.01:
        widths = f"колонки разом {wide:g} мм, а між полями сторінки {room:g} мм"
        message = widths.replace(".", ",")
        span: Span = report.form.columns[0].span if report.form.columns else report.form.span
        yield finding("table-too-wide", span, message, "зменште width колонок або поля сторінки")


_CHECKS: tuple[Check, ...] = (_numbers, _rows, _fields, _amounts, _rounded, _declared, _width)
