"""``reportgen compare``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reportgen.build.across import compare_periods
from reportgen.build.apart import draw, keep
from reportgen.build.examine import without_allowed
from reportgen.build.files import check_output
from reportgen.build.project import open_project
from reportgen.cli.compare_text import compare_csv, compare_json, compare_text
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, look_up
from reportgen.compute.comparison import usual_bases
from reportgen.diagnostics import BrokenEnvironment, has_errors
from reportgen.document.comparison import comparison_document

_FOLDER = "compare"
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
    bases = (options.base,) if options.base else usual_bases(period)
    comparisons, of_reports = compare_periods(sources, bases, content, project)
    found += of_reports
    printed = _PRINTED.get(options.format[0])
    if printed:
        show(found, project)
        print(printed(comparisons, content.council.numbers))  # noqa: T201
        return 1 if has_errors(found) else 0
    output: Path = options.output or project.root / "output"
    check_output(output, project.root, asked=options.output is not None)
    dated = document_date() or period.last_day
    document = comparison_document(content.council, comparisons, dated)
    files, of_document = draw(document, project, options.format, options.pdf_engine)
    found += of_document
    show(found, project)
    if files:
        name = f"{period.id}-{options.base.id}" if options.base else period.id
        for path in keep(files, _FOLDER, name, output, content):
            print(path.relative_to(output).as_posix())  # noqa: T201
    return 1 if has_errors(found) else 0
