"""Editions of a form: which is in force for a period, and what is told when none can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import FORM, PROGRAMME, base, check, findings, lay, write

from reportgen.build.project import shipped_templates
from reportgen.diagnostics import Diagnostic, Span
from reportgen.load import edition_in_force, editions, form_ids
from reportgen.model.period import Period

ASKED = Span("content/programmes/small/programme.yaml", 6, 7)
TEXT = base(FORM)


def edition(day: str) -> str:
    """Return the small form as it is in force from a day on."""
    return TEXT.replace("2024-01-01", day)


def folder(root: Path, **days: str) -> Path:
    """Lay out editions of one form, by file name without the suffix and with «_» for «-»."""
    for name, day in days.items():
        write(root / "prosta" / f"{name.replace('_', '-')}.yaml", edition(day))
    return root


def in_force(templates: Path, period: str) -> tuple[str | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    path = edition_in_force("prosta", Period.parse(period), [templates], found, ASKED)
    return path.name if path else None, found


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2022", "form-2022-12-31.yaml"),  # in force on the last day is in force
        ("2023-9m", "form-2022-12-31.yaml"),
        ("2024-q1", "form-2022-12-31.yaml"),
        ("2024-h1", "form-2024-06-30.yaml"),
        ("2024-9m", "form-2024-06-30.yaml"),
        ("2024", "form.yaml"),
        ("2099", "form.yaml"),
    ],
)
def test_the_edition_is_that_of_the_last_day(period: str, name: str, tmp_path: Path) -> None:
    days = {"form_2022_12_31": "2022-12-31", "form_2024_06_30": "2024-06-30"}
    templates = folder(tmp_path, form="2024-10-01", **days)
    assert in_force(templates, period) == (name, [])


def test_before_the_first_edition_there_is_no_form(tmp_path: Path) -> None:
    templates = folder(tmp_path, form="2025-01-01", form_2024_04_01="2024-04-01")
    name, [one] = in_force(templates, "2024-q1")
    assert name is None
    assert (one.code, one.span) == ("form-edition", ASKED)
    assert "01.04.2024" in one.message


def test_a_file_is_named_by_its_day(tmp_path: Path) -> None:
    templates = folder(tmp_path, form="2024-07-01", form_2024_01_01="2024-02-01")
    name, [one] = in_force(templates, "2024-h1")
    assert name == "form-2024-01-01.yaml"
    assert (one.code, one.span.file, one.span.line) == (
        "form-edition",
        f"{tmp_path.name}/prosta/form-2024-01-01.yaml",
        3,
    )


def test_two_editions_of_one_day_are_told(tmp_path: Path) -> None:
    templates = folder(tmp_path, form="2024-01-01", form_2024_01_01="2024-01-01")
    _, [one] = in_force(templates, "2024-h1")
    assert one.code == "form-edition"
    assert "form-2024-01-01.yaml і form.yaml" in one.message


@pytest.mark.parametrize("spoilt", ["valid_from: 2024-7-1", "valid: 2024-07-01", "{"])
def test_an_edition_that_cannot_be_read_is_never_passed_over(spoilt: str, tmp_path: Path) -> None:
    """The report would be drawn by an old form without a word."""
    broken = TEXT.replace("valid_from: 2024-01-01", spoilt)
    files = {FORM: edition("2023-01-01"), FORM.replace(".yaml", "-2024-06-01.yaml"): broken}
    found = findings(tmp_path, files)
    assert found
    assert {one.span.file for one in found} == {"templates/prosta/form-2024-06-01.yaml"}


@pytest.mark.parametrize("name", ["form-2024.yaml", "form-old.yaml", "form.yml", "forms.yaml"])
def test_other_files_are_no_editions(name: str, tmp_path: Path) -> None:
    templates = folder(tmp_path, form="2024-01-01")
    write(templates / "prosta" / name, edition("2024-02-01"))
    assert [path.name for path in editions("prosta", [templates])] == ["form.yaml"]


def test_a_project_that_has_the_form_has_all_of_its_editions(tmp_path: Path) -> None:
    """Editions of the shipped form do not join those of the project's own."""
    own = folder(tmp_path / "own", form="2024-01-01")
    other = folder(tmp_path / "other", form="2020-01-01", form_2021_01_01="2021-01-01")
    assert len(editions("prosta", [other, own])) == 2
    assert editions("prosta", [own, other]) == (own / "prosta" / "form.yaml",)
    assert editions("prosta", []) == ()


def test_an_unknown_form_is_told_with_the_nearest(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    templates = [folder(tmp_path, form="2024-01-01"), shipped_templates()]
    assert edition_in_force("prsta", Period.parse("2024"), templates, found, ASKED) is None
    assert [(one.code, one.hint) for one in found] == [("form-unknown", "можливо, «prosta»?")]
    assert form_ids(templates) == sorted(["prosta", *form_ids([shipped_templates()])])


def test_each_period_is_drawn_by_its_own_edition(tmp_path: Path) -> None:
    later = TEXT.replace("2024-01-01", "2024-09-01").replace("Звіт про", "Довідка про")
    period = "content/programmes/biblioteky/2024-h1.yaml"
    root = lay(
        tmp_path,
        {
            FORM: later,
            FORM.replace(".yaml", "-2024-01-01.yaml"): TEXT,
            period.replace("h1", "9m"): base(period).replace("h1", "9m"),
        },
    )
    _, reports = check(root)
    titles = [one.document.blocks[0] for one in reports if one.document]
    assert [getattr(one, "lines", ())[0].split()[0] for one in titles] == ["Звіт", "Довідка"]
    assert {path.name for path in reports[0].inputs} >= {"form.yaml", "form-2024-01-01.yaml"}


def test_a_period_may_name_a_form_that_is_in_force_where_the_programmes_is_not(
    tmp_path: Path,
) -> None:
    files = {
        FORM: edition("2025-01-01"),
        FORM.replace("prosta", "davnia"): TEXT.replace("form: prosta", "form: davnia"),
    }
    assert [one.code for one in findings(tmp_path / "a", files)] == ["form-edition"]
    period = "content/programmes/biblioteky/2024-h1.yaml"
    files[period] = "form: davnia\n" + base(period)
    assert findings(tmp_path / "b", files) == []
    assert PROGRAMME not in files
