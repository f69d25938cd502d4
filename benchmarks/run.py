"""Our writers beside bare engines: ``.venv/bin/python benchmarks/run.py``. See README.md.

Every run is a fresh process, contenders take turns (A B A B …), so that a busy minute of the
machine falls on all of them. The first round warms the disk and is not counted.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plain import ROWS

HERE = Path(__file__).resolve().parent
_LIBRARIES = (
    "docxtpl", "jinja2", "lxml", "openpyxl", "python-docx", "typst", "weasyprint", "xlsxwriter",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """Who ours is compared with; ``aim`` is the ratio ours/peer that ours must stay under."""

    name: str
    module: str
    aim: float | None = None
    most_rows: int = sys.maxsize


#: Format → peers. The aims are those of the project's first issue.
CONTESTS = {
    "pdf": (
        Peer("Typst, bare", "peer_typst", 1.6),
        Peer("Typst, told what to hyphenate", "peer_typst_told"),
    ),
    "pdf-weasyprint": (Peer("WeasyPrint, plain", "peer_weasyprint"),),
    "docx": (
        Peer("docxtpl", "peer_docxtpl", 1.0),
        Peer("python-docx", "peer_python_docx", most_rows=ROWS),
    ),
    "xlsx": (
        Peer("XlsxWriter, bare", "peer_xlsxwriter"),
        Peer("openpyxl", "peer_openpyxl", 1.0),
    ),
    "html": (Peer("Jinja2, bare", "peer_jinja"),),
}


@dataclass(frozen=True, slots=True)
class Seconds:
    """Medians: of drawing alone, and of the whole process but for reading the prepared data."""

    drawing: float
    process: float


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison."""

    form: str
    rows: int
    peer: Peer
    ours: Seconds
    theirs: Seconds

    @property
    def ratios(self) -> tuple[float, float]:
        """Ours/peer, of drawing and of the whole process."""
        return (
            self.ours.drawing / self.theirs.drawing,
            self.ours.process / self.theirs.process,
        )


def main() -> None:
    """Measure what is asked for and print the table."""
    options = _options()
    print(_machine(options.runs), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="reportgen-benchmark-") as temporary:
        kept = options.keep or Path(temporary)
        results = []
        _print_row("format", "rows", "peer", *("ours, s", "peer, s", "ratio") * 2)
        _print_row("---", *["---:", "---", *["---:"] * 6])
        for rows in options.rows:
            folder = kept / str(rows)
            _python("prepare.py", str(rows), str(folder))
            for form in options.formats:
                for result in contest(form, rows, options.runs, folder):
                    results.append(result)
                    _print_result(result)
    print()
    for line in verdicts(results):
        print(line)


def contest(form: str, rows: int, runs: int, folder: Path) -> Iterator[Result]:
    """Yield a comparison for each peer of a format that takes part with so many rows."""
    peers = [peer for peer in CONTESTS[form] if rows <= peer.most_rows]
    ours = f"ours:{form}"
    medians = measure([ours, *(peer.module for peer in peers)], runs, folder)
    for peer in peers:
        yield Result(form, rows, peer, medians[ours], medians[peer.module])


def measure(contenders: Sequence[str], runs: int, folder: Path) -> dict[str, Seconds]:
    """Return the medians of each contender over rounds in which all take turns."""
    drawing: dict[str, list[float]] = {contender: [] for contender in contenders}
    process: dict[str, list[float]] = {contender: [] for contender in contenders}
    for turn in range(runs + 1):
        for contender in contenders:
            start = time.perf_counter()
            printed = _python("draw.py", contender, str(folder))
            whole = time.perf_counter() - start
            drawn, loading = map(float, printed.split())
            if turn:
                drawing[contender].append(drawn)
                process[contender].append(whole - loading)
    return {
        contender: Seconds(
            statistics.median(drawing[contender]), statistics.median(process[contender])
        )
        for contender in contenders
    }


def verdicts(results: Sequence[Result]) -> Iterator[str]:
    """Yield a line for each aim: whether it holds, drawing and whole process apart."""
    for one in results:
        if one.peer.aim is None:
            continue
        said = " · ".join(
            f"{what} {ratio:.2f} {'holds' if ratio < one.peer.aim else 'DOES NOT HOLD'}"
            for what, ratio in zip(("drawing", "whole process"), one.ratios, strict=True)
        )
        yield f"- {one.form} < {one.peer.aim} × {one.peer.name}, {one.rows} rows: {said}"


def _python(script: str, *arguments: str) -> str:
    """Run a script of this folder in a fresh process and return what it prints."""
    done = subprocess.run(
        [sys.executable, HERE / script, *arguments],
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def _print_result(one: Result) -> None:
    figures: list[str] = []
    for ours, theirs, ratio in zip(
        (one.ours.drawing, one.ours.process),
        (one.theirs.drawing, one.theirs.process),
        one.ratios,
        strict=True,
    ):
        figures += [f"{ours:.3f}", f"{theirs:.3f}", f"{ratio:.2f}"]
    _print_row(one.form, str(one.rows), one.peer.name, *figures)


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _machine(runs: int) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
    return (
        f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {sys.platform}, "
        f"{os.cpu_count()} cores, medians of {runs} runs; {versions}.\n"
        "Left: drawing alone; right: the whole process."
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure our writers beside bare engines.")
    parser.add_argument(
        "--rows", type=_rows, default=[ROWS, 10 * ROWS], help=f"multiples of {ROWS}, by commas"
    )
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each contender")
    parser.add_argument(
        "--formats", type=_formats, default=[*CONTESTS], help=f"of {','.join(CONTESTS)}"
    )
    parser.add_argument("--keep", type=Path, help="leave what was drawn in this folder")
    return parser.parse_args()


def _rows(text: str) -> list[int]:
    rows = [int(one) for one in text.split(",")]
    if any(one < ROWS or one % ROWS for one in rows):
        raise argparse.ArgumentTypeError(f"multiples of {ROWS} only")
    return rows


def _formats(text: str) -> list[str]:
    chosen = text.split(",")
    unknown = [one for one in chosen if one not in CONTESTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no format {unknown[0]}; there are {', '.join(CONTESTS)}")
    return chosen


if __name__ == "__main__":
    main()
