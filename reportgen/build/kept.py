"""Signatures made elsewhere of whole files, kept beside these in the folder of signed ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from reportgen.build.files import put_in_place, refuse_links
from reportgen.build.steps import State, Step, whose
from reportgen.build.waiting import read_pdf, read_signature, read_standing
from reportgen.sign.detached import belongs
from reportgen.sign.refused import RefusedError

_ZIP = b"PK\x03\x04"  # a container begins so


def keep_file(path: Path, of: Path | None, output: Path, signed: Path) -> Step:
    """Keep a signature beside the file it is of; that file is looked for unless it is given.

    Files of the output folder that are signed so come to the signed ones too.

    Raises:
        BrokenEnvironment: when files cannot be written.
    """
    try:
        return _keep(path, of, output, signed)
    except RefusedError as error:
        return Step(path.name, State.REFUSED, (str(error),))


def _keep(path: Path, of: Path | None, output: Path, signed: Path) -> Step:
    signature = read_signature(path)
    refused = RefusedError(
        f"немає файлу, якого це підпис: шукали {path.stem} у теках {signed.name} і {output.name}; "
        "назвіть його в --of"
    )
    places = [of] if of else _named(path, (signed, output))
    for place in places:
        file = read_pdf(place)
        try:
            holders = belongs(file, signature)
        except RefusedError as error:
            refused = error
            continue
        return _kept(
            _name(place, (signed, output)), file, signature, signed, [*map(whose, holders)]
        )
    raise refused


def _kept(name: str, file: bytes, signature: bytes, signed: Path, said: list[str]) -> Step:
    """Put a signature beside its file: ``NAME.p7s`` or ``NAME.asice``, the next ``NAME.2.p7s``."""
    there = read_standing(signed / name)
    if there and there != file:
        raise RefusedError(f"{signed / name} — інший файл, ніж той, який підписано")
    suffix = "asice" if signature.startswith(_ZIP) else "p7s"
    for number in count(1):
        beside = f"{name}.{suffix}" if number == 1 else f"{name}.{number}.{suffix}"
        standing = read_standing(signed / beside)
        if standing == signature:
            return Step(beside, State.DONE)
        if not standing:
            break
    refuse_links(signed, [name, beside])
    new = {} if there else {signed / name: file}
    put_in_place({**new, signed / beside: signature})
    return Step(beside, State.KEPT, tuple(said))


def _named(path: Path, folders: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files that a signature may be of by its name, signed ones first."""
    names = {path.stem, f"{path.stem}.pdf"}
    for folder in folders:
        yield from sorted(one for one in folder.rglob("*") if one.name in names and one.is_file())


def _name(place: Path, folders: tuple[Path, ...]) -> str:
    real = place.resolve()
    for folder in folders:
        if real.is_relative_to(folder.resolve()):
            return real.relative_to(folder.resolve()).as_posix()
    return place.name
