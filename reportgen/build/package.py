"""A package made: annexes, decision, note and what holds them together, all of it or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from reportgen.build.annexes import Drawn, draw_annexes
from reportgen.build.apart import draw
from reportgen.build.archive import archive, with_manifest
from reportgen.build.attachments import package_source
from reportgen.build.batch import Batch
from reportgen.build.binding import Binding
from reportgen.build.joint import dressed
from reportgen.build.overrides import wording_faults
from reportgen.build.project import find_wording
from reportgen.compute.consolidated import Consolidated, annexed, consolidate
from reportgen.compute.money import money_decimals
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.document.annex import date_and_number, kind_of, session_line
from reportgen.document.typography import inner_quotes
from reportgen.model.council import Council
from reportgen.model.package import Annex, Package
from reportgen.model.period import Period
from reportgen.write.acts import Act, act_values, make_act
from reportgen.write.attachment import Attachment
from reportgen.write.frame import FrameError

#: The formats of the annexes, and of the decision and the note.
ANNEX_FORMATS, ACT_FORMATS = ("docx", "xlsx", "pdf"), ("docx", "pdf")
DECISION, NOTE = "decision", "note"
_TITLES = {DECISION: "Рішення", NOTE: "Пояснювальна записка до рішення"}


@dataclass(frozen=True, slots=True)
class Packed:
    """The files of a package by name, none of them if an error was found."""

    files: Mapping[str, bytes]
    found: tuple[Diagnostic, ...]


def annex_name(annex: Annex, number: int) -> str:
    """Return what the files of an annex, one of so many, are called: «01-social-protection»."""
    return f"{annex.number:0{max(2, len(str(number)))}}-{annex.slug}"


def pack(package: Package, council: Council, batch: Batch, jobs: int) -> Packed:
    """Make all files of a package. What is wrong anywhere is told together.

    Raises:
        BrokenEnvironment: when an engine does not work on this machine.
    """
    found: list[Diagnostic] = []
    binding = Binding(package, council, batch)
    with closing(draw_annexes(package, batch, jobs, found)) as annexes:
        for one in annexes:
            if not has_errors(found):  # what is refused is not bound: its files may be missing
                binding.add(one)
    found += wording_faults(batch.project, (DECISION, NOTE))
    if has_errors(found):
        return Packed({}, tuple(found))
    periods = _periods(binding.annexes, council)
    packing = _Packing(package, council, batch, binding.annexes, periods)
    files = {**packing.annexes(), **packing.acts(found), **binding.files(periods, found)}
    if has_errors(found):
        return Packed({}, tuple(found))
    zipped = archive(with_manifest(package.id, files, package.adopted))
    zipped_too = {**files, f"{package.id}.zip": zipped}
    whole = with_manifest(package.id, zipped_too, package.adopted)
    return Packed(whole, tuple(found))


@dataclass(frozen=True, slots=True)
class _Packing:
    """A package whose annexes are drawn."""

    package: Package
    council: Council
    batch: Batch
    drawn: Sequence[Drawn]
    periods: tuple[Consolidated, ...]

    def annexes(self) -> dict[str, bytes]:
        """Return the files of the annexes, «01-social-protection.docx», in order by name."""
        files: dict[str, bytes] = {}
        for one in self.drawn:
            name = annex_name(one.reported.annex, len(self.drawn))
            files |= {f"{name}.{form}": data for form, data in one.files.items()}
        return files

    def acts(self, found: list[Diagnostic]) -> dict[str, bytes]:
        """Return the files of the decision and of the note; ``found`` takes what is wrong."""
        reported = [one.reported for one in self.drawn]
        values = act_values(self.package, self.council, reported, self.periods)
        files: dict[str, bytes] = {}
        for name in (DECISION, NOTE):
            try:
                document = make_act(self._act(name), values, self.council)
            except FrameError as error:
                span = Span(error.file, error.line)
                found += (finding("template-invalid", span, one) for one in error.messages)
                continue
            project, order = self.batch.project, replace(self.batch.order, formats=ACT_FORMATS)
            made, said = draw(dressed(document, project), project, order, self._carried)
            found += said
            files |= {f"{name}.{form}": data for form, data in made.items()}
        return files

    def _carried(self) -> tuple[Attachment, ...]:
        return (package_source(self.batch.project.root / self.package.span.file),)

    def _act(self, name: str) -> Act:
        package, dated = self.package, self.batch.order.dated
        kind = kind_of(self.council.genitive)
        date, number = date_and_number(package.adopted)
        reference = f" від {date} № {number}" if package.adopted else ""
        title = inner_quotes(f"{_TITLES[name]} {kind}{reference} «{package.title}»")
        signing = package.signatory if name == DECISION else package.speaker or package.signatory
        return Act(
            *find_wording(self.batch.project, name),
            title=title,
            subject=session_line(package),
            dated=dated or package.day,
            signatory=signing,
        )


def _periods(drawn: Sequence[Drawn], council: Council) -> tuple[Consolidated, ...]:
    """Return what the annexes of each period come to: figures of two do not add up.

    They follow the annexes, have their numbers, and print all money alike.
    """
    said = [(one.reported.annex, one.reported.contribution) for one in drawn]
    decimals = money_decimals(one for _, one in said)
    made: list[Consolidated] = []
    for period in sorted({one.period for _, one in said}, key=_by_time):
        those = [both for both in said if both[1].period == period]
        numbers = {one.slug: annex.number for annex, one in those} if len(said) > 1 else {}
        reports = (one for _, one in those)
        whole = consolidate(period, reports, funds=council.funds)
        made.append(annexed(whole, numbers, decimals))
    return tuple(made)


def _by_time(period: Period) -> tuple[datetime.date, str]:
    return period.last_day, period.id
