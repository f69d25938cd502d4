"""How files fare that are signed elsewhere, one after another."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from reportgen.build.steps import State, Step
from reportgen.diagnostics import plural, tame

_FILES = ("файл", "файли", "файлів")
#: What the author has still to see to.
_OPEN = (State.WAITING, State.NOT_PREPARED, State.REFUSED)


def show_steps(steps: Iterable[Step]) -> list[Step]:
    """Print each step as it is done, then how many came to what, and return them."""
    done = []
    for step in steps:
        done.append(step)
        stream = sys.stderr if step.state in _OPEN else sys.stdout
        said = "".join(f"; {one}" for one in step.said)
        print(tame(f"{step.name}: {step.state.value}{said}"), file=stream)
    print(_summed(Counter(step.state for step in done)))  # noqa: T201
    return done


def _summed(counts: Counter[State]) -> str:
    """Return «Не підготовлено: 6 файлів.», or of several states «6 файлів: підписано 4, …»."""
    number = counts.total()
    files = f"{number} {plural(number, _FILES)}"
    states = [one for one in State if counts[one]]
    if len(states) == 1:
        return f"{states[0].value.capitalize()}: {files}."
    summed = ", ".join(f"{one.value} {counts[one]}" for one in states)
    return f"{files}: {summed}." if summed else f"{files}."
