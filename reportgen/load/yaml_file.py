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
    node, faults = _parsed(source, path.relative_to(root).as_posix())
    found += faults
    return node


# Reports of one programme come one after another, each with its form, the passport and the report
# before it: the same text, read again, gives the same nodes, and nobody changes nodes.
@lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    node, faults = parse(text, file)
    return node, tuple(faults)
