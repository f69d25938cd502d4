"""Registers with the entries that an import adds, at their end."""

from __future__ import annotations

from collections.abc import Mapping

from ruamel.yaml.comments import CommentedMap

from reportgen.editing import parse_yaml
from reportgen.importing.yaml_values import node, remark

_NEW = "з імпорту: перевірте назву й позначку"


def extended_register(old: str, entries: Mapping[str, Mapping[str, str]]) -> str:
    """Return a register's file with new entries."""
    text = parse_yaml(old)
    for key, fields in entries.items():
        text.root[key] = CommentedMap({name: node(value, 2) for name, value in fields.items()})
        remark(text.root, key, [_NEW], 0)
    return str(text)
