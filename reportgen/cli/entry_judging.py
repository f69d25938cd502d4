"""What is to be said of the text that a period's file is to have, before it has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportgen.build.project import Project
from reportgen.build.sources import allowances, council_files, source_lines
from reportgen.check import check_report, check_texts
from reportgen.check.allowed import read_allowances, sift
from reportgen.check.faults import LACKING
from reportgen.check.printed import Lines
from reportgen.cli.entry_report import Opened
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.model.report import Report


class Judge:
    """Judges texts of one period's file; ``lacking`` is what the last of them does not say yet."""

    def __init__(self, opened: Opened, project: Project) -> None:
        self._opened = opened
        self._project = project
        self._name = opened.source.period_file.relative_to(project.root).as_posix()
        _, before = self._judged(opened.now.text)
        self._before = {(one.code, one.message) for one in before}
        self.lacking = sum(one.code in LACKING for one in before)

    def read(self, text: str, found: list[Diagnostic]) -> Report | None:
        """Return the report of a text; tell of errors, and of doubts that there were not before.

        What a report lacks is no error here: it may be entered piece by piece.
        """
        report, mine = self._judged(text)
        self.lacking = sum(one.code in LACKING for one in mine)
        found += (one for one in mine if one.code not in LACKING and self._is_news(one))
        return report

    def _is_news(self, one: Diagnostic) -> bool:
        return one.severity is Severity.ERROR or (one.code, one.message) not in self._before

    def _judged(self, text: str) -> tuple[Report | None, Sequence[Diagnostic]]:
        opened, found = self._opened, list[Diagnostic]()
        report = opened.now.read(text, found)
        if report is None:
            return None, found
        earlier = opened.now.earlier
        if earlier and earlier.period.period.year != report.period.period.year:
            earlier = None  # figures begin anew with each year
        found += check_report(report, earlier, tuple(found))
        found += check_texts(report, lines_with(self._project, {self._name: text}))
        allowed, wrong = read_allowances(text, self._name)
        files = [opened.source.programme_file, *council_files(self._project)]
        kept, _ = sift([*found, *wrong], [*allowed, *allowances(files, self._project)[0]])
        return report, kept


def lines_with(project: Project, texts: dict[str, str]) -> Lines:
    """Return what gives the lines of a project's files, some of them as they are to be."""
    lines: Callable[[str], Sequence[str]] = source_lines(project)
    new = {name: text.split("\n") for name, text in texts.items()}
    return lambda file: new[file] if file in new else lines(file)
