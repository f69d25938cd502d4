"""Changes in the tree of a YAML file that keep its remarks where they are read.

The library hangs remarks on what stands before them. So one above a key belongs to the value before
it, and would be torn away with that value or pushed down by what comes after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import (
    FoldedScalarString,
    LiteralScalarString,
    PlainScalarString,
    ScalarString,
)
from ruamel.yaml.tokens import CommentToken

from reportgen.source.builder import NULLS

_AFTER = 2  # where the library keeps the remark after a value
_BLOCKS = (FoldedScalarString, LiteralScalarString)


def put(mapping: CommentedMap, key: str, value: Any, order: Sequence[str]) -> None:  # noqa: ANN401
    """Set a key; a new one stands after those that come before it in ``order``."""
    if isinstance(value, str) and not isinstance(value, ScalarString):
        value = PlainScalarString(value) if _is_plain(value) else value
    if key in mapping:
        old = mapping[key]
        mapping[key] = value
        _adapt(mapping, key, old)
        return
    before = [one for one in mapping if one in order[: _rank(order, key)]]
    position = list(mapping).index(before[-1]) + 1 if before else 0
    if position and position == len(mapping) and not mapping.fa.flow_style():
        mapping.insert(position, key, value)
        _move_remark(mapping, list(mapping)[-2], key)
    else:
        mapping.insert(position, key, value)


def drop(parent: CommentedMap, name: str, key: str) -> None:
    """Take a key away from the mapping that a parent has under a name; remarks below it stay."""
    mapping = parent[name]
    keys = list(mapping)
    position = keys.index(key)
    container, last = _last(mapping, key)
    token = _token(container, last)
    below = _parted(container[last], token)[1] if token else ""
    del mapping[key]
    if not mapping:
        mapping.fa.set_flow_style()
    if below and position:
        _append(mapping, keys[position - 1], below)
    elif below and len(keys) > 1:
        column = mapping.lc.col or 0
        mapping.yaml_set_comment_before_after_key(keys[1], before=_bare(below), indent=column)
    elif below:
        _append(parent, name, below)


def _rank(order: Sequence[str], key: str) -> int:
    return list(order).index(key) if key in order else len(order)


def _is_plain(text: str) -> bool:
    """Tell whether a text surely needs no quotes: only then its old ones are not kept."""
    if text in NULLS:
        return False
    return text.replace(".", "").replace("-", "").replace("_", "").isalnum() and text[0] != "-"


def _adapt(mapping: CommentedMap, key: str, old: Any) -> None:  # noqa: ANN401 - a node of the tree
    """Make the remark after a value fit the new one: after a block it begins on its own line."""
    token = mapping.ca.items.get(key, [None] * 4)[_AFTER]
    new = mapping[key]
    if token is None or isinstance(old, _BLOCKS) == isinstance(new, _BLOCKS):
        return
    column = mapping.lc.col or 0
    if isinstance(new, _BLOCKS):
        lines = token.value.split("\n")
        text = "\n".join([*([lines[0]] if lines[0].strip() else []), *lines[1:]]).lstrip(" ")
    else:
        text = "\n" + " " * column + token.value
    mapping.ca.items[key][_AFTER] = CommentToken(text, CommentMark(column), None)


def _last(container: Any, key: Any) -> tuple[Any, Any]:  # noqa: ANN401 - nodes of the tree
    """Return the innermost last value of a key, which remarks below it hang on."""
    value = container[key]
    while isinstance(value, (CommentedMap, CommentedSeq)) and len(value):
        if value.fa.flow_style():
            break
        container = value
        key = list(value)[-1] if isinstance(value, CommentedMap) else len(value) - 1
        value = container[key]
    return container, key


def _token(container: Any, key: Any) -> CommentToken | None:  # noqa: ANN401 - a node of the tree
    found = container.ca.items.get(key)
    if not found:
        return None
    token: CommentToken | None = found[_place(container)]
    return token


def _move_remark(mapping: CommentedMap, old: str, new: str) -> None:
    """Hang the lines below one key on the key that now stands between."""
    container, key = _last(mapping, old)
    token = _token(container, key)
    if token is None:
        return
    own, below = _parted(container[key], token)
    if below:
        kept = CommentToken(own + "\n", token.start_mark, None) if own.strip() else None
        container.ca.items[key][_place(container)] = kept
        _append(mapping, new, below)


def _parted(value: Any, token: CommentToken) -> tuple[str, str]:  # noqa: ANN401 - a node
    """Return the remark beside a value, and the lines below it with the line break before them."""
    if isinstance(value, _BLOCKS):
        return "", "\n" + " " * token.start_mark.column + token.value
    own, mark, rest = token.value.partition("\n")
    return (own, mark + rest) if rest.strip() else (own, "")


def _place(container: Any) -> int:  # noqa: ANN401 - a node of the tree
    return _AFTER if isinstance(container, CommentedMap) else 0


def _append(mapping: CommentedMap, key: str, below: str) -> None:
    """Add lines of remarks below a key."""
    container, last = _last(mapping, key)
    items = container.ca.items.setdefault(last, [None] * 4)
    place = _place(container)
    token = items[place]
    if token is not None:
        text = token.value.rstrip("\n") + below
        items[place] = CommentToken(text, token.start_mark, None)
    elif isinstance(container[last], _BLOCKS):
        text = below.lstrip("\n")
        column = len(text) - len(text.lstrip(" "))
        items[place] = CommentToken(text.lstrip(" "), CommentMark(column), None)
    else:
        items[place] = CommentToken(below, CommentMark(0), None)


def _bare(below: str) -> str:
    return "\n".join(line.strip().removeprefix("#").strip() for line in below.strip().split("\n"))
