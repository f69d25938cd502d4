"""The small markup of narratives: paragraphs, lists, bold, italic and links.

A blank line parts paragraphs, and so does every line break of a list. A line that starts with
``- `` is an item of a bulleted list, one that starts with ``1. `` of a numbered one, counted as it
is typed. ``**bold**``, ``*italic*`` and ``[text](https://…)`` may stand in a line. Nothing else
means anything: a star with a blank on both sides, or one without its fellow, is a star.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BULLET = "•"

_ITEM = re.compile(r"(?:(-)|([1-9][0-9]{0,2})\.) +(?=\S)")
_ADDRESS = r"(?:https?://|mailto:)[^\s()<>\"]+"
_INLINE = re.compile(
    r"\*\*(?=\S)(?P<bold>[^*]+?)(?<=\S)\*\*"
    r"|\*(?=\S)(?P<italic>[^*]+?)(?<=\S)\*"
    rf"|\[(?P<text>[^\[\]]+)\]\((?P<link>{_ADDRESS})\)"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style; ``link`` is an address of the web or of a mailbox, or "".

    Raises:
        ValueError: for any other address. Writers make it live, so no bug may let one through.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        if self.link and not re.fullmatch(_ADDRESS, self.link):
            raise ValueError(f"no address for a link: {self.link!r}")


@dataclass(frozen=True, slots=True)
class Marked:
    """One paragraph. ``mark`` is what stands before an item of a list: «•» or «1.»."""

    runs: tuple[Run, ...]
    mark: str = ""

    @property
    def text(self) -> str:
        """The paragraph as it is printed, without styles."""
        own = "".join(run.text for run in self.runs)
        return f"{self.mark} {own}" if self.mark else own

    @property
    def is_plain(self) -> bool:
        """Whether the text alone says everything."""
        return not self.mark and all(run == Run(run.text) for run in self.runs)


def parse_markup(text: str) -> tuple[Marked, ...]:
    """Return the paragraphs of a narrative. Every text has a meaning: there are no errors."""
    return tuple(_paragraph(line) for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    """Yield paragraphs and items, each joined to one line."""
    waiting: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if waiting and (not stripped or _ITEM.match(stripped)):
            yield " ".join(waiting)
            waiting = []
        if stripped:
            waiting.append(stripped)
    if waiting:
        yield " ".join(waiting)


def _paragraph(line: str) -> Marked:
    item = _ITEM.match(line)
    if item is None:
        return Marked(tuple(_runs(line)))
    mark = BULLET if item[1] else f"{item[2]}."
    return Marked(tuple(_runs(line[item.end() :])), mark)


def _runs(text: str) -> Iterator[Run]:
    start = 0
    for found in _INLINE.finditer(text):
        if found.start() > start:
            yield Run(text[start : found.start()])
        if found["bold"]:
            yield Run(found["bold"], bold=True)
        elif found["italic"]:
            yield Run(found["italic"], italic=True)
        else:
            yield Run(found["text"], link=found["link"])
        start = found.end()
    if start < len(text):
        yield Run(text[start:])
