"""What a row is called: its number and text, wherever its form prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from reportgen.importing.backwards import backwards
from reportgen.importing.labels import Label, read_label, read_number
from reportgen.importing.likeness import likeness, one_line
from reportgen.model.form import TableSection, Total
from reportgen.read.source import SourceCell

_PLAIN_TOTAL = re.compile(
    r"(?:усього|всього|разом|підсумок)(?:\s+(?:за|по)\s+(?:програм\w+|звіт\w*|таблиц\w+))?\s*:?",
    re.IGNORECASE,
)
_TOTAL = 0.88  # so alike a row's name is a total's


def row_label(
    cells: Mapping[str, SourceCell], section: TableSection, depth: int
) -> tuple[Label, dict[str, SourceCell]]:
    """Return a row's own number and text, and its cells with those that a template printed.

    ``depth`` is of how many parts the numbers of rows are, 0 if that is not known.
    """
    level = section.rows[0]
    found = Label("", "")
    own = dict(cells)
    for column in section.columns:
        cell = cells.get(column.id)
        if cell is None:
            continue
        if column.source and column.source.level == "row":
            text = one_line(cell.text)
            if column.source.field == "number":
                found = replace(found, number=read_number(text, level) if level.number else text)
            elif column.source.field == "text":
                found = replace(found, text=text)
            else:
                found = read_label(text, level, depth)
        elif column.template:
            printed = backwards(column.template.template).read(cell.text) or {}
            values = {key.removeprefix("row."): text for key, text in printed.items()}
            text = values.pop("text", "" if values else one_line(cell.text))
            found = Label(values.pop("number", found.number), text or found.text)
            given = {key: one for key, one in values.items() if one and key[:1] != "?"}
            own |= {key: replace(cell, text=one) for key, one in given.items()}
    return found, own


def called(text: str, section: TableSection) -> Total | None:
    """Return the total of a form that a text names."""
    best = max(section.totals, key=lambda one: likeness(one.label, text), default=None)
    if best and likeness(best.label, text) >= _TOTAL:
        return best
    whole = [one for one in section.totals if not one.level and not one.funds]
    return whole[0] if len(whole) == 1 and is_plain_total(text) else None


def is_plain_total(text: str) -> bool:
    """Tell whether a text says no more than that everything is added: «Всього», «Разом:»."""
    return _PLAIN_TOTAL.fullmatch(text.strip()) is not None


def split_called(text: str, section: TableSection) -> int | None:
    """Return which of a form's funding sources a text names, by place."""
    splits = section.splits
    best = max(range(len(splits)), key=lambda at: likeness(splits[at].label, text), default=None)
    if best is None or likeness(splits[best].label, text) < _TOTAL:
        return None
    return best
