"""The map and the land: docs/architecture.md names every module that there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from overlays import ROOT

PAGE = ROOT / "docs" / "architecture.md"


def packages() -> set[str]:
    """Return the packages directly under ``reportgen/``."""
    found = (ROOT / "reportgen").glob("*/__init__.py")
    return {path.parent.relative_to(ROOT).as_posix() for path in found}


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_every_package_is_on_the_map(page: str) -> None:
    named = set(re.findall(r"`(reportgen/[a-z_/]+?)/?`", page))
    assert packages() - named == set()


def test_nothing_on_the_map_is_missing_from_the_land(page: str) -> None:
    for path in re.findall(r"`((?:reportgen|templates|content|tests|docs|tools)/[^`*<{]*)`", page):
        assert (ROOT / path).exists(), path


def test_every_module_says_what_it_is_and_none_is_too_long() -> None:
    for path in Path(ROOT / "reportgen").rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith('"""'), path
        assert len(lines) <= 300, path
        assert path.stem not in {"utils", "helpers", "common", "manager", "processor"}
