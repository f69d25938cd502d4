"""Which PDFs a command about signatures is about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reportgen.build.package_files import FOLDER
from reportgen.diagnostics import BrokenEnvironment, quoted
from reportgen.load.names import nearly


def find_pdfs(targets: Iterable[str], output: Path, signed: Path) -> list[tuple[str, Path]]:
    """Return the PDFs that targets name: (name below the folder it lies in, path), in order.

    A target is a programme, a report (``social-protection/2023-h1``) or a package that lies in
    ``output``, or the path of a file or folder.

    Raises:
        BrokenEnvironment: for a target that there is not.
    """
    found: dict[str, Path] = {}
    for target in targets:
        for path in _pdfs(target, output):
            name = _name(path, (output, signed))
            if found.setdefault(name, path) != path:
                raise BrokenEnvironment(f"два файли з назвою {name}: {found[name]} і {path}")
    return sorted(found.items())


def _pdfs(target: str, output: Path) -> Iterator[Path]:
    places = [
        output / target,
        output / f"{target}.pdf",
        output / FOLDER / target,
        Path(target),
    ]
    place = next((one for one in places if one.is_dir() or one.is_file()), None)
    if place is None:
        near = nearly(target, _known(output))
        raise BrokenEnvironment(
            f"немає {quoted(target)} ні в теці {output}, ні поза нею"
            f"{f'; можливо, {near}' if near else ''}: спершу складіть (build, package)"
        )
    paths = sorted(place.rglob("*.pdf")) if place.is_dir() else [place]
    if not paths:
        raise BrokenEnvironment(f"у теці {place} немає жодного PDF")
    yield from paths


def _known(output: Path) -> list[str]:
    """Return what may be named of the output folder: programmes, reports, packages."""
    pdfs = sorted(one.relative_to(output) for one in output.glob("*/*.pdf"))
    reports = [one.with_suffix("").as_posix() for one in pdfs]
    packages = sorted(one.name for one in (output / FOLDER).glob("*/"))
    return [*dict.fromkeys(one.parent.as_posix() for one in pdfs), *reports, *packages]


def _name(path: Path, folders: Sequence[Path]) -> str:
    """Return the name that a file has in its folder; one from elsewhere has its own."""
    real = Path(os.path.realpath(path))
    for folder in folders:
        if real.is_relative_to(os.path.realpath(folder)):
            return real.relative_to(os.path.realpath(folder)).as_posix()
    return path.name
