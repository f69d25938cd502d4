"""``reportgen sign keep``."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.build.files import check_output, locked, sweep
from reportgen.build.kept import keep_file
from reportgen.build.project import SIGNED_FOLDER, open_project
from reportgen.build.steps import State
from reportgen.cli.signing_steps import show_steps
from reportgen.diagnostics import BrokenEnvironment


def run(options: argparse.Namespace) -> int:
    """Keep signatures of whole files beside these; one of a file that is not here is told.

    Raises:
        BrokenEnvironment: when ``--of`` is given for several signatures.
    """
    root = open_project(options.root).root
    signed: Path = options.output or root / SIGNED_FOLDER
    output = options.built or root / "output"
    check_output(signed, root, asked=options.output is not None)
    if options.of and len(options.files) > 1:
        raise BrokenEnvironment("--of — файл одного підпису: назвіть цей підпис")
    with locked(signed):
        sweep(signed)
        steps = show_steps(keep_file(one, options.of, output, signed) for one in options.files)
    return 1 if any(one.state is State.REFUSED for one in steps) else 0
