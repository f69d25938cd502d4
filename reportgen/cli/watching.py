"""``reportgen build --watch``: built again whenever something is saved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from reportgen.diagnostics import BrokenEnvironment, tame

_PAUSE = 200  # milliseconds without a change before what has changed is told: editors save in steps
_WATCHED = ("content", "templates")
_READ = (".yaml", ".yml", ".j2", ".css", ".js", ".typ", ".docx", ".html")  # what a build may read
_TEMPORARY = (".", "~")  # what an office or an editor lays beside a file that is open


def watch(root: Path, build: Callable[[], object]) -> int:
    """Build, then again after every change of content or templates, until Ctrl+C.

    What stops one build, the machine's troubles included, is told, and the watch goes on.
    """
    with suppress(KeyboardInterrupt):
        for changed in changes(root):
            for name in changed:
                print(f"Змінено: {name}", flush=True)  # noqa: T201
            try:
                build()
            except BrokenEnvironment as error:
                print(f"reportgen: {tame(str(error))}", file=sys.stderr, flush=True)  # noqa: T201
            print("Чекаю на зміни; закінчити — Ctrl+C.", flush=True)  # noqa: T201
    return 0


def changes(root: Path) -> Iterator[list[str]]:
    """Yield an empty list once the watch has begun, then the names of the files that have changed.

    ``root`` has its links followed, as the names that a watcher gives have. What changes while the
    caller is busy comes with the next ones, so no save is overlooked.
    """
    import watchfiles  # noqa: PLC0415 - whoever does not watch need not have it loaded

    gone = watchfiles.Change.deleted
    folders = [folder for name in _WATCHED if (folder := root / name).is_dir()]
    begun = False
    for changed in watchfiles.watch(
        *folders, debounce=8 * _PAUSE, step=_PAUSE, rust_timeout=_PAUSE, yield_on_timeout=True
    ):
        happened: dict[Path, set[watchfiles.Change]] = {}
        for change, path in changed:
            happened.setdefault(Path(path), set()).add(change)
        names = sorted(
            path.relative_to(root).as_posix()
            for path, seen in happened.items()
            if matters(path, was=seen == {gone})
        )
        if names or not begun:
            begun = True
            yield names


def matters(path: Path, *, was: bool) -> bool:
    """Tell whether a build may come out otherwise because something has changed at a path.

    Editors save into a file of another name first, which is made and gone within one change. What
    ``was`` there before and has no ending of a file was a folder.
    """
    if path.name.startswith(_TEMPORARY):
        return False
    return path.suffix.lower() in _READ or path.is_dir() or (was and not path.suffix)
