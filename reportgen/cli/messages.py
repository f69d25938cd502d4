"""Findings shown to a person."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from reportgen.build.project import Project
from reportgen.build.sources import source_lines
from reportgen.diagnostics import Diagnostic, Severity, as_text, in_order, plural, tame

_MOST_SHOWN = 300
_UNSAFE = re.compile(r"[^\w@%+=:,./\\-]")  # to a shell of any system
_COUNTED = {
    Severity.ERROR: ("помилка", "помилки", "помилок"),
    Severity.WARNING: ("попередження", "попередження", "попереджень"),
    Severity.NOTE: ("примітка", "примітки", "приміток"),
}


def show(found: Iterable[Diagnostic], project: Project) -> None:
    """Print findings to the error stream, in order, each with its source line.

    Nobody reads thousands: of a file that is wrong from end to end the first few hundred are shown.
    """
    line_of = _lines(project)
    ordered = in_order(found)
    for one in ordered[:_MOST_SHOWN]:
        print(as_text(one, line_of), file=sys.stderr)  # noqa: T201
    if len(ordered) > _MOST_SHOWN:
        message = f"… і ще {len(ordered) - _MOST_SHOWN}: виправте показане й перевірте знову"
        print(message, file=sys.stderr)  # noqa: T201


def tell(message: str) -> None:
    """Print a line to the error stream; what a terminal would obey in it is blanked out.

    Names in certificates and of files are written by others.
    """
    print(tame(message), file=sys.stderr)  # noqa: T201


def counted(found: Iterable[Diagnostic]) -> str:
    """Return «2 помилки, 1 примітка», or «без зауважень»."""
    unique = in_order(found)
    parts = []
    for severity, forms in _COUNTED.items():
        number = sum(one.severity is severity for one in unique)
        if number:
            parts.append(f"{number} {plural(number, forms)}")
    return ", ".join(parts) or "без зауважень"


def as_typed(*words: str, root: Path | None = None) -> str:
    """Return a command of ours as the person at the keyboard can type it.

    ``build.py`` says in the environment how it was started. ``root`` is the project's folder as the
    last command had it; the current one goes without saying.
    """
    started = os.environ.get("REPORTGEN_STARTED_AS", "reportgen")
    folder = [] if root in (None, Path()) else ["--root", str(root)]
    quoted = (f'"{one}"' if _UNSAFE.search(one) else one for one in [*words, *folder])
    return " ".join((started, *quoted))


def _lines(project: Project) -> Callable[[str, int], str]:
    lines = source_lines(project)

    def line_of(file: str, number: int) -> str:
        known = lines(file)
        return known[number - 1] if 0 < number <= len(known) else ""

    return line_of
