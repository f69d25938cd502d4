"""Tools for a form's author: ``reportgen form list``, ``check`` and ``preview``."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from overlays import ROOT, small
from small_project import FORM, base, write

from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.load import editions, form_ids, load_form
from reportgen.proof import excel, html, word
from reportgen.proof.lines import squeeze
from reportgen.proof.pdf import read_tags

DONE, MISTAKES, ENVIRONMENT = 0, 1, 2
FORMS = form_ids([shipped_templates()])
FORMATS = ("docx", "html", "pdf", "xlsx")

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run ``reportgen form``; return its exit code and what it wrote."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["form", *(str(argument) for argument in arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A village with a form of its own, «prosta»."""
    return small(tmp_path)


def drawn(output: Path) -> dict[str, bytes]:
    """Return the files of previews, by name."""
    found = (one for one in (output / "forms").iterdir() if not one.name.startswith("."))
    return {one.name: one.read_bytes() for one in found}


def faults(said: str) -> list[tuple[int, int, str]]:
    """Return line, column and code of every finding, as they are told."""
    pattern = r"^templates/prosta/form\.yaml:(\d+):(\d+): помилка\[([a-z-]+)\]"
    found = re.findall(pattern, said, re.MULTILINE)
    return [(int(line), int(column), code) for line, column, code in found]


# list


def test_list_names_every_form_with_its_day(say: Said) -> None:
    code, out, err = say("list", "--root", ROOT)
    assert (code, err) == (DONE, "")
    listed = [line.split(":")[0] for line in out.splitlines()]
    assert sorted(set(listed)) == FORMS
    paths = [path for one in FORMS for path in editions(one, [shipped_templates()])]
    assert len(listed) == len(paths)
    for line, path in zip(out.splitlines(), paths, strict=True):
        form = load_form(path, [])
        assert form is not None
        day = f"{form.adopted.valid_from:%d.%m.%Y}"
        draft = " (чернетка)" if form.draft else ""
        assert line == f"{form.id}: {form.title}; чинна з {day}{draft}"


def test_list_shows_the_projects_own_forms_too(say: Said, project: Path) -> None:
    code, out, _ = say("list", "--root", project)
    assert code == DONE
    assert "prosta: Звіт; чинна з 01.01.2024\n" in out


def test_list_tells_of_a_form_that_cannot_be_read(say: Said, project: Path) -> None:
    write(project / FORM, base(FORM).replace("title: Звіт\n", ""))
    code, out, err = say("list", "--root", project)
    assert code == MISTAKES
    assert faults(err) == [(1, 1, "key-missing")]
    assert "zhytomyr-measures: " in out


# check


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_every_shipped_form_is_in_order(say: Said, form: str) -> None:
    assert say("check", form, "--root", ROOT) == (DONE, f"Форма «{form}»: без зауважень.\n", "")


def test_check_writes_nothing(say: Said, project: Path) -> None:
    before = sorted(project.rglob("*"))
    assert say("check", "prosta", "--root", project)[0] == DONE
    assert sorted(project.rglob("*")) == before


#: Mistakes of every kind, one in each line: what stands in the form → what is written instead.
MISTYPED = {
    "shown: merged": "shown: mergd",
    "{{ programme.genitive }}": "{{ programe.genitive }}",
    "from: row.label": "from: rov.label",
    "kind: executors": "kind: executor",
    "heading: Профінансовано": "heading: 'Профінансовано {{ perid }}'",
    "/ annual_plan * 100": "/ anual_plan * 100",
    "width: 44": "width: 144",
    "actual, percent]": "actul, percent]",
}


def test_check_tells_all_mistakes_at_once_with_their_places(say: Said, project: Path) -> None:
    """What could not be read, names, formulas, templates, and whether the page is wide enough."""
    text = base(FORM)
    for old, new in MISTYPED.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    write(project / FORM, text)
    code, out, err = say("check", "prosta", "--root", project)
    assert (code, out) == (MISTAKES, "Форма «prosta»: 9 помилок.\n")
    assert faults(err) == [
        (6, 23, "value-choice"),  # mergd
        (10, 26, "template-invalid"),  # programe
        (12, 5, "table-too-wide"),  # 357 mm of 257: told at the first column
        (13, 5, "form-structure"),  # rov
        (14, 58, "value-choice"),  # executor
        (16, 5, "template-invalid"),  # perid
        (17, 5, "form-structure"),  # anual_plan
        (20, 5, "form-structure"),  # actul
        (20, 5, "form-structure"),  # actual, which the percent needs
    ]
    for hint in ("можливо, «merged»?", "357 мм, а між полями сторінки 257 мм", "«annual_plan»?"):
        assert hint in err


def test_what_follows_from_an_unreadable_part_is_not_told(say: Said, project: Path) -> None:
    """A column of no kind is no money, yet formulas and totals that name it are not wrong."""
    text = base(FORM).replace(
        "id: annual_plan, heading: План, width: 20, kind: money",
        "id: annual_plan, heading: План, width: 20, kind: mony",
    )
    write(project / FORM, text)
    assert faults(say("check", "prosta", "--root", project)[2]) == [(15, 55, "value-choice")]


def test_a_formula_that_cannot_be_read_is_told_at_its_sign(say: Said, project: Path) -> None:
    write(project / FORM, base(FORM).replace("/ annual_plan * 100", "/ annual_plan *"))
    code, _, err = say("check", "prosta", "--root", project)
    assert code == MISTAKES
    assert [one[2] for one in faults(err)] == ["formula-invalid"]


def test_widths_must_fit_the_councils_own_page(say: Said, project: Path) -> None:
    """257 mm between the usual margins; this council's are wider."""
    write(project / "content" / "council.yaml", council(left=40))
    code, _, err = say("check", "prosta", "--root", project)
    assert code == MISTAKES
    assert faults(err) == [(12, 5, "table-too-wide")]
    write(project / "content" / "council.yaml", council(left=30))
    assert say("check", "prosta", "--root", project)[0] == DONE


def council(left: int) -> str:
    margins = f"page: {{margins: {{left: {left}, right: 10, top: 20, bottom: 20}}}}\n"
    kept = re.sub(r"(?m)^page:.*\n(?: +.*\n)*", "", base("content/council.yaml"))
    return kept + margins


def test_a_form_that_is_not_there_is_the_callers_mistake(say: Said, project: Path) -> None:
    code, _, err = say("check", "prsta", "--root", project)
    assert code == ENVIRONMENT
    assert "немає форми «prsta»; є: " in err
    assert "prosta" in err
    for action in ("check", "preview"):
        assert say(action, "--root", project)[0] == ENVIRONMENT


def test_every_edition_is_checked(say: Said, project: Path) -> None:
    later = base(FORM).replace("2024-01-01", "2025-01-01").replace("shown: merged", "shown: mergd")
    write(project / "templates" / "prosta" / "form-2025-01-01.yaml", later)
    code, _, err = say("check", "prosta", "--root", project)
    assert code == MISTAKES
    assert "templates/prosta/form-2025-01-01.yaml:6:23: помилка[value-choice]" in err


# preview


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_every_shipped_form_is_drawn_with_placeholders_in_four_formats(
    say: Said, form: str, tmp_path: Path
) -> None:
    code, out, err = say("preview", form, "--root", ROOT, "--output", tmp_path)
    assert (code, err) == (DONE, "")
    made = drawn(tmp_path)
    names = [path.stem.replace("form", form) for path in editions(form, [shipped_templates()])]
    assert sorted(made) == sorted(f"{name}.{one}" for name in names for one in FORMATS)
    assert out.count("\n") == len(made) + 1
    for name in names:
        check_alike(*(made[f"{name}.{one}"] for one in FORMATS))


def check_alike(docx: bytes, page: bytes, pdf: bytes, xlsx: bytes) -> None:
    """Compare what the outputs show with each other: nothing here knows the document."""
    seen = html.read_tables(page)
    assert seen
    assert word.read_tables(docx)[: len(seen)] == seen
    places = [[spot[:4] for spot in table] for table in seen]
    assert [[one[:4] for one in table] for table in excel.read_tables(xlsx)] == places
    text = read_tags(pdf).text
    assert all(squeeze(spot.text) in text for table in seen for spot in table)


def test_preview_makes_the_formats_that_are_asked_for(say: Said, project: Path) -> None:
    code, out, _ = say("preview", "prosta", "--root", project, "--format", "html,docx")
    assert code == DONE
    assert sorted(drawn(project / "output")) == ["prosta.docx", "prosta.html"]
    assert out.endswith("Форма «prosta»: без зауважень.\n")


def test_preview_of_a_form_with_mistakes_writes_nothing(say: Said, project: Path) -> None:
    write(project / FORM, base(FORM).replace("width: 44", "width: 144"))
    assert say("preview", "prosta", "--root", project)[0] == MISTAKES
    assert not (project / "output").exists()


def test_a_form_can_be_tried_before_there_is_any_content(say: Said, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    shutil.copytree(shipped_templates() / "zhytomyr-measures", tmp_path / "templates" / "nasha")
    form = tmp_path / "templates" / "nasha" / "form.yaml"
    write(form, form.read_text(encoding="utf-8").replace("form: zhytomyr-measures", "form: nasha"))
    assert say("preview", "nasha", "--root", tmp_path, "--format", "html")[0] == DONE
    shown = (tmp_path / "output" / "forms" / "nasha.html").read_text(encoding="utf-8")
    assert "Назви програми на 2024-2026 роки" in shown
