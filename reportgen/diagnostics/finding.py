"""The types of a finding: a place, how bad it is, what is said about it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportgen.diagnostics.catalogue import CATALOGUE


class Severity(enum.Enum):
    """How far a build may go when the finding is present."""

    ERROR = "error"  # nothing is written for this report
    WARNING = "warning"  # files are written, the author is told
    NOTE = "note"  # nothing is wrong, but a reader would want to know


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file; lines and columns count from 1."""

    file: str  # relative to the project folder, "/" on every platform
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
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

    Raises:
        KeyError: for a code that is not in the catalogue, which is a bug of ours.
    """
    return Diagnostic(code, Severity(CATALOGUE[code].severity), span, message, hint, related)


def has_errors(found: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding forbids writing."""
    return any(one.severity is Severity.ERROR for one in found)


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings sorted by place, each (code, place, message) once."""
    unique = {(one.code, one.span, one.message): replace(one) for one in found}
    return sorted(unique.values(), key=lambda one: (one.span, one.code, one.message))
