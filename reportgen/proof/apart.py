"""Files compared in processes of their own: a hostile one can cost a process, no more.

A file may hold anything: an archive that swells, tags in a circle, what makes a library of C fall.
So files are read by processes with bounds on time and, where the system has them, on memory; one
that falls or does not answer is ended, and another takes its place. There are as many as cores.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from reportgen.proof.compare import Job, compare
from reportgen.proof.difference import Compared, Counts, whole

_MOST_MEMORY = 2 * 1024**3  # bytes; a report of 700 rows takes a fifth of it
_MOST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker is about: a job, by its number, and when it has to be done."""

    worker: _Worker
    number: int
    job: Job
    until: float


def compare_apart(jobs: Iterable[Job], seconds: float = _MOST_SECONDS) -> Iterator[Compared]:
    """Yield what became of each file, in their order; ``seconds`` is what one file may take."""
    waiting = iter(jobs)
    first = list(islice(waiting, _cores()))
    numbered = enumerate(chain(first, waiting))
    idle = [_started() for _ in first]
    busy: list[_Task] = []
    answers: dict[int, Compared] = {}
    following = 0
    try:
        while True:
            while len(busy) < len(first) and (one := next(numbered, None)) is not None:
                task = _Task(idle.pop() if idle else _started(), *one, time.monotonic() + seconds)
                busy.append(task)
                with contextlib.suppress(OSError):  # it has fallen, which is told by its silence
                    task.worker.pipe.send(task.job)
            if not busy:
                return
            for task in _done(busy):
                busy.remove(task)
                answer = _answer(task)
                answers[task.number] = answer or _unanswered(task)
                if answer:
                    idle.append(task.worker)
                else:
                    _stop(task.worker)
            while following in answers:
                yield answers.pop(following)
                following += 1
    finally:
        for worker in (*idle, *(task.worker for task in busy)):
            _stop(worker)


def _done(busy: Iterable[_Task]) -> list[_Task]:
    """Wait until some tasks have an answer, or their time is over, and return these."""
    tasks = {task.worker.pipe: task for task in busy}
    left = min(task.until for task in tasks.values()) - time.monotonic()
    ready = wait(list(tasks), max(left, 0))
    return [task for pipe, task in tasks.items() if pipe in ready or task.until < time.monotonic()]


def _answer(task: _Task) -> Compared | None:
    """Return what a worker has found; ``None`` from one that has fallen or is not done."""
    with contextlib.suppress(EOFError, OSError):
        if task.worker.pipe.poll():
            answer: Compared = task.worker.pipe.recv()
            return answer
    return None


def _unanswered(task: _Task) -> Compared:
    late = task.until < time.monotonic()
    why = "не прочитано за відведений час" if late else "не читається: програма читання падає"
    message = f"файл {why}; його пошкоджено або підмінено"
    return Compared(Counts(), (whole(task.job.file, message),))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started() -> _Worker:
    context = multiprocessing.get_context("spawn")  # the same on every system
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(pipe: Connection) -> None:
    """Compare files as they come; this is the whole life of a process."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such bound
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            pipe.send(compare(pipe.recv()))


def _stop(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.process.close()
    worker.pipe.close()
