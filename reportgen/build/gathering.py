"""The files of a package for the archive: signed PDFs for built ones, all else as it was built."""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from reportgen.archive.bearing import may_bear
from reportgen.archive.listing import is_of_a_system
from reportgen.archive.reading import first_sha256, is_sound_name, read_whole
from reportgen.build.manifest import NAME as MANIFEST
from reportgen.build.package_files import FOLDER
from reportgen.diagnostics import quoted, reason
from reportgen.model.package import Adopted, Package

_LARGEST_MANIFEST: Final = 1024 * 1024  # bytes
_ASIDE: Final = re.compile(r"\.bak[0-9]*\Z")  # what signing anew leaves of the file before

#: Built bytes, and those of the signed file.
AtOnce: TypeAlias = Callable[[bytes, bytes], bool]


class UnfitError(Exception):
    """A package cannot go into the archive as it is; ``faults`` are Ukrainian sentences."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to go into a bag: files by name; PDFs that nobody signed; what was passed over.

    ``adopted`` is what the built decision prints of the vote, ``None`` for blanks.
    """

    files: Mapping[str, Path]
    unsigned: tuple[str, ...]
    left_out: tuple[str, ...]
    adopted: Adopted | None


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A package's manifest: size and SHA-256 of its files, and what they print of the vote."""

    files: Mapping[str, tuple[int, str]]
    adopted: Adopted | None


def gather(package: str, output: Path, signed: Path, *, at_once: AtOnce | None = None) -> Gathered:
    """Return the files of a package: signed PDFs for built ones, and all else as it was built.

    A signed PDF must begin with the very bytes that were built, a signature must come next, and
    every other file must be as the package's manifest has it.

    Args:
        package: its id.
        output: where the package was built.
        signed: where it was signed.
        at_once: tells of built bytes and a file that begins with them whether the first thing that
            was added is a signature; whoever adds anything else first lets others sign that.

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
    for name, (size, sha256) in recorded.files.items():
        if name.endswith(".pdf") and name in there:
            files[name] = of_signed / name
            if first_sha256(files[name], size) != sha256:
                faults.append(
                    f"{files[name]} підписано не з того файлу, що складено: підпишіть знову"
                )
            elif at_once and not _is_at_once(files[name], size, at_once):
                faults.append(
                    f"{files[name]}: файл пошкоджено, або між складеним і першим підписом дописано "
                    "щось інше: з'ясуйте, хто це зробив, і підпишіть складене знову"
                )
            continue
        files[name] = built / name
        if first_sha256(files[name], size, whole=True) != sha256:
            faults.append(f"{files[name]} змінено після складання або немає: складіть пакет знову")
    extra = [name for name in there if name not in recorded.files]
    for name in extra:
        if may_bear(name) and not name.endswith(".pdf"):
            files[name] = of_signed / name
    faults += (f"недозволена назва файлу {quoted(one)}" for one in files if not is_sound_name(one))
    if faults:
        raise UnfitError(*faults)
    return Gathered(
        files=files,
        unsigned=tuple(one for one in files if one.endswith(".pdf") and one not in there),
        left_out=tuple(f"{of_signed.name}/{one}" for one in extra if _is_left_out(one, files)),
        adopted=recorded.adopted,
    )


def built_vote(package: str, output: Path) -> Adopted | None:
    """Return what the built decision prints of the vote; ``None`` for blanks, or without one."""
    with contextlib.suppress(UnfitError):
        return _recorded(output / FOLDER / package / MANIFEST).adopted
    return None


def as_built(package: Package, adopted: Adopted | None) -> Package:
    """Return a package with the vote that its files print.

    Raises:
        UnfitError: when content says another: the files would be held for what they are not.
    """
    if package.adopted and package.adopted != adopted:
        blank = "іншим" if adopted else "порожніми номером і датою"
        raise UnfitError(
            f"{package.span}: рішення № {package.adopted.number} від "
            f"{package.adopted.date:%d.%m.%Y}, а пакет складено з {blank}: складіть і підпишіть "
            "його знову"
        )
    return replace(package, adopted=adopted)


def _is_left_out(name: str, files: Mapping[str, Path]) -> bool:
    """Tell whether somebody may miss a file: not one that was put aside, or is of a system."""
    return name not in files and not _ASIDE.search(name) and not is_of_a_system(name)


def _is_at_once(path: Path, size: int, at_once: AtOnce) -> bool:
    data = path.read_bytes()
    return len(data) == size or at_once(data[:size], data)  # one without a signature is told later


def _names(folder: Path) -> Sequence[str]:
    if folder.is_symlink() or not folder.is_dir():
        return ()
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))


def _adopted(vote: Mapping[str, str]) -> Adopted:
    return Adopted(str(vote["number"]), datetime.date.fromisoformat(vote["date"]))


def _recorded(manifest: Path) -> _Recorded:
    """Return what a package was made of."""
    try:
        record = json.loads(read_whole(manifest, _LARGEST_MANIFEST))
        files, vote = record["files"], record["adopted"]
        return _Recorded(
            {
                name: (int(files[name]["size"]), str(files[name]["sha256"]))
                for name in sorted(files)
            },
            None if vote is None else _adopted(vote),
        )
    except OSError as error:
        raise UnfitError(
            f"{manifest}: {reason(error)}; спершу складіть пакет (reportgen package)"
        ) from error
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise UnfitError(f"{manifest} — не опис пакета: складіть пакет знову") from error
