"""What identifies programmes to people, read without their forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.load.content import Content
from reportgen.load.council import load_decision
from reportgen.load.fields import Fields, Found
from reportgen.load.programme import load_reported, load_term
from reportgen.load.scalars import is_slug, text
from reportgen.load.values import executor_of
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import Council, Decision, Executor
from reportgen.model.period import Part
from reportgen.model.programme import Term
from reportgen.source import Mapping


@dataclass(frozen=True, slots=True)
class Masthead:
    """A programme's name, who answers for it, its years and decision, as far as they are read."""

    name: str
    executor: Executor | None
    term: Term | None
    decision: Decision | None = None
    reported: frozenset[Part] = frozenset(Part)  # the kinds of period that it reports for


def programme_slugs(content: Content) -> list[str]:
    """Return the folders of programmes in order, whether they have any report yet or not."""
    begun = (content.root / "content" / "programmes").glob("*/programme.yaml")
    named = {path.parent.name for path in begun if is_slug(path.parent.name)}
    return sorted(named | {one.slug for one in content.sources})


def load_masthead(path: Path, root: Path, council: Council) -> Masthead:
    """Return what ``programme.yaml`` says, whether its programme has any report yet or not.

    What is wrong with the file is told when one of its reports is loaded.
    """
    node = load_yaml(path, root, [])
    if not isinstance(node, Mapping):
        return Masthead("", None, None)
    with Fields(node, []) as fields:
        return Masthead(
            name=fields.optional("name", text, ""),
            executor=fields.optional("executor", executor_of(council), None),
            term=load_term(node, []) if "term" in fields else None,
            decision=_decision(node) if "decision" in fields else None,
            reported=load_reported(fields),
        )


def _decision(node: Mapping) -> Decision | None:
    """Return the decision; ``None`` if it cannot be read: half is nothing."""
    found: Found = []
    with Fields(node, found).inner("decision") as fields:
        decision = load_decision(fields)
    return None if found else decision
