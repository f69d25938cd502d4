"""Files put aside where another one comes in their place: nothing of theirs is lost."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

from reportgen.diagnostics import BrokenEnvironment, reason


def free_name(path: Path) -> Path:
    """Return a name beside a file's own that nothing has yet: «book.pdf.bak», «book.pdf.bak1»."""
    names = (path.with_name(f"{path.name}.bak{number or ''}") for number in count())
    return next(one for one in names if not os.path.lexists(one))


def put_aside(path: Path, aside: Path) -> None:
    """Give a file another name.

    Raises:
        BrokenEnvironment: when the system refuses.
    """
    try:
        path.rename(aside)
    except OSError as error:
        raise BrokenEnvironment(f"{path} не вдалося відкласти: {reason(error)}") from error
