"""``reportgen proof``: what it says of built files, what it writes, and its exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from overlays import small
from spoiling import with_part

from reportgen.cli import main

DONE, MISTAKES, ENVIRONMENT = 0, 1, 2
PERIOD = "content/programmes/biblioteky/2024-h1.yaml"

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], root: Path) -> Said:
    """Run ``proof`` over the village; return its exit code and what it wrote."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["proof", "--root", str(root), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A village with one report, built in all formats but the slow one."""
    made = small(tmp_path)
    assert main(["build", "--root", str(made), "--format", "docx,html,xlsx"]) == DONE
    return made


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_was_built_agrees(say: Said, root: Path) -> None:
    assert main(["build", "--root", str(root), "--format", "pdf"]) == DONE
    code, out, err = say()
    assert (code, err) == (DONE, "")
    assert "Файли збігаються з даними" in out
    row = "| biblioteky | 2024-h1 | 4 файли: docx html pdf xlsx | 124 | 48 | 12 | 1 | збігається |"
    assert row in re.sub(" +", " ", out)
    written = (root / "output" / "proof.json").read_bytes()
    record = json.loads(written)
    assert record["verdict"] == "agrees"
    assert record["differences"] == []
    assert list(record["files"]) == [
        f"biblioteky/2024-h1.{one}" for one in ("docx", "html", "pdf", "xlsx")
    ]
    file = record["files"]["biblioteky/2024-h1.pdf"]
    assert file["reader"].startswith("pypdfium2 ")
    assert file["compared"] == {"cells": 31, "figures": 12, "texts": 3, "pages": 1}
    assert record["arithmetic"] == {"biblioteky/2024-h1": {"totals": 2, "formulas": 4}}
    say()
    assert (root / "output" / "proof.json").read_bytes() == written


def test_a_changed_file_is_told_and_where(say: Said, root: Path) -> None:
    path = root / "output" / "biblioteky" / "2024-h1.docx"
    path.write_bytes(with_part(path.read_bytes(), "word/document.xml", ">50,0<", ">50,1<"))
    code, out, err = say()
    assert code == MISTAKES
    assert err.splitlines() == [
        "output/biblioteky/2024-h1.docx: файл змінено після складання",
        ("output/biblioteky/2024-h1.docx: рядок 4, колонка 6: надруковано 50,1, у моделі 50,0"),
    ]
    assert "Файли розходяться з даними" in out
    record = json.loads((root / "output" / "proof.json").read_text("utf-8"))
    assert record["verdict"] == "differs"
    assert record["differences"][1] == {
        "file": "biblioteky/2024-h1.docx",
        "place": "рядок 4, колонка 6",
        "expected": "50,0",
        "found": "50,1",
        "message": "надруковано 50,1, у моделі 50,0",
    }


def test_older_content_is_told_first(say: Said, root: Path) -> None:
    change(root / PERIOD, "actual: 18.0", "actual: 18.1")
    code, _, err = say()
    assert code == MISTAKES
    lines = [one for one in err.splitlines() if "2024-h1.html" in one]
    older = "складено зі старіших даних, складіть знову; відтоді змінено"
    assert lines[0] == f"output/biblioteky/2024-h1.html: {older} {PERIOD}"
    assert "рядок 4, колонка 5: надруковано 18,0, у моделі 18,1" in lines[1]


def test_a_file_that_is_gone(say: Said, root: Path) -> None:
    (root / "output" / "biblioteky" / "2024-h1.xlsx").unlink()
    code, _, err = say()
    assert code == MISTAKES
    name = "output/biblioteky/2024-h1.xlsx"
    assert err == f"{name}: файл не читається: файлу немає на місці\n"


def test_content_with_mistakes(say: Said, root: Path) -> None:
    change(root / PERIOD, "actual: 18.0", "actual: багато")
    code, _, err = say()
    assert code == MISTAKES
    assert "помилка[amount-invalid]" in err
    assert err.count("порівняти ні з чим: у даних звіту помилки") == 3


def test_a_report_that_content_has_no_more(say: Said, root: Path) -> None:
    (root / PERIOD).rename(root / PERIOD.replace("2024-h1", "2024-q1"))
    change(root / PERIOD.replace("2024-h1", "2024-q1"), "period: 2024-h1", "period: 2024-q1")
    code, _, err = say()
    assert code == MISTAKES
    assert err.count("такого звіту в даних уже немає") == 3


def test_nothing_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(tmp_path)
    assert main(["proof", "--root", str(root)]) == ENVIRONMENT
    assert "нічого не складено: спершу складіть звіти" in capsys.readouterr().err
    assert not (root / "output").exists()


def test_a_council_s_own_page_may_print_more(say: Said, root: Path) -> None:
    page = (Path(__file__).parents[2] / "templates" / "page.html.j2").read_text("utf-8")
    own = page.replace("<main>", "<main><p>Веселинівська рада</p>")
    (root / "templates" / "page.html.j2").write_text(own, encoding="utf-8")
    assert main(["build", "--root", str(root), "--format", "html"]) == DONE
    assert b"<main><p>" in (root / "output" / "biblioteky" / "2024-h1.html").read_bytes()
    _, _, err = say()
    assert "output/biblioteky/2024-h1.docx: складено зі старіших даних" in err
    assert "output/biblioteky/2024-h1.html" not in err
