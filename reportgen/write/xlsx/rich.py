"""Narratives in a cell: one text, in which some runs are bold or italic.

A cell can hold one link at most, and then opens it at every click. So the address of a link stands
in parentheses behind its text, to be read on paper too; the marks of lists are text as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from reportgen.model.markup import Marked, Run


@dataclass(frozen=True, slots=True)
class Rich:
    """A text in several styles; neighbouring runs differ in theirs."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The text without styles."""
        return "".join(run.text for run in self.runs)

    @property
    def is_bold(self) -> bool:
        """Whether any of it is bold, and so wider than usual."""
        return any(run.bold for run in self.runs)


Shown: TypeAlias = str | Rich


def shown(paragraphs: Sequence[Marked]) -> Shown:
    """Return what a cell holds: plain text where nothing in it has a style of its own."""
    joined: list[Run] = []
    for run in _runs(paragraphs):
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic) == (run.bold, run.italic):
            joined[-1] = replace(last, text=last.text + run.text)
        else:
            joined.append(run)
    rich = Rich(tuple(joined))
    return rich if any(run.bold or run.italic for run in joined) else rich.text


def _runs(paragraphs: Sequence[Marked]) -> Iterator[Run]:
    for index, paragraph in enumerate(paragraphs):
        lead = "\n" * bool(index) + (f"{paragraph.mark} " if paragraph.mark else "")
        if lead:
            yield Run(lead)
        for run in paragraph.runs:
            yield replace(run, link="")
            if address := _address(run):
                yield Run(f" ({address})")


def _address(run: Run) -> str:
    """Return the address of a link, unless its text is the address."""
    address = run.link.removeprefix("mailto:")
    spellings = (address, address.partition("://")[2])
    return "" if run.text.rstrip("/") in [one.rstrip("/") for one in spellings] else address
