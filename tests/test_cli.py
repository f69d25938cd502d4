"""The command line: what it says, in whose language, and with which exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from overlays import ROOT, small

from reportgen import __version__
from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.cli.messages import counted
from reportgen.cli.ukrainian import translated
from reportgen.diagnostics import CATALOGUE, BrokenEnvironment, Span, finding, plural
from reportgen.load import form_ids

DONE, MISTAKES, ENVIRONMENT, OUR_BUG, INTERRUPTED = 0, 1, 2, 3, 130
COMMANDS = (
    *("build", "check", "why", "proof", "list", "form", "schema"),
    *("init", "new", "form-out", "form-in", "import", "consolidated", "compare", "doctor"),
)
#: What no command needs before it is told what to do.
HEAVY = (
    *("docx", "docxtpl", "filelock", "fontTools", "jinja2", "lxml", "openpyxl", "rich"),
    *("typst", "weasyprint", "xlsxwriter", "yaml", "bs4", "pdfminer", "pypdfium2", "pikepdf"),
)

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command here; return its exit code and what it wrote."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A village with two programmes."""
    return small(tmp_path, "shkoly")


def spoil(project: Path, slug: str = "shkoly") -> None:
    period = project / "content" / "programmes" / slug / "2024-h1.yaml"
    text = period.read_text("utf-8").replace("actual: 18.0", "actual: багато")
    period.write_text(text, encoding="utf-8")


# build


def test_build_makes_every_format_of_every_report(say: Said, project: Path) -> None:
    code, out, err = say("build", "--root", project)
    assert (code, err) == (DONE, "")
    suffixes = ("docx", "xlsx", "pdf", "html")
    slugs = ("biblioteky", "shkoly")
    files = [f"{slug}/2024-h1.{suffix}" for slug in slugs for suffix in suffixes]
    assert sorted(out.splitlines()[:8]) == sorted(files)  # a report as soon as it is made
    assert all((project / "output" / file).stat().st_size for file in files)
    row = "| biblioteky | 2024-h1 | prosta | 4 файли: docx xlsx pdf html | без зауважень |"
    assert row in re.sub(" +", " ", out)


def test_build_makes_what_it_is_asked_for(say: Said, project: Path, tmp_path: Path) -> None:
    output = tmp_path / "інша тека"
    asked = ("shkoly", "--period", "2024-h1", "--format", "html, XLSX,html", "--output", output)
    code, out, _ = say("build", "--root", project, *asked)
    assert code == DONE
    made = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.*"))
    assert made == [
        ".reportgen.lock",
        "manifest.json",
        "shkoly/2024-h1.html",
        "shkoly/2024-h1.xlsx",
    ]
    assert "2 файли: html xlsx" in out


def test_build_takes_either_engine(say: Said, project: Path) -> None:
    made = set()
    for engine in ("typst", "weasyprint"):
        asked = ("biblioteky", "--format", "pdf", "--pdf-engine", engine)
        assert say("build", "--root", project, *asked)[0] == DONE
        pdf = (project / "output" / "biblioteky" / "2024-h1.pdf").read_bytes()
        assert pdf.startswith(b"%PDF-1.7")
        made.add(pdf)
    assert len(made) == 2


def test_a_broken_report_does_not_stop_the_others(say: Said, project: Path) -> None:
    say("build", "--root", project, "--format", "html")
    pages = {slug: project / "output" / slug / "2024-h1.html" for slug in ("biblioteky", "shkoly")}
    earlier = pages["shkoly"].read_bytes()
    pages["biblioteky"].unlink()
    spoil(project)
    code, out, err = say("build", "--root", project, "--format", "html")
    assert code == MISTAKES
    assert pages["biblioteky"].exists()
    assert pages["shkoly"].read_bytes() == earlier
    assert "content/programmes/shkoly/2024-h1.yaml:13:13: помилка[amount-invalid]: «багато»" in err
    assert "   13 |     actual: багато\n      |             ^\n" in err
    assert re.search(r"\| shkoly .*\| не складено +\| 1 помилка +\|", out)
    assert re.search(r"\| biblioteky .*\| 1 файл: html +\| без зауважень +\|", out)


def test_a_broken_council_stops_everything(say: Said, project: Path) -> None:
    (project / "content" / "council.yaml").write_text("id: verbove\n", encoding="utf-8")
    code, out, err = say("build", "--root", project)
    assert (code, out) == (MISTAKES, "")
    assert err.endswith("Нічого не складено: 2 помилки.\n")
    assert not (project / "output").exists()


def test_an_output_that_cannot_be_written_to_is_named(say: Said, project: Path) -> None:
    (project / "output").write_bytes(b"a file")
    code, _, err = say("build", "--root", project)
    assert code == ENVIRONMENT
    assert (
        err
        == f"reportgen: не вдалося записати {project / 'output'}: на цьому місці лежить щось інше\n"
    )


def test_a_second_build_at_once_is_refused(say: Said, project: Path) -> None:
    (project / "output").mkdir()
    code = """
import sys, filelock
with filelock.FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
    lock = project / "output" / ".reportgen.lock"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        result = say("build", "--root", project)
        other.communicate()
    assert result[0] == ENVIRONMENT
    assert "зараз пише інша команда reportgen: дочекайтеся її кінця" in result[2]
    assert say("build", "--root", project, "--format", "html")[0] == DONE


def test_a_broken_frame_is_the_councils_mistake(say: Said, project: Path) -> None:
    """Its own page, found before the shipped one; the other formats would do, but none is kept."""
    (project / "templates" / "page.html.j2").write_text("<p>\n{% if %}", encoding="utf-8")
    code, out, err = say("build", "biblioteky", "--root", project)
    assert code == MISTAKES
    assert "templates/page.html.j2:2:1: помилка[template-invalid]: " in err
    assert "    2 | {% if %}" in err
    assert "не складено" in out
    assert not list((project / "output").rglob("*.docx"))


def test_only_what_lies_in_its_place_is_named(
    say: Said, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_files: object) -> None:
        raise BrokenEnvironment("на диску немає місця")

    monkeypatch.setattr("reportgen.build.ledger.put_in_place", fail)
    result = say("build", "--root", project, "--format", "html,xlsx")
    assert result == (ENVIRONMENT, "", "reportgen: на диску немає місця\n")


def test_the_heading_tells_how_much_is_built(say: Said, project: Path) -> None:
    def heading() -> str:
        out = say("build", "--root", project, "--format", "html")[1]
        return out.partition("\n+-")[0].splitlines()[-1].strip()

    assert heading() == "Складено"
    spoil(project)
    assert heading() == "Складено не все"
    spoil(project, "biblioteky")
    assert heading() == "Нічого не складено"


def test_a_project_without_reports_has_no_table(say: Said, project: Path) -> None:
    shutil.rmtree(project / "content" / "programmes")
    code, out, err = say("build", "--root", project)
    assert (code, out) == (DONE, "")
    assert err.endswith("Нічого не складено: 1 попередження.\n")


def test_a_badly_named_file_is_a_mistake_of_its_own_programme(say: Said, project: Path) -> None:
    folder = project / "content" / "programmes" / "shkoly"
    (folder / "2024-9m.yaml.txt").write_text("period: 2024-9m", encoding="utf-8")
    code, out, err = say("build", "--root", project, "--format", "html")
    assert code == MISTAKES
    assert "shkoly/2024-9m.yaml.txt:1:1: помилка[name-invalid]" in err
    assert "Складено не все" in out
    for slug in ("biblioteky", "shkoly"):
        assert (project / "output" / slug / "2024-h1.html").exists()
    assert say("check", "biblioteky", "--root", project)[0] == DONE
    assert say("check", "shkoly", "--root", project)[0] == MISTAKES


def test_what_is_asked_for_may_lie_there_under_a_wrong_name(say: Said, project: Path) -> None:
    folder = project / "content" / "programmes" / "shkoly"
    (folder / "2024-h1.yaml").rename(folder / "2024-h1.yml")
    code, _, err = say("build", "shkoly", "--root", project)
    assert code == ENVIRONMENT
    assert "порада: має зватися 2024-h1.yaml" in err
    assert err.count("reportgen: програма «shkoly» ще не має жодного звіту; почніть: ") == 1
    assert say("check", "shkoly", "--root", project)[0] == MISTAKES


def test_what_is_asked_for_is_told_without_what_rules_a_terminal(say: Said, project: Path) -> None:
    for asked in (("check", "a\x1b[2Jb"), ("check", "shkoly", "--period", "\x1b[2J")):
        code, _, err = say(*asked, "--root", project)
        assert code == ENVIRONMENT
        assert "\x1b" not in err
    code, _, err = say("form", "check", "\x1b[2J", "--root", project)
    assert code == ENVIRONMENT
    assert "\x1b" not in err


@pytest.mark.parametrize(
    "output", ["content", "content/programmes", "templates", "templates/pdf", ".", ".."]
)
def test_the_project_itself_is_no_output(say: Said, project: Path, output: str) -> None:
    before = sorted(project.rglob("*"))
    code, out, err = say("build", "--root", project, "--output", project / output)
    assert (code, out) == (ENVIRONMENT, "")
    assert "складати не можна: там лежать файли самого проєкту" in err
    assert sorted(project.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix", reason="посилання тут роблять лише адміністратори")
def test_an_output_that_leads_out_is_used_only_when_it_is_named(
    say: Said, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project / "output").symlink_to(elsewhere)
    asked = ("build", "shkoly", "--root", project, "--format", "html")
    code, _, err = say(*asked)
    assert code == ENVIRONMENT
    assert "output — посилання, що веде за межі теки проєкту" in err
    assert not list(elsewhere.iterdir())
    assert say(*asked, "--output", project / "output")[0] == DONE
    assert (elsewhere / "shkoly" / "2024-h1.html").exists()


@pytest.mark.skipif(os.name != "posix", reason="посилання тут роблять лише адміністратори")
@pytest.mark.parametrize("name", ["shkoly", ".reportgen.lock"])
def test_a_link_in_the_output_is_not_followed(
    say: Said, project: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / name
    (project / "output").mkdir()
    (project / "output" / name).symlink_to(elsewhere)
    code, _, err = say("build", "--root", project, "--format", "html")
    assert code == ENVIRONMENT
    assert f"output/{name} — посилання, що веде за межі теки" in err
    assert not elsewhere.exists()
    assert not list((project / "output").rglob("*.html"))


# check, list, doctor


def test_check_writes_nothing(say: Said, project: Path) -> None:
    assert say("check", "--root", project) == (DONE, "Перевірено: без зауважень.\n", "")
    spoil(project)
    code, out, err = say("check", "--root", project)
    assert (code, out) == (MISTAKES, "Перевірено: 1 помилка.\n")
    assert "shkoly/2024-h1.yaml:13:13: помилка[amount-invalid]" in err
    assert not (project / "output").exists()


def test_check_speaks_json(say: Said, project: Path) -> None:
    assert say("check", "--root", project, "--format", "json") == (DONE, "[]\n", "")
    spoil(project)
    spoil(project, "biblioteky")
    code, out, err = say("check", "--root", project, "--format", "json")
    assert (code, err) == (MISTAKES, "")
    first, second = json.loads(out)
    assert first["file"] == "content/programmes/biblioteky/2024-h1.yaml"
    assert second["file"] == "content/programmes/shkoly/2024-h1.yaml"
    assert set(first) == {
        *("code", "severity", "file", "line", "column", "message", "hint", "related"),
    }
    assert (first["code"], first["severity"]) == ("amount-invalid", "error")
    assert (first["line"], first["column"]) == (13, 13)


def slip(project: Path) -> None:
    """Leave a warning in the village's register."""
    register = project / "content" / "registers" / "funds.yaml"
    text = register.read_text("utf-8").replace("Загальний фонд", "Загальний  фонд")
    register.write_text(text, encoding="utf-8")


def test_check_is_strict_with_warnings_if_asked(say: Said, project: Path) -> None:
    assert say("check", "--root", project, "--strict")[0] == DONE
    slip(project)
    code, out, err = say("check", "--root", project)
    assert (code, out) == (DONE, "Перевірено: 1 попередження.\n")
    assert "funds.yaml:1:19: попередження[text-blanks]" in err
    assert say("check", "--root", project, "--strict")[0] == MISTAKES


def test_check_lets_a_draft_lack_what_is_not_known_yet(say: Said, project: Path) -> None:
    folder = project / "content" / "programmes" / "shkoly"
    period = (folder / "2024-h1.yaml").read_text("utf-8").replace("signatory: melnyk\n", "")
    period = period.replace("    actual: 18.0\n", "    actual:\n")
    (folder / "2024-h1.yaml").write_text(period[: period.index("    parts:")], encoding="utf-8")
    assert say("check", "--root", project)[0] == MISTAKES
    code, out, err = say("check", "--root", project, "--draft", "--strict")
    assert (code, out) == (DONE, "Перевірено: 3 примітки.\n")
    assert re.findall(r"примітка\[(.+?)\]", err) == ["key-missing", *["measure-missing"] * 2]
    spoil(project, "biblioteky")
    assert say("check", "--root", project, "--draft")[0] == MISTAKES
    (folder.parent.parent / "council.yaml").write_text("id: verbove\n", encoding="utf-8")
    assert "помилка[key-missing]" in say("check", "--root", project, "--draft")[2]


def test_check_speaks_to_code_hosts(
    say: Said, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("check", "--root", project, "--format", "github") == (DONE, "", "")
    slip(project)
    file = "content/registers/funds.yaml"
    for here, path in ((project, file), (project.parent, f"{project.name}/{file}")):
        monkeypatch.chdir(here)
        code, out, err = say("check", "--root", project, "--format", "github")
        assert (code, err) == (DONE, "")
        assert out.startswith(f"::warning file={path},line=1,col=19,title=text-blanks::зайвий")
        log = json.loads(say("check", "--root", project, "--format", "sarif")[1])
        [result] = log["runs"][0]["results"]
        place = result["locations"][0]["physicalLocation"]
        assert (result["ruleId"], place["artifactLocation"]["uri"]) == ("text-blanks", path)


@pytest.mark.parametrize("code", ["number-gap", "[number-gap]", " Number-Gap"])
def test_check_explains_a_code(say: Said, tmp_path: Path, code: str) -> None:
    """No project is needed for that."""
    done, out, err = say("check", "--root", tmp_path, "--explain", code)
    assert (done, err) == (DONE, "")
    assert out.startswith("## number-gap\n\n**Примітка:**")
    assert "**Що робити.**" in out
    assert out.count("## ") == 1


def test_every_code_can_be_explained(say: Said) -> None:
    for code in CATALOGUE:
        assert say("check", "--explain", code)[0] == DONE
    assert say("check", "--explain", "")[0] == ENVIRONMENT
    done, _, err = say("check", "--explain", "number-gaps")
    assert (done, err) == (
        ENVIRONMENT,
        "reportgen: немає коду «number-gaps»: можливо, «number-gap»?\n",
    )


def test_check_looks_at_what_it_is_asked_for(say: Said, project: Path) -> None:
    spoil(project)
    assert say("check", "biblioteky", "--root", project)[0] == DONE
    assert say("check", "shkoly", "--root", project)[0] == MISTAKES


@pytest.mark.parametrize(
    "name",
    [
        *("shkoly/", "content/programmes/shkoly", "content/programmes/shkoly/"),
        *("./content/programmes/shkoly/2024-h1.yaml", "shkoly/2024-h1.yaml"),
        "content/programmes/shkoly/programme.yaml",
    ],
)
def test_a_programme_may_be_named_as_tab_completes_it(
    say: Said, project: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    spoil(project)
    assert say("check", name, "--root", project)[0] == MISTAKES
    assert say("check", name.replace("shkoly", "biblioteky"), "--root", project)[0] == DONE
    monkeypatch.chdir(project)
    assert say("check", name)[0] == MISTAKES
    assert say("check", name.replace("shkoly", "biblioteky"))[0] == DONE


def test_the_path_of_a_report_names_that_report_alone(
    say: Said, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "content" / "programmes" / "shkoly"
    text = (folder / "2024-h1.yaml").read_text("utf-8").replace("2024-h1", "2024")
    (folder / "2024.yaml").write_text(text, encoding="utf-8")
    spoil(project)
    monkeypatch.chdir(project.parent)
    at_hand = f"{project.name}/content/programmes/shkoly"
    assert say("check", f"{at_hand}/2024.yaml", "--root", project)[0] == DONE
    assert say("check", f"{at_hand}/2024-h1.yaml", "--root", project)[0] == MISTAKES
    assert say("check", at_hand, "--root", project)[0] == MISTAKES


def test_list_shows_programmes_periods_and_forms(say: Said, project: Path) -> None:
    folder = project / "content" / "programmes" / "shkoly"
    text = (folder / "2024-h1.yaml").read_text("utf-8")
    for period in ("2024-9m", "2024-q1"):
        changed = text.replace("2024-h1", period)
        (folder / f"{period}.yaml").write_text(changed, encoding="utf-8")
    code, out, err = say("list", "--root", project)
    assert (code, err) == (DONE, "")
    assert out.splitlines() == [
        "Програми:",
        "  biblioteky: 2024-h1",
        "  shkoly: 2024-q1, 2024-h1, 2024-9m",
        "Форми:",
        *(f"  {form}" for form in sorted(["prosta", *form_ids([shipped_templates()])])),
    ]


def test_doctor_tells_what_the_machine_has(say: Said) -> None:
    code, out, err = say("doctor")
    assert (code, err) == (DONE, "")
    assert out.startswith(f"reportgen {__version__}, Python 3.")
    for line in ("  typst: працює", "  weasyprint: працює", "Шрифти:", "Бібліотеки:"):
        assert f"{line}\n" in out
    assert "  Liberation Serif: " in out
    assert "zhytomyr-measures" in out


def test_doctor_sees_the_forms_of_a_folder(say: Said, project: Path) -> None:
    out = say("doctor", "--root", project)[1]
    forms = ", ".join(sorted(["prosta", *form_ids([shipped_templates()])]))
    assert out.endswith(f"Форми: {forms}\n")
    assert "prosta" not in say("doctor")[1]


# Calls that cannot be carried out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "shkola"), "немає програми «shkola»; є: biblioteky, shkoly"),
        (("check", "../content"), "немає програми «../content»; є: biblioteky, shkoly"),
        (("build", "--period", "2023"), "немає звіту за період «2023»; є: 2024-h1"),
        (("build", "--period", "п'ятниця"), "немає звіту за період «п'ятниця»; є: 2024-h1"),
        (("build", "--format", "odt"), "--format: немає формату «odt»; є: docx, xlsx, pdf, html"),
        (("build", "--format", ""), "--format: немає формату «»"),
        (("build", "--pdf-engine", "word"), "--pdf-engine: немає 'word'; є: 'typst', 'weasyprint'"),
        (("build", "--period"), "--period: бракує значення"),
        (("build", "--forma", "pdf"), "незрозумілі параметри: --forma"),
        (("check", "--format", "xml"), "--format: немає 'xml'; є: 'text', 'json'"),
        (("sbuild",), "немає 'sbuild'; є: 'build', 'check', 'why', "),
        ((), "бракує: КОМАНДА"),
    ],
)
def test_a_call_that_makes_no_sense_is_exit_2(
    say: Said, project: Path, arguments: tuple[str, ...], message: str
) -> None:
    root = ("--root", project) if arguments[:1] in (("build",), ("check",)) else ()
    code, out, err = say(*arguments[:1], *root, *arguments[1:])
    assert (code, out) == (ENVIRONMENT, "")
    assert message in err
    assert "Traceback" not in err
    assert not (project / "output").exists()


def test_a_folder_without_content_is_named(say: Said, tmp_path: Path) -> None:
    for command in ("build", "check", "list"):
        code, _, err = say(command, "--root", tmp_path)
        assert code == ENVIRONMENT
        assert err == (
            f"reportgen: у теці {tmp_path} немає теки content/: "
            "перейдіть до теки проєкту або вкажіть --root\n"
        )


def test_a_date_that_is_none_is_named(
    say: Said, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "учора")
    code, _, err = say("build", "--root", project)
    assert (code, err) == (ENVIRONMENT, "reportgen: SOURCE_DATE_EPOCH=учора: це не число секунд\n")


# What ends a command otherwise


def ended(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(_options: object) -> int:
        raise error

    monkeypatch.setattr("reportgen.cli.list_command.run", fail)


def test_a_bug_of_ours_is_exit_3(say: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(monkeypatch, ZeroDivisionError("ділення"))
    code, _, err = say("list")
    assert code == OUR_BUG
    assert "ZeroDivisionError: ділення" in err
    assert err.endswith("reportgen: це помилка самої програми; надішліть текст вище розробникам\n")


def test_a_broken_environment_is_one_sentence(say: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(monkeypatch, BrokenEnvironment("немає диска"))
    assert say("list") == (ENVIRONMENT, "", "reportgen: немає диска\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "на диску немає місця"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), f"помилка системи {errno.EXDEV} "),
        (OSError(errno.EACCES, "x", "/a/b"), "немає дозволу (/a/b)"),
        (MemoryError(), "бракує оперативної пам'яті"),
    ],
)
def test_the_machine_speaks_ukrainian(
    say: Said, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    ended(monkeypatch, error)
    code, _, err = say("list")
    assert code == ENVIRONMENT
    assert err.startswith(f"reportgen: заважає комп'ютер: {said}")


def test_ctrl_c_is_no_bug(say: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(monkeypatch, KeyboardInterrupt())
    assert say("list") == (INTERRUPTED, "", "reportgen: перервано\n")


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_a_console_of_another_code_page_gets_question_marks_not_an_end() -> None:
    got = process("-m", "reportgen", "list", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert got.returncode == DONE
    assert b"social-protection: 2023-h1" in got.stdout
    assert b"?" in got.stdout


@pytest.mark.skipif(os.name != "posix", reason="shells of Windows have no exit codes of pipes")
def test_a_reader_that_has_seen_enough_is_no_bug() -> None:
    script = f"'{sys.executable}' -m reportgen list | true; exit ${{PIPESTATUS[0]}}"
    got = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (got.returncode, got.stderr) == (DONE, b"")


# Help


def test_help_answers_without_a_single_library() -> None:
    code = (
        "import sys; from reportgen.cli import main\n"
        f"for command in ((), *((one,) for one in {COMMANDS})): main([*command, '--help'])\n"
        f"print('loaded:', sorted(set({HEAVY}) & set(sys.modules)))"
    )
    got = process("-c", code, PYTHONUTF8="1")
    assert got.returncode == 0
    assert got.stdout.decode().splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_whole_and_ukrainian(say: Said, command: str) -> None:
    code, out, _ = say(*command.split(), "--help")
    assert code == DONE
    assert out.startswith("виклик: reportgen")
    assert not re.search(r"\b(usage|options|arguments|positional|show|default|required)\b", out)
    usage, _, rest = out.partition("\n\n")
    for option in set(re.findall(r"--[a-z-]+", usage)) | {"--help"}:
        explained = rf"^  (-\w, )?{option}( \S+)*(\n +| {{2,}})[а-яіїєґА-ЯІЇЄҐ]"
        assert re.search(explained, rest, re.MULTILINE)
    for name in COMMANDS if not command else ():
        assert re.search(rf"^    {name}( +|\n +)[а-яіїєґ]", rest, re.MULTILINE)


def test_the_version_is_that_of_the_package(say: Said) -> None:
    assert say("--version") == (DONE, f"reportgen {__version__}\n", "")


# Ukrainian


@pytest.mark.parametrize(
    ("number", "form"),
    [
        *((0, "файлів"), (1, "файл"), (2, "файли"), (4, "файли"), (5, "файлів"), (11, "файлів")),
        *((12, "файлів"), (21, "файл"), (22, "файли"), (111, "файлів"), (1001, "файл")),
    ],
)
def test_nouns_go_with_their_numbers(number: int, form: str) -> None:
    assert plural(number, ("файл", "файли", "файлів")) == form


def test_findings_are_counted_once_each() -> None:
    place = Span("content/council.yaml", 1, 1)
    found = [
        finding("key-missing", place, "бракує ключа «id»"),
        finding("key-missing", place, "бракує ключа «id»"),
        finding("key-missing", place, "бракує ключа «name»"),
        finding("font-fallback", place, "шрифту немає"),
        finding("percent-declared", place, "надруковано 100,0"),
    ]
    assert counted(found) == "2 помилки, 1 попередження, 1 примітка"
    assert counted([]) == "без зауважень"
    assert {entry.severity for entry in CATALOGUE.values()} == {"error", "warning", "note"}


def test_an_unknown_message_of_argparse_stays_as_it_is() -> None:
    assert translated("something new") == "something new"
    assert translated("argument --root: expected one argument") == "--root: бракує значення"


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
def test_a_full_disk_under_the_output_is_the_machines_fault() -> None:
    script = f"'{sys.executable}' -m reportgen list > /dev/full"
    got = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert got.returncode == ENVIRONMENT
    assert "заважає комп'ютер" in got.stderr.decode()
    assert b"Traceback" not in got.stderr
