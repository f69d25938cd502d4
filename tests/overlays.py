"""Projects for tests: this repository's content with some files changed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from small_project import BASE

from reportgen.build.prepare import Prepared, prepare
from reportgen.build.project import open_project, shipped_templates
from reportgen.diagnostics import Diagnostic
from reportgen.load import load_content

ROOT = Path(__file__).resolve().parent.parent


def projects() -> list[Path]:
    """Return the roots of all shipped content: the council's own, then each example's."""
    return [ROOT, *sorted(content.parent for content in ROOT.glob("examples/*/content"))]


def lay_out(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """Copy the shipped content to a folder, lay ``files`` over it, and return the folder."""
    shutil.copytree(ROOT / "content", folder / "content")
    for name, text in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def small(folder: Path, *more: str) -> Path:
    """Lay out the village's little project, its programme once more under each further name."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    programmes = folder / "content" / "programmes"
    for slug in more:
        shutil.copytree(programmes / "biblioteky", programmes / slug)
        passport = programmes / slug / "programme.yaml"
        text = passport.read_text(encoding="utf-8").replace("розвитку", f"розвитку «{slug}» і")
        passport.write_text(text.replace('"412"', f'"412-{slug}"'), encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return what a build has left in a folder, by name, but for its lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".reportgen")
    }


def shipped(name: str) -> str:
    """Return the text of a shipped file: of ``content/`` or ``templates/``."""
    if name.startswith("templates/"):
        return (shipped_templates().parent / name).read_text(encoding="utf-8")
    return (ROOT / name).read_text(encoding="utf-8")


def prepared(root: Path, slug: str) -> Prepared:
    """Return one programme's only report of a project, drawn or refused."""
    [report] = [one for one in all_prepared(root) if one.source.slug == slug]
    return report


def all_prepared(root: Path) -> list[Prepared]:
    """Return every report of a project, drawn or refused."""
    project = open_project(root)
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    assert not found
    return [prepare(source, content, project, None) for source in content.sources]
