"""A template of a council's own at work in a process apart: it may fill memory, or never end.

Typst has no bounds of its own, and what it runs out of takes its process with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Final

from reportgen.sign.faults import SigningError
from reportgen.sign.press import Press, press

if TYPE_CHECKING:
    from reportgen.write.fonts import Typeface

_MOST_MEMORY: Final = 1024**3  # bytes; a mark takes a tenth, most of it Python's
_PATIENCE: Final = 30  # seconds for one mark, the start of the process included; it takes one


@dataclass(frozen=True, slots=True)
class _Apart:
    """A process that draws, and the pipe to it."""

    process: BaseProcess
    pipe: Connection

    def __call__(self, data: Mapping[str, object]) -> bytes:
        """Return what the template makes of texts.

        Raises:
            SigningError: when it makes nothing, takes too much memory, or does not end.
        """
        try:
            self.pipe.send(data)
            if not self.pipe.poll(_PATIENCE):
                self.process.kill()
                raise SigningError(
                    f"шаблон mark.typ малює понад {_PATIENCE} с: зупинено; чи немає в ньому циклу?"
                )
            answer: bytes | str = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise SigningError(
                f"шаблон mark.typ не малюється: впав або забрав понад {_MOST_MEMORY // 1024**3} ГБ "
                "пам'яті"
            ) from error
        if isinstance(answer, str):
            raise SigningError(answer)
        return answer


@contextmanager
def pressed_apart(template: bytes, typeface: Typeface | None) -> Iterator[Press]:
    """Hold a process that draws by a template for the time of a ``with``."""
    context = multiprocessing.get_context("spawn")  # the same on every system
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, template, typeface), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _Apart(process, ours)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _work(pipe: Connection, template: bytes, typeface: Typeface | None) -> None:
    """Draw marks as their texts come; this is the whole life of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the one who asks
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such bounds
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError, OSError):
        while True:
            data = pipe.recv()
            try:
                answer: bytes | str = press(template, typeface, data)
            except SigningError as error:
                answer = str(error)
            pipe.send(answer)
