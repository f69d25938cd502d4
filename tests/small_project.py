"""A project of a few lines, ``tests/errors/_base``, spoilt in one way or another."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from reportgen.build.checked import checked
from reportgen.build.examine import examine, examine_council
from reportgen.build.prepare import Prepared, prepare
from reportgen.build.project import open_project
from reportgen.diagnostics import CATALOGUE, Diagnostic, in_order
from reportgen.load import load_content

ERRORS = Path(__file__).resolve().parent / "errors"
BASE = ERRORS / "_base"

COUNCIL = "content/council.yaml"
EXECUTORS = "content/registers/executors.yaml"
OFFICIALS = "content/registers/officials.yaml"
FUNDS = "content/registers/funds.yaml"
PROGRAMME = "content/programmes/biblioteky/programme.yaml"
PERIOD = "content/programmes/biblioteky/2024-h1.yaml"
FORM = "templates/prosta/form.yaml"

#: The codes of rules: what a careful reader would ask of a report that fits together.
ASKED = frozenset(list(CATALOGUE)[list(CATALOGUE).index("percent-declared") + 1 :])


def base(name: str) -> str:
    """Return the text of one of the small project's files."""
    return (BASE / name).read_text(encoding="utf-8")


def lay(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Copy the small project to a folder, write ``files`` over it, and return its root."""
    root = folder / "project"
    shutil.copytree(BASE, root)
    for name, content in (files or {}).items():
        write(root / name, content)
    return root


def write(path: Path, content: str | bytes) -> None:
    """Write one file as it is given, line ends and all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def check(root: Path) -> tuple[list[Diagnostic], list[Prepared]]:
    """Return all findings of a project in order, and its reports, as ``reportgen check`` does."""
    project = open_project(root)
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    found += examine_council(content, project)
    reports = [prepare(source, content, project, None) for source in content.sources]
    checks = {one.source: checked(one.draft) for one in reports}
    return in_order(examine(checks, content, project, found)), reports


def findings(folder: Path, files: Mapping[str, str | bytes]) -> list[Diagnostic]:
    """Return what is found in the small project with some files changed, but for ``asked``.

    A machine without the typeface says so of every report; that is no matter of content.
    """
    found, _ = check(lay(folder, files))
    return [one for one in found if one.code not in {"font-fallback", *ASKED}]


def asked(folder: Path, files: Mapping[str, str | bytes]) -> list[Diagnostic]:
    """Return what the rules of ``check/rules`` ask of the small project with some files changed."""
    found, _ = check(lay(folder, files))
    return [one for one in found if one.code in ASKED]
