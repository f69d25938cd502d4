"""The mark of an annex, «Додаток 1 до рішення …»: at the right above the title, in each format."""

from __future__ import annotations

import io
from dataclasses import replace

import bs4
import docx
import openpyxl
import pdfplumber
import pytest
from overlays import ROOT, prepared
from small import small_document
from word import changed, opened

from reportgen.build.formats import produce
from reportgen.build.project import Project, find_frame, open_project
from reportgen.document.annex import marked
from reportgen.document.blocks import Document
from reportgen.model.council import PageProfile
from reportgen.proof.compare import Job, compare
from reportgen.write.annex_mark import mark_width
from reportgen.write.fonts import find_typeface

TYPEFACE = find_typeface()
LINES = (
    "Додаток 1",
    "до рішення міської ради",
    "від __.__.____ № ___",
    "(35 сесія VIII скликання)",
)
LANDSCAPE, PORTRAIT = PageProfile(), PageProfile(landscape=False)

#: A style of an official's own, in front of the last one of the frame.
OWN = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="a77">'
    '<w:name w:val="Звіт: позначка додатка"/><w:pPr><w:ind w:left="5000"/></w:pPr></w:style>'
)


def small(page: PageProfile = LANDSCAPE) -> Document:
    return marked(replace(small_document(), page=page), LINES)


@pytest.mark.parametrize(("page", "width"), [(LANDSCAPE, 257 / 3), (PORTRAIT, 73.0)])
def test_it_takes_a_third_and_never_too_little(page: PageProfile, width: float) -> None:
    assert mark_width(page) == pytest.approx(width)


@pytest.mark.parametrize("page", [LANDSCAPE, PORTRAIT])
def test_word(page: PageProfile) -> None:
    mark, title, *_ = opened(small(page)).paragraphs
    assert mark.text == "\n".join(LINES)
    assert mark.paragraph_format.left_indent is not None
    assert mark.paragraph_format.left_indent.mm == pytest.approx(
        page.text_width - mark_width(page), abs=0.1
    )
    assert title.style is not None
    assert title.style.name == "Звіт: назва"


def test_a_frame_may_have_a_style_of_its_own() -> None:
    mark = opened(
        small(), changed("word/styles.xml", "</w:styles>", f"{OWN}</w:styles>")
    ).paragraphs[0]
    assert mark.style is not None
    assert mark.style.name == "Звіт: позначка додатка"
    assert mark.paragraph_format.left_indent is None


def test_a_word_page_of_the_forms_own_has_it_above_all_else() -> None:
    root = ROOT / "examples" / "word-page"
    report = prepared(root, "rivni-mozhlyvosti")
    assert report.document
    assert report.report
    frame, _ = find_frame(open_project(root), report.report.form.id)
    made = [
        docx.Document(io.BytesIO(produce("docx", one, frame, TYPEFACE, "typst")))
        for one in (report.document, marked(report.document, LINES))
    ]
    plain, with_mark = ([one.text for one in book.paragraphs] for book in made)
    assert with_mark == ["\n".join(LINES), *plain]


def test_excel() -> None:
    """The mark begins at the column's edge that leaves it all its width."""
    project = open_project(ROOT)
    frame, _ = find_frame(project, "")
    data = produce("xlsx", small(), frame, TYPEFACE, "typst")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    [mark] = [cell for cell in sheet[1] if cell.value]
    assert (mark.value, mark.alignment.horizontal) == ("\n".join(LINES), "left")
    edges = [0, 12, 57, 147, 172, 197, 217, 257]  # mm, of the small document's columns
    assert mark.column - 1 == max(
        i for i, one in enumerate(edges) if one <= 257 - mark_width(LANDSCAPE)
    )
    assert sheet.row_dimensions[1].height >= 4 * 12 * 1.149


def test_html() -> None:
    frame, _ = find_frame(open_project(ROOT), "")
    page = produce("html", small(), frame, TYPEFACE, "typst").decode()
    mark = bs4.BeautifulSoup(page, "html5lib").select_one("main > :first-child")
    assert mark
    assert mark["class"] == ["annex-mark"]
    assert list(mark.stripped_strings) == list(LINES)
    assert f".annex-mark {{ width: {257 / 3:.2f}mm" in page
    assert "annex-mark" not in produce("html", small_document(), frame, TYPEFACE, "typst").decode()


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "pdf"])
def test_proof_reads_all_of_it(project: Project, form: str) -> None:
    report = prepared(ROOT, "equal-opportunities")
    assert report.document
    assert report.report
    document = marked(report.document, LINES)
    frame, _ = find_frame(project, report.report.form.id)
    data = produce(form, document, frame, TYPEFACE, "typst")
    assert data == produce(form, document, frame, TYPEFACE, "typst")
    job = Job(f"x.{form}", form, data, document, frame.docx, own=False)
    assert not compare(job).differences
    without = replace(job, document=report.document)
    lost = replace(job, data=produce(form, report.document, frame, TYPEFACE, "typst"))
    assert compare(without).differences or form == "docx"
    assert compare(lost).differences


def test_weasyprint_draws_it_at_the_right(project: Project) -> None:
    frame, _ = find_frame(project, "")
    data = produce("pdf", small(), frame, TYPEFACE, "weasyprint")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        words = pdf.pages[0].extract_words()
    starts = [one["x0"] for one in words if one["text"] in {"Додаток", "до", "від", "(35"}]
    left = (LANDSCAPE.width - LANDSCAPE.right - mark_width(LANDSCAPE)) * 72 / 25.4
    assert starts[:4] == pytest.approx([left] * 4, abs=1)
