"""One report: its programme, its period and the form that it is drawn by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.diagnostics import finding, has_errors, quoted
from reportgen.load.content import ReportSource
from reportgen.load.editions import edition_in_force, form_ids
from reportgen.load.fields import Found, suggest, take
from reportgen.load.form import load_form
from reportgen.load.period import load_period
from reportgen.load.programme import load_programme, load_term
from reportgen.load.scalars import is_slug, text
from reportgen.load.yaml_file import load_yaml
from reportgen.load.years import with_years
from reportgen.model.council import Council
from reportgen.model.period import Period
from reportgen.model.programme import Term
from reportgen.model.report import Report
from reportgen.source import Mapping


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
    if not isinstance(programme_node, Mapping) or not isinstance(period_node, Mapping):
        message = "у файлі мають бути пари «ключ: значення»"
        nodes = (programme_node, period_node)
        shapes = [node for node in nodes if not isinstance(node, Mapping)]
        found += [finding("value-type", node.span, message) for node in shapes]
        return None
    path = _chosen_form(programme_node, period_node, source.period, templates, found)
    if path is None:
        return None
    form_found: Found = []
    form = load_form(path, form_found)
    found += form_found
    if form is None or has_errors(form_found):
        return None
    year = source.period.year
    form = with_years(form, load_term(programme_node) or Term(year, year))
    programme = load_programme(programme_node, source.slug, form, council, found)
    period = load_period(period_node, source.period, form, council, found)
    return Report(council, form, programme, period)


def _chosen_form(
    programme: Mapping, period: Mapping, wanted: Period, templates: Sequence[Path], found: Found
) -> Path | None:
    """Return the edition of the period's own form if it names one, else of the programme's."""
    node = period.entries.get("form") or programme.entries.get("form")
    if node is None:
        found.append(finding("key-missing", programme.span, "бракує ключа «form»"))
        return None
    name = take(node, text, found)
    if name is None:
        return None
    if not is_slug(name):
        hint = suggest(name, form_ids(templates))
        found.append(finding("form-unknown", node.span, f"немає форми {quoted(name)}", hint))
        return None
    return edition_in_force(name, wanted, templates, found, node.span)
