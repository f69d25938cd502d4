"""How long ``reportgen check`` takes on a large council: see README.md.

Each run is a fresh process, as a clerk starts it; the first one warms the disk and is not counted.
Beside the seconds by the clock stand those of all processors together, which other work on the
machine disturbs less.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import io
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PERIODS = ("2024-q1", "2024-h1", "2024-9m", "2024")
_TASKS = 7
_EXECUTORS = 40
_WORDS = [
    *("надання", "допомоги", "мешканцям", "громади", "ремонт", "придбання", "обладнання"),
    *("закладів", "освіти", "культури", "проведення", "заходів", "молоді", "підтримка"),
    *("послуг", "розвиток", "міста", "облаштування", "навчання", "лікування", "організація"),
]

#: Functions whose whole time is told, with their files; a later one may be within an earlier one.
_STAGES = (
    ("load/report.py", "report", "reports loaded"),
    ("source/yaml_nodes.py", "parse", "of that, YAML to nodes"),
    ("load/form.py", "load_form", "of that, forms"),
    ("load/programme.py", "load_programme", "of that, nodes to programmes"),
    ("load/period.py", "load_period", "of that, nodes to periods"),
    ("check/__init__.py", "check_report", "rules over reports"),
    ("check/texts.py", "check_texts", "rules over texts"),
    ("check/__init__.py", "check_council", "rules over registers"),
    ("check/__init__.py", "check_passports", "rules over all passports together"),
    ("build/examine.py", "_differences", "what reports say read, and rules over each period"),
    ("build/checked.py", "checked", "what reports say written down"),
    ("compute/report.py", "compute_report", "figures"),
    ("document/make.py", "make_document", "documents"),
    ("build/misfits.py", "misfits", "what does not fit into its column"),
    ("build/remembered.py", "recalled", "files fingerprinted, findings recalled"),
    ("build/prepare.py", "dress_faults", "frames and the council's own templates looked over"),
    ("build/sources.py", "allowances", "remarks that allow"),
)


def main() -> None:
    """Lay a council out, check it several times and print seconds and where they go."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="reportgen-benchmark-") as temporary:
        root = Path(temporary)
        lay_out(root, options.programmes, options.measures)
        reports = options.programmes * len(PERIODS)
        print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, ", end="")
        print(f"{os.cpu_count()} cores, {reports} reports of {options.measures} measures")
        first, *others = sorted(os.sched_getaffinity(0))
        print("| | seconds | of processors |\n| --- | ---: | ---: |")
        _row("everything anew, one core", root, options.runs, {first}, "--fresh")
        if others:
            _row("everything anew, all cores", root, options.runs, {first, *others}, "--fresh")
        _row("nothing changed", root, options.runs, {first, *others})
        _row("one figure of one report changed", root, options.runs, {first, *others}, change=True)
        _profile(root)


def lay_out(root: Path, programmes: int, measures: int) -> None:
    """Write a council with so many programmes, each with four reports of a year."""
    chance = random.Random(4)  # noqa: S311 - the same council each time
    content = root / "content"
    executors = (f"v{at}: {{name: {_words(chance, 4)} № {at}}}" for at in range(_EXECUTORS))
    _write(content / "council.yaml", "id: misto\nname: Міська рада\ngenitive: Міської ради\n")
    _write(content / "registers" / "executors.yaml", "\n".join(executors))
    _write(content / "registers" / "funds.yaml", "general: Загальний фонд\n")
    official = "{position: Директор, given: Олена, surname: МЕЛЬНИК}"
    _write(content / "registers" / "officials.yaml", f"melnyk: {official}\n")
    for at in range(programmes):
        folder = content / "programmes" / f"p{at}"
        _write(folder / "programme.yaml", "\n".join(_programme(chance, at, measures)))
        plans = [chance.randint(10, 90_000) for _ in range(measures)]
        for part, period in enumerate(PERIODS, start=1):
            text = "\n".join(_period(chance, period, plans, part))
            _write(folder / f"{period}.yaml", text)


def _programme(chance: random.Random, at: int, measures: int) -> Iterator[str]:
    yield f"name: Комплексна програма {at} на 2021-2025 роки"
    yield f"genitive: Комплексної програми {at} на 2021-2025 роки"
    yield f'decision: {{date: 2020-12-24, number: "{at}"}}'
    yield "executor: v0\nterm: {from: 2021, to: 2025}\nform: zhytomyr-measures\n"
    yield "defaults: {fund: general}\ndirections:\n  - number: 1\n    text: Напрям\n    tasks:"
    for number, task, first in _numbers(measures):
        if first:
            yield f"      - number: {task}\n        text: {_words(chance, 8)}\n        measures:"
        yield f"          - number: {number}\n            text: >-"
        yield f"              {_words(chance, 9)}\n              {_words(chance, 9)}"
        yield f"            executors: [v{chance.randrange(_EXECUTORS)}]"
        yield "            programme_plan: 90000.0"


def _period(chance: random.Random, period: str, plans: list[int], part: int) -> Iterator[str]:
    yield f"period: {period}\nsignatory: melnyk\ndefaults: {{fund: general, term: 2021-2025}}"
    yield "measures:"
    for (number, _, _), plan in zip(_numbers(len(plans)), plans, strict=True):
        yield f"  {number}:\n    annual_plan: {plan}.0\n    actual: {plan * part / 5:.1f}"
        yield f"    status: ongoing\n    info: >-\n      {_words(chance, 12)},"
        yield f"      {_words(chance, 12)}: {chance.randrange(900)} осіб, {_words(chance, 3)}."


def _numbers(measures: int) -> Iterator[tuple[str, str, bool]]:
    """Yield (number of a measure, number of its task, whether it is the task's first)."""
    for at in range(measures):
        task, measure = divmod(at, -(-measures // _TASKS))
        yield f"1.{task + 1}.{measure + 1}", f"1.{task + 1}", measure == 0


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _row(
    what: str, root: Path, runs: int, cores: set[int], *arguments: str, change: bool = False
) -> None:
    """Print the medians of several runs as a row of a table."""
    times: list[tuple[float, float]] = []
    for run in range(runs + 1):
        if change:
            path = root / "content" / "programmes" / "p3" / "2024-q1.yaml"
            text = path.read_text(encoding="utf-8")
            changed = re.sub(r"(annual_plan: )\d+", rf"\g<1>{91_000 + run}", text, count=1)
            path.write_text(changed, encoding="utf-8")
        times.append(_check(root, cores, *arguments))
    clock, processors = (statistics.median(each) for each in zip(*times[1:], strict=True))
    print(f"| {what} | {clock:.2f} | {processors:.2f} |", flush=True)


def _check(root: Path, cores: set[int], *arguments: str) -> tuple[float, float]:
    """Return the seconds of one run: by the clock, and of all processors."""
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", "check", "--root", root, *arguments],
        env={**os.environ, "PYTHONPATH": str(HERE.parent), "REPORTGEN_CACHE": str(root / "cache")},
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
        capture_output=True,
        check=False,
        text=True,
    )
    seconds, after = time.perf_counter() - start, os.times()
    if done.returncode:
        sys.exit(done.stderr[:2000])
    user, system = (now - then for now, then in zip(after[2:4], before[2:4], strict=True))
    return seconds, user + system


def _profile(root: Path) -> None:
    """Print how much of one run, slowed by the profile, goes where."""
    sys.path.insert(0, str(HERE.parent))
    from reportgen.cli import main as reportgen  # noqa: PLC0415 - only after the path is set

    os.environ["REPORTGEN_CACHE"] = ""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # other processes are not profiled
    profile = cProfile.Profile()
    with contextlib.redirect_stdout(io.StringIO()):
        profile.runcall(reportgen, ["check", "--fresh", "--root", str(root), "--format", "github"])
    entries = profile.getstats()
    whole = max(entry.totaltime for entry in entries)
    print(f"\nThe profile slows it to {whole:.1f} s; of them in\n")
    print("| function | | share | calls |\n| --- | --- | ---: | ---: |")
    for file, name, what in _STAGES:
        for entry in entries:
            code = entry.code
            if isinstance(code, str) or code.co_name != name:
                continue
            if Path(code.co_filename).as_posix().endswith(f"reportgen/{file}"):
                share = f"{entry.totaltime / whole:.0%}"
                print(f"| `{name}` | {what} | {share} | {entry.callcount} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure check on a large council.")
    parser.add_argument("--programmes", type=int, default=100)
    parser.add_argument("--measures", type=int, default=70)
    parser.add_argument("--runs", type=int, default=3, help="counted runs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
