"""A package's book beside one bare Typst compilation of the same pages: see README.md.

The same pages: the peer is given each report as ours has cut it, with tasks named again where pages
begin. It hyphenates whole tables; a second one is told in which cells that is needed, and draws the
very pages of ours. Finding out both is ours alone to do.

Ours draws each report by itself, in as many processes as are asked for, and joins the files: cover,
contents with links, page numbers through the whole, bookmarks, tags. The peer is one Typst script
with all reports in it. Contenders take turns, each in a fresh process; the first round is not
counted. Seconds are from documents at hand to bytes, with starting our processes, imports left out.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import multiprocessing
import os
import pickle
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

import ours
import peer_typst
import pikepdf
import prepare

from reportgen.build.project import find_frame, open_project
from reportgen.build.workers import processes
from reportgen.document.annex import marked
from reportgen.document.blocks import Document
from reportgen.write.book import Binder, Book, Part
from reportgen.write.fonts import find_typeface
from reportgen.write.pdf_typst import lay_out, write_pdf

_ANNEXES, _PLAIN = "annexes.pickle", "plain.json"
_PEERS = {"bare": "Typst, bare", "told": "Typst, told what to hyphenate"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one run took; memory is that of all of its processes, each at its own peak."""

    seconds: float
    processors: float  # seconds of all processors together: other work disturbs them less
    megabytes: float
    pages: int


def main() -> None:
    """Prepare the reports, let both draw them several times, and print the table."""
    options = _options()
    if options.contender:
        print(json.dumps(_draw(options.contender, options.folder, options.jobs)))
        return
    print(
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, Python {platform.python_version()}, ",
        end="",
    )
    print(
        f"{os.cpu_count()} cores, medians of {options.runs} runs, {options.jobs} processes of ours"
    )
    print(
        "\n| reports | | pages | seconds | of processors | peak MB | ratio | of processors |"
        "\n| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    for reports in options.reports:
        with tempfile.TemporaryDirectory(prefix="reportgen-benchmark-") as temporary:
            _contest(reports, options.runs, options.jobs, Path(temporary))


def _contest(reports: int, runs: int, jobs: int, folder: Path) -> None:
    documents = list(prepare.make_many(reports))
    annexes = [*map(_annex, documents, range(1, reports + 1))]
    (folder / _ANNEXES).write_bytes(pickle.dumps(annexes))
    frame, _ = find_frame(open_project(ours.ROOT), "zhytomyr-measures")
    typeface = find_typeface()
    plain = [prepare.plain_of(lay_out(one, frame, typeface).document) for one in annexes]
    (folder / _PLAIN).write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    rounds = [[_run(who, folder, jobs) for who in ("ours", *_PEERS)] for _ in range(runs + 1)]
    book, *peers = (_median(runs_of) for runs_of in zip(*rounds[1:], strict=True))
    _row(reports, "book", book, "", "")
    for name, bare in zip(_PEERS.values(), peers, strict=True):
        ratios = book.seconds / bare.seconds, book.processors / bare.processors
        _row(reports, name, bare, *(f"{one:.2f}" for one in ratios))


def _annex(document: Document, number: int) -> Document:
    lines = f"Додаток {number}", "до рішення міської ради", "від __.__.____ № ___"
    return marked(document, lines)


def _run(contender: str, folder: Path, jobs: int) -> Drawn:
    # Not as a script: every process of ours would read that anew, with all that it imports.
    command = [sys.executable, "-c", "import package; package.main()", "--contender", contender]
    done = subprocess.run(
        [*command, "--folder", str(folder), "--jobs", str(jobs)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    return Drawn(*json.loads(done.stdout))


def _median(runs: Sequence[Drawn]) -> Drawn:
    return replace(
        runs[0],
        seconds=statistics.median(one.seconds for one in runs),
        processors=statistics.median(one.processors for one in runs),
        megabytes=max(one.megabytes for one in runs),
    )


def _draw(contender: str, folder: Path, jobs: int) -> Sequence[float]:
    """Draw once, and return the fields of `Drawn`."""
    if contender in _PEERS:
        reports = json.loads((folder / _PLAIN).read_text("utf-8"))
        start, begun = time.perf_counter(), _processors()
        data = peer_typst.draw_many(reports, told=contender == "told")
    else:
        documents = pickle.loads((folder / _ANNEXES).read_bytes())  # noqa: S301 - our own
        start, begun = time.perf_counter(), _processors()
        data = _book(documents, jobs)
    seconds, processors = time.perf_counter() - start, _processors() - begun
    own, workers = map(_peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = len(pdf.pages)
    return seconds, processors, own + jobs * workers, pages


def _processors() -> float:
    """Return the seconds that this process has used, and those of its workers that have ended."""
    return sum(os.times()[:4])


def _peak(who: int) -> float:
    """Return the most that this process took, or the largest of its workers: Linux gives KiB."""
    return resource.getrusage(who).ru_maxrss / 1024


def _book(documents: Sequence[Document], jobs: int) -> bytes:
    frame, _ = find_frame(open_project(ours.ROOT), "zhytomyr-measures")
    typeface = find_typeface()
    draw = partial(write_pdf, frame=frame, typeface=typeface)
    binder = Binder()
    with processes(jobs).opened() as pool:
        for number, document, pdf in zip(count(1), documents, pool.map(draw, documents)):
            binder.add(Part(f"Додаток {number}", document, pdf))
        pool.shutdown(wait=False)  # they end while the rest is done
        data = binder.bind(_whole(documents[0]), frame, typeface)
    for process in multiprocessing.active_children():
        process.join()  # what they used counts when they have ended
    return data


def _whole(first: Document) -> Book:
    return Book(
        title=("Звіти про виконання міських цільових програм",),
        lines=("до рішення від __.__.____ № ___",),
        place="",
        author=first.author,
        subject=first.subject,
        language="uk",
        dated=first.dated,
        page=replace(first.page, landscape=False),
    )


def _row(reports: int, name: str, drawn: Drawn, *ratios: str) -> None:
    taken = f"{drawn.seconds:.1f} | {drawn.processors:.1f} | {drawn.megabytes:.0f}"
    print(f"| {reports} | {name} | {drawn.pages} | {taken} | {' | '.join(ratios)} |", flush=True)


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description="our book beside bare Typst")
    options.add_argument("--reports", type=_numbers, default=(11, 56), help="type: 11,56")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--contender", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return options.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


if __name__ == "__main__":
    main()
