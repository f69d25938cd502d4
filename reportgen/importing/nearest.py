"""Where a file has no table of a form: what was looked for, and what comes nearest to it."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.diagnostics import quoted
from reportgen.importing.findings import Findings
from reportgen.importing.grid import GridRow, StreamLine
from reportgen.importing.likeness import likeness, one_line
from reportgen.model.form import Form
from reportgen.read.source import Place

_ROWS = 60  # of the file, that may be its header
_LEAST = 0.6
_SHOWN = 6  # headings named in a message


def tell_no_table(lines: Sequence[StreamLine], forms: Sequence[Form], findings: Findings) -> None:
    """Tell that no table is known, by the form and the row that fit best."""
    of = f"форми «{forms[0].id}»" if len(forms) == 1 else "якоїсь із форм"
    message = f"у файлі немає таблиці, схожої на таблицю {of}"
    hint = "вкажіть форму (--form) і перевірте, чи є в таблиці її заголовки"
    nearest = _nearest(lines, forms)
    place = lines[0].place if lines else Place("", 1)
    if nearest is not None:
        row, form, missing = nearest
        seen = _listed([cell.text for _, cell in row.filled])
        place = row.place
        message += f"; найближчий до заголовків рядок: {seen}"
        hint = f"форма «{form.id}» має ще колонки {_listed(missing)}: назвіть їх у таблиці так само"
        hint = hint if missing else "перевірте, чи це заголовки таблиці звіту"
    elif len(forms) == 1:
        wanted = [one.heading[-1] for table in forms[0].tables for one in table.columns]
        hint = f"шукали заголовки {_listed(wanted)}"
    findings.tell("import-no-table", place, message, hint)


def _nearest(
    lines: Sequence[StreamLine], forms: Sequence[Form]
) -> tuple[GridRow, Form, list[str]] | None:
    """Return the row with most headings of a form's table, and those that it does not have."""
    best: tuple[GridRow, Form, list[str]] | None = None
    most = 1
    rows = [one for one in lines if isinstance(one, GridRow) and len(one.filled) > 2][:_ROWS]  # noqa: PLR2004
    for form in forms:
        for table in form.tables:
            headings = [one.heading[-1] for one in table.columns]
            for row in rows:
                texts = [cell.text for _, cell in row.filled]
                pairs = [
                    (one, text) for one in headings for text in texts
                    if likeness(one, text) >= _LEAST
                ]  # fmt: skip
                there = {one for one, _ in pairs}
                known = min(len(there), len({text for _, text in pairs}))
                if known > most:
                    most, best = known, (row, form, [one for one in headings if one not in there])
    return best


def _listed(texts: Sequence[str]) -> str:
    shown = [quoted(one_line(one)) for one in texts if one.strip()]
    more = f" і ще {len(shown) - _SHOWN}" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
