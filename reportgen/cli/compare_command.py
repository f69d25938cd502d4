"""``reportgen compare``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reportgen.build.across import compare_periods
from reportgen.build.examine import without_allowed
from reportgen.build.files import check_output
from reportgen.build.joint import Ground, compared_joint
from reportgen.build.project import open_project
from reportgen.cli.compare_text import compare_csv, compare_json, compare_text
from reportgen.cli.joint_files import write
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, look_up
from reportgen.compute.comparison import usual_bases
from reportgen.diagnostics import BrokenEnvironment, has_errors

_PRINTED = {"text": compare_text, "csv": compare_csv, "json": compare_json}


def run(options: argparse.Namespace) -> int:
    """Hold the reports of a period against earlier ones, on the screen or in documents.

    Raises:
        BrokenEnvironment: for a programme or period that no report has.
    """
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    found = without_allowed(found, project)
    if not content.sound or content.council is None or not sources:
        show(found, project)
        print(f"Нічого не порівняно: {counted(found)}.", file=sys.stderr)  # noqa: T201
        return 1
    period = sources[0].period
    if options.base and options.base.last_day >= period.last_day:
        raise BrokenEnvironment(
            f"{period.id} порівнюють із ранішим періодом, а {options.base.id} не раніший"
        )
    printed = _PRINTED.get(options.format[0])
    if printed:
        bases = (options.base,) if options.base else usual_bases(period)
        comparisons, gathered = compare_periods(sources, bases, content, project)
        found += gathered.found
        show(found, project)
        print(printed(comparisons, content.council.numbers))  # noqa: T201
        return 1 if has_errors(found) else 0
    output: Path = options.output or project.root / "output"
    check_output(output, project.root, asked=options.output is not None)
    ground = Ground(content, content.council, project, document_date())
    joint = compared_joint(ground, sources, options.base)
    return write(joint, ground, options, found)
