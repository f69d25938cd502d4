"""YAML text to nodes.

The tree is built from parser events rather than by PyYAML's composer: that one is recursive and
resolves aliases without a bound, so a small hostile file could end the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.source.nodes import Mapping, Node, Scalar, Sequence
from reportgen.source.yaml_problems import explain

_DEEPEST = 64
_MOST_NODES = 60_000  # a report of a thousand measures has about twenty thousand
_LONGEST_SCALAR = 20_000  # characters: more than four pages in one cell

# Everything that XML 1.0 forbids, so that no writer meets it; and what changes how the text around
# it is read without being seen: control characters, other line ends than the line feed, marks of
# direction, byte order marks.
_FORBIDDEN = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
_NULLS = ("~", "null", "Null", "NULL")

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Parse one YAML document.

    An empty value and a written ``null`` are both empty text. Tags, directives and merge keys are
    refused: content is text, and nothing in it may depend on YAML's finer points.

    Returns:
        The root node, or ``None`` when the text is not usable YAML, and the findings.
    """
    refused = _refused(text, file)
    if refused:
        return None, [refused]
    builder = _Builder(text, file)
    try:
        for event in _events(text):
            builder.take(event)
    except _UnusableError as error:
        return None, [error.diagnostic]
    except yaml.MarkedYAMLError as error:
        return None, [explain(error, text, file)]
    except yaml.YAMLError as error:
        message = f"це не YAML ({str(error).splitlines()[0]})"
        return None, [finding("yaml-syntax", Span(file), message)]
    root = builder.root
    if root is None or (isinstance(root, Scalar) and not root.text):
        return None, [finding("yaml-empty", Span(file), "файл порожній")]
    return root, builder.found


def _refused(text: str, file: str) -> Diagnostic | None:
    """Return what forbids the parser to see a text at all."""
    bad = _FORBIDDEN.search(text)
    if bad:
        return _forbidden(bad.group(), _span_at(text, bad.start(), file))
    directive = re.search("^%", text, re.MULTILINE)
    if directive:  # the parser compares every directive with all others: thousands take hours
        message = "рядок не може починатися зі знака «%»"
        return finding("yaml-syntax", _span_at(text, directive.start(), file), message)
    return None


def _forbidden(char: str, span: Span) -> Diagnostic:
    if char == "\t":
        message, hint = "у тексті знак табуляції", "замініть його пробілом"
    else:
        message = f"недозволений знак U+{ord(char):04X}"
        hint = "видаліть його: такі невидимі знаки потрапляють у текст під час копіювання"
    return finding("text-control-character", span, message, hint)


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
    return events


def _span_at(text: str, offset: int, file: str) -> Span:
    line_start = text.rfind("\n", 0, offset) + 1
    return Span(file, text.count("\n", 0, offset) + 1, offset - line_start + 1)


class _UnusableError(Exception):
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


class _Builder:
    """Turns events into nodes with a stack of its own."""

    def __init__(self, text: str, file: str) -> None:
        self.root: Node | None = None
        self.found: list[Diagnostic] = []
        self._text = text
        self._file = file
        written = text.rstrip()
        self._end = _span_at(written, len(written), file)  # what is lacking may be told after it
        self._nodes = 0
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Node, int]] = {}

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        span = Span(self._file, mark.line + 1, mark.column + 1) if mark else Span(self._file)
        span = min(span, self._end)
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            written = tag.replace("tag:yaml.org,2002:", "!!", 1)
            message = f"позначок виду {quoted(written)} тут не вживають"
            raise _UnusableError(finding("yaml-syntax", span, message, "приберіть її"))
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            message = f"у файлі понад {_MOST_NODES // 1000}\u00a0000 значень"
            raise _UnusableError(finding("file-too-large", span, message))
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, span)
            self._keep(event.anchor, node, 1)
            self._place(node, 1)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(self._stack) == _DEEPEST:
                message = f"вкладеність глибша за {_DEEPEST} рівні"
                raise _UnusableError(finding("yaml-too-deep", span, message))
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self._stack.append(_Frame(span, event.anchor, is_mapping))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            frame = self._stack.pop()
            node_of_frame = frame.node()
            self._keep(frame.anchor, node_of_frame, frame.size)
            self._place(node_of_frame, frame.size)
        elif isinstance(event, yaml.AliasEvent):
            self._place_alias(event.anchor, span)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            message = "у файлі другий документ («---»): у кожному файлі лише один"
            raise _UnusableError(finding("yaml-syntax", span, message))

    def _scalar(self, event: yaml.ScalarEvent, span: Span) -> Scalar:
        """Refuse a text that no cell can hold, or with what no document can hold.

        An escape can bring in what the first look could not see, such as a written NUL.
        """
        text: str = event.value
        if len(text) > _LONGEST_SCALAR:
            message = f"текст довший за {_LONGEST_SCALAR // 1000}\u00a0000 знаків"
            raise _UnusableError(finding("text-too-long", span, message))
        bad = "\t" if "\t" in text else _FORBIDDEN.search(text)
        if bad:
            char = bad if isinstance(bad, str) else bad.group()
            start, end = event.start_mark, event.end_mark
            at = self._text.find(char, start.index, end.index) if start and end else -1
            place = _span_at(self._text, at, self._file) if at >= 0 else span
            raise _UnusableError(_forbidden(char, place))
        is_plain = event.implicit[0]
        return Scalar("" if is_plain and text in _NULLS else text, span)

    def _keep(self, anchor: str | None, node: Node, size: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, size)

    def _place_alias(self, anchor: str | None, span: Span) -> None:
        known = self._anchors.get(anchor or "")
        if known is None:
            message = f"посилання {quoted(f'*{anchor}')} ні на що не вказує"
            raise _UnusableError(finding("yaml-syntax", span, message))
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
            raise _UnusableError(finding("yaml-aliases", place or node.span, message, hint))
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
            raise _UnusableError(finding("yaml-syntax", key.span, message))
        if key.text == "<<":
            message = "злиття «<<» тут не вживають: запишіть ключі ще раз"
            raise _UnusableError(finding("yaml-syntax", key.span, message))
        frame.key = key
        frame.skip_value = key.text in frame.entries
        if frame.skip_value:
            message = f"ключ {quoted(key.text)} записано двічі"
            first = (frame.key_spans[key.text], "уперше тут")
            hint = "залиште одне з двох; кожен новий пункт списку починайте з «- »"
            self.found.append(finding("yaml-duplicate-key", key.span, message, hint, (first,)))
