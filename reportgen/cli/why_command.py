"""``reportgen why``."""

from __future__ import annotations

import argparse

from reportgen.build.draft import draft
from reportgen.build.project import open_project
from reportgen.cli.cell import find_cell
from reportgen.cli.messages import show
from reportgen.cli.selection import look_up
from reportgen.cli.why_json import why_json
from reportgen.cli.why_text import why_text
from reportgen.diagnostics import has_errors


def run(options: argparse.Namespace) -> int:
    """Print why a figure of one report is what it is, down to the places of files.

    Raises:
        BrokenEnvironment: for a report, row or column that there is not.
    """
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    [source] = sources  # a programme has one report for a period
    drafted = draft(source, content, project)
    found += drafted.found
    document = drafted.document
    if document is None or has_errors(found):
        show(found, project)
        return 1
    explanation = find_cell(document, options.row, options.column)
    written = why_json if options.format == "json" else why_text
    print(written(explanation, document.numbers))  # noqa: T201
    return 0
