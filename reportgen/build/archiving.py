"""A package's files gathered for the archive: the signed ones, and what was built with them."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reportgen import __version__
from reportgen.archive.description import Description, Held
from reportgen.archive.inspection import SIGNED, Judge
from reportgen.archive.journal import Entry, What
from reportgen.archive.reading import blocks, is_sound_name, read_whole
from reportgen.build.archive_folder import ArchiveFolder, Filling, Payload
from reportgen.build.manifest import NAME as MANIFEST
from reportgen.build.package import annex_name
from reportgen.build.package_files import FOLDER
from reportgen.diagnostics import quoted, reason
from reportgen.load import Content, load_masthead
from reportgen.model.package import Package
from reportgen.model.verdict import Outcome

MAKER: Final = f"reportgen {__version__}"
_LARGEST_MANIFEST: Final = 1024 * 1024  # bytes

#: Gives files of a package other names, and may add more of its own.
Dress = Callable[[Mapping[str, Path]], "tuple[Payload, Mapping[str, str]]"]


def plain(files: Mapping[str, Path]) -> tuple[Payload, Mapping[str, str]]:
    """Leave all files as they are called."""
    return files, {}


class UnfitError(Exception):
    """A package cannot go into the archive as it is; ``faults`` are Ukrainian sentences."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to go into a bag: files by name; PDFs that nobody signed; what was passed over."""

    files: Mapping[str, Path]
    unsigned: tuple[str, ...]
    left_out: tuple[str, ...]


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
            UnfitError: when a signature is not valid.
            BrokenEnvironment: when the bag cannot be written.
        """
        payload, called = self.dress(gathered.files)
        unsigned = {name for name in payload if called.get(name, name) in gathered.unsigned}

        def describe(filling: Filling) -> tuple[Description, str]:
            return self._described(filling, called, unsigned), MAKER

        return archive.add(self.package.id, payload, describe, self.who)

    def _described(
        self, filling: Filling, called: Mapping[str, str], unsigned: set[str]
    ) -> Description:
        package, subjects = self.package, self._subjects()
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
            if name.lower().endswith(SIGNED) and name not in unsigned:
                held = judged(held, path, self.judge, faults)
            files.append(held)
        if faults:
            raise UnfitError(*faults)
        adopted, session = package.adopted, package.session
        return Description(
            package=package.id,
            version=filling.version,
            what=What.ADDED,
            time=self.time.astimezone(datetime.UTC).replace(microsecond=0),
            council=self.content.council.name if self.content.council else package.council,
            title=package.title,
            session=f"{session.number} сесія {session.convocation} скликання, "
            f"{session.date:%d.%m.%Y}",
            decision=f"№ {adopted.number} від {adopted.date:%d.%m.%Y}" if adopted else "",
            files=tuple(files),
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
    """Return a file with what is found of its signatures; one that is not valid is told of."""
    verdict = judge(path)
    if verdict.outcome is Outcome.INVALID:
        said = [*verdict.faults, *(fault for one in verdict.signed for fault in one.faults)]
        faults.append(f"{held.called}: підпис недійсний: {'; '.join(said)}")
    elif not verdict.signed:
        faults.append(f"{held.called}: файл лежить серед підписаних, а підпису в ньому немає")
    return replace(held, outcome=verdict.outcome, signed=verdict.signed)


def gather(package: str, output: Path, signed: Path) -> Gathered:
    """Return the files of a package: signed PDFs for built ones, and all else as it was built.

    A signed PDF must begin with the very bytes that were built, and every other file must be as
    the package's manifest has it.

    Raises:
        UnfitError: when something is missing, or is not what was built.
    """
    built, of_signed = output / FOLDER / package, signed / FOLDER / package
    recorded = _recorded(built / MANIFEST)
    files: dict[str, Path] = {MANIFEST: built / MANIFEST}
    faults: list[str] = []
    there = _names(of_signed)
    if not any(name.endswith(".pdf") for name in there):
        raise UnfitError(
            f"у {of_signed} немає підписаних PDF: спершу підпишіть їх (reportgen sign)"
        )
    for name, (size, sha256) in recorded.items():
        if name.endswith(".pdf") and name in there:
            files[name] = of_signed / name
            if _begins(files[name], size) != sha256:
                faults.append(
                    f"{files[name]} підписано не з того файлу, що складено: підпишіть знову"
                )
            continue
        files[name] = built / name
        if _begins(files[name], size, whole=True) != sha256:
            faults.append(f"{files[name]} змінено після складання або немає: складіть пакет знову")
    extra = [name for name in there if name not in recorded]
    for name in extra:
        if name.lower().endswith(SIGNED) and not name.endswith(".pdf"):
            files[name] = of_signed / name
    faults += (f"недозволена назва файлу {quoted(one)}" for one in files if not is_sound_name(one))
    if faults:
        raise UnfitError(*faults)
    return Gathered(
        files=files,
        unsigned=tuple(one for one in files if one.endswith(".pdf") and one not in there),
        left_out=tuple(f"{of_signed.name}/{name}" for name in there if name not in files),
    )


def _names(folder: Path) -> Sequence[str]:
    if folder.is_symlink() or not folder.is_dir():
        return ()
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))


def _recorded(manifest: Path) -> Mapping[str, tuple[int, str]]:
    """Return the size and the SHA-256 of each file that a package was made of."""
    try:
        files = json.loads(read_whole(manifest, _LARGEST_MANIFEST))["files"]
        return {
            name: (int(files[name]["size"]), str(files[name]["sha256"])) for name in sorted(files)
        }
    except OSError as error:
        raise UnfitError(
            f"{manifest}: {reason(error)}; спершу складіть пакет (reportgen package)"
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnfitError(f"{manifest} — не опис пакета: складіть пакет знову") from error


def _begins(path: Path, size: int, *, whole: bool = False) -> str:
    """Return the SHA-256 of a file's first bytes; "" if it has fewer, or has to end there."""
    digest, left = hashlib.sha256(), size
    try:
        for block in blocks(path):
            if whole and len(block) > left:
                return ""
            digest.update(block[:left])
            left -= min(left, len(block))
            if not left and not whole:
                break
    except OSError:
        return ""
    return "" if left else digest.hexdigest()


def _pages(path: Path) -> int:
    """Return the number of pages of a PDF; 0 of one that cannot be read."""
    import pikepdf  # noqa: PLC0415 - only the archive's index counts pages here

    try:
        with pikepdf.open(path) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return 0
