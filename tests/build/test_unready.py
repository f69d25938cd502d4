"""What keeps a package from being signed and archived for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import OFFICIALS, PERIOD, base, lay
from test_package import FILE, PACKAGE

from reportgen.build.packages import packages
from reportgen.build.project import open_project
from reportgen.build.unready import remarks
from reportgen.load import load_content

ADOPTED = PACKAGE + "adopted: {number: 7, date: 2024-08-30}\n"
NOBODY = "nikhto: {position: Голова, given: Власне ім'я, surname: ПРІЗВИЩЕ}\n"


def said(folder: Path, package: str, files: dict[str, str] | None = None) -> list[str]:
    root = lay(folder, {FILE: package, **(files or {})})
    [one], found = packages(load_content(root, []))
    assert not found
    return remarks(open_project(root), one)


def test_a_package_that_was_voted_and_that_people_sign_is_ready(tmp_path: Path) -> None:
    assert said(tmp_path, ADOPTED) == []


def test_a_draft_of_a_decision_is_told_of_at_its_place(tmp_path: Path) -> None:
    [one] = said(tmp_path, PACKAGE)
    assert one.startswith(f"{FILE}:1:1: рішення ще не ухвалено")
    assert "adopted: {number: …, date: …}" in one


@pytest.mark.parametrize("where", ["signatory", "speaker", "report"])
def test_a_place_for_a_name_is_no_name(tmp_path: Path, where: str) -> None:
    package, files = ADOPTED, {OFFICIALS: base(OFFICIALS) + NOBODY}
    if where == "signatory":
        package = ADOPTED.replace("signatory: melnyk", "signatory: nikhto")
    elif where == "speaker":
        package = ADOPTED + "speaker: nikhto\n"
    else:
        files[PERIOD] = base(PERIOD).replace("signatory: melnyk", "signatories: [melnyk, nikhto]")
    [one] = said(tmp_path, package, files)
    line = files[OFFICIALS].count("\n")
    assert one.startswith(f"{OFFICIALS}:{line}:")
    assert "«Власне ім'я ПРІЗВИЩЕ» — не прізвище, а місце для нього" in one
