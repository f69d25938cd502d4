"""In which order a person writes the keys of a period's file."""

from __future__ import annotations

from reportgen.entry.questions import SIGNATORY, STATUS, given_columns
from reportgen.entry.rows import Path, outline_rows
from reportgen.model.form import FactsSection, Kind, NarrativeSection
from reportgen.model.report import Report


def key_order(report: Report) -> dict[Path, tuple[str, ...]]:
    """Return in which order keys are written, by the mapping that holds them."""
    order: dict[Path, list[str]] = {(): ["form", "period", SIGNATORY, "signatories", "defaults"]}
    for table in report.form.outlines:
        columns = given_columns(table)
        texts = [one.id for one in columns if one.kind is Kind.NARRATIVE]
        figures = [one.id for one in columns if one.kind is not Kind.NARRATIVE]
        computed = [one.id for one in table.fields if one.formula]
        own = ["fund", *figures, *computed, STATUS, *texts]
        own += [level.plural for level in table.rows[1:]]
        for row in outline_rows(report, table):
            for depth in range(0, len(row.path), 2):
                above, key = row.path[:depth], row.path[depth]
                siblings = order.setdefault((*above, key), [])
                inner = order.setdefault(above, [])
                if key not in inner:
                    inner.append(key)
                if row.path[depth + 1] not in siblings:
                    siblings.append(row.path[depth + 1])
            order[row.path] = own
    for section in report.form.sections:
        order[()] += [one.id for one in section.facts] if isinstance(section, FactsSection) else []
        order[()] += [section.id] if isinstance(section, NarrativeSection) else []
    return {path: tuple(keys) for path, keys in order.items()}
