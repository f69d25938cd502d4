"""Figures that a form requires and a source does not have: told once, at their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.diagnostics import Diagnostic
from reportgen.importing.outline import Entry
from reportgen.model.form import Form, Kind, Shown, TableSection


def lacking(section: TableSection, entry: Entry) -> list[str]:
    """Return the columns of figures that the form requires of a row and its source does not have.

    Each of them is told where it is missed.
    """
    if entry.level.shown is not Shown.ROW:
        return []
    return [
        one.id for one in section.fields
        if one.required and one.given and one.kind in (Kind.MONEY, Kind.NUMBER)
        and one.id not in entry.given and one.id not in entry.told
    ]  # fmt: skip


def told_already(
    faults: Sequence[Diagnostic], outlines: Mapping[str, Sequence[Entry]], form: Form
) -> tuple[Diagnostic, ...]:
    """Return the faults that name a figure whose cell has been told of."""
    told = tuple(
        f"у рядку «{one.id or one.number}» немає «{column}»"
        for table in form.outlines
        for top in outlines.get(table.id, ())
        for one in top.walk()
        for column in lacking(table, one)
    )
    return tuple(
        one for one in faults if one.code == "field-missing" and one.message.startswith(told)
    )
