"""YAML text to nodes.

The tree is built from parser events rather than by PyYAML's composer: that one is recursive and
resolves aliases without a bound, so a small hostile file could end the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from reportgen.diagnostics import Diagnostic, Span, finding
from reportgen.source.builder import Builder, UnusableError, span_at
from reportgen.source.characters import FORBIDDEN, forbidden
from reportgen.source.nodes import Node, Scalar
from reportgen.source.yaml_problems import explain

_MOST_CHARACTERS = 20  # that may not stand here and are each told of

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
        return None, refused
    builder = Builder(text, file)
    try:
        for event in _events(text):
            builder.take(event)
    except UnusableError as error:
        return None, [error.diagnostic]
    except yaml.MarkedYAMLError as error:
        return None, [explain(error, text, file)]
    except yaml.YAMLError as error:
        message = f"це не YAML ({str(error).splitlines()[0]})"
        return None, [finding("yaml-syntax", Span(file), message)]
    root = builder.root
    if root is None or (isinstance(root, Scalar) and not root.text):
        hint = "впишіть у нього дані або приберіть його, якщо він не потрібен"
        return None, [finding("yaml-empty", Span(file), "файл порожній", hint)]
    return root, builder.found


def _refused(text: str, file: str) -> list[Diagnostic]:
    """Return what forbids the parser to see a text at all."""
    bad = list(islice(FORBIDDEN.finditer(text), _MOST_CHARACTERS))
    if bad:
        return [forbidden(one.group(), span_at(text, one.start(), file)) for one in bad]
    directive = re.search("^%", text, re.MULTILINE)
    if directive:  # the parser compares every directive with all others: thousands take hours
        message = "рядок не може починатися зі знака «%»"
        return [finding("yaml-syntax", span_at(text, directive.start(), file), message)]
    return []


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
    return events
