"""Files of documents that are made of many reports: drawn, kept and named."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from reportgen.build.apart import draw, keep
from reportgen.build.attachments import joint_attachments
from reportgen.build.joint import Ground, Joint
from reportgen.build.make import Order
from reportgen.cli.messages import show
from reportgen.cli.selection import profile_of
from reportgen.diagnostics import Diagnostic, has_errors


def write(
    joint: Joint, ground: Ground, options: argparse.Namespace, found: list[Diagnostic]
) -> int:
    """Write a document as the options ask, show what is ``found`` and return the exit code."""
    project = ground.project
    output: Path = options.output or project.root / "output"
    profile = profile_of(options, ground.council)
    order = Order(options.format, options.pdf_engine, ground.dated, profile)
    carried = partial(joint_attachments, joint, project)
    files, of_document = draw(joint, project, order, carried)
    found += of_document
    show(found, project)
    if files:
        for path in keep(joint, files, output, ground.content, project):
            print(path.relative_to(output).as_posix())  # noqa: T201
    return 1 if has_errors(found) else 0
