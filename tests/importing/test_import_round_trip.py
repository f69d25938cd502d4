"""What reportgen has built, it takes back: the same content, so the same document.

What no document prints does not come back: ids, states, reasons for declared percents, the funds of
amounts that no column or row shows, emphasis, and the addresses of links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_made import as_source, drawn, printed, reports
from imports import import_into
from overlays import ROOT, all_prepared

from reportgen.build.formats import produce
from reportgen.build.prepare import Prepared
from reportgen.build.project import Project, open_project, shipped_templates
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.importing import Imported
from reportgen.load import edition_in_force, load_content, load_form
from reportgen.load.period import load_period
from reportgen.load.programme import load_programme
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.report import Report
from reportgen.read.opening import read_file
from reportgen.source import parse

EXAMPLES = ROOT / "examples" / "other-councils"
#: Other councils' forms show funds that only their own registers have.
OF_OTHERS = ("annual", "budget", "kharkiv", "sources")
FORMS = sorted(path.parent.name for path in shipped_templates().glob("*/form.yaml"))
PERIOD = Period.parse("2024-h1")

#: Where a document says something that the content did not take over: (programme, format) → what
#: is printed of it, and what comes back.
OTHERWISE = {
    **{
        ("equal-opportunities", one): {"100,0": "0,0"}  # declared, and told of by the import
        for one in ("docx", "xlsx", "html", "pdf")
    },
    ("concept", "xlsx"): {"AIR.": "AIR (https://misto.lun.ua/air/zhytomyr)."},  # a link
}


def loaded(imported: Imported, slug: str, like: Report) -> Report:
    """Return what was imported as it would be loaded from the disk."""
    home = f"content/programmes/{slug}"
    names = (f"{home}/programme.yaml", f"{home}/{imported.period.id}.yaml")
    found: list[Diagnostic] = []
    passport, figures = (parse(imported.files[name], name)[0] for name in names)
    assert passport
    assert figures
    form = imported.form
    programme = load_programme(passport, slug, form, like.council, found)
    period = load_period(figures, imported.period, form, like.council, found)
    assert not has_errors(found), found
    return Report(like.council, form, programme, period)


def home_of(form_id: str) -> Project:
    return open_project(EXAMPLES if form_id.startswith(OF_OTHERS) else ROOT)


def form_in_force(form_id: str, project: Project) -> Form:
    found: list[Diagnostic] = []
    nowhere = found  # an edition of a shipped form is always in force
    path = edition_in_force(form_id, PERIOD, project.templates, nowhere, None)  # type: ignore[arg-type]
    assert path
    form = load_form(path, found)
    assert form
    assert not found
    return form


@pytest.mark.parametrize("form_id", FORMS)
def test_generated_content_of_every_form_comes_back(form_id: str) -> None:
    """The law over documents as readers of files find them; formats follow below."""
    project = home_of(form_id)
    council = load_content(project.root, []).council
    assert council
    form = form_in_force(form_id, project)

    @settings(max_examples=5, suppress_health_check=[*HealthCheck])
    @given(reports(form, council))
    def comes_back(report: Report) -> None:
        document = drawn(report)
        imported = import_into(as_source(document), project, PERIOD, "made", twin(form_id))
        assert isinstance(imported, Imported), imported
        assert printed(drawn(loaded(imported, "made", report))) == printed(document)

    comes_back()


def twin(form_id: str) -> str:
    """Return the form to ask for where another has the same headings."""
    return form_id if form_id.endswith("-word") else ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
@settings(max_examples=2, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_generated_content_comes_back_from_files(
    kind: str, data: st.DataObject, reports_shipped: list[Prepared], tmp_path: Path
) -> None:
    """A form at random, its document written and read as a file."""
    form_id = data.draw(st.sampled_from([one for one in FORMS if not one.endswith("-word")]))
    project = home_of(form_id)
    council = load_content(project.root, []).council
    assert council
    report = data.draw(reports(form_in_force(form_id, project), council))
    document, like = drawn(report), reports_shipped[0]
    assert like.frame
    path = tmp_path / f"zvit.{kind}"
    path.write_bytes(produce(kind, document, like.frame, like.typeface, "typst"))
    imported = import_into(read_file(path), project, PERIOD, "made")
    assert isinstance(imported, Imported), imported
    assert imported.form.id == form_id
    assert printed(drawn(loaded(imported, "made", report))) == printed(document)


def shipped() -> Iterator[tuple[Path, str]]:
    for root in (ROOT, EXAMPLES):
        folders = (root / "content" / "programmes").iterdir()
        yield from ((root, folder.name) for folder in sorted(folders))


@pytest.fixture(scope="module")
def reports_shipped() -> list[Prepared]:
    return [one for root in (ROOT, EXAMPLES) for one in all_prepared(root)]


def taken_back(
    root: Path, slug: str, kind: str, prepared: list[Prepared], folder: Path
) -> tuple[list[object], list[object], Imported]:
    """Write a shipped report, import the file, and return both documents as printed."""
    [one] = [one for one in prepared if one.source.slug == slug]
    assert one.document
    assert one.frame
    assert one.report
    path = folder / f"zvit.{kind}"
    path.write_bytes(produce(kind, one.document, one.frame, one.typeface, "typst"))
    # Another slug: nothing of the programme that is there may help.
    imported = import_into(read_file(path), open_project(root), one.source.period, "novyi")
    assert isinstance(imported, Imported), imported
    assert not imported.faults
    report = loaded(imported, "novyi", one.report)
    return printed(one.document), printed(drawn(report)), imported


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
@pytest.mark.parametrize(("root", "slug"), [*shipped()], ids=[slug for _, slug in shipped()])
def test_shipped_reports_come_back(
    root: Path, slug: str, kind: str, reports_shipped: list[Prepared], tmp_path: Path
) -> None:
    before, after, imported = taken_back(root, slug, kind, reports_shipped, tmp_path)
    other = OTHERWISE.get((slug, kind), {})
    assert [otherwise(one, other) for one in before] == after
    told = {one.code for one in imported.found}
    told -= {"import-fund"} if slug == "kharkiv-informatisation" else set()  # «інші джерела»
    assert told <= {"import-form", "import-passport", "import-row-unclear", "import-figure"}


@pytest.mark.slow
def test_a_fund_that_is_not_printed_is_taken_from_the_file_that_names_it(
    reports_shipped: list[Prepared], tmp_path: Path
) -> None:
    """«Інші джерела» stand for three funds: one that the programme's own file names is taken."""
    slug = "kharkiv-informatisation"
    [one] = [one for one in reports_shipped if one.source.slug == slug]
    assert one.document
    assert one.frame
    path = tmp_path / "zvit.docx"
    path.write_bytes(produce("docx", one.document, one.frame, one.typeface, "typst"))
    known, unknown = (
        import_into(read_file(path), open_project(EXAMPLES), one.source.period, name)
        for name in (slug, "novyi")
    )
    assert isinstance(known, Imported)
    assert isinstance(unknown, Imported)
    assert "import-fund" not in {one.code for one in known.found}
    [text] = [text for name, text in known.files.items() if name.endswith("2023-h1.yaml")]
    assert "{regional: 55.8" in text
    assert "local: 115.1" in text
    assert "state: 5440.3" in text
    [text] = [text for name, text in unknown.files.items() if name.endswith("2023-h1.yaml")]
    assert text.count("# імпорт: needs: «state» — припущення, може бути state, local, other") == 3


def otherwise(block: object, other: dict[str, str]) -> object:
    """Return a block with what is known to come back otherwise."""
    if not isinstance(block, list):
        return block
    for printed_one, back in other.items():
        block = [
            (text.replace(printed_one, back) if text.endswith(printed_one) else text, *spans)
            for text, *spans in block
        ]
    return block


@pytest.mark.slow
@pytest.mark.parametrize(("root", "slug"), [*shipped()], ids=[slug for _, slug in shipped()])
def test_of_a_pdf_everything_comes_back_but_blanks_and_hyphens(
    root: Path, slug: str, reports_shipped: list[Prepared], tmp_path: Path
) -> None:
    """A page has lines, not paragraphs, no blank that never breaks, and hyphens of its own."""
    before, after, _ = taken_back(root, slug, "pdf", reports_shipped, tmp_path)
    other = OTHERWISE.get((slug, "pdf"), {})
    before = [bare(otherwise(one, other)) for one in before]
    assert before == [bare(one) for one in after]


def bare(block: object) -> str:
    return re.sub(r"[\s-]", "", str(block).replace("\\n", "").replace("\\xa0", ""))
