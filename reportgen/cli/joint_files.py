"""Files of documents that are made of many reports: drawn, kept and named."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.build.apart import draw, keep
from reportgen.build.joint import Ground, Joint
from reportgen.cli.messages import show
from reportgen.cli.selection import standard_of
from reportgen.diagnostics import Diagnostic, has_errors


def write(
    joint: Joint, ground: Ground, options: argparse.Namespace, found: list[Diagnostic]
) -> int:
    """Write a document as the options ask, show what is ``found`` and return the exit code."""
    project = ground.project
    output: Path = options.output or project.root / "output"
    standard = standard_of(options, ground.council)
    files, of_document = draw(joint, project, options.format, options.pdf_engine, standard)
    found += of_document
    show(found, project)
    if files:
        for path in keep(joint, files, output, ground.content, project):
            print(path.relative_to(output).as_posix())  # noqa: T201
    return 1 if has_errors(found) else 0
