"""``reportgen package``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from reportgen.build.annexes import draw_annexes
from reportgen.build.batch import Batch
from reportgen.build.examine import without_allowed
from reportgen.build.files import check_output
from reportgen.build.make import Order
from reportgen.build.package import ANNEX_FORMATS, pack
from reportgen.build.package_files import keep_package
from reportgen.build.packages import find_package
from reportgen.build.project import Project, open_project
from reportgen.build.workers import usable_cores
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, look_up, profile_of
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, plural
from reportgen.load.scalars import parse_date
from reportgen.model.package import Adopted

_FILES = ("файл", "файли", "файлів")
_LONGEST = 40  # characters of a decision's number


def run(options: argparse.Namespace) -> int:
    """Make a package; with an error in what it needs nothing is written, and all errors are told.

    Raises:
        BrokenEnvironment: when there is no such package.
    """
    adopted = adopted_of(options)
    project = open_project(options.root)
    content, _, found = look_up(project, options)
    found = without_allowed(found, project)
    output: Path = options.output or project.root / "output"
    check_output(output, project.root, asked=options.output is not None)
    package, said = find_package(options.package, content, adopted)
    found += said
    if package is None or content.council is None or not content.sound:
        return _refused(found, project)
    order = Order(ANNEX_FORMATS, "typst", document_date(), profile_of(options, content.council))
    batch = Batch(content, project, order)
    jobs = options.jobs or usable_cores()
    if has_errors(said):
        for _ in draw_annexes(package, batch, jobs, found):
            pass  # what is wrong with them is told with the rest
        return _refused(found, project)
    packed = pack(package, content.council, batch, jobs)
    found += packed.found
    if not packed.files:
        return _refused(found, project)
    show(found, project)
    placed, aside = keep_package(packed.files, package.id, output, content)
    for path in aside:
        name = path.relative_to(output).as_posix()
        print(f"Змінений після складання файл відкладено: {name}", file=sys.stderr)  # noqa: T201
    for path in placed:
        print(path.relative_to(output).as_posix())  # noqa: T201
    print(f"Пакет {package.id}: {len(placed)} {plural(len(placed), _FILES)}.")  # noqa: T201
    return 1 if has_errors(found) else 0  # of content that the package does not need


def _refused(found: Sequence[Diagnostic], project: Project) -> int:
    """Show why there is no package."""
    show(found, project)
    print(f"Пакета не складено: {counted(found)}.", file=sys.stderr)  # noqa: T201
    return 1


def adopted_of(options: argparse.Namespace) -> Adopted | None:
    """Return what ``--adopted`` says; ``None`` where it is not given.

    Raises:
        BrokenEnvironment: when it is no number and date of a decision.
    """
    if not options.adopted:
        return None
    number, written = (" ".join(one.split()) for one in options.adopted)
    day = parse_date(written)
    if day is None:
        raise BrokenEnvironment(f"--adopted: «{written}» — не дата; пишіть 2024-02-15")
    if not number or not number.isprintable() or len(number) > _LONGEST:
        raise BrokenEnvironment("--adopted: номер рішення — це один рядок, як 1013")
    return Adopted(number, day)
