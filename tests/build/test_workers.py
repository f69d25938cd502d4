"""Work spread over processes: nothing is lost, whatever becomes of a worker."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from reportgen.build.workers import Done, Lost, limited, processes, spread


def double(number: int) -> int:
    return 2 * number


def fail(number: int) -> int:
    raise ArithmeticError(number)


def die_of_seven(number: int) -> int:
    """Stand for an engine that aborts its process."""
    if number == 7:
        os._exit(1)
    return number


def stay_with_seven(number: int) -> int:
    """Stand for a template that never ends."""
    with limited(lambda: os._exit(1), seconds=0.5):
        while number == 7:
            time.sleep(0.01)
    return number


def test_every_task_is_done_once() -> None:
    done = list(spread(double, range(30), processes(2)))
    assert sorted(done, key=lambda one: one.task) == [Done(task, 2 * task) for task in range(30)]


def test_without_tasks_nothing_is_done() -> None:
    assert not list(spread(double, [], processes(2)))


@pytest.mark.parametrize("work", [die_of_seven, stay_with_seven])
def test_a_task_that_kills_its_worker_is_told_from_the_others(work: object) -> None:
    assert callable(work)
    done = list(spread(work, range(12), processes(2)))
    assert Counter(one.task for one in done) == Counter(range(12))
    assert {one.task for one in done if isinstance(one.result, Lost)} == {7}
    assert all(one.result == one.task for one in done if one.task != 7)


def test_an_exception_of_the_work_is_raised() -> None:
    with pytest.raises(ArithmeticError):
        list(spread(fail, [1], processes(1)))


def test_tasks_are_taken_a_few_ahead() -> None:
    taken: list[int] = []

    def tasks() -> object:
        for number in range(100):
            taken.append(number)
            yield number

    done = spread(double, tasks(), processes(1))
    next(done)
    assert len(taken) <= 4
    done.close()


def test_what_ends_in_time_is_let_be() -> None:
    ended = threading.Event()
    with limited(ended.set, seconds=0.05):
        pass
    assert not ended.wait(0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    script = """
import os, sys, time
from reportgen.build.workers import processes

def report(folder):
    open(f"{folder}/{os.getpid()}", "w").close()
    time.sleep(60)

if __name__ == "__main__":
    with processes(2).opened() as pool:
        for _ in range(2):
            pool.submit(report, sys.argv[1])
        time.sleep(60)
"""
    file = tmp_path / "parent.py"
    file.write_text(script, encoding="utf-8")
    folder = tmp_path / "workers"
    folder.mkdir()
    parent = subprocess.Popen([sys.executable, file, folder])
    wait_for(lambda: len(list(folder.iterdir())) == 2)
    parent.kill()
    parent.wait()
    numbers = [int(path.name) for path in folder.iterdir()]
    wait_for(lambda: not any(Path(f"/proc/{one}").exists() for one in numbers))


def wait_for(what: object) -> None:
    assert callable(what)
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)
