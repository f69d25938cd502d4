"""Files put in place whole: an interrupted build leaves the old ones or the new ones."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reportgen.diagnostics import BrokenEnvironment, reason

_TEMPORARY = ".reportgen-"  # what a killed build leaves begins so
_LOCK = ".reportgen.lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for one command; make it if it is not there.

    Raises:
        BrokenEnvironment: when another command holds it, or it cannot be written to.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only builds need it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        refuse_links(folder, [_LOCK])
        lock = FileLock(folder / _LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        raise BrokenEnvironment(
            f"у теку {folder} зараз пише інша команда reportgen: дочекайтеся її кінця"
        ) from None
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def refuse_links(folder: Path, names: Iterable[str]) -> None:
    """Refuse links out of an output folder: through them a build would write somewhere else.

    Raises:
        BrokenEnvironment: when one of the names is a link that leads out of the folder.
    """
    for path in (folder / name for name in sorted(names)):
        if not _inside(path, folder):
            raise BrokenEnvironment(
                f"{path} — посилання, що веде за межі теки {folder}: приберіть його"
            )


def check_output(output: Path, root: Path, *, asked: bool) -> None:
    """Refuse an output folder that a build could spoil the project with.

    ``asked`` says that the author has named the folder. If it is a link then, so be it; the usual
    one may have become a link without their knowing, in a project that came from others.

    Raises:
        BrokenEnvironment: when the folder holds the project's own files or lies among them, or
            leads somewhere unasked.
    """
    for kept in (root / "content", root / "templates"):
        if _inside(output, kept) or _inside(kept, output):
            raise BrokenEnvironment(
                f"у теку {output} складати не можна: там лежать файли самого проєкту "
                f"({kept.name}); вкажіть у --output іншу теку"
            )
    if not asked and not _inside(output, root):
        raise BrokenEnvironment(
            f"{output} — посилання, що веде за межі теки проєкту: "
            "приберіть його або вкажіть теку в --output"
        )


def refuse_project_file(file: Path, root: Path) -> None:
    """Refuse to write a file over what is no file of ours to write.

    Raises:
        BrokenEnvironment: when it would lie among the project's own files, or is a folder, a link
            or a device.
    """
    if file.is_dir():
        raise BrokenEnvironment(f"{file} — тека: вкажіть у --output файл")
    if os.path.lexists(file) and (file.is_symlink() or not file.is_file()):
        raise BrokenEnvironment(f"{file} — не звичайний файл: вкажіть у --output інше місце")
    for kept in (root / "content", root / "templates"):
        if _inside(file, kept):
            raise BrokenEnvironment(
                f"{file}: там лежать файли самого проєкту ({kept.name}); "
                "вкажіть у --output інше місце"
            )


def _inside(path: Path, folder: Path) -> bool:
    """Tell whether a path, links followed, is the folder or lies in it.

    Not ``Path.resolve``: that raises an error for a link to itself.
    """
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def put_in_place(files: Mapping[Path, bytes]) -> None:
    """Write all files beside their targets, then move each over its target.

    Nothing is moved unless everything was written, so a full disk leaves the old files alone.

    Raises:
        BrokenEnvironment: when a file cannot be written or moved.
    """
    written: dict[Path, Path] = {}
    target = Path()
    try:
        for number, (target, data) in enumerate(files.items()):
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f"{_TEMPORARY}{os.getpid()}-{number}")
            written[target] = temporary
            temporary.unlink(missing_ok=True)  # of a killed one; nobody looks what it leads to
            with temporary.open("xb") as stream:  # a file of our own: no link and no pipe
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for target, temporary in written.items():
            temporary.replace(target)
        for folder in {target.parent for target in files}:
            sync_folder(folder)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def read_regular(path: Path, most: int) -> bytes:
    """Return what a file of at most ``most`` bytes holds: nothing is followed or waited for.

    Raises:
        OSError: when there is no such file, it is a link or a pipe, or is larger.
    """
    if path.is_symlink():
        raise OSError("це посилання, а не файл")
    with open(path, "rb", opener=_unblocked) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError("це не звичайний файл")
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(f"він більший за {most // 1024 // 1024} МБ")
    return data


def _unblocked(path: str, flags: int) -> int:
    """Open without waiting for whoever writes into a pipe; Windows has neither of these."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def sweep(folder: Path) -> None:
    """Remove what killed builds left in a folder, which must be locked."""
    for place, folders, files in os.walk(folder):
        for name in files:
            if name.startswith(_TEMPORARY):
                with contextlib.suppress(OSError):
                    Path(place, name).unlink()
        # What has a lock of its own is held by others.
        folders[:] = [one for one in folders if not os.path.lexists(Path(place, one, _LOCK))]


def sync_folder(folder: Path) -> None:
    """Make the moves durable where the system can; Windows does it by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(path: Path, error: OSError) -> BrokenEnvironment:
    """Return what to say of a file that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BrokenEnvironment(f"на диску немає місця для {path}")
    if isinstance(error, PermissionError):
        return BrokenEnvironment(
            f"немає дозволу писати {path} (можливо, файл відкрито в іншій програмі)"
        )
    return BrokenEnvironment(f"не вдалося записати {path}: {reason(error)}")
