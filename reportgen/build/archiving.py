"""A package on its way into the archive: its files described, their signatures judged."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reportgen import __version__
from reportgen.archive.bearing import bears_signature
from reportgen.archive.description import Description, Held
from reportgen.archive.inspection import Judge
from reportgen.archive.journal import Entry, What
from reportgen.archive.keeping import described
from reportgen.archive.reading import Digests, digests
from reportgen.build.archive_folder import ArchiveFolder
from reportgen.build.bagging import Filling, Payload
from reportgen.build.gathering import Gathered, UnfitError
from reportgen.build.package import annex_name
from reportgen.load import Content, load_masthead
from reportgen.load.signing import FILE as SIGNING
from reportgen.model.package import Package
from reportgen.model.verdict import Kind, Outcome, Verdict

MAKER: Final = f"reportgen {__version__}"

#: Gives files of a package other names, and may add more of its own.
Dress = Callable[[Mapping[str, Path]], "tuple[Payload, Mapping[str, str]]"]


def plain(files: Mapping[str, Path]) -> tuple[Payload, Mapping[str, str]]:
    """Leave all files as they are called."""
    return files, {}


@dataclass(frozen=True, slots=True)
class Archiving:
    """One package on its way into an archive. ``time`` is that of the journal."""

    package: Package
    content: Content
    judge: Judge
    time: datetime.datetime
    who: str
    dress: Dress

    def add(self, archive: ArchiveFolder, gathered: Gathered) -> Entry:
        """Put the gathered files into a new bag of the archive.

        Raises:
            UnfitError: when a file is not signed, or not by somebody who is trusted.
            BrokenEnvironment: when the bag cannot be written.
        """
        payload, called = self.dress(gathered.files)
        unsigned = {name for name in payload if called.get(name, name) in gathered.unsigned}

        def describe(filling: Filling) -> tuple[Description, str]:
            return self._described(filling, called, unsigned), MAKER

        return archive.add(self.package.id, payload, describe, self.who)

    def unchanged(self, archive: ArchiveFolder, gathered: Gathered) -> Entry | None:
        """Return the entry of the last bag that this package came as, if it would come alike.

        New time-stamps that such a bag took since are no change of the package. One that is
        damaged is not alike.
        """
        entries = [one for one in archive.journal.entries if one.package == self.package.id]
        came = [one for one in entries if one.what is What.ADDED]
        if not came:
            return None
        said = described(archive.folder / came[-1].bag, came[-1])
        if said is None or self._facts() != {name: getattr(said, name) for name in self._facts()}:
            return None
        payload, called = self.dress(gathered.files)
        if {one.name: one.called for one in said.files} != {
            one: called.get(one, one) for one in payload
        }:
            return None
        same = all(_sha256(payload[one.name]) == one.sha256 for one in said.files)
        return entries[-1] if same else None

    def _facts(self) -> Mapping[str, str]:
        """Return what a description says of the package, besides its files."""
        package, adopted, session = self.package, self.package.adopted, self.package.session
        return {
            "council": self.content.council.name if self.content.council else package.council,
            "title": package.title,
            "session": f"{session.number} сесія {session.convocation} скликання, "
            f"{session.date:%d.%m.%Y}",
            "decision": f"№ {adopted.number} від {adopted.date:%d.%m.%Y}" if adopted else "",
        }

    def _described(
        self, filling: Filling, called: Mapping[str, str], unsigned: set[str]
    ) -> Description:
        subjects = self._subjects()
        files: list[Held] = []
        faults: list[str] = []
        for name, told in sorted(filling.payload.items()):
            path, original = filling.folder / name, called.get(name, name)
            programme, period = subjects.get(original.partition(".")[0], ("", ""))
            held = Held(
                name=name,
                called=original,
                size=told.size,
                sha256=told.sha256,
                pages=_pages(path) if name.endswith(".pdf") else 0,
                programme=programme,
                period=period,
                outcome=None,
            )
            if bears_signature(path) or (name.endswith(".pdf") and name not in unsigned):
                held = judged(held, path, self.judge, faults)
            files.append(held)
        if faults:
            raise UnfitError(*faults)
        return Description(
            package=self.package.id,
            version=filling.version,
            what=What.ADDED,
            time=self.time.astimezone(datetime.UTC).replace(microsecond=0),
            files=tuple(files),
            **self._facts(),
        )

    def _subjects(self) -> Mapping[str, tuple[str, str]]:
        """Return programme and period that the files of each annex are about."""
        package, content = self.package, self.content
        if content.council is None:
            return {}
        subjects = {}
        for annex in package.annexes:
            passport = content.root / "content" / "programmes" / annex.slug / "programme.yaml"
            name = load_masthead(passport, content.root, content.council).name
            subjects[annex_name(annex, len(package.annexes))] = (name, annex.period.id)
        return subjects


def judged(held: Held, path: Path, judge: Judge, faults: list[str]) -> Held:
    """Return a file with what is found of its signatures; one that is unfit is told of."""
    verdict = judge(path)
    if said := _unfit(verdict):
        faults.append(f"{held.called}: {said}")
    return replace(held, outcome=verdict.outcome, signed=verdict.signed)


def _unfit(verdict: Verdict) -> str:
    """Return why an archive does not take a file; "" if it does.

    A signature that cannot be reckoned here comes along, one that no trusted root stands behind
    does not: anybody can make such.
    """
    said = "; ".join([*verdict.faults, *(fault for one in verdict.signed for fault in one.faults)])
    if verdict.outcome is Outcome.INVALID:
        return f"підпис недійсний: {said}"
    if not verdict.signed:
        return "файл лежить серед підписаних, а підпису в ньому немає"
    if all(one.kind is Kind.TIME_STAMP for one in verdict.signed):
        return "підпису немає: сама позначка часу не каже, хто підписав"
    if any(one.outcome is Outcome.UNTRUSTED for one in verdict.signed):
        return (
            f"довіру до підпису не встановлено: {said}; корені довіри задайте ключем trust "
            f"у {SIGNING} або параметром --trust"
        )
    return ""


def _sha256(source: Path | bytes) -> str:
    try:
        return (Digests.of(source) if isinstance(source, bytes) else digests(source)).sha256
    except OSError:  # whoever copies it tells of that
        return ""


def _pages(path: Path) -> int:
    """Return the number of pages of a PDF; 0 of one that cannot be read."""
    import pikepdf  # noqa: PLC0415 - only the archive's index counts pages here

    try:
        with pikepdf.open(path) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return 0
