"""One file to nodes."""

from __future__ import annotations

from pathlib import Path

from reportgen.load.fields import Found
from reportgen.source import Node, parse, read_source


def load_yaml(path: Path, root: Path, found: Found) -> Node | None:
    """Read and parse one file below ``root``, adding its findings; ``None`` if it is no YAML."""
    source, problems = read_source(path, root)
    found += problems
    if source is None:
        return None
    node, problems = parse(source, path.relative_to(root).as_posix())
    found += problems
    return node
