"""``reportgen proof``: what it says of built files, what it writes, and its exit codes."""

from __future__ import annotations

import json
import os
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
        (
            "output/biblioteky/2024-h1.docx: рядок 4, колонка 6 («1.2»): "
            "надруковано 50,1, у моделі 50,0"
        ),
    ]
    assert "Файли розходяться з даними" in out
    record = json.loads((root / "output" / "proof.json").read_text("utf-8"))
    assert record["verdict"] == "differs"
    assert record["differences"][1] == {
        "file": "biblioteky/2024-h1.docx",
        "place": "рядок 4, колонка 6 («1.2»)",
        "expected": "50,0",
        "found": "50,1",
        "message": "надруковано 50,1, у моделі 50,0",
    }


def test_older_content_is_told_first(say: Said, root: Path) -> None:
    change(root / PERIOD, "actual: 18.0", "actual: 18.1")
    code, _, err = say()
    assert code == MISTAKES
    lines = [one for one in err.splitlines() if "2024-h1.html" in one]
    older = "складено зі старіших даних, складіть знову (build); змінено"
    assert lines[0] == f"output/biblioteky/2024-h1.html: {older} {PERIOD}"
    assert "рядок 4, колонка 5 («1.2»): надруковано 18,0, у моделі 18,1" in lines[1]


def test_a_file_that_is_gone(say: Said, root: Path) -> None:
    (root / "output" / "biblioteky" / "2024-h1.xlsx").unlink()
    code, _, err = say()
    assert code == MISTAKES
    name = "output/biblioteky/2024-h1.xlsx"
    assert err == f"{name}: файл не читається: файлу немає на місці\n"


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are Unix's")
def test_a_link_or_a_pipe_in_the_place_of_a_file(say: Said, root: Path) -> None:
    built = root / "output" / "biblioteky"
    (built / "2024-h1.xlsx").rename(root / "elsewhere.xlsx")
    (built / "2024-h1.xlsx").symlink_to(root / "elsewhere.xlsx")
    (built / "2024-h1.docx").unlink()
    os.mkfifo(built / "2024-h1.docx")
    code, _, err = say()
    assert code == MISTAKES
    assert [line.rpartition(": ")[2] for line in err.splitlines()] == [
        *("це не звичайний файл", "це посилання, а не файл")
    ]


def test_content_with_mistakes(say: Said, root: Path) -> None:
    change(root / PERIOD, "actual: 18.0", "actual: багато")
    code, _, err = say()
    assert code == MISTAKES
    assert "помилка[amount-invalid]" in err
    assert err.count("не звірено, бо в даних звіту помилки") == 3


def test_a_report_that_content_has_no_more(say: Said, root: Path) -> None:
    (root / PERIOD).rename(root / PERIOD.replace("2024-h1", "2024-q1"))
    change(root / PERIOD.replace("2024-h1", "2024-q1"), "period: 2024-h1", "period: 2024-q1")
    code, _, err = say()
    assert code == MISTAKES
    assert err.count("такого звіту в даних уже немає") == 3


def test_nothing_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(tmp_path)
    assert main(["proof", "--root", str(root)]) == ENVIRONMENT
    assert "нічого не складено: спершу команда build" in capsys.readouterr().err
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


def with_nine_months(root: Path) -> Path:
    """Add a second report that nothing was built of, and return its file."""
    later = root / PERIOD.replace("2024-h1", "2024-9m")
    text = (root / PERIOD).read_text(encoding="utf-8")
    later.write_text(text.replace("period: 2024-h1", "period: 2024-9m"), encoding="utf-8")
    return later


def record_of(root: Path) -> dict[str, object]:
    record: dict[str, object] = json.loads((root / "output" / "proof.json").read_text("utf-8"))
    return record


def test_a_report_that_was_never_built_is_listed(say: Said, root: Path) -> None:
    with_nine_months(root)
    code, out, err = say()
    assert (code, err) == (DONE, "")
    assert "Складені файли збігаються з даними; не складено звітів: 1" in out
    row = "| biblioteky | 2024-9m | немає | 0 | 0 | 0 | 0 | не складено |"
    assert row in re.sub(" +", " ", out)
    assert record_of(root)["unbuilt"] == ["biblioteky/2024-9m"]
    assert record_of(root)["verdict"] == "agrees"


def test_one_that_is_asked_for_has_to_be_built(say: Said, root: Path) -> None:
    with_nine_months(root)
    code, out, _ = say("biblioteky")
    assert code == MISTAKES
    assert "не складено" in out


def test_what_is_built_is_told_where_nothing_asked_for_is(say: Said, root: Path) -> None:
    with_nine_months(root)
    code, _, err = say("--period", "2024-9m")
    assert code == ENVIRONMENT
    assert "нічого не складено" not in err
    assert "не складено biblioteky/2024-9m: команда build" in err
    assert "складено інші звіти: biblioteky/2024-h1" in err


def test_files_left_of_an_earlier_report_are_told_with_its_programme(say: Said, root: Path) -> None:
    later = with_nine_months(root)
    assert main(["build", "--root", str(root), "--format", "html"]) == DONE
    later.unlink()
    code, _, err = say("biblioteky")
    assert code == MISTAKES
    assert "output/biblioteky/2024-9m.html: такого звіту в даних уже немає" in err


def test_the_record_says_what_it_is_of(say: Said, root: Path) -> None:
    with_nine_months(root)
    assert main(["build", "--root", str(root), "--format", "html"]) == DONE
    say()
    assert record_of(root)["complete"] is True
    say("--period", "2024-h1")
    assert record_of(root)["complete"] is False
    assert record_of(root)["reports"] == ["biblioteky/2024-h1"]
