"""The proof: every built file of some reports read back and compared with what content says now."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, tee
from pathlib import Path

from reportgen.build.files import locked, put_in_place, refuse_links
from reportgen.build.joint import Ground, Joint, is_joint, made_again, period_of
from reportgen.build.make import hashes_of_inputs
from reportgen.build.manifest import Entry, recorded
from reportgen.build.opened import Model, Opened, format_of, open_built
from reportgen.build.prepare import Prepared, prepare
from reportgen.build.project import Project
from reportgen.diagnostics import BrokenEnvironment, Diagnostic
from reportgen.load import Content, ReportSource
from reportgen.proof.apart import compare_apart
from reportgen.proof.arithmetic import reckon
from reportgen.proof.compare import reader
from reportgen.proof.difference import Compared, Counts
from reportgen.proof.record import NAME, ProvenFile, ProvenReport, as_json

_MOST_NAMED = 5  # reports in a sentence


@dataclass(frozen=True, slots=True)
class Proven:
    """The reports with what became of their files, and what is found in content by now."""

    reports: tuple[ProvenReport, ...]
    found: tuple[Diagnostic, ...]


def prove(
    content: Content,
    sources: Sequence[ReportSource],
    project: Project,
    output: Path,
    dated: datetime.date | None,
) -> Proven:
    """Prove the reports and write what came of it to the output folder, as ``proof.json``.

    Those of which nothing was built have no files. Files that the manifest names for reports which
    content has no more are told of as well, where all reports of their programme are asked for.

    Raises:
        BrokenEnvironment: when nothing was built of any of them, or the folder is in use.
    """
    if not _asked(content, sources, output):
        raise BrokenEnvironment(_nothing_built(sources, output))
    with locked(output):
        entries = _asked(content, sources, output)
        refuse_links(output, {name.partition("/")[0] for name in entries})
        models = _models(entries, content, sources, project, dated)
        proven = _with_unbuilt(_proven(_all_opened(entries, models, output)), sources)
        complete = len(sources) == len(content.sources)
        put_in_place({output / NAME: as_json(proven.reports, complete=complete)})
    return proven


def _asked(content: Content, sources: Sequence[ReportSource], output: Path) -> dict[str, Entry]:
    """Return what the manifest says of the files of some reports, in order."""
    asked = {_named(one) for one in sources}
    left_out = {one.slug for one in content.sources if _named(one) not in asked}
    whole = {one.slug for one in sources} - left_out  # programmes with all of their reports
    others = {one.period.id for one in content.sources if _named(one) not in asked}
    periods = {one.period.id for one in sources} - others  # with all of their reports
    everything = not left_out
    entries = recorded(output)
    names = (
        name
        for name, one in entries.items()
        if everything
        or one.programme in whole
        or _key(one) in asked
        or (is_joint(one.programme) and period_of(one.period) in periods)
    )
    return {
        name: entries[name] for name in sorted(names, key=lambda one: (_key(entries[one]), one))
    }


def _nothing_built(sources: Sequence[ReportSource], output: Path) -> str:
    """Return what to tell where none of the reports was built, naming those that were."""
    built = sorted({"/".join(_key(one)) for one in recorded(output).values()})
    if not built:
        return f"у теці {output} нічого не складено: спершу команда build"
    wanted = _some(["/".join(_named(one)) for one in sources])
    return (
        f"не складено {wanted}: команда build; у теці {output} складено інші звіти: {_some(built)}"
    )


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" і ще {rest}" if rest > 0 else "")


def _with_unbuilt(proven: Proven, sources: Sequence[ReportSource]) -> Proven:
    """Return the reports, in order, with those of which nothing was built."""
    built = {(one.programme, one.period) for one in proven.reports}
    unbuilt = (ProvenReport(*key, "", (), None) for key in map(_named, sources) if key not in built)
    reports = sorted((*proven.reports, *unbuilt), key=lambda one: (one.programme, one.period))
    return replace(proven, reports=tuple(reports))


def _key(entry: Entry) -> tuple[str, str]:
    return entry.programme, entry.period


def _named(source: ReportSource) -> tuple[str, str]:
    return source.slug, source.period.id


def _all_opened(
    entries: Mapping[str, Entry], models: Iterator[Model], output: Path
) -> Iterator[Opened]:
    """Yield the files report by report, each with the model of its report."""
    for _, names in groupby(entries, key=lambda name: _key(entries[name])):
        model = next(models)
        yield from (open_built(model, name, entries[name], output) for name in names)


def _proven(opened: Iterator[Opened]) -> Proven:
    ahead, files = tee(opened)  # a few files are read ahead, one for each core
    answers = compare_apart(one.job for one in ahead if one.job)
    reports: list[ProvenReport] = []
    found: list[Diagnostic] = []
    for _, group in groupby(files, key=lambda one: _key(one.entry)):
        proven = []
        for one in group:
            compared = next(answers) if one.job else Compared(Counts(), ())
            differences = (*one.told, *compared.differences)
            form = format_of(one.name)
            compared = replace(compared, differences=differences)
            proven.append(ProvenFile(one.name, form, one.sha256, reader(form), compared))
        model = one.model
        found += model.prepared.found if model.prepared else ()
        form_id = one.entry.form
        reports.append(
            ProvenReport(model.programme, model.period, form_id, tuple(proven), model.reckoned)
        )
    return Proven(tuple(reports), tuple(found))


def _models(
    entries: Mapping[str, Entry],
    content: Content,
    sources: Sequence[ReportSource],
    project: Project,
    dated: datetime.date | None,
) -> Iterator[Model]:
    """Yield the model of each report that files were built of, in their order."""
    asked = {_named(one): one for one in sources}
    inputs: dict[tuple[str, str], set[str]] = {}
    for one in entries.values():
        inputs.setdefault(_key(one), set()).update(one.inputs)
    for key, names in inputs.items():
        prepared: Prepared | Joint | None = None
        if key in asked:
            prepared = prepare(asked[key], content, project, dated)
        elif is_joint(key[0]) and content.council:
            ground = Ground(content, content.council, project, dated)
            prepared = made_again(ground, *key, names)
        if prepared is None or prepared.document is None:
            yield Model(*key, prepared, {}, None)
        else:
            reckoned = reckon("/".join(key), prepared.document)
            yield Model(*key, prepared, hashes_of_inputs(prepared, project), reckoned)
