"""A foreign report as content: the texts of the files that it becomes, and what is to be told.

Nothing is read or written here: the source, the forms, the council and the files that are there
come as values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.check import check_fit
from reportgen.check.funds import funds_shown
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.importing.figures import compare_figures
from reportgen.importing.findings import Findings
from reportgen.importing.fund_parts import take_fund_parts
from reportgen.importing.lacking import told_already
from reportgen.importing.money import asks_fund, default_fund
from reportgen.importing.named_funds import named_funds
from reportgen.importing.outline import Entry, OutlineMaker, with_doubts
from reportgen.importing.passport_differs import is_another, tell_another, tell_differences
from reportgen.importing.passport_told import tell_of_frame
from reportgen.importing.period_file import period_text
from reportgen.importing.programme_file import ProgrammeFile
from reportgen.importing.programme_there import form_of, names_of, term_of
from reportgen.importing.register_files import extended_register
from reportgen.importing.registers import Registers, with_new
from reportgen.importing.understanding import Understood, programme_of, understand
from reportgen.importing.values import ValueReader
from reportgen.load.period import load_period
from reportgen.load.programme import load_programme
from reportgen.model.council import Council
from reportgen.model.form import Form, GivenBy, Shown
from reportgen.model.period import Period
from reportgen.model.programme import Programme
from reportgen.model.report import Report
from reportgen.read.source import SourceFile
from reportgen.source import Mapping as MappingNode
from reportgen.source import parse

_REGISTERS = "content/registers"


@dataclass(frozen=True, slots=True)
class Project:
    """What an import finds: the council, the forms, and files by name, those that are there."""

    council: Council
    forms: Sequence[Form]
    files: Mapping[str, str]
    schemas: frozenset[str] = frozenset()  # forms for whose files editors have schemas
    periods: Mapping[str, str] = field(default_factory=dict)  # of the programme, by id


@dataclass(frozen=True, slots=True)
class Imported:
    """Content made of a source: files to be written, by name, and findings.

    ``faults`` is what loading these files complains of: what the source does not say. ``repeated``
    are those of them that a finding tells already.
    """

    form: Form
    period: Period
    rows: int
    files: Mapping[str, str]
    found: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...]
    repeated: tuple[Diagnostic, ...] = ()


def import_source(
    source: SourceFile, slug: str, period: Period, project: Project
) -> Imported | tuple[Diagnostic, ...]:
    """Return a source as content of programme ``slug``; findings alone if it is nothing usable."""
    findings = Findings(source.name)
    for remark in source.remarks:
        findings.tell("import-reader", remark.place, remark.message)
    registers = Registers(project.council, findings)
    home = f"content/programmes/{slug}"
    passport_file, period_file = f"{home}/programme.yaml", f"{home}/{period.id}.yaml"
    old = project.files.get(passport_file, "")
    usual_form = form_of(old, passport_file)
    understood = understand(
        source,
        project.forms,
        period,
        registers,
        findings,
        preferred=usual_form,
        term=term_of(old, passport_file),
    )
    if understood is None:
        return tuple(findings.found)
    names = names_of(old, passport_file)
    if is_another(understood.passport, names) and not programme_of(source, {slug: names}):
        tell_another(understood.passport, slug, names, findings)
        return tuple(findings.found)
    made = _Making(understood, period, project, registers, findings)
    texts = made.files(passport_file, period_file, old, usual_form, slug)
    return Imported(
        form=understood.choice.form,
        period=period,
        rows=made.rows,
        files={name: text for name, text in texts.items() if project.files.get(name) != text},
        found=tuple(findings.found),
        faults=made.faults,
        repeated=made.repeated,
    )


class _Making:
    """Makes the files of what was understood."""

    def __init__(
        self,
        understood: Understood,
        period: Period,
        project: Project,
        registers: Registers,
        findings: Findings,
    ) -> None:
        self._understood = understood
        self._form = understood.choice.form
        self._period = period
        self._project = project
        self._registers = registers
        self._findings = findings
        self.faults: tuple[Diagnostic, ...] = ()
        self.repeated: tuple[Diagnostic, ...] = ()
        self.rows = 0

    def files(
        self, passport_file: str, period_file: str, old: str, usual_form: str, slug: str
    ) -> dict[str, str]:
        """Return the texts of all files, by name."""
        form, surroundings = self._form, self._understood.surroundings
        values = ValueReader(self._registers, self._findings)
        known = self._known(old, passport_file, slug)
        council, periods = self._project.council, self._project.periods
        funds = named_funds(known, periods, form, council) if known else {}
        for table in self._understood.tables:
            shown = frozenset(funds_shown(table.section, form))
            take_fund_parts(table, shown, self._registers.fund_names)
        outlines = {
            table.section.id: OutlineMaker(
                table,
                values,
                known.outlines.get(table.section.id, ()) if known else (),
                self._findings,
                funds.get(table.section.id, {}),
            ).entries()
            for table in self._understood.tables
            if not table.section.summary_of
        }
        every = (one for tops in outlines.values() for top in tops for one in top.walk())
        self.rows = sum(one.level.shown is Shown.ROW for one in every)
        tables = self._understood.tables
        fund = default_fund(form, tables, outlines, values, self._project.council, self._findings)
        executor = self._executor()
        signatories = [self._registers.official_id(one) for one in self._understood.signed]
        tell_of_frame(self._understood, self._period, self._findings, is_new=not old)
        if known:
            tell_differences(self._understood.passport, executor, known, self._findings)

        def texts(outlines: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
            maker = ProgrammeFile(form, self._findings)
            given = fund.fund if asks_fund(form, GivenBy.PROGRAMME) else ""
            passport = self._understood.passport
            programme = (
                maker.extended(old, surroundings.given, outlines)
                if old
                else maker.made(passport, executor, surroundings.given, outlines, given)
            )
            told = period_text(
                self._period,
                form,
                signatories,
                surroundings.told,
                outlines,
                fund=fund.fund if asks_fund(form, GivenBy.PERIOD) else "",
                names_form=bool(usual_form) and usual_form != form.id,
                doubts=[*self._understood.doubts, *([fund.doubt] if fund.doubt else [])],
            )
            return {
                passport_file: programme if old else self._schema("programme") + programme,
                period_file: self._schema("period") + told,
            }

        first = texts(outlines)
        report = self._loaded(first, passport_file, period_file, slug)
        self.repeated = told_already(self.faults, outlines, form)
        if report is None:
            self._tell_uncompared()
            return {**first, **self._register_files()}
        remarks = self._figures(report, outlines)
        if not remarks:
            return {**first, **self._register_files()}
        doubted = {
            table: tuple(with_doubts(one, remarks) for one in entries)
            for table, entries in outlines.items()
        }
        told_before = len(self._findings.found)
        second = texts(doubted)
        del self._findings.found[told_before:]  # the same differences once more
        if self.faults:  # remarks have moved the lines
            self._loaded(second, passport_file, period_file, slug)
            self.repeated = told_already(self.faults, outlines, form)
        return {**second, **self._register_files()}

    def _schema(self, file: str) -> str:
        """Return the line by which editors find the schema of a new file."""
        if self._form.id not in self._project.schemas:
            return ""
        return f"# yaml-language-server: $schema=../../schemas/{self._form.id}.{file}.json\n"

    def _known(self, old: str, file: str, slug: str) -> Programme | None:
        """Return the programme that is there, if it can be read by this form."""
        if not old:
            return None
        root, _ = parse(old, file)
        found: list[Diagnostic] = []
        if not isinstance(root, MappingNode):
            return None
        return load_programme(root, slug, self._form, self._project.council, found)

    def _executor(self) -> str:
        text = self._understood.passport.executor
        place = self._understood.passport.place
        ids = self._registers.executor_ids(text, place) if text else []
        return ids[0] if ids else ""

    def _loaded(
        self, texts: Mapping[str, str], passport_file: str, period_file: str, slug: str
    ) -> Report | None:
        """Load the files as they will be; ``None`` if they do not load."""
        found: list[Diagnostic] = []
        council = with_new(self._project.council, self._registers.new)
        programme_node, problems = parse(texts[passport_file], passport_file)
        period_node, more = parse(texts[period_file], period_file)
        found += [*problems, *more]
        if programme_node is None or period_node is None:
            self.faults = tuple(found)
            return None
        programme = load_programme(programme_node, slug, self._form, council, found)
        period = load_period(period_node, self._period, self._form, council, found)
        report = Report(council, self._form, programme, period)
        # A key that the source does not say, a signatory or a task's name, is no part of figures.
        sound = not has_errors([one for one in found if one.code != "key-missing"])
        found += check_fit(report)
        self.faults = tuple(one for one in found if has_errors([one]))
        return report if sound else None

    def _tell_uncompared(self) -> None:
        """Tell that printed figures were compared with nothing."""
        places = [row.place for table in self._understood.tables for row in table.totals]
        if places:
            message = "надруковані підсумки й відсотки не порівняно з обчисленими"
            hint = "у файлах бракує даних: допишіть їх і звірте підсумки самі"
            self._findings.tell("import-row-unclear", places[0], message, hint)

    def _figures(
        self, report: Report, outlines: Mapping[str, Sequence[Entry]]
    ) -> dict[str, list[str]]:
        """Compare typed figures with computed ones; return remarks by row."""
        figures = compute_report(report)
        remarks: dict[str, list[str]] = {}
        for table in self._understood.tables:
            entries = outlines.get(table.section.id, ())
            of_table = figures[table.section.id]
            for typed in compare_figures(table, table.section, entries, of_table, self._findings):
                remarks.setdefault(typed.key, []).append(typed.remark)
        return remarks

    def _register_files(self) -> dict[str, str]:
        new = self._registers.new
        wanted = {
            "executors": new.executors,
            "programmes": new.programmes,
            "officials": new.officials,
        }
        names = {f"{_REGISTERS}/{name}.yaml": entries for name, entries in wanted.items()}
        return {
            file: extended_register(self._project.files.get(file, ""), entries)
            for file, entries in names.items()
            if entries
        }
