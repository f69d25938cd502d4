"""Any signed file judged: told by its content, whatever its name says."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from reportgen.diagnostics import reason
from reportgen.model.verdict import Kind, Verdict
from reportgen.verify.holder import printable
from reportgen.verify.trust import Trust

#: Endings of files that are signatures of the file whose name precedes them.
BESIDE: Final = (".p7s", ".p7m")
#: All endings of files that may be signed.
SIGNED: Final = (".pdf", ".asice", ".asics", *BESIDE)
#: What is said of a file that libraries cannot cope with.
TOO_HEAVY: Final = "перевірка забирає надто багато пам'яті: файл зіпсовано або підмінено"
_MOST_SIZE: Final = 512 * 1024 * 1024  # bytes; a book of a session takes some 100 MB


def judge(
    source: Path | bytes,
    name: str,
    trust: Trust,
    at: datetime.datetime,
    content: bytes | None = None,
) -> Verdict:
    """Judge a signed PDF, a container or a signature beside a file; ``name`` is what it is called.

    ``at`` is the moment at which it has to hold. ``content`` is the file that a detached signature
    belongs to; of a path it is found by its name. Nothing is fetched from anywhere, and whatever
    the bytes are, a verdict is returned.
    """
    try:
        data = read_limited(source) if isinstance(source, Path) else source
        content = content or (_neighbour(source) if isinstance(source, Path) else None)
    except OSError as error:
        return Verdict(name, "", (), (f"файл не читається: {reason(error)}",))
    except ValueError as error:
        return Verdict(name, "", (), (str(error),))
    except MemoryError:
        return Verdict(name, "", (), (TOO_HEAVY,))
    try:
        return _printable(_signed_at_all(_judged(data, name, trust, at, content)))
    except MemoryError:
        return Verdict(name, hashlib.sha256(data).hexdigest(), (), (TOO_HEAVY,))
    except Exception:  # noqa: BLE001 - libraries met what nobody foresaw: certainly it is not sound
        fault = "файл зіпсовано: підписів у ньому не вдається прочитати"
        return Verdict(name, hashlib.sha256(data).hexdigest(), (), (fault,))


def _judged(
    data: bytes, name: str, trust: Trust, at: datetime.datetime, content: bytes | None
) -> Verdict:
    if len(data) > _MOST_SIZE:
        return Verdict(name, hashlib.sha256(data).hexdigest(), (), (_TOO_LARGE,))
    if data.startswith(b"%PDF-"):
        from reportgen.verify.pdf import judge_pdf  # noqa: PLC0415 - takes a second to load

        return judge_pdf(data, name, trust, at)
    from reportgen.verify.detached import judge_message, part_judge  # noqa: PLC0415 - as above

    if data.startswith(b"PK\x03\x04"):
        from reportgen.verify.container import judge_container  # noqa: PLC0415 - as above

        return judge_container(name, data, part_judge(trust, at))
    return judge_message(data, name, trust, at, content)


def _signed_at_all(verdict: Verdict) -> Verdict:
    """Refuse what bears time-stamps alone: anybody can have one, of anything."""
    if not verdict.signed or any(one.kind is not Kind.TIME_STAMP for one in verdict.signed):
        return verdict
    return dataclasses.replace(verdict, faults=(*verdict.faults, _ONLY_STAMPED))


def _printable(verdict: Verdict) -> Verdict:
    """Clean what is told: fields of a PDF and members of a container are named by anybody."""

    def cleaned(told: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(printable, told))

    signed = (
        dataclasses.replace(
            one,
            place=printable(one.place),
            faults=cleaned(one.faults),
            remarks=cleaned(one.remarks),
        )
        for one in verdict.signed
    )
    return dataclasses.replace(
        verdict,
        signed=tuple(signed),
        faults=cleaned(verdict.faults),
        remarks=cleaned(verdict.remarks),
    )


_ONLY_STAMPED: Final = "підписів немає: сама позначка часу не каже, хто підписав"
_TOO_LARGE: Final = f"файл більший за {_MOST_SIZE // 1024**2} МБ: такі не перевіряються"


def read_limited(path: Path) -> bytes:
    """Return the bytes of an ordinary file that is not too large.

    Raises:
        OSError: when it cannot be read.
        ValueError: for anything else than a file, or one that is too large; in Ukrainian.
    """
    status = path.stat()  # before opening: a pipe would wait for ever
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("це не звичайний файл")
    if status.st_size > _MOST_SIZE:
        raise ValueError(_TOO_LARGE)
    return path.read_bytes()


def _neighbour(path: Path) -> bytes | None:
    """Return the file that a signature lies beside: «звіт.pdf» of «звіт.pdf.p7s»."""
    beside = path.with_suffix("")
    if path.suffix.lower() not in BESIDE or not beside.is_file():
        return None
    return read_limited(beside)
