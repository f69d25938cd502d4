"""Files signed one after another, or by many processes; what is signed lies in ``signed/``.

Not in ``output/``: what was built can be built again, so people delete it; a signature cannot.
"""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path

from pyhanko.pdf_utils.misc import PdfError

from reportgen.build.files import put_in_place, read_regular
from reportgen.build.workers import Lost, ending, limited, processes, spread
from reportgen.diagnostics import BrokenEnvironment, reason
from reportgen.model.signing import Elsewhere, Key, KeyFile, SigningProfile
from reportgen.model.verdict import Level
from reportgen.model.verdict import Outcome as Outcome_
from reportgen.sign.faults import KeyFaultError, SigningError
from reportgen.sign.fields import states
from reportgen.sign.keys import Opened, Secret, opened
from reportgen.sign.mark import Ink
from reportgen.sign.pdf import field_names, is_of, next_turn, sign
from reportgen.sign.revision import revision_of
from reportgen.sign.services import read_roots, time_stamper, trust_in
from reportgen.sign.stamping import DIGEST, Services
from reportgen.sign.standing import is_signed_at_once
from reportgen.verify import judge, read_trust
from reportgen.write.fonts import find_typeface

#: The folder of signed files below the project's.
FOLDER = "signed"

_LARGEST = 1024 * 1024 * 1024  # bytes of a PDF
_MOST_SECONDS = 120  # of one signature; services take a few, so it is a template that loops
_HANGS = "підписування триває надто довго: зупинено; чи немає циклу в mark.typ?"
_AGAIN = "щоб підписати наново, додайте --replace (підписаний файл буде відкладено, не стерто)"
_FOREIGN = "файл у signed не такий, яким його лишило підписування"
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
        data = _read(target.source)
        there, aside = _signed_so_far(target, data, plan, replace=task.replace)
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


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, _LARGEST)
    except OSError as error:
        raise SigningError(f"не читається: {reason(error)}") from error


def _check_standing(built: bytes, there: bytes, plan: Plan) -> None:
    """Refuse to go on with a signed file that is not the built one and sound signatures.

    Raises:
        SigningError: with what is wrong with it.
    """
    if not is_signed_at_once(built, there):
        raise SigningError(f"{_FOREIGN}: між складеним і першим підписом щось дописано")
    trust = read_trust(plan.roots)
    verdict = judge(there, "", trust, datetime.datetime.now(datetime.UTC))
    faults = [*verdict.faults, *(each for one in verdict.signed for each in one.faults)]
    if verdict.outcome is Outcome_.INVALID:
        raise SigningError(f"{_FOREIGN}: {faults[0] if faults else verdict.outcome.value}")
    officials = dict(zip(field_names(plan.profile), plan.profile.signers, strict=True))
    for one in verdict.signed:
        signer = officials.get(one.place)
        name = one.holder.name if one.holder else ""
        if signer and signer.official and not is_of(signer.official, name):
            raise SigningError(f"{_FOREIGN}: «{one.place}» — підпис {name or 'невідомо чий'}")


def _signed_so_far(
    target: Target, built: bytes, plan: Plan, *, replace: bool
) -> tuple[bytes | None, Path | None]:
    """Return the signed file, if it is of the very bytes that were built; else where it would go.

    Raises:
        SigningError: when it is of others, and not to be replaced.
    """
    if not os.path.lexists(target.goal):
        return None, None
    there = _read(target.goal)
    if there.startswith(built):
        try:
            _check_standing(built, there, plan)
            next_turn(there, plan.profile)
        except SigningError as error:
            if not replace:
                raise SigningError(f"{error}; {_AGAIN}") from error
        else:
            return there, None
    elif not replace:
        raise SigningError(
            f"уже підписано, але з іншого складання: цифри могли змінитися; {_AGAIN}"
        )
    return None, free_name(target.goal)


def free_name(path: Path) -> Path:
    """Return a name beside a file's own that nothing has yet."""
    names = (path.with_name(f"{path.name}.bak{one or ''}") for one in count())
    return next(one for one in names if not os.path.lexists(one))


def put_aside(path: Path, aside: Path) -> None:
    """Give a file another name.

    Raises:
        BrokenEnvironment: when the system refuses.
    """
    try:
        path.rename(aside)
    except OSError as error:
        raise BrokenEnvironment(f"{path} не вдалося відкласти: {reason(error)}") from error


def is_signed(source: Path, goal: Path) -> bool:
    """Tell whether a file is of the very bytes of a built one, and all have signed who were to.

    Whether the signatures hold is for ``verify`` to say.
    """
    try:
        built, there = read_regular(source, _LARGEST), read_regular(goal, _LARGEST)
    except OSError:
        return False
    try:
        fields = states(revision_of(there)) if there.startswith(built) else {}
    except (PdfError, ValueError, KeyError, TypeError, RecursionError):
        return False
    return bool(fields) and all(fields.values())
