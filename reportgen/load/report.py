"""One report: its programme, its period and the form that it is drawn by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.diagnostics import finding, has_errors, quoted
from reportgen.load.content import ReportSource
from reportgen.load.fields import Found, suggest, take
from reportgen.load.form import form_path, load_form
from reportgen.load.period import load_period
from reportgen.load.programme import load_programme
from reportgen.load.scalars import is_slug, text
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import Council
from reportgen.model.report import Report
from reportgen.source import Mapping, Node


def load_report(
    source: ReportSource, root: Path, council: Council, templates: Sequence[Path], found: Found
) -> Report | None:
    """Load one report. ``None`` when a file or the form is missing or unusable.

    With errors in ``found`` the report may hold stand-ins: it can still be checked, never drawn.
    """
    programme_node = load_yaml(source.programme_file, root, found)
    period_node = load_yaml(source.period_file, root, found)
    if programme_node is None or period_node is None:
        return None
    shapes = [node for node in (programme_node, period_node) if not isinstance(node, Mapping)]
    if shapes:
        message = "у файлі мають бути пари «ключ: значення»"
        found += [finding("value-type", node.span, message) for node in shapes]
        return None
    path = _chosen_form(programme_node, period_node, templates, found)
    if path is None:
        return None
    form_found: Found = []
    form = load_form(path, form_found)
    found += form_found
    if form is None or has_errors(form_found):
        return None
    programme = load_programme(programme_node, source.slug, form, council, found)
    period = load_period(period_node, source.period, form, council, found)
    return Report(council, form, programme, period)


def _chosen_form(
    programme: Node, period: Node, templates: Sequence[Path], found: Found
) -> Path | None:
    """Return the file of the period's own form if it names one, else of the programme's."""
    given = [node.entries.get("form") for node in (period, programme) if isinstance(node, Mapping)]
    node = next((one for one in given if one is not None), None)
    if node is None:
        found.append(finding("key-missing", programme.span, "бракує ключа «form»"))
        return None
    name = take(node, text, found)
    if name is None:
        return None
    path = form_path(name, templates) if is_slug(name) else None
    if path is None:
        hint = suggest(name, form_ids(templates))
        found.append(finding("form-unknown", node.span, f"немає форми {quoted(name)}", hint))
    return path


def form_ids(templates: Sequence[Path]) -> list[str]:
    """Return the ids of all forms in the template folders."""
    return sorted({path.parent.name for folder in templates for path in folder.glob("*/form.yaml")})
