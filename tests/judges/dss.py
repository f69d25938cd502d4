"""What EU DSS says of signed files: one start of Java answers all that a run of tests asks.

Its start would cost more than most answers; nothing that one question says is left for the next.
"""

from __future__ import annotations

import atexit
import datetime
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from judges import DSS, held
from verapdf import JAVA

PASSED = "TOTAL_PASSED"


@dataclass(frozen=True, slots=True)
class Seen:
    """One signature, or one time-stamp, as DSS sees it.

    ``verdict`` of a sound signature is ``TOTAL_PASSED``, of a sound time-stamp ``PASSED``; ``sub``
    says why it is another. ``level`` of a signature is such as ``PAdES-BASELINE-LTA``, of a
    time-stamp such as ``DOCUMENT_TIMESTAMP``. ``files`` are what it covers.
    """

    verdict: str
    sub: str | None
    level: str
    signer: str
    time: datetime.datetime | None  # claimed of a signature, produced of a time-stamp
    files: Sequence[str]
    errors: Sequence[str]
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is seen in a file; ``contents`` are the files of a container, ``fault`` is DSS's own."""

    signatures: Sequence[Seen]
    stamps: Sequence[Seen]
    contents: Sequence[str]
    fault: str | None

    @property
    def levels(self) -> Sequence[str]:
        """The levels of all signatures if each is sound, else what is wrong with them."""
        return [
            one.level if one.verdict == PASSED else f"{one.verdict} {one.sub}"
            for one in self.signatures
        ]


def validate(
    files: Iterable[Path],
    trust: Iterable[Path],
    *,
    online: bool = False,
    at: datetime.datetime | None = None,
    originals: Mapping[Path, Path] | None = None,
) -> Mapping[Path, Judged]:
    """Return what DSS makes of each file when certificates (PEM or DER) are trusted.

    ``online``: addresses in certificates are asked for revocation, which levels below LT need.
    ``originals``: what a detached signature covers.
    """
    asked = {Path(one): (originals or {}).get(one) for one in files}
    lines = [
        *(["online"] if online else []),
        *([f"at\t{at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"] if at else []),
        *(f"trust\t{one}" for one in trust),
        *("\t".join(["file", *map(str, filter(None, pair))]) for pair in asked.items()),
    ]
    judged = dict(map(_judged, map(json.loads, _running().answer(lines))))
    assert set(judged) == set(asked)
    return judged


@dataclass(frozen=True, slots=True)
class _Java:
    """The judge as it waits for questions; ``errors`` is what it says of itself."""

    process: subprocess.Popen[str]
    errors: IO[str]

    def answer(self, question: Sequence[str]) -> Iterator[str]:
        """Yield a line for each file that is asked of."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n".join([*question, "", ""]))
        self.process.stdin.flush()
        while line := self.process.stdout.readline().rstrip("\n"):
            yield line
        self.errors.seek(0)
        assert self.process.poll() is None, self.errors.read()

    def stop(self) -> None:
        self.process.communicate()
        self.errors.close()


@cache
def _running() -> _Java:
    jars = held(DSS.name)
    assert jars, "tests of DSS are marked judge"
    errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - as long as Java runs
    java = _Java(
        subprocess.Popen(
            [*JAVA, "-Dfile.encoding=UTF-8", "-cp", f"{jars}/*", str(DSS.source)],
            env={**os.environ, "LC_ALL": "C.UTF-8"},  # Java takes names of files by the locale
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ),
        errors,
    )
    atexit.register(java.stop)
    return java


def _judged(told: Mapping[str, Any]) -> tuple[Path, Judged]:
    signatures, stamps = told.get("signatures", ()), told.get("stamps", ())
    seen = tuple(_seen(signatures)), tuple(_seen(stamps))
    return Path(told["file"]), Judged(*seen, told.get("contents") or (), told.get("fault"))


def _seen(found: Iterable[Mapping[str, Any]]) -> Iterator[Seen]:
    for one in found:
        yield Seen(
            verdict=one["indication"],
            sub=one["sub"],
            level=one["level"],
            signer=one["signer"],
            time=datetime.datetime.fromisoformat(one["time"]) if one["time"] else None,
            files=one["files"],
            errors=one["errors"],
            warnings=one["warnings"],
        )
