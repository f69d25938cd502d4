"""Files signed one after another, or by many processes; what is signed lies in ``signed/``.

Not in ``output/``: what was built can be built again, so people delete it; a signature cannot.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reportgen.build.files import put_in_place
from reportgen.build.signed_files import put_aside, read_pdf, signed_so_far
from reportgen.build.workers import Lost, ending, limited, processes, spread
from reportgen.model.signing import Elsewhere, Key, KeyFile, SigningProfile
from reportgen.model.verdict import Level
from reportgen.sign.faults import KeyFaultError, SigningError
from reportgen.sign.keys import Opened, Secret, opened
from reportgen.sign.mark import Ink
from reportgen.sign.pdf import next_turn, sign
from reportgen.sign.services import read_roots, time_stamper, trust_in
from reportgen.sign.stamping import DIGEST, Services
from reportgen.write.fonts import find_typeface

_MOST_SECONDS = 120  # of one signature; services take a few, so it is a template that loops
_HANGS = "підписування триває надто довго: зупинено; чи немає циклу в mark.typ?"
_FEWEST = 4  # files for which it pays to start more processes
_LONGEST = 600  # seconds that an answer on revocation is used again; services give them for days


@dataclass(frozen=True, slots=True)
class Target:
    """A built file, and where its signed one goes."""

    source: Path
    goal: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """How files are signed. ``keys`` are those at hand, with their passwords: never printed."""

    profile: SigningProfile
    keys: tuple[Key, ...]
    secrets: tuple[str, ...] = field(repr=False)
    service: str
    roots: tuple[Path, ...]
    template: bytes
    font: str


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be signed; ``replace`` puts aside an older signed one of other bytes."""

    target: Target
    plan: Plan
    replace: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has come of one file.

    ``added`` are the keys that have signed it now, ``waits_for`` is whose turn it is, "" for none.
    With a ``fault`` nothing was written; if that ``is_of_key``, no other file can be signed either.
    """

    target: Target
    added: tuple[str, ...] = ()
    waits_for: str = ""
    fault: str = ""
    is_of_key: bool = False
    aside: Path | None = None


def secrets_of(profile: SigningProfile, asked: Iterable[str], secret: Secret) -> Mapping[Key, str]:
    """Return the passwords of the keys that are to sign now: all of a profile, or those asked for.

    Every key is opened once, so that a wrong password is told before any file is touched.

    Raises:
        KeyFaultError: when one cannot be opened, or none of them is to be had here.
    """
    wanted = set(asked)
    now = datetime.datetime.now(datetime.UTC)
    known = {one.key.id for one in profile.signers}
    if wanted - known:
        names = ", ".join(sorted(wanted - known))
        raise KeyFaultError(f"у профілі {profile.id} немає ключа {names}")
    found: dict[Key, str] = {}
    for key in (one.key for one in profile.signers):
        if (wanted and key.id not in wanted) or isinstance(key.carrier, Elsewhere):
            continue
        found[key] = secret(key)
        with opened(key, lambda one: found[one], now):
            pass
    if not found:
        raise KeyFaultError(
            f"профіль {profile.id}: усі його ключі — в інших програмах: "
            "підписуйте командами sign prepare і sign finish"
        )
    return found


def sign_files(
    targets: Sequence[Target], plan: Plan, *, jobs: int, replace: bool
) -> Generator[Outcome, None, None]:
    """Sign files and yield what comes of each; a fault of one does not stop the others.

    A fault of a key stops them all. What is signed already stays as it is, so a run that was
    stopped is taken up again. Tokens speak to one process at a time.

    Raises:
        BrokenEnvironment: when files cannot be written.
    """
    tasks = (Task(one, plan, replace) for one in targets)
    if jobs < 2 or len(targets) < _FEWEST or not _can_be_copied(plan):  # noqa: PLR2004 - one alone
        with closing_bench(plan):
            for task in tasks:
                outcome = sign_file(task)
                yield outcome
                if outcome.is_of_key:
                    return
        return
    with closing(spread(sign_file, tasks, processes(jobs))) as done:
        for one in done:
            result = one.result
            if isinstance(result, Lost):
                result = Outcome(one.task.target, fault="система зупинила підписування")
            yield result
            if result.is_of_key:
                return


def _can_be_copied(plan: Plan) -> bool:
    return all(isinstance(one.carrier, KeyFile) for one in plan.keys)


def sign_file(task: Task) -> Outcome:
    """Sign one file by every key at hand whose turn it is; it is written once, whole."""
    target, plan = task.target, task.plan
    try:
        bench = _bench(plan)
        data = read_pdf(target.source)
        there, aside = signed_so_far(
            target.goal, data, plan.profile, plan.roots, replace=task.replace
        )
        data = there or data
        added: list[str] = []
        waits_for = ""
        while (turn := next_turn(data, plan.profile)) is not None:
            key = bench.keys.get(turn.signer.key.id)
            if key is None:
                waits_for = turn.signer.key.id
                break
            with limited(ending(f"{target.source}: {_HANGS}"), _MOST_SECONDS):
                data = sign(data, turn, key, bench.services(), bench.ink)
            added.append(key.key.id)
    except KeyFaultError as error:
        return Outcome(target, fault=str(error), is_of_key=True)
    except SigningError as error:
        return Outcome(target, fault=str(error))
    except Exception as error:  # noqa: BLE001 - libraries met what nobody foresaw in somebody's file
        return Outcome(target, fault=f"файл не такий, як у reportgen ({type(error).__name__})")
    if added:
        if aside:
            put_aside(target.goal, aside)
        put_in_place({target.goal: data})
    return Outcome(target, tuple(added), waits_for, aside=aside if added else None)


@dataclass(slots=True)
class Bench:
    """Keys held open for as long as the process lives, and what else every file needs."""

    keys: Mapping[str, Opened]
    ink: Ink
    plan: Plan
    held: ExitStack
    _services: Services | None = None
    _until: float = 0

    def services(self) -> Services:
        """Return the services; what they answered is asked for anew after some minutes."""
        if self._services is None or time.monotonic() > self._until:
            plan = self.plan
            stamper, size = time_stamper(plan.service, DIGEST) if plan.service else (None, 0)
            trust = trust_in(read_roots(plan.roots)) if plan.roots else None
            self._services = Services(stamper, size, trust)
            self._until = time.monotonic() + _LONGEST
        return self._services


@lru_cache(maxsize=1)
def _bench(plan: Plan) -> Bench:
    """Open the keys of a plan once in this process."""
    held = ExitStack()
    now = datetime.datetime.now(datetime.UTC)
    secrets = dict(zip(plan.keys, plan.secrets, strict=True))
    keys = {one.id: held.enter_context(opened(one, secrets.__getitem__, now)) for one in plan.keys}
    if plan.profile.level is not Level.B and not plan.service:
        raise SigningError("немає служби позначок часу")
    return Bench(keys, Ink.of(plan.template, find_typeface(plan.font)), plan, held)


@contextmanager
def closing_bench(plan: Plan) -> Iterator[None]:
    """Let the keys go in the end that this process holds open: a token may be wanted by others."""
    try:
        yield
    finally:
        if _bench.cache_info().currsize:
            _bench(plan).held.close()
            _bench.cache_clear()


@contextmanager
def bench_of(plan: Plan) -> Iterator[Bench]:
    """Hold the keys of a plan open for the time of a ``with``.

    Raises:
        KeyFaultError: when one cannot be opened.
    """
    with closing_bench(plan):
        yield _bench(plan)
