"""Source files to nodes that know where they were written."""

from __future__ import annotations

from reportgen.source.nodes import Mapping, Node, Scalar, Sequence
from reportgen.source.reading import LARGEST_FILE, read_source
from reportgen.source.yaml_nodes import parse

__all__ = ["LARGEST_FILE", "Mapping", "Node", "Scalar", "Sequence", "parse", "read_source"]
