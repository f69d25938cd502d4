"""Files judged by a process of its own: a hostile one can cost that process, no more.

Whoever sends a signed file may have put anything into it: an archive that swells, evidence without
end, what makes a library of C fall. So files are read by a process with bounds on memory (where the
system has them) and on time; one that falls or does not answer is ended, the file is told of, and
another process takes up the next file.
"""

from __future__ import annotations

import contextlib
import datetime
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, TypeAlias

from asn1crypto import x509

from reportgen.model.verdict import Verdict
from reportgen.verify.judge import TOO_HEAVY, judge
from reportgen.verify.trust import Trust

#: Judges one file; the text is what it is called.
FileJudge: TypeAlias = Callable[[Path, str], Verdict]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one file may cost: bytes of memory, and seconds.

    A book of a thousand pages takes a fifth of this memory and a tenth of this time.
    """

    memory: int = 2 * 1024**3
    seconds: float = 120


BOUNDS: Final = Bounds()


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection


@contextmanager
def judging_apart(
    trust: Trust, at: datetime.datetime, bounds: Bounds = BOUNDS
) -> Iterator[FileJudge]:
    """Let files be judged by a process of their own, one after another.

    ``at`` is the moment at which they have to hold.
    """
    roots = [one.dump() for one in trust.roots]
    idle: list[_Worker] = []  # one, once a file was asked for

    def judged(path: Path, name: str) -> Verdict:
        worker = idle.pop() if idle else _started(roots, at, bounds)
        idle.append(worker)
        fault = TOO_HEAVY
        with contextlib.suppress(EOFError, OSError):  # it has fallen
            worker.pipe.send((path, name))
            if worker.pipe.poll(bounds.seconds):
                verdict: Verdict = worker.pipe.recv()
                return verdict
            fault = f"перевірка триває понад {bounds.seconds:g} с: файл зіпсовано або підмінено"
        _stop(idle.pop())
        return Verdict(name, "", (), (fault,))

    try:
        yield judged
    finally:
        for worker in idle:
            _stop(worker)


def _started(roots: Sequence[bytes], at: datetime.datetime, bounds: Bounds) -> _Worker:
    context = multiprocessing.get_context("spawn")  # the same on every system
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, roots, at, bounds.memory), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(pipe: Connection, roots: Sequence[bytes], at: datetime.datetime, memory: int) -> None:
    """Judge files as they come; this is the whole life of a process."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such bound
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    trust = Trust(tuple(map(x509.Certificate.load, roots)))
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            path, name = pipe.recv()
            pipe.send(judge(path, name, trust, at))


def _stop(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.process.close()
    worker.pipe.close()
