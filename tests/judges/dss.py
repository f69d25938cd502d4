"""What EU DSS says of signed files: one start of Java judges them all."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    jars = held(DSS.name)
    assert jars, "tests of DSS are marked judge"
    asked = {Path(one): (originals or {}).get(one) for one in files}
    lines = [
        *(["online"] if online else []),
        *([f"at\t{at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"] if at else []),
        *(f"trust\t{one}" for one in trust),
        *("\t".join(["file", *map(str, filter(None, pair))]) for pair in asked.items()),
    ]
    done = subprocess.run(
        [*JAVA, "-Dfile.encoding=UTF-8", "-cp", f"{jars}/*", str(DSS.source)],
        input="\n".join(lines).encode(),
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # Java takes names of files by the locale
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    judged = dict(map(_judged, map(json.loads, done.stdout.decode().splitlines())))
    assert set(judged) == set(asked)
    return judged


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
