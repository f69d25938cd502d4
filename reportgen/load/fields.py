"""Taking the keys of a mapping: whatever is never asked for is an unknown key.

A value that cannot be read is reported and replaced by the caller's stand-in, so that the rest of
the file is still looked at. A model with stand-ins is never used: an error stops the report.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

from reportgen.diagnostics import Diagnostic, Span, finding
from reportgen.source import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
Found: TypeAlias = list[Diagnostic]


class UnreadableError(Exception):
    """Raised by a converter: this node is not what the schema asks for."""

    def __init__(self, code: str, message: str, hint: str = "", span: Span | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.span = span  # a place inside the node, where it is not the node's own


Converter: TypeAlias = Callable[[Node], T]


class Fields:
    """The keys of one mapping. Use it in ``with``: leaving reports the keys nobody asked for."""

    def __init__(self, node: Node, found: Found) -> None:
        self._found = found
        self._taken: list[str] = []
        self.span = node.span
        if isinstance(node, Mapping):
            self._node = node
            self._is_mapping = True
        else:
            self._node = Mapping({}, {}, node.span)
            self._is_mapping = False
            found.append(finding("value-type", node.span, "тут мають бути пари «ключ: значення»"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            return
        for key in self._node.entries:
            if key not in self._taken:
                known = self._taken
                self.report("key-unknown", key, f"невідомий ключ «{key}»", suggest(key, known))

    def __contains__(self, key: str) -> bool:
        return key in self._node.entries

    def report(self, code: str, key: str, message: str, hint: str = "") -> None:
        """Add a finding at a key."""
        self._found.append(finding(code, self._node.key_spans[key], message, hint))

    def node(self, key: str) -> Node | None:
        """Take a key as it stands; ``None`` if it is absent."""
        self._taken.append(key)
        return self._node.entries.get(key)

    def required(self, key: str, convert: Converter[T], stand_in: T) -> T:
        """Take a key that must be there."""
        node = self.node(key)
        if node is not None:
            return self._converted(node, convert, stand_in)
        if self._is_mapping:
            self._found.append(finding("key-missing", self.span, f"бракує ключа «{key}»"))
        return stand_in

    def optional(self, key: str, convert: Converter[T], default: T) -> T:
        """Take a key that may be absent."""
        node = self.node(key)
        return default if node is None else self._converted(node, convert, default)

    def each(self, key: str, convert: Converter[T], *, required: bool = False) -> tuple[T, ...]:
        """Take a list; items that cannot be read are reported and left out."""
        node = self.required(key, any_node, None) if required else self.node(key)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._found.append(finding("value-type", node.span, f"«{key}» має бути списком"))
            return ()
        return tuple(
            value
            for item in node.items
            if (value := self._converted(item, convert, None)) is not None
        )

    def pairs(self, key: str, *, required: bool = False) -> Iterator[tuple[str, Span, Node]]:
        """Take a mapping with free keys: yield (key, its place, value) in the file's order."""
        node = self.required(key, any_node, None) if required else self.node(key)
        if isinstance(node, Mapping):
            for name, value in node.entries.items():
                yield name, node.key_spans[name], value
        elif node is not None and not (isinstance(node, Scalar) and not node.text):
            self._found.append(
                finding("value-type", node.span, f"у «{key}» мають бути пари «ключ: значення»")
            )

    def _converted(self, node: Node, convert: Callable[[Node], T], stand_in: T) -> T:
        try:
            return convert(node)
        except UnreadableError as error:
            self.report_error(error, node)
            return stand_in

    def report_error(self, error: UnreadableError, node: Node) -> None:
        """Add what a converter said of a node."""
        span = error.span or node.span
        self._found.append(finding(error.code, span, str(error), error.hint))


def any_node(node: Node) -> Node:
    """Take the node itself."""
    return node


def suggest(word: str, known: list[str]) -> str:
    """Return a hint that names the nearest known word, or lists what may stand here."""
    near = difflib.get_close_matches(word, known, 1, 0.6)
    if near:
        return f"можливо, «{near[0]}»?"
    return f"тут можуть бути: {', '.join(sorted(set(known)))}" if known else ""
