"""How a person calls the program, for advice that can be copied into a console."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

#: Set by ``build.py``, through which most people call.
VARIABLE = "REPORTGEN_CALLED"


def called(*arguments: str, root: Path) -> str:
    """Return a command line: by the same way in, for the same project."""
    way = os.environ.get(VARIABLE, "reportgen")
    own = () if root == Path() else ("--root", str(root))
    return f"{way} {shlex.join((*arguments, *own))}"
