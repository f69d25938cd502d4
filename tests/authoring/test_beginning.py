"""``reportgen init``: an example in every form that builds without a word, and nothing spoilt."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from small_project import FORM, base, write
from test_schema import faults, read, schema_of

from reportgen.authoring.beginning import SLUG, beginning
from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.editing import parse_yaml
from reportgen.load import editions, form_ids, load_form

DONE, CALL = 0, 2
FORMS = form_ids([shipped_templates()])

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Said:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def files(folder: Path) -> Mapping[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("form", FORMS)
def test_the_example_builds_without_a_word(say: Said, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "нова рада"
    assert say("init", folder, "--form", form)[0] == DONE
    code, out, err = say("check", "--root", folder, "--format", "json")
    assert (code, err) == (DONE, "")
    # A form that is a draft of ours says so in every report.
    assert {one["code"] for one in json.loads(out)} <= {"form-draft"}
    code, out, err = say("build", "--root", folder, "--format", "html,xlsx")
    assert code == DONE
    assert f"{SLUG}/2025.html" in out


def test_without_a_form_it_is_the_usual_one_in_all_formats(
    say: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = say("init", "рада")
    assert (code, err) == (DONE, "")
    assert out.splitlines()[-1].startswith("Далі: reportgen build --root рада; ")
    monkeypatch.chdir(tmp_path / "рада")
    code, out, err = say("build")
    assert (code, err) == (DONE, "")
    assert "zhytomyr-measures-year" in out
    assert "4 файли: docx xlsx pdf html" in out


@pytest.mark.parametrize("form", FORMS)
def test_every_file_explains_itself_and_fits_its_schema(
    say: Said, tmp_path: Path, form: str
) -> None:
    say("init", tmp_path, "--form", form)
    for path in tmp_path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "# " in text.split("\n", 2)[1 if "language-server" in text else 0]
        assert str(parse_yaml(text)) == text
    for path in (tmp_path / "content" / "programmes" / SLUG).iterdir():
        assert not faults(read(path), schema_of(path))


def test_the_readme_says_what_is_there(say: Said, tmp_path: Path) -> None:
    say("init", tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    named = [cell.split("`")[1] for cell in text.splitlines() if cell.startswith("| `")]
    assert all((tmp_path / name).exists() for name in named if name != "output/")
    assert "{" not in text
    assert say("new", SLUG, "2026-q1", "--root", tmp_path)[0] == DONE
    assert f"reportgen new {SLUG} 2026-q1\n" in text
    assert {"status", "package", "publish"} <= {
        line.split()[1] for line in text.splitlines() if line.startswith("reportgen ")
    }


def test_the_example_has_a_package_and_a_timetable_to_take(say: Said, tmp_path: Path) -> None:
    say("init", tmp_path)
    package = tmp_path / "content" / "packages" / "sesiia-1.yaml"
    assert not faults(read(package), schema_of(package))
    council = tmp_path / "content" / "council.yaml"
    head, _, timetable = council.read_text("utf-8").partition("# timetable:\n")
    taken = "".join(line.removeprefix("# ") for line in timetable.splitlines(keepends=True))
    council.write_text(f"{head}timetable:\n{taken}", encoding="utf-8")
    code, out, err = say("status", "--period", "2025", "--on", "2026-01-10", "--root", tmp_path)
    assert (code, err) == (DONE, "")
    assert "співвиконавці подають дані" in out
    code, _, err = say("package", "sesiia-1", "--root", tmp_path)
    assert (code, err) == (DONE, "")
    assert (tmp_path / "output" / "packages" / "sesiia-1" / "book.pdf").is_file()


def test_the_example_of_a_form_of_ones_own(say: Said, tmp_path: Path) -> None:
    own = base(FORM).replace("2024-01-01", "2027-01-01").replace("totals:\n", (
        "totals:\n  - {label: гранти, funds: [granty], columns: [annual_plan, actual]}\n"
    ))  # fmt: skip
    write(tmp_path / FORM, own)
    code, out, _ = say("init", tmp_path, "--form", "prosta")
    assert code == DONE
    assert "У теці вже були інші файли, їх не зачеплено: 1.\n" in out
    assert "granty: " in (tmp_path / "content/registers/funds.yaml").read_text(encoding="utf-8")
    assert say("build", "--root", tmp_path, "--format", "html")[::2] == (DONE, "")
    assert (tmp_path / "output" / SLUG / "2027.html").is_file()


def test_the_same_form_gives_the_same_files() -> None:
    [path] = editions("zhytomyr-measures", [shipped_templates()])
    form = load_form(path, [])
    assert form
    assert beginning(form) == beginning(form)


def test_other_files_in_the_folder_stay(say: Said, tmp_path: Path) -> None:
    write(tmp_path / "скани" / "рішення.pdf", "скан")
    code, out, _ = say("init", tmp_path)
    assert code == DONE
    assert "їх не зачеплено: 1.\n" in out
    assert files(tmp_path)["скани/рішення.pdf"] == "скан".encode()


@pytest.mark.parametrize("taken", ["README.md", ".gitignore", "content/x", "output/x"])
def test_what_is_there_is_never_touched(say: Said, tmp_path: Path, taken: str) -> None:
    write(tmp_path / taken, "моє")
    code, out, err = say("init", tmp_path)
    assert (code, out) == (CALL, "")
    assert taken.removesuffix("x") in err
    assert "не зачеплено" in err
    assert files(tmp_path) == {taken: "моє".encode()}


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_is_not_followed(say: Said, tmp_path: Path) -> None:
    (tmp_path / "рада").mkdir()
    (tmp_path / "рада" / "content").symlink_to(tmp_path / "деінде")
    assert say("init", tmp_path / "рада")[0] == CALL
    assert not (tmp_path / "деінде").exists()


def test_a_second_time_is_refused(say: Said, tmp_path: Path) -> None:
    say("init", tmp_path)
    before = files(tmp_path)
    assert say("init", tmp_path)[0] == CALL
    assert files(tmp_path) == before


def test_a_file_in_the_folders_place_is_told(say: Said, tmp_path: Path) -> None:
    write(tmp_path / "рада", "файл")
    code, _, err = say("init", tmp_path / "рада")
    assert code == CALL
    assert "рада не читається" in err


@pytest.mark.parametrize(
    ("form", "told"), [("zhytomyr-measure", "можливо, «zhytomyr-measures"), ("x", "тут можуть")]
)
def test_an_unknown_form_is_told_with_the_known(
    say: Said, tmp_path: Path, form: str, told: str
) -> None:
    code, _, err = say("init", tmp_path / "рада", "--form", form)
    assert code == CALL
    assert f"немає форми «{form}»; {told}" in err
    assert not (tmp_path / "рада").exists()
