"""``reportgen status``: where the report of every programme stands, and what is late."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html5lib
import pytest
from small_project import COUNCIL, FORM, PERIOD, PROGRAMME, base, lay, write

from reportgen.cli import main

ROOT = Path(__file__).resolve().parent.parent
REGISTER = "content/registers/programmes.yaml"
TIMETABLE = """timetable:
  - {name: подати дані, who: бібліотека, done: filled, due: {h1: 5 липня}}
  - {name: подати звіт, who: відділ, due: {h1: 15 липня, year: 15 січня}}
  - {name: звести, who: секретаріат, done: built, due: {h1: 1 серпня}}
"""
WITH_DATES = {COUNCIL: base(COUNCIL) + TIMETABLE}
ON = ("--on", "2024-07-20")


def run(capsys: pytest.CaptureFixture[str], root: Path, *call: str) -> tuple[int, str, str]:
    code = main(["status", "--root", str(root), *call])
    said = capsys.readouterr()
    return code, said.out, said.err


def board(
    capsys: pytest.CaptureFixture[str], root: Path, *call: str, period: str = "2024-h1"
) -> dict[str, Any]:
    code, out, err = run(capsys, root, "--period", period, *ON, "--format", "json", *call)
    assert code == 0, err
    data: dict[str, Any] = json.loads(out)
    return data


def only(capsys: pytest.CaptureFixture[str], root: Path, **options: str) -> dict[str, Any]:
    [one] = board(capsys, root, **options)["programmes"]
    assert isinstance(one, dict)
    return one


def page_of(capsys: pytest.CaptureFixture[str], root: Path) -> str:
    code, out, err = run(capsys, root, "--period", "2024-h1", *ON, "--format", "html")
    assert code == 0, err
    return out


def test_shipped_content(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call = ("--period", "2023-h1", "--on", "2023-07-20", "--built", str(tmp_path))
    code, out, _ = run(capsys, ROOT, *call, "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert data["council"] == "Житомирська міська рада"
    assert data["period"] == {"id": "2023-h1", "name": "I півріччя 2023 року"}
    assert data["today"] == "2023-07-20"
    by_id = {one["id"]: one for one in data["programmes"]}
    assert len(by_id) == data["summary"]["programmes"] == 15
    assert data["summary"]["late"] == 13
    ready = by_id["social-protection"]
    assert ready["state"] == "ready"
    assert ready["executor"] == "Департамент соціальної політики міської ради"
    assert [one["day"] for one in ready["deadlines"]] == ["2023-07-05", "2023-07-15", "2023-08-01"]
    assert [one["met"] for one in ready["deadlines"]] == [True, True, False]
    missing = by_id["equal-opportunities"]
    assert missing["state"] == "no_file"
    assert [one["late_days"] for one in missing["deadlines"]] == [15, 5, 0]
    assert missing["source"] == "content/programmes/equal-opportunities/2023-h1.yaml"
    assert by_id["osvita-2022-2026"]["state"] == "no_file"
    assert by_id["komunalna-vlasnist-2024-2026"]["state"] == "not_running"
    assert by_id["komunalna-vlasnist-2024-2026"]["deadlines"] == []


def test_a_year_is_due_in_the_next_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call = ("--period", "2023", "--on", "2024-01-16", "--built", str(tmp_path))
    _, out, _ = run(capsys, ROOT, *call, "--format", "json")
    by_id = {one["id"]: one for one in json.loads(out)["programmes"]}
    assert by_id["concept"]["late_days"] == 0
    assert by_id["social-protection"]["late_days"] == 11
    days = [one["day"] for one in by_id["concept"]["deadlines"]]
    assert days == ["2024-01-05", "2024-01-15", "2024-02-01"]


ABOVE = base(PERIOD).replace("actual: 18.0", "actual: 180.0")
STATES = {
    "ready": ({}, "ready", [True, True, False]),
    "warnings": ({PERIOD: ABOVE}, "warnings", [True, True, False]),
    "draft": ({PERIOD: base(PERIOD).replace("actual: 18.0", "actual:")}, "draft", [False] * 3),
    "errors": (
        {PERIOD: base(PERIOD).replace("actual: 18.0", "actual: 18.0 грн")},
        "errors",
        [True, False, False],
    ),
    "errors and lacking": (
        {PERIOD: base(PERIOD).replace("18.0", "18 грн").replace("actual: 48.5", "actual:")},
        "errors",
        [False] * 3,
    ),
    "nothing to be read": ({PERIOD: "period: ["}, "errors", [False] * 3),
    "an unknown form": (
        {PROGRAMME: base(PROGRAMME).replace("form: prosta", "form: inша")},
        "errors",
        [False] * 3,
    ),
    "a broken form": ({FORM: base(FORM).replace("levels:", "rivni:")}, "errors", [False] * 3),
}


@pytest.mark.parametrize(("files", "state", "met"), STATES.values(), ids=STATES)
def test_state(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    files: Mapping[str, str],
    state: str,
    met: list[bool],
) -> None:
    one = only(capsys, lay(tmp_path, {**WITH_DATES, **files}))
    assert one["state"] == state
    assert [each["met"] for each in one["deadlines"]] == met
    assert one["name"] == "Програма розвитку бібліотек на 2024-2026 роки"
    assert one["executor"] == "Відділ культури Вербівської сільської ради"
    assert one["files"] == []
    assert (one["found"]["errors"] > 0) == (state in {"errors", "draft"})


def test_no_file_and_not_running(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = lay(tmp_path, WITH_DATES)
    (root / PERIOD).unlink()  # there is no report at all now, and it is no mistake to ask
    one = only(capsys, root)
    assert one["state"] == "no_file"
    assert one["executor"] == "Відділ культури Вербівської сільської ради"
    assert one["late_days"] == 15
    assert only(capsys, root, period="2024")["deadlines"][0]["day"] == "2025-01-15"
    gone = only(capsys, root, period="2027")
    assert (gone["state"], gone["deadlines"]) == ("not_running", [])


def test_nobody_waits_for_periods_that_a_programme_does_not_report_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    passport = "content/programmes/biblioteky/programme.yaml"
    yearly = base(passport).replace("form:", "reported: [year]\nform:", 1)
    root = lay(tmp_path, {**WITH_DATES, passport: yearly})
    (root / PERIOD).unlink()
    one = only(capsys, root)
    assert (one["state"], one["deadlines"], one["late_days"]) == ("not_reported", [], 0)
    assert only(capsys, root, period="2024")["state"] == "no_file"


def test_a_misnamed_file_is_told_of(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = lay(tmp_path)
    (root / PERIOD).rename((root / PERIOD).with_name("2024_h1.yaml"))
    one = only(capsys, root)
    assert (one["state"], one["found"]["errors"]) == ("no_file", 1)


def test_folders_that_are_no_programme_are_told_of(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = lay(tmp_path, {"content/programmes/Спорт/programme.yaml": base(PROGRAMME)})
    code, out, err = run(capsys, root, "--period", "2024-h1", *ON)
    assert code == 1
    assert "name-invalid" in err
    assert "biblioteky" in out


def test_register(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    register = (
        "biblioteky-2024: {name: Програма розвитку бібліотек на 2024-2026 роки, slug: biblioteky}\n"
        "sport: {name: Програма спорту на 2023-2025 роки, executor: viddil-kultury}\n"
        "mynula: {name: Програма культури на 2020-2022 роки}\n"
    )
    rows = board(capsys, lay(tmp_path, {**WITH_DATES, REGISTER: register}))["programmes"]
    told = [(one["id"], one["state"], one["executor"], one["late_days"]) for one in rows]
    assert told == [
        ("sport", "no_file", "Відділ культури Вербівської сільської ради", 15),
        ("biblioteky", "ready", "Відділ культури Вербівської сільської ради", 0),
        ("mynula", "not_running", None, 0),
    ]


def test_a_registered_programme_with_its_passport_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    register = "b: {name: Програма розвитку бібліотек на 2024-2026 роки, slug: biblioteky}\n"
    root = lay(tmp_path, {**WITH_DATES, REGISTER: register})
    (root / PERIOD).unlink()
    one = only(capsys, root)
    assert (one["id"], one["state"]) == ("biblioteky", "no_file")


def test_an_unknown_executor_in_the_register(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = lay(tmp_path, {REGISTER: "sport: {name: Програма спорту, executor: nema}\n"})
    code, out, err = run(capsys, root, "--period", "2024-h1")
    assert (code, out) == (1, "")
    assert "reference-unknown" in err


def test_built(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = lay(tmp_path, WITH_DATES)
    assert main(["build", "--root", str(root), "--format", "html,xlsx"]) == 0
    capsys.readouterr()
    one = only(capsys, root)
    assert one["state"] == "built"
    assert one["files"] == ["biblioteky/2024-h1.html", "biblioteky/2024-h1.xlsx"]
    assert all(each["met"] for each in one["deadlines"])

    page = page_of(capsys, root)
    links = re.findall(r'href="([^"]+)"', page)
    assert len(links) == 2
    for link in links:
        assert (Path.cwd() / unquote(link)).is_file()

    def spoilt(path: Path, text: str) -> dict[str, Any]:
        before = path.read_bytes()
        write(path, text)
        after = only(capsys, root)
        write(path, before)
        assert only(capsys, root)["state"] == "built"
        return after

    changed = spoilt(root / PERIOD, base(PERIOD).replace("214", "215"))
    assert (changed["state"], changed["outdated"], changed["files"]) == ("ready", True, [])
    touched = spoilt(root / "output" / one["files"][0], "<p>")
    assert (touched["state"], touched["outdated"]) == ("ready", True)
    dressed = root / "templates" / "page.css"
    write(dressed, (ROOT / "templates" / "page.css").read_text(encoding="utf-8") + "/**/\n")
    assert only(capsys, root)["outdated"]
    dressed.unlink()
    (root / "output" / one["files"][1]).unlink()
    assert only(capsys, root)["state"] == "ready"


def test_built_by_another_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root, output = lay(tmp_path), tmp_path / "дo сесії & <1>"
    call = ["--root", str(root), "--format", "html", "--output", str(output)]
    assert main(["build", *call]) == 0
    page = tmp_path / "стан.html"
    call = ["--built", str(output), "--format", "html", "--output", str(page)]
    code, out, err = run(capsys, root, "--period", "2024-h1", *call)
    assert code == 0, err
    assert str(page) in out
    [link] = re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8"))
    assert (tmp_path / unquote(html.unescape(link))).is_file()


def test_late_is_an_exit_code_only_where_it_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = lay(tmp_path, WITH_DATES)
    call = ("--period", "2024-h1", "--late")
    assert run(capsys, root, *call, "--on", "2024-08-01")[0] == 0
    assert run(capsys, root, *call, "--on", "2024-08-02")[0] == 1
    assert run(capsys, root, *call[:2], "--on", "2024-08-02")[0] == 0


def test_today(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1722470400")
    _, out, _ = run(capsys, root, "--period", "2024-h1")
    assert "Станом на 01.08.2024" in out
    _, out, _ = run(capsys, root, "--period", "2024-h1", *ON)
    assert "Станом на 20.07.2024" in out


@pytest.mark.parametrize(
    "call",
    [
        ["--period", "2024-h2"],
        ["--period", "півріччя"],
        [],
        ["--period", "2024", "--on", "20.07.2024"],
        ["--period", "2024", "--on", "20240720"],
        ["--period", "2024", "--on", "2024-02-30"],
        ["--period", "2024", "--format", "pdf"],
    ],
)
def test_wrong_call(capsys: pytest.CaptureFixture[str], tmp_path: Path, call: list[str]) -> None:
    code, out, err = run(capsys, lay(tmp_path), *call)
    assert (code, out) == (2, "")
    assert "reportgen status" in err


@pytest.mark.parametrize("name", ["content/board.html", "templates/board.html", "content"])
def test_the_projects_own_files_are_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    root = lay(tmp_path)
    code, _, err = run(capsys, root, "--period", "2024", "--output", str(root / name))
    assert code == 2
    assert "--output" in err
    assert not (root / name).is_file()


def test_broken_council(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for broken in ("id: [", base(COUNCIL) + "timetable: 15 липня\n", ""):
        shutil.rmtree(tmp_path / "project", ignore_errors=True)
        root = lay(tmp_path, {COUNCIL: broken})
        code, out, err = run(capsys, root, "--period", "2024-h1", "--format", "html")
        assert (code, out) == (1, "")
        assert COUNCIL in err
        assert "Стану не показано" in err


def test_text_fits_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run(capsys, ROOT, "--period", "2023-h1", "--on", "2023-07-20")
    assert max(map(len, out.splitlines())) <= 80
    assert "social-protection" in out
    assert "прострочено — 13" in " ".join(out.split())


def test_the_same_board_every_time(tmp_path: Path) -> None:
    """Neither hash seeds nor what was remembered show."""
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    pages = set()
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.html"
        call = ["status", "--period", "2023-h1", "--on", "2023-07-20", "--format", "html"]
        where = ["--built", str(tmp_path / "out"), "--output", str(file)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "REPORTGEN_CACHE": str(tmp_path / "c")}
        subprocess.run(
            [sys.executable, "-m", "reportgen", *call, *where],
            check=True,
            cwd=ROOT,
            env=environment,
            capture_output=True,
        )
        pages.add(file.read_bytes())
    assert len(pages) == 1


HOSTILE = '=HYPERLINK(\\"http://x\\")<script>alert(1)</script>&amp; [red]\\u00ad\\n;"'


def hostile(folder: Path) -> Path:
    """Return a project whose names are markup, formulas and signs that nobody sees."""
    name = f'"{HOSTILE[:-1]}"'
    programme = base(PROGRAMME).replace(
        "name: Програма розвитку бібліотек на 2024-2026 роки", f"name: {name}"
    )
    executors = f'viddil-kultury: {{name: {name}}}\nbiblioteka: {{name: "@б"}}\n'
    council = base(COUNCIL).replace("name: Вербівська сільська рада", f"name: {name}")
    council += f"timetable:\n  - {{name: {name}, who: {name}, due: {{h1: 15 липня}}}}\n"
    register = f"sport: {{name: {name}}}\n"
    registers = {"content/registers/executors.yaml": executors, REGISTER: register}
    return lay(folder, {PROGRAMME: programme, COUNCIL: council, **registers})


def test_hostile_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = hostile(tmp_path)
    page = page_of(capsys, root)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u00ad" not in page
    _, out, _ = run(capsys, root, "--period", "2024-h1", *ON, "--format", "csv")
    assert out.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(out.removeprefix("\ufeff")), delimiter=";")
    assert head[0] == "Позначка"
    assert len(lines) == 2
    for line in lines:
        assert len(line) == len(head)
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)
        assert "\n" not in "".join(line)
    _, out, _ = run(capsys, root, "--period", "2024-h1", *ON)
    assert "[red]" in out
    assert "\u00ad" not in out


def test_page_shows_every_programme(capsys: pytest.CaptureFixture[str]) -> None:
    call = ("--period", "2023-h1", "--on", "2023-07-20")
    _, out, _ = run(capsys, ROOT, *call, "--format", "json")
    _, page, _ = run(capsys, ROOT, *call, "--format", "html")
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    rows = document.findall(".//tbody/tr")
    shown = [" ".join("".join(row.find("th").itertext()).split()) for row in rows]
    assert shown == [one["name"] for one in json.loads(out)["programmes"]]
    for row in rows:
        assert [cell.get("role") for cell in row] == ["rowheader", *["cell"] * 4]
        assert all("".join(cell.itertext()).strip() for cell in row)
    assert "Станом на 20.07.2023" in page
    assert not re.search(r"<script|<link|@import|\bsrc=", page)


def test_a_path_is_parted_after_slashes_and_hyphens(tmp_path: Path) -> None:
    page = tmp_path / "board.html"
    call = ["status", "--root", str(ROOT), "--period", "2023-h1", "--on", "2023-07-20"]
    assert main([*call, "--format", "html", "--output", str(page)]) == 0
    path = "content/<wbr>programmes/<wbr>social-<wbr>protection/<wbr>2023-<wbr>h1.yaml"
    assert f"<code>{path}</code>" in page.read_text("utf-8")


def test_own_template(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = "{% for one in board.programmes %}<p>{{ one.name }}: {{ one.called }}</p>{% endfor %}"
    root = lay(tmp_path, {"templates/board/board.html.j2": own})
    page = page_of(capsys, root)
    assert page == "<p>Програма розвитку бібліотек на 2024-2026 роки: готовий</p>\n"
    assert main(["check", "--root", str(root)]) == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("board.html.j2", "<p>\n<script>alert(1)</script>", "board.html.j2:2"),
        ("board.html.j2", "{{ board.nema }}", "board.html.j2:1"),
        ("board.html.j2", "{{ ''.__class__.__mro__ }}", "board.html.j2:1"),
        ("board.html.j2", "{% include 'page.css' %}", "board.html.j2:1"),
        ("board.html.j2", '<a href="output/x.pdf">x</a>', "board.html.j2:1"),
        ("board.html.j2", "{% if %}", "board.html.j2:1"),
        ("board.css", "\n@import url(http://x);", "board.css:2"),
        ("board.css", ".late { display: none }", "board.css:1"),
    ],
)
def test_own_template_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str, said: str
) -> None:
    root = lay(tmp_path, {f"templates/board/{name}": text})
    code, out, err = run(capsys, root, "--period", "2024-h1", "--format", "html")
    assert (code, out) == (1, "")
    assert f"templates/board/{said}" in err
    assert "template-invalid" in err


def test_own_template_that_leads_elsewhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = lay(tmp_path, {"templates/board/board.css": "p { margin: 0 }"})
    outside = tmp_path / "secret"
    write(outside, "p { margin: 0 }")
    (root / "templates/board/board.css").unlink()
    (root / "templates/board/board.css").symlink_to(outside)
    code, out, err = run(capsys, root, "--period", "2024-h1", "--format", "html")
    assert (code, out) == (1, "")
    assert "file-outside" in err
