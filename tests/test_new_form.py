"""A form of one's own: a shipped one copied, changed and drawn in all four outputs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from overlays import ROOT, all_prepared
from reading.compare import check_docx, check_html, check_pdf, check_xlsx

from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.document.blocks import Document, Table, place
from reportgen.document.origin import Computed

COPIED, OURS = "zhytomyr-measures-year", "nasha-forma"
SLUG, PERIOD = "equal-opportunities", "2023"

#: What an official changes in the copied ``form.yaml``: what stands there → what they write.
CHANGES = {
    f"form: {COPIED}": f"form: {OURS}",
    "title: Звіт про результати виконання": "title: Відомість про виконання",
    "heading: Зміст заходів": "heading: [Захід Програми, назва]",
    "heading: Термін виконання": "heading: [Захід Програми, термін]",
    "тис. грн (план)": "тис. грн",
}
#: A column that goes, and one that is computed in its place.
GOES = re.compile(r"  - id: amended_plan\n(?:    .*\n)+")
COMES = """\
  - {id: rest, heading: "Не використано, тис. грн", label: "8", width: 20.2, kind: money,
     formula: annual_plan - actual}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped content whose programme goes by the council's own form."""
    root = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "content", root / "content")
    for other in (root / "content" / "programmes").iterdir():
        if other.name != SLUG:
            shutil.rmtree(other)
    shutil.copytree(shipped_templates() / COPIED, root / "templates" / OURS)
    change(root / "templates" / OURS / "form.yaml", CHANGES)
    form = root / "templates" / OURS / "form.yaml"
    text, count = GOES.subn(COMES, form.read_text(encoding="utf-8"))
    assert count == 1
    form.write_text(text.replace("amended_plan", "rest"), encoding="utf-8")
    folder = root / "content" / "programmes" / SLUG
    change(folder / "programme.yaml", {f"form: {COPIED}": f"form: {OURS}"})
    figures = folder / f"{PERIOD}.yaml"
    text = figures.read_text(encoding="utf-8")
    figures.write_text(re.sub(r"(?m)^ *amended_plan: .*\n", "", text), encoding="utf-8")
    return root


def change(file: Path, changes: Mapping[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def document(project: Path) -> Document:
    [prepared] = all_prepared(project)
    assert prepared.document is not None, prepared.found
    assert prepared.form_id == OURS
    return prepared.document


@pytest.fixture
def table(document: Document) -> Table:
    [table] = document.tables
    return table


def test_the_form_is_in_order(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", "check", OURS, "--root", str(project)]) == 0
    assert capsys.readouterr().out == f"Форма «{OURS}»: без зауважень.\n"


def test_headings_and_columns_are_the_changed_ones(table: Table) -> None:
    assert [one.id for one in table.columns][5:9] == ["annual_plan", "rest", "actual", "percent"]
    outer, inner, _ = table.header
    assert ("Захід Програми", 2) in [(cell.text, cell.columns) for cell in outer.cells]
    assert {"назва", "термін"} <= {cell.text for cell in inner.cells}


def test_the_new_formula_is_computed_in_rows_and_totals(table: Table) -> None:
    at = [one.id for one in table.columns].index("rest")
    rest = {}
    for cells in place(table.body, len(table.columns)):
        values = dict(cells)
        assert isinstance(values[at].origin, Computed)
        plan, actual = values[at - 1].value, values[at + 1].value
        if plan is not None and actual is not None:
            assert values[at].value == plan - actual
        rest[values[2].text.split()[0]] = values[at].value
    assert rest["2.1."] == Decimal("0.5")  # 10,5 planned, 10,0 paid
    assert rest["4.1."] == Decimal("26.0")  # 40,0 planned, 14,0 paid
    assert rest["Всього"] == Decimal("198.3")  # 228,3 planned, 30,0 paid


@pytest.mark.slow
def test_all_outputs_show_the_same_cells(project: Path, document: Document) -> None:
    for engine, formats in (("typst", "docx,xlsx,html,pdf"), ("weasyprint", "pdf")):
        asked = ["--output", str(project / engine), "--pdf-engine", engine, "--format", formats]
        assert main(["build", "--root", str(project), *asked]) == 0
        check_pdf((project / engine / SLUG / f"{PERIOD}.pdf").read_bytes(), document)
    made = project / "typst" / SLUG
    check_docx((made / f"{PERIOD}.docx").read_bytes(), document)
    check_html((made / f"{PERIOD}.html").read_bytes(), document)
    check_xlsx((made / f"{PERIOD}.xlsx").read_bytes(), document)
