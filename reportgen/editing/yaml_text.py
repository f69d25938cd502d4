"""A YAML file as a tree that can be changed and written again.

What is not changed keeps its bytes: remarks, order, quotes, folds. Every scalar is a text, as in
``reportgen.source``: `1.10` stays the number of a measure, and `861.0` the way an amount is typed.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)
from ruamel.yaml.tag import Tag

from reportgen.source.builder import NULLS

_WIDTH = 110  # characters, as the shipped content is folded
_ENDLESS = 1_000_000  # lines are folded here and left alone by the library
_TEXT = Tag(suffix="tag:yaml.org,2002:str")


class _Texts(VersionedResolver):
    """Takes every plain scalar for a text, so none is quoted for looking like a number."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:  # noqa: ANN401 - the library's own
        if kind is ScalarNode and implicit and implicit[0]:
            return _TEXT
        return super().resolve(kind, value, implicit)


class YamlText:
    """A file's tree: ``root`` behaves like a dict of dicts, lists and texts."""

    def __init__(self, root: CommentedMap) -> None:
        self.root = root

    def remark(self, mapping: CommentedMap, key: str, text: str) -> None:
        """Put a remark, of one line or several, above a key of a mapping of the tree."""
        indent = mapping.lc.col if mapping.lc.col is not None else 0
        mapping.yaml_set_comment_before_after_key(key, before=text, indent=indent)

    def __str__(self) -> str:
        stream = io.StringIO()
        _yaml().dump(self.root, stream)
        return stream.getvalue()


def parse_yaml(text: str = "") -> YamlText:
    """Return the tree of a file that ``reportgen.source`` has read without an error."""
    return YamlText(_yaml().load(text) or CommentedMap())


def folded(text: str, indent: int) -> str:
    """Return a text as the tree should hold it: a long one folded, paragraphs kept apart.

    ``indent`` is the column at which its lines begin. A text that YAML would take for nothing, as
    ``~``, gets quotes.
    """
    if text in NULLS:
        quoted: str = SingleQuotedScalarString(text)
        return quoted
    if "\n" in text:
        literal: str = LiteralScalarString(text)
        return literal
    lines = textwrap.wrap(
        text, max(40, _WIDTH - indent), break_long_words=False, break_on_hyphens=False
    )
    if len(lines) < 2 or " ".join(lines) != text:  # noqa: PLR2004 - blanks that a fold would lose
        return text
    scalar: Any = FoldedScalarString(text)
    ends, position = [], 0
    for line in lines[:-1]:
        position += len(line)
        ends.append(position)
        position += 1
    scalar.fold_pos = ends
    found: str = scalar
    return found


def in_braces(values: Mapping[str, Any]) -> CommentedMap:
    """Return a mapping that is written on one line: ``{general: 9.0, special: 3.0}``."""
    mapping = CommentedMap(values)
    mapping.fa.set_flow_style()
    return mapping


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Resolver = _Texts
    yaml.width = _ENDLESS
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
