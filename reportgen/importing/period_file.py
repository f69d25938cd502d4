"""The file of one period made of an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from reportgen.editing import parse_yaml
from reportgen.importing.defaults import common_values
from reportgen.importing.outline import Entry
from reportgen.importing.values import Content
from reportgen.importing.yaml_values import node, remark
from reportgen.model.form import Form, GivenBy, Level, Shown
from reportgen.model.period import Period

_STEP = 2


def period_text(  # noqa: PLR0913 - what the file holds
    period: Period,
    form: Form,
    signatories: Sequence[str],
    texts: Mapping[str, str],
    outlines: Mapping[str, Sequence[Entry]],
    *,
    fund: str,
    names_form: bool,
    doubts: Sequence[str],
) -> str:
    """Return the file of a period.

    ``fund`` is that of all money which names none; ``names_form`` says that the programme is
    usually reported in another form; ``doubts`` are remarks on the file as a whole.
    """
    text = parse_yaml()
    root = text.root
    root["period"] = period.id
    remark(root, "period", doubts, 0)
    if names_form:
        root["form"] = form.id
    if len(signatories) == 1:
        root["signatory"] = signatories[0]
    elif signatories:
        listed = CommentedSeq(signatories)
        listed.fa.set_flow_style()
        root["signatories"] = listed
    common = common_values(form, outlines, GivenBy.PERIOD)
    defaults: dict[str, Any] = {key: node(one, _STEP) for key, one in common.items()}
    if fund:
        defaults["fund"] = fund
    if defaults:
        root["defaults"] = CommentedMap(defaults)
    for table in form.outlines:
        entries = outlines.get(table.id, ())
        if entries:
            _put_rows(root, entries, table.restarting, table.rows[0], common)
    for key, told in texts.items():
        root[key] = node(told, 0)
    return str(text)


def _put_rows(
    root: CommentedMap,
    entries: Sequence[Entry],
    restarting: Sequence[Level],
    row: Level,
    common: Mapping[str, Content],
) -> None:
    """Put the rows of a table into the file, below the groups in which numbers start anew."""
    for entry in entries:
        _put(root, entry, restarting, row, common, 0)


def _put(  # noqa: PLR0913, PLR0917 - what a row needs
    holder: CommentedMap,
    entry: Entry,
    restarting: Sequence[Level],
    row: Level,
    common: Mapping[str, Content],
    indent: int,
) -> None:
    if entry.level == row:
        rows = holder.setdefault(row.plural, CommentedMap())
        key = entry.id or entry.number
        rows[key] = _row(entry, common, indent + 2 * _STEP)
        remark(rows, key, entry.doubts, indent + _STEP)
        return
    if entry.level in restarting:
        groups = holder.setdefault(entry.level.plural, CommentedMap())
        holder = groups.setdefault(entry.id or entry.number, CommentedMap())
        indent += 2 * _STEP
    for child in entry.children:
        _put(holder, child, restarting, row, common, indent)


def _row(entry: Entry, common: Mapping[str, Content], indent: int) -> CommentedMap:
    made = CommentedMap()
    for key, value in entry.told.items():
        if common.get(key) != value:
            made[key] = node(value, indent)
    parts = [one for one in entry.children if one.level.shown is Shown.ROW]
    if parts:
        made[parts[0].level.plural] = CommentedMap()
        for part in parts:
            below = made[parts[0].level.plural]
            below[part.id or part.number] = _row(part, {}, indent + 2 * _STEP)
            remark(below, part.id or part.number, part.doubts, indent + _STEP)
    if not made:
        made.fa.set_flow_style()
    return made
