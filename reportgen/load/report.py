"""One report: its programme, its period and the form that it is drawn by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.diagnostics import finding, has_errors
from reportgen.load.content import ReportSource
from reportgen.load.fields import Found, suggest
from reportgen.load.form import form_path, load_form
from reportgen.load.period import load_period
from reportgen.load.programme import load_programme
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import Council
from reportgen.model.report import Report
from reportgen.source import Mapping, Node, Scalar


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
    chosen = _chosen_form(programme_node, period_node)
    if chosen is None:
        message = "бракує ключа «form»"
        found.append(finding("key-missing", programme_node.span, message))
        return None
    path = form_path(chosen.text, templates) if "/" not in chosen.text else None
    if path is None:
        hint = suggest(chosen.text, form_ids(templates))
        found.append(finding("form-unknown", chosen.span, f"немає форми «{chosen.text}»", hint))
        return None
    form_found: Found = []
    form = load_form(path, form_found)
    found += form_found
    if form is None or has_errors(form_found):
        return None
    programme = load_programme(programme_node, source.slug, form, council, found)
    period = load_period(period_node, source.period, form, council, found)
    return Report(council, form, programme, period)


def _chosen_form(programme: Node, period: Node) -> Scalar | None:
    """The period's own form if it names one, else the programme's."""
    for node in (period, programme):
        if isinstance(node, Mapping):
            chosen = node.entries.get("form")
            if isinstance(chosen, Scalar) and chosen.text:
                return chosen
    return None


def form_ids(templates: Sequence[Path]) -> list[str]:
    """Return the ids of all forms in the template folders."""
    return sorted({path.parent.name for folder in templates for path in folder.glob("*/form.yaml")})
