"""Values of content as nodes of a YAML file: folded texts, lists and amounts on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import TextWrapper
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from reportgen.editing import folded, in_braces
from reportgen.importing.likeness import one_line
from reportgen.importing.values import Content

_REMARK = 100  # characters of a line with a remark
_WIDTH = 104  # characters of a line, as the shipped content has them


def node(value: Content, indent: int) -> Any:  # noqa: ANN401 - what the library takes
    """Return a value as a file has it; ``indent`` is the column at which its key begins."""
    if isinstance(value, str):
        return folded(value, indent + 2)
    if isinstance(value, Mapping):
        return in_braces(value)
    return _list(value, indent)


def _list(values: Sequence[str], indent: int) -> CommentedSeq:
    listed = CommentedSeq(values)
    if indent + sum(len(one) + 2 for one in values) < _WIDTH - 12:
        listed.fa.set_flow_style()
    return listed


def remark(mapping: CommentedMap, key: str, texts: Sequence[str], indent: int) -> None:
    """Put remarks above a key, each on a line of its own; a long one goes on further right."""
    if texts:
        wrapped = TextWrapper(
            _REMARK - indent - len("# "),
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines = (wrapped.wrap(f"імпорт: {one_line(one)}") for one in dict.fromkeys(texts))
        before = "\n".join(line for lines_of_one in lines for line in lines_of_one)
        mapping.yaml_set_comment_before_after_key(key, before=before, indent=indent)
