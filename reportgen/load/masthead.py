"""What identifies a programme to people, read without its form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.load.fields import Fields
from reportgen.load.programme import load_term
from reportgen.load.scalars import text
from reportgen.load.values import executor_of
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import Council, Executor
from reportgen.model.programme import Term
from reportgen.source import Mapping


@dataclass(frozen=True, slots=True)
class Masthead:
    """A programme's name, who answers for it, and its years, as far as they can be read."""

    name: str
    executor: Executor | None
    term: Term | None


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
        )
