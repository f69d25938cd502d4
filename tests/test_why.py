"""``reportgen why``: what a clerk is told of a figure, and how a wrong call is answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from overlays import ROOT, lay_out
from small_project import COUNCIL, PERIOD, base, lay

from reportgen.cli import main

EXAMPLES = ROOT / "examples" / "other-councils"
SOCIAL = ("social-protection", "2023-h1")
BY_FUND = ("kharkiv-sources-in-rows", "2023-h1")
YEAR = ("annual-sections", "2023")


def why(capsys: pytest.CaptureFixture[str], *call: str, root: Path = ROOT) -> tuple[int, str, str]:
    code = main(["why", *call, "--root", str(root)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_percent_down_to_its_lines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = why(capsys, "biblioteky", "2024-h1", "1.1", "відсот", root=lay(tmp_path))
    assert (code, err) == (0, "")
    assert out == (
        "Рядок «1.1», колонка «Відсоток»: 40,4\n"
        "  обчислено за формулою (templates/prosta/form.yaml:17:5):\n"
        "    «Профінансовано» : «План» × 100\n"
        "    48,5 : 120,0 × 100 = 40,41666…\n"
        "    округлено до 1 знака після коми, половину — вгору: 40,4\n"
        "  колонка «Профінансовано»: 48,5\n"
        "    content/programmes/biblioteky/2024-h1.yaml:7:13\n"
        "  колонка «План»: 120,0\n"
        "    content/programmes/biblioteky/2024-h1.yaml:6:18\n"
    )


def test_a_total_with_every_row(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = why(capsys, "biblioteky", "2024-h1", "total", "percent", root=lay(tmp_path))
    assert code == 0
    assert out == (
        "Рядок «Усього», колонка «Відсоток»: 42,6\n"
        "  обчислено за формулою (templates/prosta/form.yaml:17:5):\n"
        "    «Профінансовано» : «План» × 100\n"
        "    66,5 : 156,0 × 100 = 42,62820…\n"
        "    округлено до 1 знака після коми, половину — вгору: 42,6\n"
        "  колонка «Профінансовано»: 66,5\n"
        "    сума 2 рядків:\n"
        "      1.1  48,5  content/programmes/biblioteky/2024-h1.yaml:7:13\n"
        "      1.2  18,0  content/programmes/biblioteky/2024-h1.yaml:13:13\n"
        "  колонка «План»: 156,0\n"
        "    сума 2 рядків:\n"
        "      1.1  120,0  content/programmes/biblioteky/2024-h1.yaml:6:18\n"
        "      1.2   36,0  content/programmes/biblioteky/2024-h1.yaml:12:18\n"
    )


def test_an_amount_by_funds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = base(PERIOD).replace("actual: 18.0", "actual: {general: 15.0, special: 3.25}")
    code, out, _ = why(
        capsys, "biblioteky", "2024-h1", "1.2", "actual", root=lay(tmp_path, {PERIOD: text})
    )
    assert code == 0
    assert out == (
        "Рядок «1.2», колонка «Профінансовано»: 18,3\n"
        "  точно 18,25\n"
        "  сума за джерелами:\n"
        "    Загальний фонд    15,0  content/programmes/biblioteky/2024-h1.yaml:13:23\n"
        "    Спеціальний фонд  3,25  content/programmes/biblioteky/2024-h1.yaml:13:38\n"
    )


def test_what_is_declared(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = why(capsys, "equal-opportunities", "2023", "1.1", "10")
    assert code == 0
    first, *lines = out.splitlines()
    assert first.endswith("«Відсоток виконання заходу, %»: 100,0")
    assert lines[:3] == [
        "  вписано в content/programmes/equal-opportunities/2023.yaml:11:25 замість обчисленого",
        "  причина: захід виконано без фінансування",
        "  за формулою було б: 0,0",
    ]


@pytest.mark.parametrize(
    ("call", "root", "said"),
    [
        ((*SOCIAL, "1.1.1", "9"), ROOT, "45,2"),
        ((*SOCIAL, "1.1.1", "«відсоток»"), ROOT, "45,2"),
        ((*SOCIAL, "4.3.1/dystantsiia-zviazku", "8"), ROOT, "0,2"),
        ((*SOCIAL, "dystantsiia-zviazku", "8"), ROOT, "0,2"),
        ((*SOCIAL, "всього", "9"), ROOT, "87,7"),
        ((*SOCIAL, "6.1.2", "9"), ROOT, "на нуль не ділять, тому друкується «–»"),
        ((*SOCIAL, "total", "10"), ROOT, "порожньо"),
        ((*SOCIAL, "1.1.1", "term"), ROOT, "текст із content/programmes/social-protection/"),
        (("equal-opportunities", "2023", "general", "7"), ROOT, "228,3"),
        (("socioeconomic", "2024-h1", "osvita/1.1", "6"), ROOT, "текст із"),
        ((*BY_FUND, "5.1.1/regional", "9"), EXAMPLES, "155,1"),
        ((*BY_FUND, "5.1.1/обласний", "2023"), EXAMPLES, "155,1"),
        ((*BY_FUND, "5.1.1", "info"), EXAMPLES, "«5.1.1/Усього»"),
        ((*BY_FUND, "5.1.1/total", "plan_2021"), EXAMPLES, "у даних цього немає; сам рядок —"),
        (("sources-in-columns", "2023-h1", "5.1/total", "plan"), EXAMPLES, "455,1"),
        ((*YEAR, "financing/total", "percent"), EXAMPLES, "50,0"),
        ((*YEAR, "total", "expenditure"), EXAMPLES, "30,0"),
    ],
)
def test_a_cell_is_found_by_what_people_call_it(
    capsys: pytest.CaptureFixture[str], call: tuple[str, ...], root: Path, said: str
) -> None:
    code, out, err = why(capsys, *call, root=root)
    assert (code, err) == (0, "")
    assert said in out


@pytest.mark.parametrize(
    ("call", "root", "said"),
    [
        (("sotsialna", "2023", "1", "1"), ROOT, "немає програми «sotsialna»; є: concept,"),
        (("concept", "2024", "1", "1"), ROOT, "немає звіту за період «2024»; є: 2023"),
        ((*SOCIAL, "1.1.99", "9"), ROOT, "немає рядка «1.1.99»; можливо, «1.1.9»?"),
        ((*SOCIAL, "щось", "9"), ROOT, "немає рядка «щось»; є: 1.1.1, 1.1.2,"),
        ((*SOCIAL, "", "9"), ROOT, "немає рядка «»; є: 1.1.1"),
        ((*SOCIAL, "1.1.1", "11"), ROOT, "немає колонки «11»; є: number (1 «№ з/п»), task"),
        ((*SOCIAL, "1.1.1", ""), ROOT, "немає колонки «»; є:"),
        (
            (*BY_FUND, "5.1.1", "9"),
            EXAMPLES,
            "рядків, що звуться «5.1.1», кілька; назвіть один: 5.1.1/Усього, 5.1.1/Обласний бюджет",
        ),
        (
            (*BY_FUND, "5.1.1/total", "plan"),
            EXAMPLES,
            "колонок, що звуться «plan», кілька; назвіть одну: plan_2021 (7 «2021»)",
        ),
        (
            (*YEAR, "total", "percent"),
            EXAMPLES,
            "рядків, що звуться «total», кілька; назвіть один: financing/Усього, measures/Усього",
        ),
        (("socioeconomic", "2024-h1", "1.1", "6"), ROOT, "pidpryiemnytstvo/1.1, osvita/1.1"),
    ],
)
def test_a_cell_that_there_is_not_is_a_wrong_call(
    capsys: pytest.CaptureFixture[str], call: tuple[str, ...], root: Path, said: str
) -> None:
    code, out, err = why(capsys, *call, root=root)
    assert (code, out) == (2, "")
    assert said in err


def test_a_report_with_errors_tells_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = base(PERIOD).replace("actual: 18.0", "actual: багато")
    root = lay(tmp_path, {PERIOD: text})
    code, out, err = why(capsys, "biblioteky", "2024-h1", "1.1", "percent", root=root)
    assert (code, out) == (1, "")
    assert "2024-h1.yaml:13:13: помилка[amount-invalid]" in err


def test_errors_of_the_council_are_told_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = lay(tmp_path, {COUNCIL: "name: [\n"})
    code, out, err = why(capsys, "biblioteky", "2024-h1", "1.1", "percent", root=root)
    assert (code, out) == (1, "")
    assert "помилка[yaml-syntax]" in err


def test_a_report_may_be_named_by_its_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = "content/programmes/social-protection/2023-h1.yaml"
    code, out, _ = why(capsys, file, "2023-h1", "1.1.1", "9", root=lay_out(tmp_path))
    assert (code, out.splitlines()[0].endswith(": 45,2")) == (0, True)


def test_programs_get_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call = ("biblioteky", "2024-h1", "1.1", "percent", "--format", "json")
    code, out, _ = why(capsys, *call, root=lay(tmp_path))
    told = json.loads(out)
    made = told.pop("from")
    actual = made.pop("inputs")["actual"]
    assert code == 0
    assert told == {
        "row": "1.1",
        "column": {"id": "percent", "label": "", "heading": "Відсоток"},
        "printed": "40,4",
        "value": "40.4",
    }
    assert made.pop("exact").startswith("40.4166666")
    assert made == {
        "kind": "formula",
        "place": {"file": "templates/prosta/form.yaml", "line": 17, "column": 5},
        "formula": "«Профінансовано» : «План» × 100",
        "figures": "48,5 : 120,0 × 100",
        "decimals": 1,
        "zero": "–",
    }
    assert actual["from"] == {
        "kind": "typed",
        "place": {"file": "content/programmes/biblioteky/2024-h1.yaml", "line": 7, "column": 13},
    }


def test_json_tells_sums_and_what_is_declared(capsys: pytest.CaptureFixture[str]) -> None:
    call = ("equal-opportunities", "2023", "general", "actual", "--format", "json")
    source = json.loads(why(capsys, *call)[1])["from"]
    assert (source["kind"], source["over"], len(source["parts"])) == ("sum", "rows", 37)
    call = ("equal-opportunities", "2023", "1.1", "percent", "--format", "json")
    source = json.loads(why(capsys, *call)[1])["from"]
    assert (source["kind"], source["computed"]["printed"]) == ("declared", "0,0")


def test_a_task_is_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = why(capsys, *SOCIAL, "6.1", "9")
    assert (code, out) == (2, "")
    assert "«6.1» — не рядок, а група рядків (ціль, завдання); у ній: 6.1.2, 6.1.3" in err


def test_of_an_unknown_row_the_totals_are_listed_too(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = why(capsys, *SOCIAL, "щось зовсім інше", "9")
    assert "є: 1.1.1, 1.1.2" in err
    assert "підсумки: Всього за Програмою" in err


def test_a_word_inside_a_heading_is_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = why(capsys, *SOCIAL, "1.1.1", "змін")
    assert "немає колонки «змін»; можливо: annual_plan (" in err
    assert "percent" not in err
