"""Files put in place: whole or not at all, whatever happens on the way."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from overlays import ROOT

from reportgen.build.files import (
    locked,
    put_in_place,
    read_regular,
    refuse_project_file,
    sweep,
)
from reportgen.diagnostics import BrokenEnvironment


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_and_their_folders_are_made(tmp_path: Path) -> None:
    put_in_place({tmp_path / "a" / "b.txt": b"1", tmp_path / "c.txt": b"2"})
    assert names(tmp_path) == ["a", "a/b.txt", "c.txt"]
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"1"


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    for data in (b"a longer text", b"short"):
        put_in_place({target: data})
        assert target.read_bytes() == data


def test_when_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    first, blocked = tmp_path / "a.txt", tmp_path / "b" / "c.txt"
    first.write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"a file where a folder is needed")
    with pytest.raises(BrokenEnvironment, match=r"не вдалося записати .*c\.txt"):
        put_in_place({first: b"new", blocked: b"new"})
    assert first.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt", "b"]


def test_a_folder_in_the_place_of_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt" / "inside").mkdir(parents=True)
    with pytest.raises(BrokenEnvironment, match=r"не вдалося записати .*a\.txt"):
        put_in_place({tmp_path / "a.txt": b"new"})
    assert names(tmp_path) == ["a.txt", "a.txt/inside"]


def _link(path: Path) -> None:
    path.symlink_to(path.parent / "victim.txt")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are Unix's")
@pytest.mark.parametrize("lay", [_link, _pipe])
def test_nothing_is_written_through_what_lies_in_the_way(
    lay: Callable[[Path], None], tmp_path: Path
) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"theirs")
    for name in (f".reportgen-{os.getpid()}-0", "a.txt"):
        lay(tmp_path / name)
    put_in_place({tmp_path / "a.txt": b"ours"})
    assert (tmp_path / "a.txt").read_bytes() == b"ours"
    assert victim.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.txt", "victim.txt"]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are Unix's")
def test_only_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "victim.txt").write_bytes(b"12345")
    _link(tmp_path / "link")
    _pipe(tmp_path / "pipe")
    assert read_regular(tmp_path / "victim.txt", 5) == b"12345"
    for name, most in (("victim.txt", 4), ("link", 9), ("pipe", 9), (".", 9), ("none", 9)):
        with pytest.raises(OSError, match=r"."):
            read_regular(tmp_path / name, most)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    try:
        subprocess.run(made, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("диск для проби можна зробити лише в Linux з правами root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_files_alone(small_disk: Path) -> None:
    target = small_disk / "a.txt"
    put_in_place({target: b"old"})
    with pytest.raises(BrokenEnvironment, match=r"на диску немає місця для .*b\.txt"):
        put_in_place({target: b"new", small_disk / "b.txt": b"x" * 100_000})
    assert target.read_bytes() == b"old"
    assert names(small_disk) == ["a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limit on the size of files")
def test_a_file_over_the_limit_leaves_the_old_one_alone(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    code = """
        import resource, sys
        from pathlib import Path
        from reportgen.build.files import put_in_place
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        put_in_place({Path(sys.argv[1]): b"x" * 2000})
    """
    got = run(code, str(target))
    assert "BrokenEnvironment: не вдалося записати" in got.stderr
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


# One build at a time


def test_a_folder_is_made_and_held(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "output"
    busy = pytest.raises(BrokenEnvironment, match="пише інша команда")
    with locked(output), busy, locked(output):
        pass
    with locked(output):
        pass  # it is free again


def test_the_lock_of_a_killed_build_holds_nobody(tmp_path: Path) -> None:
    code = """
        import os, signal, sys
        from pathlib import Path
        from reportgen.build.files import locked
        with locked(Path(sys.argv[1])):
            os.kill(os.getpid(), signal.SIGKILL)
    """
    assert run(code, str(tmp_path)).returncode == -signal.SIGKILL
    with locked(tmp_path):
        pass


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    refused = pytest.raises(BrokenEnvironment, match=r"не вдалося записати .*output")
    with refused, locked(tmp_path / "output"):
        pass


# What a killed build leaves


def test_leftovers_are_swept_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "slug").mkdir()
    for name in ("slug/.reportgen-2023.pdf", ".reportgen-manifest.json", "slug/2023.pdf", "mine"):
        (tmp_path / name).write_bytes(b"")
    with locked(tmp_path):
        sweep(tmp_path)
    left = [name for name in names(tmp_path) if name != ".reportgen.lock"]
    assert left == ["mine", "slug", "slug/2023.pdf"]


def test_what_others_hold_is_not_swept(tmp_path: Path) -> None:
    theirs = tmp_path / "deep" / "out"
    theirs.mkdir(parents=True)
    with locked(theirs), locked(tmp_path):
        (theirs / ".reportgen-7-0").write_bytes(b"half a fi")
        sweep(tmp_path)
        assert (theirs / ".reportgen-7-0").exists()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are Unix's")
@pytest.mark.parametrize("lay", [_link, _pipe])
def test_a_single_file_replaces_nothing_but_a_file(
    lay: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "victim.txt").write_bytes(b"theirs")
    lay(tmp_path / "board.html")
    with pytest.raises(BrokenEnvironment, match="не звичайний файл"):
        refuse_project_file(tmp_path / "board.html", tmp_path / "project")


WRITE_FOR_EVER = """
    import itertools, sys
    from pathlib import Path
    from reportgen.build.files import put_in_place
    folder = Path(sys.argv[1])
    for turn in itertools.count():
        data = str(turn % 10).encode() * 200_000
        put_in_place({folder / "slug" / "a.pdf": data, folder / "b.json": data})
        print("x", flush=True)
"""


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_files(tmp_path: Path) -> None:
    chance = random.Random(2023)  # noqa: S311 - moments, not secrets
    for turn in range(15):
        folder = tmp_path / str(turn)
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITE_FOR_EVER), str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.read(1)  # it is under way
            time.sleep(chance.random() / 50)
            writer.kill()
        for name in ("slug/a.pdf", "b.json"):
            data = (folder / name).read_bytes()
            assert len(data) == 200_000
            assert len(set(data)) == 1  # all of it from one turn
        sweep(folder)
        with contextlib.suppress(FileNotFoundError):
            (folder / ".reportgen.lock").unlink()
        assert names(folder) == ["b.json", "slug", "slug/a.pdf"]
