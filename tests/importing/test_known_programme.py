"""Imports into a programme that is there: whose rows they are, and what differs is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import PROGRAMME
from test_import_command import BODY, HEAD, NINE, ROWS, call, project, report, state

from reportgen.importing.periods import find_period

__all__ = ["project"]  # the fixture

THREE = """      - number: 1.3
        text: Облаштувати читальну залу
        executors: [biblioteka]
"""


def put(project: Path, *rows: str, **words: str) -> None:
    text = report(rows=rows or ROWS)
    for old, new in words.items():
        text = text.replace(old.replace("_", " "), new)
    (project / "zvit.tsv").write_text(text, encoding="utf-8")


def row(number: str, text: str, plan: str, actual: str, percent: str) -> str:
    return f"\t{number}. {text}\t{BODY}\t{plan}\t{actual}\t{percent}\tТак."


def test_a_renumbered_measure_is_known_by_its_text(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passport = project / PROGRAMME
    passport.write_text(passport.read_text(encoding="utf-8") + THREE, encoding="utf-8")
    before = passport.read_text(encoding="utf-8")
    put(project, *ROWS[:2], row("1.2", "Облаштувати читальну залу", "36,0", "27,0", "75,0"))
    call(project)
    told = capsys.readouterr().err
    assert "рядок «1.2» — це «1.3» у програмі: текст той самий, номер інший" in told
    text = (project / NINE).read_text(encoding="utf-8")
    assert "  # імпорт: у джерелі номер 1.2\n  1.3:\n    annual_plan: 36.0" in text
    assert "\n  1.2:" not in text
    assert passport.read_text(encoding="utf-8") == before


def test_another_text_under_a_known_number_takes_no_sums(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(project, *ROWS[:2], row("1.2", "Відремонтувати дах філії", "36,0", "27,0", "75,0"))
    call(project)
    told = capsys.readouterr().err
    assert "під номером 1.2 у програмі інший захід" in told
    text = (project / NINE).read_text(encoding="utf-8")
    assert "  # імпорт: annual_plan: 36.0\n" in text
    assert "\n    annual_plan: 36.0" not in text


def test_numbers_that_changed_places_are_told(project: Path) -> None:
    first = ROWS[0].replace("1.1.", "1.2.")
    put(project, first, row("1.1", "Передплатити газети", "36,0", "27,0", "75,0"))
    call(project)
    text = (project / NINE).read_text(encoding="utf-8")
    assert text.count("# імпорт: у джерелі номер") == 2
    assert "1.1:\n    annual_plan: 130.0" in text
    assert "1.2:\n    annual_plan: 36.0" in text


def test_a_new_measure_takes_no_number_that_another_has(project: Path) -> None:
    new = row("1.1", "Відремонтувати дах філії", "5,0", "5,0", "100,0")
    put(
        project,
        ROWS[0].split("\t")[0] + new,
        ROWS[0].replace("1. Поповнити фонди", "").replace("1.1.", "1.2."),
    )
    call(project)
    text = (project / NINE).read_text(encoding="utf-8")
    assert "1.1:\n    annual_plan: 130.0" in text
    assert "vidremontuvaty" in text


def test_a_report_of_another_programme_stops(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(project, розвитку_бібліотек="підтримки сімейного відпочинку")
    before = state(project)
    assert call(project, "--programme", "biblioteky") == 1
    assert state(project) == before
    told = capsys.readouterr()
    assert "помилка[import-programme]: це звіт іншої програми" in told.err
    assert "Нічого не імпортовано." in told.err + told.out


def test_a_name_nearly_the_same_goes_on(project: Path) -> None:
    put(project, розвитку_бібліотек="розвитку бібліотек громади")
    assert call(project, "--programme", "biblioteky") == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (BODY, "Відділ культури Вербівської сільської ради",
         "«1.2»: у джерелі executors: «viddil-kultury», у програмі «biblioteka»"),
        ("Звіт про", "Рішення ради від 01.02.2024 №99\nЗвіт про",
         "рішення: у джерелі «01.02.2024 №99», у програмі «21.12.2023 №412»"),
        ("Звіт про", "Термін реалізації 2024-2027 роки\nЗвіт про",
         "термін: у джерелі «2024-2027», у програмі «2024-2026»"),
        ("Звіт про", "Відповідальний виконавець: Вербівська публічна бібліотека\nЗвіт про",
         "відповідальний виконавець: у джерелі «Вербівська публічна бібліотека», у програмі"),
        ("бібліотек на", "бібліотек громади на", "назва: у джерелі «Програми розвитку бібліотек г"),
    ],
)  # fmt: skip
def test_what_the_passport_has_otherwise_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    before = (project / PROGRAMME).read_bytes()
    text = (
        report().replace(old, new)
        if old != BODY
        else report(rows=(*ROWS[:2], ROWS[2].replace(old, new)))
    )
    (project / "zvit.tsv").write_text(text, encoding="utf-8")
    assert call(project, "--programme", "biblioteky") == 0
    assert said in capsys.readouterr().err
    assert (project / PROGRAMME).read_bytes() == before


def test_a_slip_in_a_new_name_is_asked_about(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = "Управління комунального {} сільської ради"
    rows = [ROWS[0].replace(BODY, one.format("господарства"))]
    rows += [ROWS[1], ROWS[2].replace(BODY, one.format("господорства"))]
    put(project, *rows)
    call(project, "--programme", "nova", "--period", "2024-9m")
    told = capsys.readouterr().err
    assert "ради» прочитано як новий запис «" in told
    added = (project / "content" / "registers" / "executors.yaml").read_text(encoding="utf-8")
    assert added.count("name: Управління") == 1


def test_numbers_tell_new_names_apart(project: Path) -> None:
    one = "Вербівський заклад дошкільної освіти № {}"
    put(
        project, ROWS[0].replace(BODY, one.format(1)), ROWS[1], ROWS[2].replace(BODY, one.format(2))
    )
    call(project, "--programme", "nova", "--period", "2024-9m")
    added = (project / "content" / "registers" / "executors.yaml").read_text(encoding="utf-8")
    assert added.count("заклад дошкільної") == 2


def test_own_findings_come_first_and_nothing_is_told_twice(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ROWS[2].replace("27,0", "двадцять сім")
    put(project, ROWS[0].replace(BODY, ""), ROWS[1], bad)
    assert call(project, "--programme", "nova", "--period", "2024-9m") == 1
    told = capsys.readouterr()
    assert told.err.count("двадцять сім") == 1
    assert "«1.2» немає «actual»" not in told.err
    assert "на нуль не ділять" not in told.err
    assert told.err.index("import-value") < told.err.index("field-missing")
    assert "Ще треба вписати чи виправити: 2 помилки." in told.out
    assert f"check nova --period 2024-9m --root {project}" in told.out


def test_an_extra_column_is_told_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = report(rows=tuple(f"{one}\tгарно" for one in ROWS))
    text = text.replace(HEAD, f"{HEAD}\tВраження слухачів")
    (project / "zvit.tsv").write_text(text, encoding="utf-8")
    assert call(project) == 0
    told = capsys.readouterr().err
    assert told.count("помилка[") + told.count("попередження[") == 1
    assert "колонки «Враження слухачів» у формі «prosta» немає" in told


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("станом на 01.10.2023", "2023-9m"),
        ("Станом на 1.07.2023 року", "2023-h1"),
        ("станом на 01.01.2024", "2023"),
        ("станом на 31.12.2023", "2023"),
        ("станом на 30.06.2023", "2023-h1"),
        ("станом на 15.06.2023", None),
        ("станом на 99.99.2023", None),
        ("за січень-вересень 2023", "2023-9m"),
    ],
)
def test_a_day_names_the_period_that_ends_there(text: str, period: str | None) -> None:
    found = find_period(text)
    assert (found.id if found else None) == period


def test_the_file_is_written_in_one_style(project: Path) -> None:
    rows = (
        ROWS[0].replace("130,0", "130").replace("97,5", "97,50"),
        ROWS[1],
        ROWS[2].replace("36,0", "36,12").replace("27,0", "1 000,000"),
    )
    text = report(rows=rows).replace("Звіт про", "Рішення ради від 01.02.2024 №99\nЗвіт про")
    (project / "zvit.tsv").write_text(text, encoding="utf-8")
    call(project, "--programme", "nova", "--period", "2024-9m")
    home = project / "content" / "programmes" / "nova"
    written = (home / "2024-9m.yaml").read_text(encoding="utf-8")
    for figure in ("annual_plan: 130.0\n", "actual: 97.5\n", "plan: 36.12\n", "actual: 1000.0\n"):
        assert figure in written
    assert all(len(line) <= 100 for line in written.splitlines())
    passport = (home / "programme.yaml").read_text(encoding="utf-8")
    assert 'decision: {date: 2024-02-01, number: "99"}' in passport


def test_a_name_on_the_line_below_the_title(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "Звіт про виконання програми за січень-вересень 2024\nПрограми розвитку читання громади"
    text = "\n".join([title, *report().splitlines()[1:]])
    (project / "zvit.tsv").write_text(text, encoding="utf-8")
    assert call(project, "--programme", "nova") == 0
    home = project / "content" / "programmes" / "nova"
    assert (home / "2024-9m.yaml").is_file()
    passport = (home / "programme.yaml").read_text(encoding="utf-8")
    assert "\ngenitive: Програми розвитку читання громади\n" in passport
    assert "import-left-out" not in capsys.readouterr().err


def test_words_name_a_period_before_any_day_does(project: Path) -> None:
    text = report().replace("Звіт про", "Рішення із змінами станом на 01.01.2024\nЗвіт про")
    (project / "zvit.tsv").write_text(text, encoding="utf-8")
    assert call(project) == 0
    assert (project / NINE).is_file()


@pytest.mark.parametrize("with_new", [False, True])
def test_a_measure_under_a_new_task_is_not_added_twice(
    project: Path, capsys: pytest.CaptureFixture[str], *, with_new: bool
) -> None:
    new = row("2.2", "Відремонтувати дах філії", "5,0", "5,0", "100,0")
    moved = "2. Дбати про видання" + row("2.1", "Передплатити газети", "36,0", "27,0", "75,0")
    put(project, *ROWS[:2], moved, *([new] if with_new else []))
    before = (project / PROGRAMME).read_text(encoding="utf-8")
    call(project)
    told = capsys.readouterr().err
    after = (project / PROGRAMME).read_text(encoding="utf-8")
    assert "number-duplicate" not in told
    assert after.count("Передплатити газети") == 1
    assert "\n  1.2:\n    annual_plan: 36.0" in (project / NINE).read_text(encoding="utf-8")
    if with_new:
        assert "«1.2»: у програмі стоїть в іншому місці" in told
        assert "Відремонтувати дах" in after
    else:
        assert "«2» у programme.yaml не додано: усі його рядки вже є в програмі (1.2)" in told
        assert after == before
