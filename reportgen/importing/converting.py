"""Amounts of the source in the form's unit.

A unit in a cell goes before one in the cell's heading, that before one in a line above the table.
What names none is in the form's. Whatever is converted is told, and whatever is doubtful is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.diagnostics import quoted
from reportgen.importing.amounts import (
    NotANumberError,
    is_ambiguous,
    printed,
    read_number,
    shows_thousandths,
)
from reportgen.importing.branches import Branch, ReadTable
from reportgen.importing.findings import Findings
from reportgen.importing.grid import StreamLine
from reportgen.importing.header import Heading
from reportgen.importing.units import (
    Said,
    is_foreign,
    parted,
    powers_in,
    said_units,
    scaled,
    unit_name,
)
from reportgen.model.form import Column, Form, Kind, TableSection
from reportgen.read.source import SourceCell


def in_units(
    tables: Sequence[ReadTable],
    lines: Sequence[StreamLine],
    headers: Sequence[Heading],
    form: Form,
    findings: Findings,
) -> list[str]:
    """Put all money of the tables into the form's unit; return remarks on what is doubtful."""
    remarks: list[str] = []
    for table in tables:
        said = said_units(table.section, lines, headers)
        scales: dict[str, int] = {}
        wanted = _wanted(table.section, form)
        for key, target in wanted.items():
            scales[key], remark = _source_unit(said.get(key), target, findings)
            remarks += [remark] if remark else []
        _tell_scales(table.section, said, scales, wanted, findings)
        _convert(table, scales, wanted, findings)
    return [*dict.fromkeys(remarks)]


def _wanted(section: TableSection, form: Form) -> dict[str, int]:
    """Return the units of a table's columns of money, by the form's headings or its unit."""
    usual = powers_in(form.unit)
    wanted: dict[str, int] = {}
    for column in section.columns:
        own = powers_in(" ".join(column.heading)) or usual
        if column.kind in (Kind.MONEY, Kind.FUNDING) and len(own) == 1:
            wanted[column.id] = min(own)
    return wanted


def _source_unit(said: Said | None, target: int, findings: Findings) -> tuple[int, str]:
    """Return the unit of a column in the source, and a remark where that is doubtful."""
    if said is None:
        return target, ""
    if len(said.powers) == 1 and not said.is_foreign:
        return min(said.powers), ""
    names = " і ".join(unit_name(one) for one in sorted(said.powers))
    what = f"названо різні одиниці ({names})" if said.powers else "одиниця — не гривня"
    message = f"{quoted(said.text)}: {what}; суми перенесено як є"
    hint = f"у формі {unit_name(target)}: звірте суми й перерахуйте їх, якщо треба"
    findings.tell("import-unit", said.place, message, hint)
    return target, f"одиниця сум сумнівна: {what}, у формі {unit_name(target)}"


def _tell_scales(
    section: TableSection,
    said: Mapping[str, Said],
    scales: Mapping[str, int],
    wanted: Mapping[str, int],
    findings: Findings,
) -> None:
    """Tell of a table's columns that are converted: once for each pair of units."""
    pairs = dict.fromkeys(
        (scales[key], wanted[key]) for key in wanted if scales[key] != wanted[key]
    )
    for source, target in pairs:
        keys = [key for key in wanted if (scales[key], wanted[key]) == (source, target)]
        columns = [f"«{one.heading[-1]}»" for one in section.columns if one.id in keys]
        message = f"суми в джерелі — {unit_name(source)}, у формі — {unit_name(target)}: "
        message += f"перераховано {'колонку' if len(columns) == 1 else 'колонки'} "
        hint = f"одиницю названо так: {quoted(said[keys[0]].text)}"
        findings.tell("import-unit", said[keys[0]].place, message + ", ".join(columns), hint)


def _convert(
    table: ReadTable, scales: Mapping[str, int], wanted: Mapping[str, int], findings: Findings
) -> None:
    """Write each amount of a table in the form's unit into its place."""
    columns = {one.id: one for one in table.section.columns if one.id in wanted}
    holders = [*_holders(table)]
    exact = {key: _has_thousandths(one[key] for _, one in holders if key in one) for key in columns}
    for branch, cells in holders:
        for key, column in columns.items():
            if key not in cells:
                continue
            cell, target = cells[key], wanted[key]
            thousandths = exact[key] or column.decimals > 2  # noqa: PLR2004 - as thousands are
            converted = _converted(cell, column, scales[key], target, thousandths=thousandths)
            if converted is cell:
                continue
            cells[key] = converted
            unit = parted(cell.text)[1]
            if unit is not None and unit not in (target, scales[key]):
                message = f"{quoted(cell.text)} перераховано в {unit_name(target)}: "
                message += converted.text
                hint = "у комірці названо свою одиницю"
                findings.tell("import-unit", cell.place, message, hint)
                if branch:
                    branch.doubts.append(f"{key}: у джерелі «{cell.text.strip()}»")


def _has_thousandths(cells: Iterable[SourceCell]) -> bool:
    """Tell whether most of a column's fractions that are typed as text surely have three places."""
    typed = [parted(one.text)[0] for one in cells if one.value is None]
    clear = [one for one in typed if re.search(r"[.,]\d+$", one) and not is_ambiguous(one)]
    return 2 * sum(map(shows_thousandths, clear)) > len(clear)


def _holders(table: ReadTable) -> Iterator[tuple[Branch | None, dict[str, SourceCell]]]:
    """Yield the cells of every row, once each; totals have no branch."""
    for branch in table.walk():
        yield branch, branch.cells
        for cells in branch.splits.values():
            if cells is not branch.cells:
                yield branch, cells
    yield from ((None, row.cells) for row in table.totals)


def _converted(
    cell: SourceCell, column: Column, source: int, target: int, *, thousandths: bool
) -> SourceCell:
    """Return a cell with its amount in the form's unit; the same cell where that is not clear.

    ``thousandths`` says that «12,345» has three decimals.
    """
    bare, unit = parted(cell.text)
    power = (source if unit is None else unit) - target
    two_ways = cell.value is None and is_ambiguous(bare)
    if "%" in cell.text or is_foreign(cell.text) or (two_ways and not thousandths):
        return cell
    try:
        value = cell.value if cell.value is not None else read_number(bare)
    except NotANumberError:
        return cell
    if value is None or not (power or unit is not None or two_ways):
        return cell
    amount = scaled(value, power, column.decimals) if power or unit is not None else value
    return replace(cell, text=printed(amount).replace(".", ","), value=amount)
