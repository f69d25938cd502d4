"""``reportgen sign prepare``."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from reportgen.build.built_pdfs import find_pdfs
from reportgen.build.external import SIGNED_FOLDER, WAITING_FOLDER, Order, State, prepare_file
from reportgen.build.files import check_output, locked, sweep
from reportgen.build.project import open_project
from reportgen.cli.messages import as_typed
from reportgen.cli.signing_steps import show_steps
from reportgen.sign.expected import Expected
from reportgen.sign.external import CMS, PADES, ROOM


def run(options: argparse.Namespace) -> int:
    """Lay out files for a program that signs; what cannot be laid out is told and left."""
    root = open_project(options.root).root
    waiting: Path = options.output or root / WAITING_FOLDER
    signed = root / SIGNED_FOLDER
    check_output(waiting, root, asked=options.output is not None)
    found = find_pdfs(options.targets, options.built or root / "output", signed)
    order = Order(
        room=options.room or ROOM,
        kind=PADES if options.pades else CMS,
        expected=Expected(options.name, options.edrpou, options.serial),
        moment=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
    )
    with locked(waiting):
        sweep(waiting)
        steps = show_steps(prepare_file(path, name, waiting, signed, order) for name, path in found)
    if any(one.state is State.PREPARED for one in steps):
        print(f"Підпишіть файли .tbs у теці {waiting} окремим підписом (.p7s поруч), а тоді:")  # noqa: T201
        print(f"  {as_typed('sign', 'finish', root=options.root)}")  # noqa: T201
    return 1 if any(one.state is State.REFUSED for one in steps) else 0
