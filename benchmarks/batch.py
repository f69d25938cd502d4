"""How long ``reportgen build`` takes for a whole council: see README.md.

``batch.py cold`` builds copies of the shipped social-protection report beside as many drawn by bare
engines in as many processes; ``batch.py growth`` builds councils of growing numbers of programmes.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from check import lay_out
from plain import ROWS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORES = len(os.sched_getaffinity(0))
_AIM = 1.5  # times the bare engines' time, of all cores
_SLUG = "social-protection"


def main() -> None:
    """Measure what is asked for and print a table."""
    options = _options()
    print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {CORES} cores\n")
    with tempfile.TemporaryDirectory(prefix="reportgen-benchmark-") as temporary:
        options.measure(Path(temporary), options)


# One council, and bare engines


def cold(folder: Path, options: argparse.Namespace) -> None:
    """Print seconds of ours and of the bare engines, which take turns, and their ratio."""
    reports = options.reports
    root = copies(folder / "council", reports)
    _python("prepare.py", str(ROWS), str(folder / "data"))
    ours, bare = [], []
    for _ in range(options.runs):
        bare.append(_bare(reports, folder / "data"))
        shutil.rmtree(root / "output", ignore_errors=True)
        ours.append(_build(root, "--force"))
    nothing = [_build(root) for _ in range(options.runs)]
    one = [_build(_changed(root, run)) for run in range(options.runs)]
    print(f"| {reports} reports of {ROWS} rows, four formats | seconds | of processors |")
    print("| --- | ---: | ---: |")
    _row("bare Typst, docxtpl, XlsxWriter, Jinja", bare)
    _row("reportgen, cold", ours)
    _row("reportgen, nothing changed", nothing)
    _row("reportgen, one figure changed", one)
    clock, processors = (
        statistics.median(us / them for us, them in zip(each_ours, each_bare, strict=True))
        for each_ours, each_bare in zip(
            zip(*ours, strict=True), zip(*bare, strict=True), strict=True
        )
    )
    said = "holds" if clock < _AIM else "DOES NOT HOLD"
    print(f"\nRatio {clock:.2f} by the clock, {processors:.2f} of processors; {_AIM}: {said}")


def copies(root: Path, reports: int) -> Path:
    """Lay out a council with copies of the shipped report, each with a mark at its texts."""
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("programmes"))
    shipped = ROOT / "content" / "programmes" / _SLUG
    for at in range(reports):
        place = root / "content" / "programmes" / f"p{at}"
        place.mkdir(parents=True)
        for name in ("programme.yaml", "2023-h1.yaml"):
            text = (shipped / name).read_text(encoding="utf-8")
            marked = re.sub(r"\b((?:text|info):(?: >-\n)?\s+)(?=[^\s>])", rf"\1№ {at} ", text)
            marked = marked.replace("Комплексн", f"№ {at} Комплексн").replace('"35"', f'"35-{at}"')
            (place / name).write_text(marked, encoding="utf-8")
    return root


def _changed(root: Path, run: int) -> Path:
    path = root / "content" / "programmes" / "p1" / "2023-h1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(actual: )[\d.]+", rf"\g<1>{300 + run}.5", text, count=1), "utf-8")
    return root


def _bare(reports: int, data: Path) -> tuple[float, float]:
    shutil.rmtree(data / "bare", ignore_errors=True)
    marks = [reports * at // CORES for at in range(CORES + 1)]
    with _timed() as times:
        processes = [
            subprocess.Popen([sys.executable, HERE / "bare_batch.py", str(a), str(b), data])
            for a, b in itertools.pairwise(marks)
        ]
        codes = [process.wait() for process in processes]
    if any(codes):
        sys.exit("a bare engine has failed")
    return times()


# Councils that grow


def growth(folder: Path, options: argparse.Namespace) -> None:
    """Print seconds and memory of builds whose numbers of programmes double, four periods each."""
    print(
        "| programmes | reports | s | ms of processors a report | memory of the first process, MB |"
    )
    print("| ---: | ---: | ---: | ---: | ---: |")
    for programmes in options.programmes:
        root = folder / str(programmes)
        lay_out(root, programmes, options.measures)
        most: list[int] = []
        clock, processors = _build(root, "--format", options.formats, memory=most)
        reports = 4 * programmes
        each = 1000 * processors / reports
        print(
            f"| {programmes} | {reports} | {clock:.1f} | {each:.0f} | {max(most) / 1024:.0f} |",
            flush=True,
        )
        shutil.rmtree(root)


# Runs


def _build(root: Path, *arguments: str, memory: list[int] | None = None) -> tuple[float, float]:
    """Return the seconds of one build: by the clock, and of all processors."""
    command = [sys.executable, "-m", "reportgen", "build", "--root", root, *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "REPORTGEN_CACHE": str(root / "cache")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules
    with tempfile.TemporaryFile() as said, _timed() as times:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=subprocess.STDOUT)
        if memory is not None:
            threading.Thread(target=_follow, args=(process, memory), daemon=True).start()
        if process.wait():
            said.seek(0)
            sys.exit(said.read(3000).decode())
    return times()


def _follow(process: subprocess.Popen[bytes], peaks: list[int]) -> None:
    """Note the most memory, in kB, that the process itself has ever held, until it ends."""
    status = Path("/proc", str(process.pid), "status")
    while process.poll() is None:
        try:
            peaks += map(int, re.findall(r"VmHWM:\s+(\d+)", status.read_text("utf-8")))
        except OSError:
            return
        time.sleep(0.1)


@contextmanager
def _timed() -> Iterator[Callable[[], tuple[float, float]]]:
    """Yield what tells, afterwards, the seconds by the clock and of this process's children."""
    start, before = time.perf_counter(), os.times()
    taken: list[float] = []
    yield lambda: (taken[0], taken[1])
    after = os.times()
    spent = sum(now - then for now, then in zip(after[2:4], before[2:4], strict=True))
    taken += (time.perf_counter() - start, spent)


def _python(script: str, *arguments: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, HERE / script, *arguments], env=env, check=True)


def _row(what: str, times: Sequence[tuple[float, float]]) -> None:
    clock, processors = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"| {what} | {clock:.2f} | {processors:.2f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure builds of whole councils.")
    kinds = parser.add_subparsers(required=True)
    one = kinds.add_parser("cold", help="many reports beside bare engines")
    one.add_argument("--reports", type=int, default=100)
    one.add_argument("--runs", type=int, default=3)
    one.set_defaults(measure=cold)
    many = kinds.add_parser("growth", help="councils of growing numbers of programmes")
    many.add_argument("--programmes", type=_numbers, default=[125, 250, 500, 1000])
    many.add_argument("--measures", type=int, default=70)
    many.add_argument("--formats", default="docx,xlsx,html", help="Typst takes most of the time")
    many.set_defaults(measure=growth)
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


if __name__ == "__main__":
    main()
