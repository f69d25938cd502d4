"""``reportgen new``: which file it begins from, what it says, and what it refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_project import COUNCIL, FORM, PERIOD, PROGRAMME, base, lay, write

from reportgen.cli import main

DONE, MISTAKES, CALL = 0, 1, 2
FOLDER = Path(PERIOD).parent

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return lay(tmp_path)


@pytest.fixture
def say(project: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--root", str(project)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_new_file_is_a_draft_that_tells_what_it_lacks(say: Said, project: Path) -> None:
    code, out, err = say("new", "biblioteky", "2024-9m")
    assert (code, err) == (DONE, "")
    assert out == (
        f"{project / FOLDER / '2024-9m.yaml'}\n"
        "Впишіть, чого бракує, і перевірте: reportgen check biblioteky --draft "
        f"--root {project}\n"
    )
    code, out, err = say("check", "biblioteky", "--period", "2024-9m", "--draft")
    assert code == DONE
    assert out.endswith("Перевірено: 5 приміток.\n")
    code, out, err = say("build", "biblioteky", "--period", "2024-9m", "--format", "html")
    assert code == MISTAKES
    assert "2024-9m.yaml:10:12: помилка[value-empty]: порожнє значення" in err
    assert "   10 |     actual:  # було 48.5 за I півріччя 2024 року\n" in err


def test_filled_in_it_builds_without_a_remark(say: Said, project: Path) -> None:
    say("new", "biblioteky", "2024-9m")
    file = project / FOLDER / "2024-9m.yaml"
    text = file.read_text(encoding="utf-8").replace("info:\n", "info: Триває.\n")
    for was, now in (("48.5", "60.0"), ("12.5", "20.0"), ("18.0", "27.0")):
        text = text.replace(f"actual:  # було {was}", f"actual: {now}  # було {was}")
    write(file, text)
    code, _, err = say("build", "biblioteky", "--period", "2024-9m", "--format", "html")
    assert (code, err) == (DONE, "")


def test_the_nearest_earlier_file_is_begun_from(say: Said, project: Path) -> None:
    for period in ("2024-q1", "2023", "2025-q1"):
        text = base(PERIOD).replace("2024-h1", period)
        write(project / FOLDER / f"{period}.yaml", text)
    say("new", "biblioteky", "2024-9m")
    assert "з 2024-h1.yaml" in (project / FOLDER / "2024-9m.yaml").read_text(encoding="utf-8")
    say("new", "biblioteky", "2024", "--from", "2024-q1")
    assert "з 2024-q1.yaml" in (project / FOLDER / "2024.yaml").read_text(encoding="utf-8")


def test_where_none_is_earlier_the_programme_is_begun_from(say: Said, project: Path) -> None:
    code, out, _ = say("new", "biblioteky", "2024-q1")
    assert code == DONE
    assert "Раніших звітів немає. Почати з пізнішого: --from 2024-h1\n" in out
    assert "за programme.yaml" in (project / FOLDER / "2024-q1.yaml").read_text(encoding="utf-8")
    (project / FOLDER / "2024-q1.yaml").unlink()
    (project / PERIOD).unlink()
    code, out, err = say("new", "biblioteky", "2024-q1")
    assert (code, err) == (DONE, "")
    assert "Раніших" not in out


def test_the_schema_is_named_where_there_is_one(say: Said, project: Path) -> None:
    (project / PERIOD).unlink()
    write(project / "content" / "schemas" / "prosta.period.json", "{}")
    say("new", "biblioteky", "2024-h1")
    text = (project / PERIOD).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/prosta.period.json\n")


def test_what_is_new_and_what_is_gone_is_told(say: Said, project: Path) -> None:
    write(project / PROGRAMME, base(PROGRAMME).replace("number: 1.2\n", "number: 1.3\n"))
    _, out, _ = say("new", "biblioteky", "2024-9m")
    assert "Нові рядки, бо їх додано до programme.yaml: 1.3.\n" in out
    assert "Не перенесено, бо в programme.yaml їх немає: 1.2.\n" in out


def test_the_edition_of_the_new_period_is_asked_for(say: Said, project: Path) -> None:
    shutil.copy(project / FORM, project / "templates" / "prosta" / "form-2025-01-01.yaml")
    edition = base(FORM).replace("2024-01-01", "2025-01-01").replace("id: info,", "id: note,")
    write(project / "templates" / "prosta" / "form-2025-01-01.yaml", edition)
    _, out, _ = say("new", "biblioteky", "2025-q1")
    assert "Не перенесено ключів, яких форма не має: info.\n" in out
    text = (project / FOLDER / "2025-q1.yaml").read_text(encoding="utf-8")
    assert text.count("\n    note:\n") == 2
    _, out, _ = say("new", "biblioteky", "2024-9m")
    assert "Не перенесено" not in out


def test_nothing_is_overwritten(say: Said, project: Path) -> None:
    code, out, err = say("new", "biblioteky", "2024-h1")
    assert (code, out) == (CALL, "")
    assert f"{PERIOD} уже є: його не зачеплено" in err
    assert (project / PERIOD).read_text(encoding="utf-8") == base(PERIOD)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bibliotek", "2024-9m"], "немає програми «bibliotek»; можливо, «biblioteky»?"),
        (["зовсім-інше", "2024-9m"], "тут можуть бути: biblioteky"),
        (["biblioteky", "2024-q3"], "«2024-q3» — не період: пишіть 2023-q1 (I квартал), "),
        (["biblioteky", "2024-q3"], "; можливо, 2024-9m?"),
        (["biblioteky", "2024-12m"], "; можливо, 2024?"),
        (["biblioteky", "9 місяців"], "Усі суми — від 1 січня."),
        (["biblioteky", "2024-9m", "--from", "2024-q1"], "«2024-q1», з якого почати; є: 2024-h1"),
    ],
)
def test_a_wrong_call_is_explained(say: Said, arguments: list[str], told: str) -> None:
    code, out, err = say("new", *arguments)
    assert (code, out) == (CALL, "")
    assert told in err
    assert err.count("\n") == 1


def test_mistakes_of_another_programme_are_no_matter(say: Said, project: Path) -> None:
    write(project / "content" / "programmes" / "inshe" / "2024-H1.yaml", "щось")
    assert say("new", "biblioteky", "2024-9m")[::2] == (DONE, "")


def test_repeated_values_are_written_out(say: Said, project: Path) -> None:
    text = base(PERIOD).replace("actual: 48.5", "actual: &so {general: 48.5}")
    write(project / PERIOD, text.replace("actual: 18.0", "actual: *so"))
    say("new", "biblioteky", "2024-9m")
    text = (project / FOLDER / "2024-9m.yaml").read_text(encoding="utf-8")
    assert text.count("    actual: {general: }  # було {general: 48.5} за I півріччя") == 2
    assert "so" not in text


@pytest.mark.parametrize("place", ["content/programmes/biblioteky", "biblioteky/"])
def test_a_programme_may_be_named_as_tab_completes_it(say: Said, place: str) -> None:
    assert say("new", place, "2024-9m")[0] == DONE


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (PERIOD, "period: 2024-h1\nmeasures: [\n"),
        (PERIOD, "- 1\n"),
        (PROGRAMME, base(PROGRAMME).replace("prosta", "skladna")),
        (PROGRAMME, base(PROGRAMME).replace("biblioteka", "muzei")),
        (COUNCIL, "id: [\n"),
        (FORM, base(FORM).replace("columns:", "kolonky:")),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    say: Said, project: Path, file: str, text: str
) -> None:
    write(project / file, text)
    code, out, err = say("new", "biblioteky", "2024-9m")
    assert code == MISTAKES
    assert f"{file}:" in err
    assert out == "content/programmes/biblioteky/2024-9m.yaml не створено.\n"
    assert not (project / FOLDER / "2024-9m.yaml").exists()
