"""What a command of signing is about: packages, files and reports as its options name them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportgen.build import containing
from reportgen.build.containing import Enclosed
from reportgen.build.gathering import built_vote
from reportgen.build.packages import find_package
from reportgen.build.project import Project
from reportgen.build.signable import (
    look_at,
    of_file,
    of_package,
    of_reports,
    twice,
)
from reportgen.build.signing import Target
from reportgen.build.unready import remarks
from reportgen.cli.selection import UnknownProgrammeError, select
from reportgen.diagnostics import BrokenEnvironment, quoted
from reportgen.load import Content, ReportSource
from reportgen.load.names import nearly
from reportgen.load.package import FOLDER as PACKAGES


@dataclass(slots=True)
class Found:
    """What there is to sign; a line on what cannot be, and on what its signer should know."""

    targets: list[Target] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Work:
    """What the options name: packages, files, else programmes as other commands name them."""

    options: argparse.Namespace
    content: Content
    project: Project
    output: Path
    signed: Path

    def targets(self) -> Found:
        """Return the files to be signed.

        Raises:
            BrokenEnvironment: when nothing is named, or what is named is not there.
        """
        packages, files, programmes = self._named()
        found = Found(remarks=drafts(packages, self.content, self.project, self.output))
        for one in packages:
            self._add(found, *of_package(one, self.output, self.signed))
        for path in files:
            self._add_file(found, path)
        if programmes is not None:
            self._add(found, *of_reports(programmes, self.project, self.output, self.signed))
        found.targets = [*dict.fromkeys(found.targets)]
        if clash := twice(found.targets):
            raise BrokenEnvironment(clash)
        return found

    def containers(self) -> tuple[list[Enclosed], Found]:
        """Return the containers to be signed, and what is found about them.

        Raises:
            BrokenEnvironment: when nothing is named, or what is named is not there, or a file.
        """
        packages, files, programmes = self._named()
        if files:
            raise BrokenEnvironment("--container: вкажіть програму чи пакет, а не файл")
        place = self.project, self.output, self.signed
        made = [containing.of_package(one, *place) for one in packages]
        if programmes is not None:
            made.append(containing.of_reports(programmes, *place))
        containers = [one for some, _ in made for one in some]
        found = Found(
            [Target(one.goal, one.goal) for one in containers],
            [one for _, faults in made for one in faults],
            drafts(packages, self.content, self.project, self.output),
        )
        return containers, found

    def _add(self, found: Found, targets: list[Target], faults: list[str]) -> None:
        found.targets += targets
        found.faults += faults

    def _add_file(self, found: Found, path: Path) -> None:
        target = of_file(path, self.output, self.signed)
        fault, remarks = look_at(path, self.project, self.output, self.signed)
        found.remarks += (f"{path}: {one}" for one in remarks)
        self._add(found, *(([], [fault]) if fault else ([target], [])))

    def _named(self) -> tuple[list[str], list[Path], Sequence[ReportSource] | None]:
        """Return packages, files and reports; no reports where only the others are named."""
        options = self.options
        if not options.targets and options.period is None:
            raise BrokenEnvironment("вкажіть, що підписати: програму, пакет, файл PDF або --period")
        files = [one for one in options.targets if one.lower().endswith(".pdf")]
        known = package_ids(self.project)
        packages = [one for one in options.targets if one not in files and one in known]
        programmes = [one for one in options.targets if one not in {*files, *packages}]
        if options.targets and not programmes:
            return packages, [*map(Path, files)], None
        chosen = argparse.Namespace(programmes=programmes, period=options.period)
        try:
            return packages, [*map(Path, files)], select(self.content, chosen)
        except UnknownProgrammeError as error:
            slugs = {one.slug for one in self.content.sources}
            raise BrokenEnvironment(_unknown(error.name, sorted(slugs), sorted(known))) from error


def package_ids(project: Project) -> set[str]:
    """Return how the packages of a project are called."""
    return {one.stem for one in (project.root / PACKAGES).glob("*.yaml")}


def drafts(packages: Iterable[str], content: Content, project: Project, output: Path) -> list[str]:
    """Return what makes drafts of packages, as they were built: a signature is for good."""
    said: list[str] = []
    for one in packages:
        package, _ = find_package(one, content)
        if package:
            said += remarks(project, replace(package, adopted=built_vote(one, output)))
    return said


def _unknown(name: str, programmes: Sequence[str], packages: Sequence[str]) -> str:
    """Return what to say of a name that nothing has: what is near it, and all there is."""
    near = nearly(name, [*programmes, *packages])
    return (
        f"немає ні програми, ні пакета {quoted(name)}{f'; можливо, {near}' if near else ''}; "
        f"програми: {', '.join(programmes) or 'жодної'}; пакети: {', '.join(packages) or 'жодного'}"
    )
