"""The board drawn up: every programme that the council has, and where its report stands."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.checked import Checked
from reportgen.build.checking import check_reports
from reportgen.build.cores import cores
from reportgen.build.current import Current
from reportgen.build.examine import examine
from reportgen.build.project import SIGNED_FOLDER, Project, display_name
from reportgen.build.remembered import Memory
from reportgen.check import years_of
from reportgen.check.faults import LACKING
from reportgen.compute.standing import deadlines_of, goals_of, state_of
from reportgen.diagnostics import Diagnostic, Severity, in_order
from reportgen.load import Content, Masthead, ReportSource, load_masthead, programme_slugs
from reportgen.model.board import Board, Counts, Standing, State
from reportgen.model.council import Council, Executor, RegisteredProgramme
from reportgen.model.period import Part, Period
from reportgen.model.programme import Term

_PROGRAMMES = "content/programmes"
_NOT_AWAITED = frozenset({State.NOT_RUNNING, State.NOT_REPORTED})


@dataclass(frozen=True, slots=True)
class Asked:
    """The period and the day of a board, and the folder that builds have written to."""

    period: Period
    today: datetime.date
    output: Path


def draw_up(
    content: Content,
    project: Project,
    memory: Memory,
    asked: Asked,
    found: Iterable[Diagnostic],
) -> tuple[Board | None, list[Diagnostic]]:
    """Return the board of a period, and the findings that are no programme's on it.

    ``found`` is of the council and of what lies in its folders. A report's state is what ``check``
    says of all reports of its period. There is no board where the council's own files have errors:
    no report can be built then.
    """
    council = content.council
    if council is None or not content.sound:
        return None, [*found]
    sources = [one for one in content.sources if one.period == asked.period]
    checks = dict(check_reports(sources, content, project, memory, cores()))
    # These are all reports of the period, so what is remembered across them stays as it is.
    everything = in_order(examine(checks, content, project, [*found], memory))
    folders = _Folders(council, project, asked, checks, everything)
    slugs = programme_slugs(content)
    registered = [one for one in council.programmes.values() if one.slug not in slugs]
    standings = [
        *map(folders.standing, slugs),
        *(_of_register(one, council, asked) for one in registered),
    ]
    order = [*State]
    standings.sort(key=lambda one: (-one.late, order.index(one.state)))
    board = Board(council.name, asked.period, asked.today, tuple(standings))
    told = {one for slug in slugs for one in folders.about(slug)}
    # Without any report, every line of the board says so.
    return board, [one for one in everything if one not in told and one.code != "content-empty"]


class _Folders:
    """Tells of programmes with a folder of their own where their reports of one period stand."""

    def __init__(
        self,
        council: Council,
        project: Project,
        asked: Asked,
        checks: Mapping[ReportSource, Checked],
        found: Sequence[Diagnostic],
    ) -> None:
        self._council = council
        self._project = project
        self._asked = asked
        self._current = Current(project, asked.output)
        self._reports = {one.slug: (one, checked) for one, checked in checks.items()}
        self._registered = {one.slug: one for one in council.programmes.values()}
        self._places: dict[str, list[Diagnostic]] = {}
        for one in found:
            self._places.setdefault(one.span.file.rpartition("/")[0], []).append(one)
            self._places.setdefault(one.span.file, []).append(one)

    def about(self, slug: str) -> list[Diagnostic]:
        """Return what is found of a programme: of its report, in its folder and in its form."""
        places = [f"{_PROGRAMMES}/{slug}"]
        own: Sequence[Diagnostic] = ()
        if slug in self._reports:
            _, checked = self._reports[slug]
            own = checked.found
            places += ["templates", f"templates/{checked.form_id}"]
        return in_order([*own, *(one for place in places for one in self._places.get(place, ()))])

    def standing(self, slug: str) -> Standing:
        """Return where a programme's report stands."""
        source, checked = self._reports.get(slug, (None, None))
        folder = self._project.root / _PROGRAMMES / slug
        head = self._masthead(folder / "programme.yaml", checked)
        counts = _counts(self.about(slug))
        files: tuple[str, ...] = ()
        if source and checked and not counts.errors:
            files = self._current.files(source, checked.form_id, checked.edition)
        period = self._asked.period
        signed = self._signed(files)
        state = (
            state_of(counts, is_built=bool(files), is_signed=bool(signed))
            if source
            else _without_file(head.term, head.reported, period)
        )
        met = goals_of(state, counts, is_read=checked is not None and checked.asked)
        steps = () if state in _NOT_AWAITED else self._council.timetable
        registered = self._registered.get(slug)
        return Standing(
            id=slug,
            name=head.name or (registered.name if registered else slug),
            executor=_short(head.executor or (registered.executor if registered else None)),
            state=state,
            counts=counts,
            deadlines=deadlines_of(steps, period, self._asked.today, met),
            source=display_name(folder / f"{period.id}.yaml", self._project),
            files=files,
            outdated=source is not None and not files and self._current.has_files(source),
            signed=signed,
        )

    def _signed(self, files: Sequence[str]) -> str:
        """Return where the signed PDF of a report lies, if all have signed what is built now."""
        name = next((one for one in files if one.endswith(".pdf")), "")
        place = f"{SIGNED_FOLDER}/{name}"
        if not name or not (self._project.root / place).is_file():
            return ""
        from reportgen.build.signed_files import is_signed  # noqa: PLC0415 - heavy, and rarely needed

        return place if is_signed(self._asked.output / name, self._project.root / place) else ""

    def _masthead(self, path: Path, checked: Checked | None) -> Masthead:
        """Return what a programme's file says: where it was checked, it has been read already."""
        if checked and (passport := checked.passport):
            executor = self._council.executors.get(passport.executor)
            return Masthead(passport.name, executor, passport.term)
        return load_masthead(path, self._project.root, self._council)


def _of_register(one: RegisteredProgramme, council: Council, asked: Asked) -> Standing:
    """Return where a programme stands of which the register alone knows."""
    state = _without_file(years_of(one.name), frozenset(Part), asked.period)
    steps = () if state in _NOT_AWAITED else council.timetable
    return Standing(
        id=one.id,
        name=one.name,
        executor=_short(one.executor),
        state=state,
        counts=Counts(),
        deadlines=deadlines_of(steps, asked.period, asked.today, frozenset()),
        source="",
        files=(),
        outdated=False,
    )


def _short(executor: Executor | None) -> str:
    return executor.short if executor else ""


def _without_file(term: Term | None, reported: Collection[Part], period: Period) -> State:
    if term and not term.first <= period.year <= term.last:
        return State.NOT_RUNNING
    return State.NO_FILE if period.part in reported else State.NOT_REPORTED


def _counts(found: Sequence[Diagnostic]) -> Counts:
    errors = [one for one in found if one.severity is Severity.ERROR]
    own = f"{_PROGRAMMES}/"
    return Counts(
        errors=len(errors),
        lacking=sum(one.code in LACKING and one.span.file.startswith(own) for one in errors),
        warnings=sum(one.severity is Severity.WARNING for one in found),
        notes=sum(one.severity is Severity.NOTE for one in found),
    )
