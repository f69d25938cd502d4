"""``reportgen check``."""

from __future__ import annotations

import argparse

from reportgen.build.prepare import prepare
from reportgen.build.project import open_project
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import look_up
from reportgen.diagnostics import as_json, has_errors, in_order


def run(options: argparse.Namespace) -> int:
    """Check the selected reports: everything that a build would say, and nothing written."""
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    for source in sources:
        found += prepare(source, content, project, None).found
    if options.format == "json":
        print(as_json(in_order(found)))  # noqa: T201
    else:
        show(found, project)
        print(f"Перевірено: {counted(found)}.")  # noqa: T201
    return 1 if has_errors(found) else 0
