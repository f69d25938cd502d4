"""YAML files of content changed as a person would change them: remarks, order and looks stay."""

from __future__ import annotations

from reportgen.editing.was import WAS, without_was
from reportgen.editing.yaml_text import YamlText, folded, in_braces, parse_yaml

__all__ = ["WAS", "YamlText", "folded", "in_braces", "parse_yaml", "without_was"]
