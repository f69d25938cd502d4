"""``reportgen consolidated``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reportgen.build.examine import without_allowed
from reportgen.build.files import check_output
from reportgen.build.joint import Ground, consolidated_joint
from reportgen.build.project import open_project
from reportgen.cli.joint_files import write
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, look_up


def run(options: argparse.Namespace) -> int:
    """Write the consolidated information of a period; reports with errors are named in it.

    Raises:
        BrokenEnvironment: for a period that no report has.
    """
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    found = without_allowed(found, project)
    output: Path = options.output or project.root / "output"
    check_output(output, project.root, asked=options.output is not None)
    if not content.sound or content.council is None or not sources:
        show(found, project)
        print(f"Нічого не складено: {counted(found)}.", file=sys.stderr)  # noqa: T201
        return 1
    ground = Ground(content, content.council, project, document_date())
    joint = consolidated_joint(ground, sources[0].period)
    return write(joint, ground, options, found)
