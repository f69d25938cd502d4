"""A form's own Word page from end to end: found, checked, built, its mistakes told by place."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pytest
from overlays import ROOT, all_prepared, prepared, projects
from small_project import FORM, base, lay

from reportgen.build.project import find_frame, open_project
from reportgen.cli import main
from reportgen.proof import html, word
from reportgen.proof.grid import spots
from reportgen.proof.lines import squeeze
from reportgen.write.docx import write_docx

EXAMPLE = ROOT / "examples" / "word-page"
PAGE = "templates/prosta/report.docx"
CELLS = (
    *("{{ row.task }}", "{{ row.measure }}", "{{ row.executors }}", "{{ row.annual_plan }}"),
    *("{{ row.actual }}", "{{ row.percent }}", "{{ row.info }}"),
)


def page(*cells: str) -> bytes:
    """Return a page with one table of one looped row, and the signatures."""
    return pages({"table": cells})


def pages(tables: Mapping[str, Sequence[str]], more: str = "") -> bytes:
    """Return a page with a table for each of these names, of one looped row."""
    made = docx.Document()
    for name, cells in tables.items():
        table = made.add_table(3, len(cells))
        for row, tag in ((0, f"{{%tr for row in {name}.rows %}}"), (2, "{%tr endfor %}")):
            merged = table.cell(row, 0).merge(table.cell(row, len(cells) - 1))
            merged.paragraphs[0].text = tag
        for cell, content in zip(table.rows[1].cells, cells, strict=True):
            cell.paragraphs[0].text = content
        made.add_paragraph()
    made.add_paragraph("{% for one in signatures %}{{ one.position }} {{ one.name }}{% endfor %}")
    made.add_paragraph(more)
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def build(root: Path, *options: str) -> int:
    return main(["build", "--root", str(root), "--format", "docx,html", *options])


def test_a_page_beside_the_form_makes_its_docx(tmp_path: Path) -> None:
    root = lay(tmp_path, {PAGE: page(*CELLS)})
    assert build(root) == 0
    document = prepared(root, "biblioteky").document
    assert document is not None
    whole = spots(document.tables[0])
    below = [one for one in whole if one.row >= len(document.tables[0].header)]
    folder = root / "output" / "biblioteky"
    [table] = word.read_tables((folder / "2024-h1.docx").read_bytes())
    assert table == [one._replace(row=one.row - 1) for one in below]
    assert html.read_tables((folder / "2024-h1.html").read_bytes()) == [whole]
    assert f'"{PAGE}"' in (root / "output" / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("root", projects(), ids=lambda one: one.name)
def test_one_looped_row_draws_every_shipped_table(root: Path) -> None:
    """Bands, parts, splits, totals, facts, yearly columns: their merges come by themselves."""
    for report in all_prepared(root):
        document, frame = report.document, report.frame
        assert document is not None
        assert frame is not None
        tables = {
            f"tables[{index}]": [f"{{{{ row.cells.{one.id} }}}}" for one in table.columns]
            for index, table in enumerate(document.tables)
        }
        drawn = pages(tables, "{% for one in texts %}{{ one.text }}{% endfor %}")
        data = write_docx(document, replace(frame, report=drawn), None)
        for table, found in zip(document.tables, word.read_tables(data), strict=True):
            head = len(table.header)
            assert found == [
                one._replace(row=one.row - head) for one in spots(table) if one.row >= head
            ]


def test_mistakes_are_told_by_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, {PAGE: page("{{ row.taks }}", *CELLS[1:6], "{{ row.info | }}")})
    told = [
        (
            f"{PAGE}:1:1: помилка[template-invalid]: таблиця 1, рядок 2, клітинка 1, "
            "«{{ row.taks }}»: немає «taks»; є: task, measure, executors"
        ),
        (
            f"{PAGE}:1:1: помилка[template-invalid]: таблиця 1, рядок 2, клітинка 7, "
            "«{{ row.info | }}»: після знака бракує імені"
        ),
    ]
    assert main(["form", "check", "prosta", "--root", str(root)]) == 1
    shown = capsys.readouterr().err
    assert all(one in shown for one in told)
    assert build(root) == 1
    shown = capsys.readouterr().err
    assert all(one in shown for one in told)
    assert not (root / "output" / "biblioteky").exists()


def test_a_page_that_leaves_a_column_out_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, {PAGE: page(*CELLS[:6])})
    assert main(["form", "check", "prosta", "--root", str(root)]) == 1
    message = "шаблон друкує не весь звіт, бракує: таблиця 1, рядки «body», колонка «info»"
    assert message in capsys.readouterr().err


def test_a_page_named_otherwise_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path, {"templates/prosta/Report.docx": page(*CELLS)})
    assert build(root) == 1
    assert "має зватися report.docx" in capsys.readouterr().err


def test_an_edition_has_its_own_page(tmp_path: Path) -> None:
    old = base(FORM).replace("2024-01-01", "2023-01-01")
    files = {"templates/prosta/form-2023-01-01.yaml": old, PAGE: page(*CELLS)}
    project = open_project(lay(tmp_path, files))
    assert find_frame(project, "prosta")[0].report == page(*CELLS)
    assert find_frame(project, "prosta", "form-2023-01-01.yaml")[0].report is None


def test_a_mistake_is_told_in_the_page_of_its_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = base(FORM).replace("2024-01-01", "2023-01-01")
    wrong = "templates/prosta/report-2023-01-01.docx"
    files = {"templates/prosta/form-2023-01-01.yaml": old, wrong: page("{{ x }}")}
    assert main(["form", "check", "prosta", "--root", str(lay(tmp_path, files))]) == 1
    assert f"{wrong}:1:1: помилка[template-invalid]: таблиця 1" in capsys.readouterr().err


def test_a_form_of_the_councils_own_does_not_get_a_shipped_page(tmp_path: Path) -> None:
    word_form = "zhytomyr-measures-year-word"
    shipped = ROOT / "templates" / word_form
    project = open_project(lay(tmp_path))
    assert find_frame(project, word_form)[0].report == (shipped / "report.docx").read_bytes()
    own = {f"templates/{word_form}/form.yaml": (shipped / "form.yaml").read_bytes()}
    project = open_project(lay(tmp_path / "own", own))
    assert find_frame(project, word_form)[0].report is None


@pytest.mark.slow
@pytest.mark.tool("soffice")
def test_libreoffice_prints_all_of_the_example(tmp_path: Path) -> None:
    assert build(EXAMPLE, "--output", str(tmp_path)) == 0
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = tmp_path / "rivni-mozhlyvosti" / "2023.docx"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, made],
        check=True,
        capture_output=True,
        timeout=180,
    )
    document = prepared(EXAMPLE, "rivni-mozhlyvosti").document
    assert document is not None
    with pdfplumber.open(tmp_path / "2023.pdf") as pdf:
        shown = squeeze(*(cell or "" for page in pdf.pages for cell in _cells(page)))
        last = pdf.pages[-1].extract_text()
    assert all(squeeze(one.text) in shown for one in spots(document.tables[0]))
    assert "Всього за Програмою" in last  # the signature is not alone
    assert "КОВАЛЬЧУК" in last


def _cells(page: pdfplumber.page.Page) -> list[str | None]:
    return [cell for table in page.extract_tables() for row in table for cell in row]
