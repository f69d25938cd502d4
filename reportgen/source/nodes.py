"""The tree that a YAML file becomes: plain values with the place where each was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf, exactly as typed: ``1.10`` is never a float and ``no`` never a boolean.

    YAML joins the lines of a text, and a blank line between them becomes the only line feed. A
    ``literal`` one («|») keeps every line as it stands.
    """

    text: str
    span: Span
    literal: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """An ordered list of nodes."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; ``key_spans`` lets an "unknown key" point at the key itself."""

    entries: dict[str, Node]
    key_spans: dict[str, Span]
    span: Span


Node: TypeAlias = Scalar | Sequence | Mapping
