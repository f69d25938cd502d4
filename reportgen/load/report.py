"""One report: its programme, its period and the form that it is drawn by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Diagnostic, finding, has_errors, quoted
from reportgen.load.content import ReportSource
from reportgen.load.editions import edition_in_force, editions, form_ids
from reportgen.load.fields import Found, take
from reportgen.load.form import load_form
from reportgen.load.period import load_period
from reportgen.load.programme import load_programme, load_term
from reportgen.load.scalars import is_slug, text
from reportgen.load.words import nearest, suggest
from reportgen.load.yaml_file import load_yaml
from reportgen.load.years import has_years, with_years
from reportgen.model.council import Council
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.programme import Programme
from reportgen.model.report import Report
from reportgen.source import Mapping, Node
from reportgen.source import Sequence as SequenceNode


@dataclass(frozen=True, slots=True)
class Loaded:
    """One report and what is wrong with its files.

    Without a report a file or the form is missing or unusable. With errors it may hold stand-ins:
    it can still be checked, never drawn.
    """

    report: Report | None
    found: tuple[Diagnostic, ...]


class Reports:
    """Loads the reports of a project, each once as long as its programme is the one asked for."""

    def __init__(self, root: Path, council: Council, templates: Sequence[Path]) -> None:
        self._root = root
        self._council = council
        self._templates = templates
        self._slug = ""
        self._loaded: dict[ReportSource, Loaded] = {}
        #: The programme with what is wrong with its file, by the edition of the form.
        self._programmes: dict[str, tuple[Programme, Found]] = {}

    def report(self, source: ReportSource) -> Loaded:
        """Load one report, or return it once more."""
        if source.slug != self._slug:
            self._slug, self._loaded, self._programmes = source.slug, {}, {}
        if source not in self._loaded:
            found: Found = []
            report = self._load(source, found)
            self._loaded[source] = Loaded(report, tuple(found))
        return self._loaded[source]

    def _load(self, source: ReportSource, found: Found) -> Report | None:
        programme_node = load_yaml(source.programme_file, self._root, found)
        period_node = load_yaml(source.period_file, self._root, found)
        if programme_node is None or period_node is None:
            return None
        if not isinstance(programme_node, Mapping) or not isinstance(period_node, Mapping):
            message = "у файлі мають бути пари «ключ: значення»"
            shapes = [one for one in (programme_node, period_node) if not isinstance(one, Mapping)]
            found += [finding("value-type", node.span, message) for node in shapes]
            return None
        templates = self._templates
        chosen = period_node.entries.get("form") or programme_node.entries.get("form")
        if chosen is None:
            hint = f"допишіть тут «form: …»; форми: {', '.join(form_ids(templates))}"
            found.append(finding("key-missing", programme_node.span, "бракує ключа «form»", hint))
            return None
        form = _form(chosen, source.period, templates, found)
        if form is not None:
            form = _fitted(form, programme_node, chosen, templates, found)
        if form is None:
            return None
        programme = self._programme(programme_node, form, found)
        period = load_period(period_node, source.period, form, self._council, found)
        return Report(self._council, form, programme, period)

    def _programme(self, node: Mapping, form: Form, found: Found) -> Programme:
        edition = form.span.file
        if edition not in self._programmes:
            faults: Found = []
            programme = load_programme(node, self._slug, form, self._council, faults)
            self._programmes[edition] = programme, faults
        programme, faults = self._programmes[edition]
        found += faults
        return programme


def load_report(
    source: ReportSource, root: Path, council: Council, templates: Sequence[Path], found: Found
) -> Report | None:
    """Load one report alone, adding its findings."""
    loaded = Reports(root, council, templates).report(source)
    found += loaded.found
    return loaded.report


def _form(chosen: Node, wanted: Period, templates: Sequence[Path], found: Found) -> Form | None:
    """Return the form that a report names, in the edition of its period; ``None`` if unusable."""
    name = take(chosen, text, found)
    if name is None:
        return None
    if not is_slug(name):
        hint = suggest(name, form_ids(templates))
        found.append(finding("form-unknown", chosen.span, f"немає форми {quoted(name)}", hint))
        return None
    path = edition_in_force(name, wanted, templates, found, chosen.span)
    if path is None:
        return None
    form_found: Found = []
    form = load_form(path, form_found)
    found += form_found
    return None if has_errors(form_found) else form


def _fitted(
    form: Form, programme: Mapping, chosen: Node, templates: Sequence[Path], found: Found
) -> Form | None:
    """Return the form with the programme's years; ``None`` if content cannot be read by it."""
    misfit = _misfit(programme, form, chosen, templates)
    if misfit:
        found.append(misfit)
        return None
    if not has_years(form):
        return form
    term = load_term(programme, found)
    return with_years(form, term) if term else None


def _misfit(
    programme: Mapping, form: Form, chosen: Node, templates: Sequence[Path]
) -> Diagnostic | None:
    """Return one finding for a form of another outline, instead of a finding for every row."""
    tops = _tops(form)
    if not tops or any(top in programme.entries for top in tops):
        return None
    lists = [key for key, node in programme.entries.items() if isinstance(node, SequenceNode)]
    other = next((key for key in lists if not nearest(key, tops)), None)
    if other is None:  # left out or misspelt: that is told by itself
        return None
    message = f"форма {quoted(form.id)} не для цієї програми: у формі найвищий рівень"
    message += f" {quoted(tops[0])}, а в програмі {quoted(other)}"
    paths = (editions(one, templates)[-1] for one in form_ids(templates))
    forms = (load_form(path, []) for path in paths)
    fitting = [one.id for one in forms if one and other in _tops(one)]
    hint = f"такий рівень має {', '.join(fitting)}" if fitting else "виправте form"
    return finding("form-mismatch", chosen.span, message, hint)


def _tops(form: Form) -> list[str]:
    """Return the keys of the outlines at the top of ``programme.yaml``."""
    return [table.levels[0].plural for table in form.outlines if table.levels]
