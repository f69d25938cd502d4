"""The types of a finding: a place, how bad it is, what is said about it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from reportgen.diagnostics.catalogue import CATALOGUE


class Severity(enum.Enum):
    """How far a build may go when the finding is present."""

    ERROR = "error"  # nothing is written for this report
    WARNING = "warning"  # files are written, the author is told
    NOTE = "note"  # nothing is wrong, but a reader would want to know


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file; lines and columns count from 1.

    In a file that has no lines ``where`` is what a person finds the place by, as «Аркуш1!B7»; line
    and column order places then.
    """

    file: str  # relative to the project folder, "/" on every platform
    line: int = 1
    column: int = 1
    where: str = field(default="", compare=False)

    def __str__(self) -> str:
        if self.where:
            return f"{self.file}: {self.where}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``code`` is stable and listed in the catalogue; wording may change."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str = ""
    related: tuple[tuple[Span, str], ...] = ()


_LONGEST_QUOTE = 60
_LONGEST_MESSAGE = 600


class BrokenEnvironment(Exception):  # noqa: N818 - it names a state, and reads so where it is raised
    """The machine, not the author, stops the work; the text is one clear Ukrainian sentence."""


def finding(
    code: str,
    span: Span,
    message: str,
    hint: str = "",
    related: tuple[tuple[Span, str], ...] = (),
) -> Diagnostic:
    """Return a finding with the severity that the catalogue gives its code.

    Message, hint and notes become single lines that a terminal can show safely, whatever of the
    author's text they quote.

    Raises:
        KeyError: for a code that is not in the catalogue, which is a bug of ours.
    """
    severity = Severity(CATALOGUE[code].severity)
    notes = tuple((place, _one_line(note)) for place, note in related)
    return Diagnostic(code, severity, span, _one_line(message), _one_line(hint), notes)


def quoted(text: str) -> str:
    """Return «text» for a message, cut if it is long."""
    return f"«{shortened(_one_line(text), _LONGEST_QUOTE)}»"


def shortened(text: str, longest: int) -> str:
    """Return a text of at most ``longest`` characters: one that is longer ends in «…»."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def tame(text: str) -> str:
    """Return a text on one line; what a terminal would obey in it is blanked out."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u00a0" else " " for char in text)


def _one_line(text: str) -> str:
    return tame(shortened(text, _LONGEST_MESSAGE))


def has_errors(found: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding forbids writing."""
    return any(one.severity is Severity.ERROR for one in found)


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings sorted by place, each (code, place, message) once."""
    unique = {(one.code, one.span, one.message): one for one in found}
    return sorted(unique.values(), key=lambda one: (one.span, one.code, one.message))
