"""The book of a package, read back: numbers, contents, links, bookmarks, tags, and the looks."""

from __future__ import annotations

import datetime
import functools
import io
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.plumber import MM, pages_of
from small import PLACE, small_document

from reportgen.build.prepare import Prepared
from reportgen.document.annex import marked
from reportgen.document.blocks import Document, Paragraph, Signature, Style
from reportgen.model.council import PageProfile
from reportgen.proof.lines import squeeze
from reportgen.proof.pages import compare_pdf
from reportgen.proof.pdf import read_tags, shape
from reportgen.write.annex_mark import mark_width
from reportgen.write.book import Binder, Book, Part, tags
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.pdf_typst import write_pdf

ROOT = Path(__file__).parents[2]
TEMPLATE = (ROOT / "templates" / "document.typ").read_text("utf-8")
FRAME = Frame(b"", "", "", TEMPLATE)
TYPEFACE = find_typeface()
PORTRAIT = PageProfile(landscape=False)
HEAD = 18  # mm, of the top margin that has the number
FRONT = 2  # pages: the cover, and contents that fit one page


def annex(number: int, *, landscape: bool = True, sheets: int = 1) -> Part:
    """Return the small document with so many pages, and its mark."""
    document = small_document()
    body = document.blocks if landscape else tuple(_narrowed(document))
    more = tuple(
        Paragraph((f"{sheet}. Розділ", "у два рядки"), Style.SECTION, PLACE)
        if line == 0
        else Paragraph(("Рядок",), Style.LINE, PLACE)
        for sheet in range(2, sheets + 1)
        for line in range(40)
    )
    page = replace(document.page, landscape=landscape)
    lines = f"Додаток {number}", "до рішення міської ради", "від __.__.____ № ___"
    document = marked(replace(document, blocks=(*body, *more), page=page), lines)
    return Part(f"Додаток {number}", document, _own(document))


def _narrowed(document: Document) -> Iterator[Paragraph | Signature]:
    yield from (one for one in document.blocks if isinstance(one, Paragraph | Signature))


def _own(document: Document) -> bytes:
    return write_pdf(document, FRAME, TYPEFACE)


COVER = Book(
    title=("Звіти", "про виконання програм"),
    lines=("до 35 сесії VIII скликання",),
    place="Місто – 2024",
    author="Міська рада",
    subject="35 сесія",
    language="uk",
    dated=datetime.date(2024, 1, 31),
    page=PORTRAIT,
)


def bound(parts: Iterable[Part], cover: Book = COVER, frame: Frame = FRAME) -> bytes:
    binder = Binder()
    for part in parts:
        binder.add(part)
    return binder.bind(cover, frame, TYPEFACE)


@functools.cache
def small_book() -> tuple[Sequence[Part], bytes]:
    """Three annexes: landscape, portrait of several pages, landscape again."""
    parts = annex(1), annex(2, landscape=False, sheets=3), annex(3)
    return parts, bound(parts)


def counts(parts: Sequence[Part]) -> list[int]:
    return [len(pages_of(part.pdf)) for part in parts]


def firsts(parts: Sequence[Part]) -> list[int]:
    """The first page of each part, from 1, if the contents take one page."""
    return [*accumulate(counts(parts), initial=FRONT + 1)][:-1]


def number_on(data: bytes, index: int) -> str:
    """Return what stands in the top margin of a page."""
    page = pages_of(data)[index]
    return page.crop((0, 0, page.width, HEAD * MM)).extract_text()


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


# Pages and their numbers


def test_pages_are_numbered_through_and_the_cover_is_not() -> None:
    parts, data = small_book()
    assert len(pages_of(data)) == FRONT + sum(counts(parts))
    assert [number_on(data, index) for index in range(len(pages_of(data)))] == [
        "",
        *(str(number) for number in range(2, FRONT + sum(counts(parts)) + 1)),
    ]


def test_numbers_stand_in_the_middle_of_the_text_of_each_page() -> None:
    parts, data = small_book()
    for page in pages_of(data)[1:]:
        profile = replace(PORTRAIT, landscape=page.width > page.height)
        letters = page.crop((0, 0, page.width, HEAD * MM)).chars
        middle = (letters[0]["x0"] + letters[-1]["x1"]) / 2
        assert middle == pytest.approx((profile.left + profile.text_width / 2) * MM, abs=1)
        assert letters[0]["top"] >= 10 * MM
    assert {page.width > page.height for page in pages_of(data)} == {True, False}
    assert len(parts) == 3


def test_a_page_looks_as_in_the_separate_file_but_for_its_number() -> None:
    parts, data = small_book()
    for part, first in zip(parts, firsts(parts), strict=True):
        for index in range(len(pages_of(part.pdf))):
            assert _body(part.pdf, index) == _body(data, first - 1 + index)


def _body(data: bytes, index: int) -> bytes:
    """Return a page as drawn, without its top margin."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[index].render(scale=1)
        return bytes(picture.buffer)[int(HEAD * MM) * picture.stride :]


def test_the_mark_is_a_block_at_the_right_edge_above_the_title() -> None:
    for part in small_book()[0]:
        page, profile = pages_of(part.pdf)[0], part.document.page
        lines = page.extract_text_lines()[:4]
        assert [one["text"] for one in lines[:3]] == list(part.document.blocks[0].lines)  # type: ignore[union-attr]
        left = (profile.width - profile.right - mark_width(profile)) * MM
        assert [one["x0"] for one in lines[:3]] == pytest.approx([left] * 3, abs=1.5)
        assert lines[3]["text"] == "Звіт"


# Contents, links, bookmarks


def test_the_contents_name_the_pages_of_the_parts_and_lead_there() -> None:
    parts, data = small_book()
    text = squeeze(pages_of(data)[1].extract_text())
    pdf = opened(data)
    pages = [page.obj.objgen for page in pdf.pages]
    links = list(pdf.pages[1].obj.Annots)
    targets = [pages.index(link.Dest[0].objgen) + 1 for link in links]
    assert targets == [first for first in firsts(parts) for _ in ("name", "number")]
    for part, first in zip(parts, firsts(parts), strict=True):
        assert squeeze(part.name) in text
        assert f".{first}" in text
    assert not any("/A" in link for link in links)
    assert str(links[0].Contents) == f"{parts[0].name}, сторінка {firsts(parts)[0]}"


def test_the_title_ends_no_line_with_a_preposition_of_one_letter() -> None:
    title = "Про звіти про виконання міських цільових програм у 2023 році"
    data = bound([annex(1)], replace(COVER, title=(title,)))
    said = pages_of(data)[0].extract_text().replace("\u00a0", " ")
    assert "у 2023 році" in said
    assert "цільових програм у\n" not in said
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == title


def test_bookmarks_are_the_parts_with_their_sections() -> None:
    parts, data = small_book()
    pdf = opened(data)
    pages = [page.obj.objgen for page in pdf.pages]
    with pdf.open_outline() as outline:
        [contents, *items] = outline.root
        assert contents.title == "Зміст"
        assert [one.title for one in items] == [part.name for part in parts]
        assert [pages.index(one.destination[0].objgen) + 1 for one in items] == firsts(parts)
        sections = [[child.title for child in one.children] for one in items]
        places = [pages.index(one.destination[0].objgen) + 1 for one in items[1].children]
    own = "1. Виконання заходів"
    assert sections == [[own], [own, "2. Розділ у два рядки", "3. Розділ у два рядки"], [own]]
    assert places == sorted(places)
    assert places[-1] > firsts(parts)[1]


def test_each_of_several_titles_has_a_bookmark() -> None:
    """An annex of several tables with titles of their own: none of them names all of it."""
    document = small_document()
    title = Paragraph(("Пріоритет",), Style.TITLE, PLACE)
    text = Paragraph(("Рядок",), Style.LINE, PLACE)
    twice = replace(document, blocks=(title, text, title, text))
    data = bound([Part("Додаток 1", twice, _own(twice))])
    with opened(data).open_outline() as outline:
        assert [one.title for one in outline.root[1].children] == ["Пріоритет", "Пріоритет"]


def test_contents_of_several_pages_count_themselves() -> None:
    part = annex(1)
    parts = [replace(part, label=f"Додаток {number}") for number in range(1, 81)]
    data = bound(parts)
    own = len(pages_of(data)) - 80 * len(pages_of(part.pdf))
    assert own > FRONT
    assert number_on(data, own) == str(own + 1)
    text = "".join(squeeze(page.extract_text()) for page in pages_of(data)[1:own])
    assert squeeze(f"{parts[0].name}") in text
    assert f".{own + 1}" in text
    assert f".{own + 80}" in text


# Tags


def test_every_part_is_tagged_as_in_the_separate_file() -> None:
    parts, data = small_book()
    tags = [one for one in read_tags(data).children if one.kind == "Part"]
    for part, tag in zip(parts, tags, strict=True):
        own = read_tags(part.pdf)
        assert tag.text == own.text
        assert [*map(shape, tag.below("TR"))] == [*map(shape, own.below("TR"))]


def listing_parts() -> list[Part]:
    """Two annexes by a template that brings a table along: its cells list their headings."""
    more = "#table(columns: 2, table.header([а], [б]), [1], [2])"
    frame = replace(FRAME, typst=f"{FRAME.typst}\n{more}")
    parts = [annex(number) for number in (1, 2)]
    return [replace(one, pdf=write_pdf(one.document, frame, TYPEFACE)) for one in parts]


def test_cells_name_headings_of_their_own_table() -> None:
    """Tables that a template brings along are as Typst tags them."""
    pdf = opened(bound(listing_parts()))
    known = {}
    [names] = pdf.Root.StructTreeRoot.IDTree.Kids
    for name, element in zip(names.Names[::2], names.Names[1::2], strict=True):
        assert str(element.ID) == str(name)
        known[str(name)] = _table(element)
    assert sorted(known) == [str(one) for one in names.Names[::2]]
    asked = 0
    for element in _elements(pdf.Root.StructTreeRoot.K[0]):
        for attributes in element.get("/A", ()):
            for name in attributes.get("/Headers", ()):
                assert known[str(name)] == _table(element)
                asked += 1
    assert asked


def test_headings_say_whether_they_head_rows_or_columns() -> None:
    pdf = opened(small_book()[1])
    scopes = {
        str(attributes.Scope)
        for element in _elements(pdf.Root.StructTreeRoot.K[0])
        for attributes in element.get("/A", ())
        if "/Scope" in attributes
    }
    assert scopes == {"/Row", "/Column"}


def _table(element: pikepdf.Object) -> tuple[int, int]:
    while element.S != "/Table":
        element = element.P
    return element.objgen


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def test_the_index_of_tags_knows_every_page_and_link() -> None:
    pdf = opened(small_book()[1])
    index = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
    given = [page.obj.StructParents for page in pdf.pages]
    links = [one.StructParent for page in pdf.pages for one in page.obj.get("/Annots", ())]
    assert sorted([*given, *links]) == sorted(index)
    for page in pdf.pages:
        for number, element in enumerate(index[page.obj.StructParents]):
            assert (page.obj.objgen, number) in set(_content(element))


def _content(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the pages and the numbers of marked content right under an element."""
    for kid in element.K:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif "/MCID" in kid:
            yield kid.get("/Pg", element.get("/Pg")).objgen, kid.MCID


# The file


def test_what_is_drawn_last_may_stand_first() -> None:
    """Consolidated information is known when all reports are, and is bound before them."""
    parts, data = small_book()
    binder = Binder()
    for part in parts[1:]:
        binder.add(part)
    binder.add(parts[0], at=0)
    moved = binder.bind(COVER, FRAME, TYPEFACE)
    assert [page.extract_text() for page in pages_of(moved)] == [
        page.extract_text() for page in pages_of(data)
    ]
    assert read_tags(moved).text == read_tags(data).text
    with opened(moved).open_outline() as one, opened(data).open_outline() as other:
        assert [item.title for item in one.root] == [item.title for item in other.root]


def test_the_file_tells_its_pages_and_which_it_is() -> None:
    parts, data = small_book()
    xmp = _xmp(data)
    assert f"<xmpTPg:NPages>{len(pages_of(data))}<" in xmp
    assert "<pdfaid:part>2<" in xmp
    assert "<pdfuaid:part>1<" in xmp
    assert _identifier(xmp) != _identifier(_xmp(bound(parts[:2])))


def _xmp(data: bytes) -> str:
    with opened(data) as pdf:
        return pdf.Root.Metadata.read_bytes().decode()


def _identifier(xmp: str) -> str:
    return xmp.split("<xmpMM:DocumentID>")[1].split("<", maxsplit=1)[0]


def test_the_same_book_has_the_same_bytes() -> None:
    parts, data = small_book()
    assert bound(parts) == data


@pytest.mark.tool("qpdf")
def test_qpdf_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(small_book()[1])
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)


# Laws and real reports

ONES = {
    (wide, long): annex(1, landscape=wide, sheets=long) for wide in (True, False) for long in (1, 2)
}


@settings(max_examples=3, deadline=None)
@given(st.lists(st.sampled_from(sorted(ONES)), min_size=1, max_size=4))
def test_any_mix_of_parts_is_joined(kinds: list[tuple[bool, int]]) -> None:
    parts = [ONES[kind] for kind in kinds]
    data = bound(parts)
    starts = firsts(parts)
    for part, start, count in zip(parts, starts, counts(parts), strict=True):
        pages = range(start, start + count)
        assert [number_on(data, page - 1) for page in pages] == [*map(str, pages)]
        widths = {pages_of(data)[page - 1].width for page in pages}
        assert widths == {pages_of(part.pdf)[0].width}


def test_every_cell_of_every_shipped_report_is_in_the_book(
    reports: Mapping[tuple[str, str], Prepared],
) -> None:
    parts = [*_shipped(list(reports.values()))]
    tags = read_tags(bound(parts))
    tagged = [one for one in tags.children if one.kind == "Part"]
    for part, tag in zip(parts, tagged, strict=True):
        assert not compare_pdf("own.pdf", part.pdf, part.document).differences
        own = read_tags(part.pdf)
        assert tag.text == own.text
        assert [*map(shape, tag.below("TR"))] == [*map(shape, own.below("TR"))]


def _shipped(reports: Sequence[Prepared]) -> Iterator[Part]:
    for number, report in enumerate(reports, start=1):
        if report.document:
            document = marked(report.document, (f"Додаток {number}", "до рішення міської ради"))
            yield Part(f"Додаток {number}", document, _own(document))


def test_trees_of_tags_have_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF/A-1 lets no array have more than 8,191 elements, and a long book has more cells."""
    parts = listing_parts()
    whole = bound(parts)
    monkeypatch.setattr(tags, "LEAF", 3)
    with (
        pikepdf.open(io.BytesIO(whole)) as one,
        pikepdf.open(io.BytesIO(bound(parts))) as other,
    ):
        root, parted = one.Root.StructTreeRoot, other.Root.StructTreeRoot
        for leaves in (parted.ParentTree.Kids, parted.IDTree.Kids):
            assert len(leaves) > 1
            for leaf in leaves:
                entries = leaf.get("/Nums", leaf.get("/Names"))
                assert len(entries) <= 6
                assert [*leaf.Limits] == [entries[0], entries[-2]]
        keys = [*pikepdf.NumberTree(root.ParentTree)]
        assert [*pikepdf.NumberTree(parted.ParentTree)] == keys
        names = [*pikepdf.NameTree(root.IDTree)]
        assert [*pikepdf.NameTree(parted.IDTree)] == names
    assert read_tags(bound(parts)).text == read_tags(whole).text


# What templates and texts may do


def test_what_a_councils_template_puts_on_every_page_is_numbered_through() -> None:
    foot = "#set page(footer: context align(right)[арк. #counter(page).display()])\n"
    template = TEMPLATE.replace("// ДСТУ 4163:2020: numbers", foot + "// ДСТУ 4163:2020: numbers")
    frame = replace(FRAME, typst=template)
    document = annex(1, sheets=2).document
    part = Part("Додаток 1", document, write_pdf(document, frame, TYPEFACE))
    data = bound([part, part], frame=frame)
    said = [page.crop((0, page.height - 20 * MM, *page.bbox[2:])) for page in pages_of(data)]
    assert [one.extract_text().splitlines()[-1] for one in said] == [
        COVER.place,
        *(f"арк. {number}" for number in range(2, len(said) + 1)),
    ]


def test_a_template_that_begins_no_pages_is_told_of() -> None:
    template = TEMPLATE.replace("pagebreak(weak: true) }\n  if it.type", "none }\n  if it.type")
    assert template != TEMPLATE
    with pytest.raises(FrameError, match="не починає сторінки"):
        bound(small_book()[0], frame=replace(FRAME, typst=template))


def test_texts_are_no_markup_and_no_operators() -> None:
    part = annex(1)
    title = 'EMC /Artifact BMC (#import "x") \\ $1$ *жирно* <мітка>'
    named = replace(part, document=replace(part.document, title=title))
    cover = replace(COVER, title=(title,), lines=("#panic()",), place="= не заголовок")
    data = bound([named], cover)
    cover, contents = (squeeze(page.extract_text()) for page in pages_of(data)[:2])
    assert squeeze(title) in cover
    assert squeeze(title) in contents
    assert "#panic()" in cover
