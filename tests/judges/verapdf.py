"""What veraPDF says of files: one start of Java judges them all."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from judges import held

_JAVA = ("java", "-Djava.awt.headless=true", "-XX:+UseSerialGC")
#: The compiler of Java that is done at once: most runs are too short for the thorough one to pay.
JAVA = (*_JAVA, "-XX:TieredStopAtLevel=1")
_MANY = 20  # files; with so many it pays
#: The jar's own start is a window; this is the command line in it.
COMMAND = "org.verapdf.apps.GreenfieldCliWrapper"

PDFA_1A, PDFA_1B, PDFA_2A, PDFA_3A = "PDF/A-1A", "PDF/A-1B", "PDF/A-2A", "PDF/A-3A"
PDFUA_1 = "PDF/UA-1"

#: What a file declares that it is → the rules that it breaks all the same.
Verdict = Mapping[str, tuple[str, ...]]


def judge(files: Iterable[Path]) -> Mapping[Path, Verdict]:
    """Return the verdict on each file by every profile that the file itself declares."""
    jar = held("verapdf")
    assert jar, "tests of veraPDF are marked judge"
    asked = [str(one) for one in files]
    options = ("--flavour", "0", "--format", "json", "--maxfailuresdisplayed", "1")
    command = [*(_JAVA if len(asked) > _MANY else JAVA), "-cp", str(jar), COMMAND, *options, *asked]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stdout, done.stderr.decode()
    jobs = json.loads(done.stdout)["report"]["jobs"]
    verdicts = {Path(one["itemDetails"]["name"]): dict(_verdict(one)) for one in jobs}
    assert set(verdicts) == {Path(one) for one in asked}
    return verdicts


def _verdict(job: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for result in job.get("validationResult", ()):  # a file that is no PDF has none
        profile = result["profileName"].removesuffix(" validation profile")
        broken = tuple(_rules(result["details"]["ruleSummaries"]))
        assert result["compliant"] is not bool(broken)
        yield profile, broken


def _rules(summaries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in summaries:
        [check, *_] = one["checks"]
        said = check.get("errorMessage") or one["description"]
        yield f"{one['clause']}-{one['testNumber']} ×{one['failedChecks']}: {said}"
