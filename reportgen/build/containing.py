"""Containers of signed files (ASiC-E): all formats of a report or package with their data."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.aside import free_name, put_aside
from reportgen.build.bench import Bench, Plan, bench_of
from reportgen.build.files import put_in_place, read_regular
from reportgen.build.manifest import NAME
from reportgen.build.package_files import FOLDER as PACKAGES
from reportgen.build.project import Project
from reportgen.build.signable import changed_of_package, faults_of_report
from reportgen.build.signing import Outcome, Target
from reportgen.diagnostics import reason
from reportgen.load import ReportSource
from reportgen.load.package import FOLDER as PACKAGE_SOURCES
from reportgen.model.verdict import Level
from reportgen.sign.container import Container, ContainerError, read_container
from reportgen.sign.containers import signed_container, signed_further
from reportgen.sign.faults import KeyFaultError, SigningError, explained

ENDING = ".asice"
_LARGEST = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Files by their names in a container, and where it goes."""

    files: Mapping[str, Path]
    goal: Path


def of_reports(
    sources: Iterable[ReportSource], project: Project, output: Path, signed: Path
) -> tuple[list[Enclosed], list[str]]:
    """Return what the containers of reports hold, and what keeps others from being made.

    Every built format is in it, and both YAML files; a report that was changed since it was built
    is refused as `signable` has it.
    """
    found: list[Enclosed] = []
    faults: list[str] = []
    for source in sources:
        built, wrong = faults_of_report(source, project, output)
        if wrong:
            faults += wrong
            continue
        files = {(output / name).name: output / name for name in built}
        data = (source.programme_file, source.period_file)
        files |= {one.name: one for one in data}
        goal = signed / source.slug / f"{source.period.id}{ENDING}"
        found.append(Enclosed(files, goal))
    return found, faults


def of_package(
    package: str, project: Project, output: Path, signed: Path
) -> tuple[list[Enclosed], list[str]]:
    """Return what the container of a package holds: all of its files but the ZIP, and its YAML.

    Raises:
        BrokenEnvironment: when there is no such package in the output folder.
    """
    names, changed = changed_of_package(package, output)
    if changed:
        return [], changed
    folder = output / PACKAGES / package
    files = {one: folder / one for one in (*names, NAME) if not one.endswith(".zip")}
    files[f"{package}.yaml"] = project.root / PACKAGE_SOURCES / f"{package}.yaml"
    return [Enclosed(files, signed / PACKAGES / package / f"{package}{ENDING}")], []


def sign_containers(
    containers: Sequence[Enclosed], plan: Plan, *, again: bool
) -> Iterator[Outcome]:
    """Make and sign containers, one after another; a fault of a key stops them all.

    A container that waits for more signatures gets them; ``again`` puts aside one of other files.

    Raises:
        BrokenEnvironment: when a container cannot be written.
    """
    with bench_of(plan) as bench:
        for one in containers:
            outcome = _sign(one, bench, again=again)
            yield outcome
            if outcome.is_of_key:
                return


def _sign(enclosed: Enclosed, bench: Bench, *, again: bool) -> Outcome:
    target = Target(enclosed.goal, enclosed.goal)
    profile = bench.plan.profile
    added: list[str] = []
    waits_for = ""
    try:
        files = {name: _read(path) for name, path in enclosed.files.items()}
        data, aside = _so_far(enclosed.goal, files, again=again)
        number = _signatures(read_container(data)) if data else 0
        for signer in profile.signers[number:]:
            key = bench.keys.get(signer.key.id)
            if key is None:
                waits_for = signer.key.id
                break
            is_last = signer is profile.signers[-1]
            level = Level.LT if profile.level is Level.LTA and not is_last else profile.level
            services = bench.services()
            given = level, services.time_stamper, services.trust
            with explained(key.key.id):
                if data:
                    data = signed_further(data, [key.signer], *given)
                else:
                    data = signed_container(files, [key.signer], *given)
            added.append(key.key.id)
    except KeyFaultError as error:
        return Outcome(target, fault=str(error), is_of_key=True)
    except (SigningError, ContainerError) as error:
        return Outcome(target, fault=str(error))
    if added and data:
        if aside:
            put_aside(enclosed.goal, aside)
        put_in_place({enclosed.goal: data})
    done = Outcome(target, tuple(added), waits_for)
    return replace(done, aside=aside) if added else done


def _so_far(
    goal: Path, files: Mapping[str, bytes], *, again: bool
) -> tuple[bytes | None, Path | None]:
    """Return the container that is there, if it holds these very files; else where it would go.

    Raises:
        SigningError: when it is of others, and not to be replaced.
    """
    if not os.path.lexists(goal):
        return None, None
    data = _read(goal)
    if read_container(data).files == files:
        return data, None
    if not again:
        raise SigningError(
            "контейнер уже підписано, але з іншими файлами; щоб зробити його наново, додайте "
            "--replace (підписаний буде відкладено, не стерто)"
        )
    return None, free_name(goal)


def _signatures(container: Container) -> int:
    return sum(one.endswith(".p7s") for one in container.meta)


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, _LARGEST)
    except OSError as error:
        raise SigningError(f"{path.name} не читається: {reason(error)}") from error
