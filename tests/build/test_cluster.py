"""Reports made by a real Dask cluster: a scheduler and workers in processes of their own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client
from overlays import small

from reportgen.build.cluster import cluster
from reportgen.build.workers import Lost, spread
from reportgen.cli import main

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a program of Dask, without its page in a browser."""
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),  # for the tasks below
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    }
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, env=environment
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with started("dask_scheduler", *options) as scheduler, contextlib.ExitStack() as workers:
        assert scheduler.stderr is not None
        lines = iter(scheduler.stderr.readline, "")
        found = next(filter(None, (re.search(r"Scheduler at:\s+(\S+)", one) for one in lines)))
        for name in ("one", "two"):
            own = ["--nthreads", "1", "--no-dashboard", "--name", name]
            workers.enter_context(started("dask_worker", found[1], *own))
        with Client(found[1], set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield found[1]


def files(root: Path) -> dict[str, bytes]:
    output = root / "output"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }


def test_a_cluster_makes_the_same_bytes(tmp_path: Path, address: str) -> None:
    one = small(tmp_path / "one", "druhi", "treti")
    two = small(tmp_path / "two", "druhi", "treti")
    assert main(["build", "--root", str(one), "--jobs", "1"]) == 0
    assert main(["build", "--root", str(two), "--scheduler", address]) == 0
    assert files(two) == files(one)


def slow(number: int) -> int:
    time.sleep(0.2)
    return number


def deadly(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


def test_the_tasks_of_a_lost_worker_are_done_again(address: str) -> None:
    done = []
    with cluster(address) as pool, Client(address, set_as_default=False) as client:
        for one in spread(slow, range(12), pool):
            done.append(one)
            if len(done) == 3:  # its nanny starts another in its place
                [first, *_] = client.run(os.getpid).values()
                os.kill(first, signal.SIGKILL)
    assert sorted((one.task, one.result) for one in done) == [(at, at) for at in range(12)]


def test_a_task_that_kills_its_workers_is_told(address: str) -> None:
    with cluster(address) as pool:
        done = list(spread(deadly, range(6), pool))
    assert {one.task for one in done if isinstance(one.result, Lost)} == {3}
    assert {one.task for one in done} == set(range(6))


def test_nobody_at_the_address_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.build.cluster._PATIENCE", 0.5)
    root = small(tmp_path)
    assert main(["build", "--root", str(root), "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "планувальник tcp://127.0.0.1:1 не відповідає" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["", "rubbish", "http://x", "tcp://", "tcp://x", "tcp://x:y"])
def test_what_is_no_address_is_told_at_once(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--root", str(small(tmp_path)), "--scheduler", address]) == 2
    assert f"--scheduler «{address}»: пишіть адресу як tcp://" in capsys.readouterr().err
