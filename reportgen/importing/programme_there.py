"""What the file of a programme that is there says, before anything of it is loaded."""

from __future__ import annotations

from reportgen.load.programme import load_term
from reportgen.model.programme import Term
from reportgen.source import Mapping as MappingNode
from reportgen.source import Scalar, parse


def form_of(programme: str, file: str) -> str:
    """Return the form that a programme's file names."""
    root, _ = parse(programme, file) if programme else (None, [])
    chosen = root.entries.get("form") if isinstance(root, MappingNode) else None
    return chosen.text if isinstance(chosen, Scalar) else ""


def names_of(programme: str, file: str) -> list[str]:
    """Return what a programme's file calls it, in both cases."""
    root, _ = parse(programme, file) if programme else (None, [])
    entries = root.entries if isinstance(root, MappingNode) else {}
    given = (entries.get(key) for key in ("name", "genitive"))
    return [one.text for one in given if isinstance(one, Scalar)]


def term_of(programme: str, file: str) -> Term | None:
    """Return the years that a programme's file names."""
    root, _ = parse(programme, file) if programme else (None, [])
    return load_term(root, []) if isinstance(root, MappingNode) and "term" in root.entries else None
