"""YAML text to nodes.

The tree is built from parser events rather than by PyYAML's composer: that one is recursive and
resolves aliases without a bound, so a small hostile file could end the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from reportgen.diagnostics import Diagnostic, Span, finding
from reportgen.source.nodes import Mapping, Node, Scalar, Sequence

_DEEPEST = 64
_MOST_NODES = 400_000

# Everything that XML 1.0 forbids, so that no writer meets it; U+FFFE and U+FFFF included.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_PROBLEMS = {
    "found character '\\t' that cannot start any token": "відступ зроблено табуляцією",
    "found character that cannot start any token": "тут не може стояти цей знак "
    "(можливо, табуляція замість пробілів)",
    "could not find expected ':'": "бракує двокрапки після ключа",
    "mapping values are not allowed in this context": "тут не може бути двокрапки з пробілом "
    "(текст із двокрапкою беруть у лапки або пишуть після «>-»)",
    "did not find expected key": "тут мав бути ключ (перевірте відступ і лапки)",
    "did not find expected '-' indicator": "тут мав бути пункт списку «-»",
    "found unexpected end of stream": "файл обривається (не закрито лапки чи дужку)",
    "did not find expected ',' or ']'": "у списку бракує коми або «]»",
    "did not find expected ',' or '}'": "бракує коми або «}»",
    "found undefined alias": "посилання «*…» ні на що не вказує",
    "found invalid Unicode character escape code": "недозволений знак у записі «\\u…»",
    "did not find expected node content": "тут мало бути значення",
}


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Parse one YAML document.

    Returns:
        The root node, or ``None`` when the text is not usable YAML, and the findings.
    """
    bad = _FORBIDDEN.search(text)
    if bad:
        span = _span_at(text, bad.start(), file)
        message = f"недозволений знак U+{ord(bad.group()):04X}"
        return None, [finding("text-control-character", span, message)]
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except _UnusableError as error:
        return None, [error.diagnostic]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)
        problem = str(error.problem)
        message = _PROBLEMS.get(problem, f"це не YAML ({problem})")
        return None, [finding("yaml-syntax", span, message)]
    except yaml.YAMLError as error:
        message = f"це не YAML ({str(error).splitlines()[0]})"
        return None, [finding("yaml-syntax", Span(file), message)]
    if builder.root is None:
        return None, [finding("yaml-empty", Span(file), "файл порожній")]
    return builder.root, builder.found


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

    def __init__(self, file: str) -> None:
        self.root: Node | None = None
        self.found: list[Diagnostic] = []
        self._file = file
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Node, int]] = {}

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        span = Span(self._file, mark.line + 1, mark.column + 1) if mark else Span(self._file)
        if isinstance(event, yaml.ScalarEvent):
            node = Scalar(self._legal(event.value, span), span)
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

    def _legal(self, text: str, span: Span) -> str:
        """Refuse what an escape can bring in past the first look, such as a written NUL."""
        bad = _FORBIDDEN.search(text)
        if bad:
            message = f"недозволений знак U+{ord(bad.group()):04X}"
            raise _UnusableError(finding("text-control-character", span, message))
        return text

    def _keep(self, anchor: str | None, node: Node, size: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, size)

    def _place_alias(self, anchor: str | None, span: Span) -> None:
        known = self._anchors.get(anchor or "")
        if known is None:
            message = f"посилання «*{anchor}» ні на що не вказує"
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
            raise _UnusableError(finding("yaml-aliases", place or node.span, message))
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
        frame.key = key
        frame.skip_value = key.text in frame.entries
        if frame.skip_value:
            message = f"ключ «{key.text}» записано двічі"
            first = (frame.key_spans[key.text], "уперше тут")
            self.found.append(finding("yaml-duplicate-key", key.span, message, related=(first,)))
