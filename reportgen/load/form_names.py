"""Names of a form that become keys of content: none may mean two things in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.diagnostics import Diagnostic, Span, finding
from reportgen.model.form import FactsSection, Form, NarrativeSection, TableSection

#: Keys that rows of content have beside the columns', so that no column may take them.
RESERVED = frozenset({"number", "id", "text", "parts", "status", "fund"})

#: Keys at the top of ``programme.yaml`` and of a period's file.
_OF_FILES = frozenset(
    [
        "name",
        "genitive",
        "decision",
        "amended",
        "changes",
        "reported",
        "executor",
        "term",
        "form",
        "period",
        "signatory",
        "signatories",
        "defaults",
    ]
)


def check_names(form: Form) -> Iterator[Diagnostic]:
    """Return the names that are taken twice."""
    yield from _sections(form)
    tops: set[str] = set(_OF_FILES)
    for table in form.outlines:
        yield from _plurals(table, tops)
    for name, span in _texts(form):
        if name in tops:
            message = f"«{name}» уже має інше значення у файлах програми"
            yield finding("form-structure", span, message, "дайте розділу чи рядку інше id")
        tops.add(name)


def _sections(form: Form) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for section in form.sections:
        if section.id in seen:
            message = f"розділ «{section.id}» записано двічі"
            yield finding("form-structure", section.span, message)
        seen.add(section.id)


def _plurals(table: TableSection, tops: set[str]) -> Iterator[Diagnostic]:
    """The key of a level's list must not be one that its neighbours have another use for.

    The first level's list stands at the top of ``programme.yaml``, the rows' list, or that of the
    groups above them, at the top of the period's file.
    """
    taken = {*RESERVED, *_ids(table), *tops} - {"parts"}
    seen: set[str] = set()
    for level in table.levels:
        if level.id in seen:
            continue
        seen.add(level.id)
        if level.plural in taken:
            message = f"список рівня «{level.id}» не може зватися «{level.plural}»"
            yield finding("form-structure", level.span, message, "дайте йому іншу назву: plural")
        taken.add(level.plural)
    tops.update(level.plural for level in table.levels)


def _ids(table: TableSection) -> Iterable[str]:
    return (column.id for column in table.fields)


def _texts(form: Form) -> Iterator[tuple[str, Span]]:
    for section in form.sections:
        if isinstance(section, NarrativeSection):
            yield section.id, section.span
        elif isinstance(section, FactsSection):
            yield from ((fact.id, fact.span) for fact in section.facts if fact.given)
