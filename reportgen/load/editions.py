"""Which edition of a form is in force for a period.

A council re-issues its forms. Every edition is a file of the form's folder: ``form.yaml``, and
beside it the others as ``form-2024-01-01.yaml``, named by the day from which they are in force. A
report is drawn by the edition that is in force on the last day of its period.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from reportgen.diagnostics import Span, finding, quoted
from reportgen.load.fields import Found, take
from reportgen.load.scalars import date
from reportgen.load.words import suggest
from reportgen.load.yaml_file import load_yaml
from reportgen.model.period import Period
from reportgen.source import Mapping

_NAME = re.compile(r"form(?:-([0-9]{4}-[0-9]{2}-[0-9]{2}))?\.yaml")


def form_ids(templates: Iterable[Path]) -> list[str]:
    """Return the ids of all forms in the template folders."""
    return sorted({path.parent.name for folder in templates for path in folder.glob("*/form.yaml")})


def editions(form_id: str, templates: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of a form, by name: the first of the template folders that has it wins."""
    for folder in templates:
        if (folder / form_id / "form.yaml").is_file():
            paths = (folder / form_id).glob("form*.yaml")
            return tuple(sorted(path for path in paths if _NAME.fullmatch(path.name)))
    return ()


def edition_in_force(
    form_id: str, period: Period, templates: Iterable[Path], found: Found, asked: Span
) -> Path | None:
    """Return the file of the edition for a period; ``None`` with a finding if there is none.

    Args:
        form_id: the form.
        period: the period that a report speaks of.
        templates: template folders, in order.
        found: takes the findings.
        asked: where content names the form.
    """
    templates = tuple(templates)
    paths = editions(form_id, templates)
    if not paths:
        hint = suggest(form_id, form_ids(templates))
        found.append(finding("form-unknown", asked, f"немає форми {quoted(form_id)}", hint))
        return None
    known: dict[datetime.date, Path] = {}
    for path in paths:
        day = _valid_from(path, found)
        if day is None:  # it may be the one; loading it tells what is wrong with it
            return path
        if day in known:
            message = f"редакції {known[day].name} і {path.name} чинні з одного дня"
            hint = "виправте valid_from однієї з них"
            found.append(finding("form-edition", asked, message, hint))
        known[day] = path
    in_force = [day for day in known if day <= period.last_day]
    if in_force:
        return known[max(in_force)]
    message = f"форма «{form_id}» чинна лише з {min(known):%d.%m.%Y}"
    hint = f"для періоду {period.id} потрібна її давніша редакція: файл form-рік-місяць-день.yaml"
    found.append(finding("form-edition", asked, message, hint))
    return None


def _valid_from(path: Path, found: Found) -> datetime.date | None:
    """Return the day that an edition says, if it can be read; its name must say the same."""
    unheard: Found = []
    node = load_yaml(path, path.parent.parent.parent, unheard)
    adopted = node.entries.get("adopted") if isinstance(node, Mapping) else None
    given = adopted.entries.get("valid_from") if isinstance(adopted, Mapping) else None
    day = take(given, date, unheard) if given else None
    named = _NAME.fullmatch(path.name)
    if given and day and named and named[1] and named[1] != day.isoformat():
        message = f"редакція чинна з {day.isoformat()}, а файл зветься {path.name}"
        found.append(finding("form-edition", given.span, message, "виправте одне з двох"))
    return day
