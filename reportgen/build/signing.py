"""Files signed one after another, or by many processes; what is signed lies in ``signed/``.

Not in ``output/``: what was built can be built again, so people delete it; a signature cannot.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.aside import put_aside
from reportgen.build.bench import Bench, Plan, closing_bench, open_bench
from reportgen.build.files import put_in_place
from reportgen.build.signed_files import read_pdf, signed_so_far
from reportgen.build.workers import Lost, ending, limited, processes, spread
from reportgen.diagnostics import BrokenEnvironment
from reportgen.model.signing import KeyFile
from reportgen.sign.faults import KeyFaultError, SigningError
from reportgen.sign.fields import add, states
from reportgen.sign.laying import lay_out
from reportgen.sign.pdf import sign
from reportgen.sign.revision import revision_of
from reportgen.sign.turns import next_turn

_MOST_SECONDS = 120  # of one signature; services take a few, so it is a template that loops
_HANGS = "підписування триває надто довго: зупинено; чи немає циклу в mark.typ?"
_FEWEST = 4  # files for which it pays to start more processes


@dataclass(frozen=True, slots=True)
class Target:
    """A built file, and where its signed one goes."""

    source: Path
    goal: Path


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
    ``remarks`` are sentences on what was signed all the same.
    """

    target: Target
    added: tuple[str, ...] = ()
    waits_for: str = ""
    fault: str = ""
    is_of_key: bool = False
    aside: Path | None = None
    remarks: tuple[str, ...] = ()


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
    """Sign one file by every key at hand whose turn it is; it is written once, whole.

    Raises:
        BrokenEnvironment: when it cannot be written, or a file of the settings is of no use.
    """
    target = task.target
    try:
        outcome, data = _signed(task, open_bench(task.plan))
    except KeyFaultError as error:
        return Outcome(target, fault=str(error), is_of_key=True)
    except SigningError as error:
        return Outcome(target, fault=str(error))
    except BrokenEnvironment:
        raise
    except Exception as error:  # noqa: BLE001 - libraries met what nobody foresaw in somebody's file
        return Outcome(target, fault=f"файл не такий, як у reportgen ({type(error).__name__})")
    if not outcome.added:
        return replace(outcome, aside=None)
    if outcome.aside:
        put_aside(target.goal, outcome.aside)
    put_in_place({target.goal: data})
    return outcome


def _signed(task: Task, bench: Bench) -> tuple[Outcome, bytes]:
    """Return what comes of a file when its bytes are put in place, and these.

    Raises:
        SigningError: when it cannot be signed.
    """
    target, profile = task.target, task.plan.profile
    built = read_pdf(target.source)
    there, aside = signed_so_far(target.goal, built, profile, task.plan.roots, replace=task.replace)
    data = there or built
    added: list[str] = []
    remarks: tuple[str, ...] = ()
    waits_for = ""
    while (turn := next_turn(data, profile)) is not None:
        key = bench.keys.get(turn.signer.key.id)
        if key is None:
            waits_for = turn.signer.key.id
            break
        with limited(ending(f"{target.source}: {_HANGS}"), _MOST_SECONDS):
            writer = revision_of(data)
            if turn.field not in states(writer):
                laid = lay_out(data, profile, bench.certificates, bench.ink)
                add(writer, laid.fields)
                remarks = laid.remarks
            data = sign(writer, turn, key, bench.services(), bench.ink)
        added.append(key.key.id)
    return Outcome(target, tuple(added), waits_for, aside=aside, remarks=remarks), data
