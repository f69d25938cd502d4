"""One file to nodes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportgen.diagnostics import Diagnostic
from reportgen.load.fields import Found
from reportgen.source import Node, parse, read_source


def load_yaml(path: Path, root: Path, found: Found) -> Node | None:
    """Read and parse one file below ``root``, adding its findings; ``None`` if it is no YAML."""
    source, problems = read_source(path, root)
    found += problems
    if source is None:
        return None
    node, faults = parsed(source, path.relative_to(root).as_posix())
    found += faults
    return node


# Reports of one programme come one after another, each with the editions of its form and the
# passport: the same text, read again, gives the same nodes, and nobody changes nodes.
@lru_cache(maxsize=16)
def parsed(text: str, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the root node of a text and the findings; ``file`` is the name that findings give."""
    node, faults = parse(text, file)
    return node, tuple(faults)
