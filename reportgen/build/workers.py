"""Work spread over processes, of this machine or of others.

The interface is that of ``concurrent.futures``, so a pool of local processes and a cluster are one
road. A worker that is lost takes its tasks with it: those are done again, at last each alone, so
that the one that kills its worker is told from those that were merely beside it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Pool:
    """Where work is done.

    ``opened`` opens an executor anew: a broken one is of no more use. ``jobs`` tells how many tasks
    it can do at once. ``killer`` is what it raises for a task that has killed worker after worker,
    if it tries that by itself.
    """

    opened: Callable[[], AbstractContextManager[Executor]]
    jobs: int
    killer: type[Exception] | None = None


#: New objects before a worker looks for garbage. A document has tens of thousands, all in use
#: until it is drawn: looking as often as Python usually does takes a twentieth of the time.
_GARBAGE = 50_000

_GIVEN_UP = 2  # the exit code of a process that ends itself; the machine is in its way

#: How long one task may take, in seconds. The longest report that a council has takes a few.
LONGEST_TASK = 300
TOO_LONG = (
    f"складання триває понад {LONGEST_TASK // 60} хвилин: зупинено; чи немає в шаблонах циклу?"
)


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands for a result where a task has killed its worker, or has never come to an end."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Task, Result]):
    """A task with its result."""

    task: Task
    result: Result | Lost


def usable_cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # systems that do not tell
        return os.cpu_count() or 1


def processes(jobs: int) -> Pool:
    """Return a pool of fresh processes, none of which shares anything with this one."""
    return Pool(lambda: _processes(jobs), jobs)


@contextmanager
def _processes(jobs: int) -> Iterator[Executor]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Make a worker die with its parent, and leave Ctrl+C to it."""
    gc.set_threshold(_GARBAGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def spread(
    work: Callable[[Task], Result], tasks: Iterable[Task], pool: Pool
) -> Generator[Done[Task, Result], None, None]:
    """Yield every task with its result, as they are finished.

    Tasks are taken as workers get free, a few ahead, so memory does not grow with their number.
    Exceptions of the work itself are raised here.
    """
    lost: list[Task] = []
    rest = iter(tasks)
    while (yield from _until_broken(work, rest, pool, lost)):
        continue  # a new pool takes up the rest
    for task in lost:
        again: list[Task] = []
        yield from _until_broken(work, iter([task]), pool, again)
        yield from (Done(one, Lost()) for one in again)


def _until_broken(
    work: Callable[[Task], Result],
    tasks: Iterator[Task],
    pool: Pool,
    lost: list[Task],
) -> Generator[Done[Task, Result], None, bool]:
    """Work tasks off in one pool, and tell whether it broke; ``lost`` takes what it held then."""
    held: dict[Future[Result], Task] = {}
    with pool.opened() as executor:
        try:
            for task in tasks:
                held[_submitted(executor, work, task)] = task
                if len(held) >= 2 * pool.jobs:
                    yield from _finished(held, pool.killer, lost)
            while held:
                yield from _finished(held, pool.killer, lost)
        except BrokenExecutor:
            lost += held.values()
            return True
    return False


def _submitted(executor: Executor, work: Callable[[Task], Result], task: Task) -> Future[Result]:
    try:
        return executor.submit(work, task)
    except BrokenExecutor as error:  # it broke a moment ago, with other tasks
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _finished(
    held: dict[Future[Result], Task], killer: type[Exception] | None, lost: list[Task]
) -> Iterator[Done[Task, Result]]:
    """Wait for some task, and yield those that are finished."""
    for future in wait(held, return_when=FIRST_COMPLETED).done:
        error = future.exception()
        if killer is not None and isinstance(error, killer):
            lost.append(held.pop(future))  # or it was merely beside the one that kills
        else:
            result = future.result()
            yield Done(held.pop(future), result)


def ending(message: str) -> Callable[[], None]:
    """Return what ends this process with a message: nothing else ends what hangs in a library."""

    def end() -> None:
        print(f"reportgen: {message}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(_GIVEN_UP)

    return end


@contextmanager
def limited(end: Callable[[], None], seconds: float = LONGEST_TASK) -> Iterator[None]:
    """Call ``end``, which must end this process, if what is done takes longer.

    An endless loop in a library hears neither a signal nor an exception.
    """
    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
