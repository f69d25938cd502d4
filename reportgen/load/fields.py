"""Taking the keys of a mapping: whatever is never asked for is an unknown key.

A value that cannot be read is reported and replaced by the caller's stand-in, so that the rest of
the file is still looked at. A model with stand-ins is never used: an error stops the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.load.words import nearest, suggest
from reportgen.source import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
Found: TypeAlias = list[Diagnostic]

_MOST_UNKNOWN = 20  # unknown keys of one mapping that are each named


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
        self.is_mapping = isinstance(node, Mapping)
        self._node = node if isinstance(node, Mapping) else Mapping({}, {}, node.span)
        if not self.is_mapping:
            code = "value-empty" if node == Scalar("", node.span) else "value-type"
            message = "тут мають бути пари «ключ: значення»"
            found.append(finding(code, node.span, message, _hint_for_pairs(node)))

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
        unknown = [key for key in self._node.entries if key not in self._taken]
        for key in unknown[:_MOST_UNKNOWN]:
            message = f"невідомий ключ {quoted(key)}"
            hint = nearest(key, self._taken)
            if not hint and isinstance(self._node.entries[key], Mapping):
                hint = "перевірте відступ: можливо, цьому ключеві місце "
                is_top = self._node.key_spans[key].column == 1
                hint += "глибше, під іншим ключем" if is_top else "рівнем вище"
            self.report("key-unknown", key, message, hint or suggest(key, self._taken))
        if len(unknown) > _MOST_UNKNOWN:
            message = f"і ще невідомих ключів: {len(unknown) - _MOST_UNKNOWN}"
            self.report("key-unknown", unknown[_MOST_UNKNOWN], message)

    def __contains__(self, key: str) -> bool:
        return key in self._node.entries

    def report(self, code: str, key: str, message: str, hint: str = "") -> None:
        """Add a finding at a key."""
        self._found.append(finding(code, self._node.key_spans[key], message, hint))

    def complain(self, code: str, message: str, hint: str = "") -> None:
        """Add a finding about the mapping as a whole."""
        self._found.append(finding(code, self.span, message, hint))

    def peek(self, key: str) -> Node | None:
        """Look at a key without taking it; ``None`` if it is absent."""
        return self._node.entries.get(key)

    def node(self, key: str) -> Node | None:
        """Take a key as it stands; ``None`` if it is absent."""
        self._taken.append(key)
        return self._node.entries.get(key)

    def required(self, key: str, convert: Converter[T], stand_in: T) -> T:
        """Take a key that must be there."""
        node = self.node(key)
        if node is not None:
            return self._converted(node, convert, stand_in)
        if self.is_mapping:
            hint = f"допишіть тут «{key}: …»"
            self._found.append(finding("key-missing", self.span, f"бракує ключа «{key}»", hint))
        return stand_in

    def inner(self, key: str) -> Fields:
        """Take a mapping that must be there; without it, one of which nothing more is said."""
        node = self.required(key, any_node, None)
        if node is None:
            return Fields(Mapping({}, {}, self.span), [])
        return Fields(node, self._found)

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
        if required and not node.items:
            self._found.append(finding("value-empty", node.span, f"список «{key}» порожній"))
        return tuple(
            value
            for item in node.items
            if (value := self._converted(item, convert, None)) is not None
        )

    def pairs(self, key: str, *, required: bool = False) -> Iterator[tuple[str, Span, Node]]:
        """Take a mapping with free keys: yield (key, its place, value) in the file's order."""
        node = self.required(key, any_node, None) if required else self.node(key)
        if isinstance(node, Mapping) and node.entries:
            for name, value in node.entries.items():
                yield name, node.key_spans[name], value
        elif node is None:
            return
        elif isinstance(node, Mapping) or node == Scalar("", node.span):
            if required:
                self._found.append(finding("value-empty", node.span, f"у «{key}» нічого немає"))
        else:
            message = f"у «{key}» мають бути пари «ключ: значення»"
            self._found.append(finding("value-type", node.span, message, _hint_for_pairs(node)))

    def _converted(self, node: Node, convert: Callable[[Node], T], stand_in: T) -> T:
        value = take(node, convert, self._found)
        return stand_in if value is None else value

    def report_error(self, error: UnreadableError, node: Node) -> None:
        """Add what a converter said of a node."""
        self._found.append(_of(error, node))


def take(node: Node, convert: Converter[T], found: Found) -> T | None:
    """Convert one node; ``None`` with a finding where it cannot be read."""
    try:
        return convert(node)
    except UnreadableError as error:
        found.append(_of(error, node))
        return None


def _of(error: UnreadableError, node: Node) -> Diagnostic:
    return finding(error.code, error.span or node.span, str(error), error.hint)


def _hint_for_pairs(node: Node) -> str:
    """Return what to do with a node that stands where pairs are wanted."""
    if isinstance(node, Sequence):
        return "приберіть дефіси чи квадратні дужки: це не список"
    if node == Scalar("", node.span):
        return "пишіть їх рядком нижче з більшим відступом"
    return ""


def any_node(node: Node) -> Node:
    """Take the node itself."""
    return node
