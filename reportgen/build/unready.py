"""What is missing before a package may be signed and archived for good: a vote, names of people.

All of it is allowed in content: drafts are built and read before the session. Only what stays for
years must not be a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportgen.build.project import Project
from reportgen.diagnostics import quoted
from reportgen.load import load_content
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import Official
from reportgen.model.package import Annex, Package
from reportgen.source import Mapping, Scalar, Sequence

#: Surnames of nobody: of the shipped content, which waits for one, and of what `init` writes.
_NOBODY: Final = frozenset({"ПРІЗВИЩЕ", "ПРИКЛАДЕНКО"})


def remarks(project: Project, package: Package) -> list[str]:
    """Return what makes a package a draft: Ukrainian sentences with their place in content.

    None of a package that was voted and that people sign. Whoever signs its reports counts too.
    """
    found = []
    if package.adopted is None:
        found.append(
            f"{package.span}: рішення ще не ухвалено: немає номера й дати; впишіть "
            "adopted: {number: …, date: …} і складіть пакет знову"
        )
    signing = {one.id: one for one in (package.signatory, package.speaker) if one}
    signing |= {one.id: one for one in _of_annexes(project, package.annexes)}
    found += (
        f"{one.span}: {quoted(f'{one.given} {one.surname}')} — не прізвище, а місце для нього: "
        "впишіть, хто підписує, і складіть пакет знову"
        for one in signing.values()
        if one.surname.upper() in _NOBODY
    )
    return found


def _of_annexes(project: Project, annexes: tuple[Annex, ...]) -> Iterator[Official]:
    """Yield who signs the reports; what cannot be read of these, building has told of."""
    content = load_content(project.root, [])
    officials = content.council.officials if content.council else {}
    wanted = {(one.slug, one.period) for one in annexes}
    for source in content.sources:
        if (source.slug, source.period) not in wanted:
            continue
        node = load_yaml(source.period_file, project.root, [])
        named = node.entries if isinstance(node, Mapping) else {}
        one, several = named.get("signatory"), named.get("signatories")
        for each in (one, *(several.items if isinstance(several, Sequence) else ())):
            if isinstance(each, Scalar) and each.text in officials:
                yield officials[each.text]
