"""``reportgen list``."""

from __future__ import annotations

import argparse
import itertools

from reportgen.build.overrides import override_faults
from reportgen.build.project import open_project
from reportgen.cli.messages import show
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.load import form_ids, load_content


def run(options: argparse.Namespace) -> int:
    """Print programmes with their periods, and the forms that are to be had."""
    project = open_project(options.root)
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    found += override_faults(project)
    lines = ["Програми:"]
    for slug, sources in itertools.groupby(content.sources, key=lambda source: source.slug):
        lines.append(f"  {slug}: {', '.join(source.period.id for source in sources)}")
    lines.append("Форми:")
    lines += [f"  {form}" for form in form_ids(project.templates)]
    print("\n".join(lines))  # noqa: T201
    show(found, project)
    return 1 if has_errors(found) else 0
