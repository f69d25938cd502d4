"""Rules over the figures of one report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from reportgen.check.view import Row, View, base_is_zero, computed, unit_hint
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Diagnostic, finding
from reportgen.model.period import Part
from reportgen.model.programme import Declared

_PLANS = ("programme_plan", "annual_plan", "amended_plan")
_MONEY = (*_PLANS, "actual")
_NAMES = {
    "programme_plan": "обсяг за програмою",
    "annual_plan": "річний обсяг",
    "amended_plan": "річний обсяг зі змінами",
    "actual": "профінансовано",
}
_INCLUDING = re.compile(r"\b(?:[ву]\s*т\.\s?ч\.?|[ву]\s+тому\s+числі)[\s:–-]*$", re.IGNORECASE)
_ROUND_DIGITS = 2


def percent_base_zero(view: View) -> Iterator[Diagnostic]:
    """Money was paid, and the percent has nothing to be counted from."""
    for row in view.everything:
        if _paid_without_base(row):
            message = f"у рядку «{row.key}» профінансовано {row.written('actual')}, а плану, від"
            message += " якого рахують відсоток, немає: він 0"
            hint = "перевірте план; якщо кошти виділено понад нього, поясніть це в info"
            yield finding("percent-base-zero", row.place("actual"), message, hint)


def _paid_without_base(row: Row) -> bool:
    actual = row.amount("actual")
    if actual is None or actual <= 0 or "percent" in row.values:  # declared
        return False
    return base_is_zero(row, "percent")


def actual_above_plan(view: View) -> Iterator[Diagnostic]:
    """More was paid than the year's plan, as amended where the form has that apart."""
    for row in view.everything:
        plan = "annual_plan" if row.amount("amended_plan") is None else "amended_plan"
        planned, actual = row.amount(plan), row.amount("actual")
        if planned is None or actual is None or actual <= planned or _paid_without_base(row):
            continue
        message = f"у рядку «{row.key}» профінансовано {row.written('actual')}, а {_NAMES[plan]}"
        message += f" лише {row.written(plan)}"
        hint = unit_hint(view.report, actual, planned)
        hint += "перевірте обидві суми: сплатити можна лише те, що заплановано"
        related = ((row.place(plan), "план тут"),)
        yield finding("actual-above-plan", row.place("actual"), message, hint, related)


def plan_above_programme(view: View) -> Iterator[Diagnostic]:
    """The year's plan is more than the programme has for the measure."""
    for row in view.everything:
        whole = row.amount("programme_plan")
        for plan in ("annual_plan", "amended_plan"):
            planned = row.amount(plan)
            if whole is None or planned is None or planned <= whole:
                continue
            message = (
                f"у рядку «{row.key}» {_NAMES[plan]} {row.written(plan)}, а обсяг за програмою"
            )
            message += f" лише {row.written('programme_plan')}"
            message += f" (менше на {row.written(plan, planned - whole)})"
            hint = unit_hint(view.report, planned, whole)
            hint += "перевірте обидві суми; якщо програму змінено, виправте programme_plan"
            related = ((row.place("programme_plan"), "обсяг за програмою тут"),)
            yield finding("plan-above-programme", row.place(plan), message, hint, related)


def plan_equals_actual(view: View) -> Iterator[Diagnostic]:
    """Before the year ends the plan is what was paid: perhaps the one was typed over the other."""
    if view.report.period.period.part is Part.YEAR:
        return
    for row in view.rows:
        plan = row.amount("annual_plan")
        if plan and plan > 0 and plan == row.amount("actual"):
            message = f"у рядку «{row.key}» річний обсяг точно дорівнює профінансованому:"
            message += f" {row.written('annual_plan')} за {view.report.period.period}"
            hint = "чи не записано сплачене на місці річного плану?"
            yield finding("plan-equals-actual", row.place("annual_plan"), message, hint)


def parts_above(view: View) -> Iterator[Diagnostic]:
    """«У т.ч.» is more than the whole."""
    for row, column, total in _sums_of_parts(view):
        if total > (row.amount(column) or Decimal(0)):
            hint = "складові не можуть бути більші за весь рядок: перевірте суми"
            yield _parts("parts-above", row, column, total, hint)


def parts_differ(view: View) -> Iterator[Diagnostic]:
    """A text that ends «в т.ч.» promises all parts: together they are the whole."""
    for row, column, total in _sums_of_parts(view):
        promised = len(row.parts) > 1 and _INCLUDING.search(row.item.text)
        given = all(part.amount(column) is not None for part in row.parts)
        complete = given and len(row.parts) == len(row.item.children)
        if promised and complete and total < (row.amount(column) or Decimal(0)):
            hint = "якщо названо не всі складові, усе гаразд; інакше перевірте суми"
            yield _parts("parts-differ", row, column, total, hint)


def _sums_of_parts(view: View) -> Iterator[tuple[Row, str, Decimal]]:
    """Yield (row, money column, sum of its parts) wherever the row and parts have money."""
    for row in view.everything:
        for column in _MONEY if row.parts else ():
            whole = row.amount(column)
            given = [value for part in row.parts if (value := part.amount(column)) is not None]
            if given and whole is not None and whole >= 0:  # below zero is told by itself
                yield row, column, sum(given, Decimal(0))


def _parts(code: str, row: Row, column: str, total: Decimal, hint: str) -> Diagnostic:
    message = f"у рядку «{row.key}» {_NAMES[column]} {row.written(column)}, а складові разом"
    message += f" {row.written(column, total)}"
    related = tuple(
        (part.place(column), f"складова «{part.key}»: {part.written(column)}")
        for part in row.parts
        if part.amount(column) is not None
    )
    return finding(code, row.place(column), message, hint, related)


def parts_missing(view: View) -> Iterator[Diagnostic]:
    """A text that ends «в т.ч.» promises parts."""
    for row in view.everything:
        if not row.item.children and _INCLUDING.search(row.item.text):
            message = f"назва рядка «{row.key}» закінчується на «в т.ч.», а складових немає"
            hint = "додайте складові (parts) або приберіть «в т.ч.»"
            yield finding("parts-missing", row.item.span, message, hint)


def percent_declared(view: View) -> Iterator[Diagnostic]:
    """A declared value is printed as it is: whoever looks at the build is told."""
    for row, column, value, own in _declared(view):
        if own != round_half_up(value.value, row.places(column)):
            instead = "прочерку" if own is None else f"обчисленого {row.written(column, own)}"
            message = f"рядок «{row.key}»: надруковано {row.written(column, value.value)} замість"
            message += f" {instead}; причина: {value.reason}"
            yield finding("percent-declared", value.span, message)


def percent_needless(view: View) -> Iterator[Diagnostic]:
    """A declared value is the computed one."""
    for row, column, value, own in _declared(view):
        if own == round_half_up(value.value, row.places(column)):
            message = f"у рядку «{row.key}» записано {row.written(column, own)}, а стільки ж"
            message += " дає обчислення"
            yield finding("percent-needless", value.span, message, f"приберіть «{column}»")


def _declared(view: View) -> Iterator[tuple[Row, str, Declared, Decimal | None]]:
    """Yield what is declared: (row, column, the declared value, the computed one)."""
    for row in view.everything:
        for column, value in row.entry.values.items():
            if isinstance(value, Declared):
                yield row, column, value, computed(row.table, row.values, column)


def amounts_repeated(view: View) -> Iterator[Diagnostic]:
    """Two measures have the same two sums side by side: perhaps a row was copied.

    Sums that anyone might come upon twice are round: of at most two digits that are not zeros.
    """
    first: dict[tuple[str, str, Decimal, Decimal], Row] = {}
    for row in view.rows:
        given = [one for one in _MONEY if _is_telling(row.amount(one))]
        for left, right in pairwise(given):
            key = (left, right, row.amount(left) or Decimal(0), row.amount(right) or Decimal(0))
            known = first.setdefault(key, row)
            if (known.table.id, known.key) == (
                row.table.id,
                row.key,
            ):  # one number twice is told already
                continue
            message = f"у рядках «{known.key}» і «{row.key}» однакові суми: {_NAMES[left]}"
            message += f" {row.written(left)}, {_NAMES[right]} {row.written(right)}"
            hint = "перевірте, чи не скопійовано рядок"
            related = ((known.place(right), f"рядок «{known.key}»"),)
            yield finding("amounts-repeated", row.place(right), message, hint, related)
            break


def _is_telling(amount: Decimal | None) -> bool:
    if amount is None or amount <= 0:
        return False
    return len(amount.normalize().as_tuple().digits) > _ROUND_DIGITS


RULES = (
    percent_base_zero,
    actual_above_plan,
    plan_above_programme,
    plan_equals_actual,
    parts_above,
    parts_differ,
    parts_missing,
    percent_declared,
    percent_needless,
    amounts_repeated,
)
