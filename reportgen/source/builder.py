"""Parser events to nodes, with a stack of its own and a bound on everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import yaml

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.source.characters import FORBIDDEN, forbidden
from reportgen.source.nodes import Mapping, Node, Scalar, Sequence
from reportgen.source.remarks import Written, remark_near, remarked_lines, text_cut
from reportgen.source.slips import comma_cut

_DEEPEST = 64
_MOST_NODES = 60_000  # a report of a thousand measures has about twenty thousand
_LONGEST_SCALAR = 20_000  # characters: more than four pages in one cell
NULLS = ("~", "null", "Null", "NULL")


class _Mark(Protocol):
    """A place as both parsers have it; lines and columns count from 0."""

    line: int
    column: int


def span_at(text: str, offset: int, file: str) -> Span:
    """Return the place of a character of a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Span(file, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _place(file: str, mark: _Mark | None) -> Span:
    return Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)


class UnusableError(Exception):
    """The text is YAML, but not such as may be built into a tree."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Frame:
    """A collection whose end has not been seen yet."""

    span: Span
    anchor: str | None
    is_mapping: bool
    in_brackets: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    key_spans: dict[str, Span] = field(default_factory=dict)
    key: Scalar | None = None
    skip_value: bool = False
    size: int = 1

    def node(self) -> Node:
        if self.is_mapping:
            return Mapping(self.entries, self.key_spans, self.span)
        return Sequence(tuple(self.items), self.span)


class Builder:
    """Turns events into nodes with a stack of its own."""

    def __init__(self, text: str, file: str) -> None:
        self.root: Node | None = None
        self.found: list[Diagnostic] = []
        self._text = text
        self._file = file
        self._lines = text.split("\n")
        self._remarks = remarked_lines(text)
        written = text.rstrip()
        self._end = span_at(written, len(written), file)  # what is lacking may be told after it
        self._nodes = 0
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Node, int]] = {}

    def take(self, event: yaml.Event) -> None:
        """Build on with the next event.

        Raises:
            UnusableError: for what no content may have.
        """
        span = self._at(event.start_mark)
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            written = tag.replace("tag:yaml.org,2002:", "!!", 1)
            message = f"позначок виду {quoted(written)} тут не вживають"
            raise UnusableError(finding("yaml-syntax", span, message, "приберіть її"))
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            message = f"у файлі понад {_MOST_NODES // 1000}\u00a0000 значень"
            raise UnusableError(finding("file-too-large", span, message))
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, span)
            self._keep(event.anchor, node, 1)
            self._place(node, 1)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(self._stack) == _DEEPEST:
                message = f"вкладеність глибша за {_DEEPEST} рівні"
                raise UnusableError(finding("yaml-too-deep", span, message))
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            brackets = bool(event.flow_style)
            self._stack.append(_Frame(span, event.anchor, is_mapping, brackets))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            frame = self._stack.pop()
            node_of_frame = frame.node()
            self._keep(frame.anchor, node_of_frame, frame.size)
            self._place(node_of_frame, frame.size)
        elif isinstance(event, yaml.AliasEvent):
            self._place_alias(event.anchor, span)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            message = "у файлі другий документ («---»): у кожному файлі лише один"
            raise UnusableError(finding("yaml-syntax", span, message))

    def _scalar(self, event: yaml.ScalarEvent, span: Span) -> Scalar:
        """Refuse a text that no cell can hold, or with what no document can hold.

        An escape can bring in what the first look could not see, such as a written NUL.
        """
        text: str = event.value
        if len(text) > _LONGEST_SCALAR:
            message = f"текст довший за {_LONGEST_SCALAR // 1000}\u00a0000 знаків"
            raise UnusableError(finding("text-too-long", span, message))
        # Only an escape can bring in what the whole text, looked at before, does not have.
        bad = "\t" if "\t" in text else event.style == '"' and FORBIDDEN.search(text)
        if bad:
            char = bad if isinstance(bad, str) else bad.group()
            start, end = event.start_mark, event.end_mark
            at = self._text.find(char, start.index, end.index) if start and end else -1
            place = span_at(self._text, at, self._file) if at >= 0 else span
            raise UnusableError(forbidden(char, place))
        is_plain = event.implicit[0]
        is_block = event.style in ("|", ">")
        if (is_plain or is_block) and self._remarked(event):
            behind = self._at(event.end_mark)
            cut = text_cut(self._written(text, span, behind, is_block=is_block), self._lines)
            self.found += [cut] if cut else []
        is_null = is_plain and text in NULLS
        return Scalar("" if is_null else text, span, literal=event.style == "|")

    def _at(self, mark: _Mark | None) -> Span:
        """Return the place of a mark, which may lie behind the text but is told within it."""
        if mark is not None and mark.line + 1 < self._end.line:
            return Span(self._file, mark.line + 1, mark.column + 1)
        return min(_place(self._file, mark), self._end)

    def _remarked(self, event: yaml.ScalarEvent) -> bool:
        """Tell whether a remark may be near a text: few have one, the rest need no closer look."""
        if not self._remarks or not event.start_mark or not event.end_mark:
            return bool(self._remarks)
        key = self._stack[-1].key if self._stack else None
        first = key.span.line if key else event.start_mark.line + 1
        return remark_near(self._remarks, first, event.end_mark.line + 1, self._lines)

    def _written(self, text: str, span: Span, end: Span, *, is_block: bool) -> Written:
        frame = self._stack[-1] if self._stack else None
        if frame is None or (frame.is_mapping and frame.key is None):
            return Written(text, is_block, span, end)
        key = frame.key
        holder = key.span if key else frame.span
        outer = None if frame.in_brackets else holder.column - 1
        return Written(text, is_block, span, end, key, outer)

    def _keep(self, anchor: str | None, node: Node, size: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, size)

    def _place_alias(self, anchor: str | None, span: Span) -> None:
        known = self._anchors.get(anchor or "")
        if known is None:
            message = f"посилання {quoted(f'*{anchor}')} ні на що не вказує"
            raise UnusableError(finding("yaml-syntax", span, message))
        node, size = known
        self._place(node, size, span)

    def _place(self, node: Node, size: int, place: Span | None = None) -> None:
        """Put a finished node where it belongs; ``size`` counts what its aliases stand for."""
        if not self._stack:
            self.root = node
            return
        frame = self._stack[-1]
        frame.size += size
        if frame.size > _MOST_NODES:
            message = "посилання «*…» розгортаються в завеликий обсяг"
            hint = "запишіть значення без посилань"
            raise UnusableError(finding("yaml-aliases", place or node.span, message, hint))
        if not frame.is_mapping:
            frame.items.append(node)
        elif frame.key is None:
            self._start_entry(frame, node)
        else:
            if not frame.skip_value:
                frame.entries[frame.key.text] = node
                frame.key_spans[frame.key.text] = frame.key.span
            frame.key = None

    def _start_entry(self, frame: _Frame, key: Node) -> None:
        if not isinstance(key, Scalar):
            message = "ключ має бути простим текстом"
            raise UnusableError(finding("yaml-syntax", key.span, message))
        if key.text == "<<":
            message = "злиття «<<» тут не вживають: запишіть ключі ще раз"
            raise UnusableError(finding("yaml-syntax", key.span, message))
        frame.key = key
        fraction = comma_cut(key.text, self._lines[key.span.line - 1], key.span)
        frame.skip_value = fraction is not None or key.text in frame.entries
        if fraction:
            self.found.append(fraction)
        elif frame.skip_value:
            message = f"ключ {quoted(key.text)} записано двічі"
            first = (frame.key_spans[key.text], "уперше тут")
            hint = "залиште одне з двох; кожен новий пункт списку починайте з «- »"
            self.found.append(finding("yaml-duplicate-key", key.span, message, hint, (first,)))
