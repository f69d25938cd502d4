"""The DOCX frame: tags, styles under any id, what surrounds the report, faults."""

from __future__ import annotations

import re
import runpy

import pytest
from small import small_document, small_table
from word import ROOT, SHIPPED, changed, frame, grid, opened, read_grid, with_paragraph

from reportgen.write.docx import write_docx
from reportgen.write.docx.body import MARKER
from reportgen.write.docx.package import read_parts, write_parts
from reportgen.write.frame import FrameError


def test_the_shipped_frame_is_what_its_script_makes() -> None:
    make_frame = runpy.run_path(str(ROOT / "tools" / "make_frame.py"))["make_frame"]
    assert read_parts(make_frame()) == read_parts(SHIPPED), "run tools/make_frame.py"


def test_tags_are_filled_in_text_and_header() -> None:
    in_header = "<w:r><w:t>{{ author }}</w:t></w:r><w:fldSimple"
    tagged = changed("word/header2.xml", "<w:fldSimple", in_header).docx
    # Word parts what it likes into runs, a tag's two braces too.
    own = "<w:p><w:r><w:t>Станом на {</w:t></w:r><w:r><w:t>{ dated | date }}</w:t></w:r></w:p>"
    tagged_twice = changed("word/document.xml", "<w:body>", f"<w:body>{own}", tagged)
    read = opened(small_document(), tagged_twice)
    assert read.paragraphs[0].text == "Станом на 31.12.2023"
    assert read.sections[0].header.paragraphs[0].text == "Управління Житомирської міської ради"
    assert read_grid(read.tables[0])[3:] == grid(small_table().body, 7)


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ tittle }}", "невідоме ім'я «tittle», є: title, author, language, dated"),
        ("{{ title.__class__.__mro__ }}", "невідоме ім'я «__class__»"),
        ("Від {{ title | }}", "хибний біля «Від {{ title | }}» (Jinja: expected token 'name'"),
        ("{% if title %}", "хибний біля «{% if title %}»"),
        ("{{ 1 / 0 }}", "(Jinja: division by zero)"),
        ("{{ title | date }}", "тег рамки хибний"),
        ("{% for _ in range(10**9) %}{% endfor %}", "Range too big"),
        ("{{p title }}", "ставить текст поза абзацом: «Звіт про результати"),
        ("{{r title }}", "ставить текст поза абзацом: «Звіт про результати"),
    ],
)
def test_a_broken_tag_is_named(tag: str, message: str) -> None:
    with pytest.raises(FrameError, match=re.escape(message)) as caught:
        write_docx(small_document(), with_paragraph(tag), None)
    assert (caught.value.file, caught.value.line) == ("frame.docx", 1)


def test_a_style_is_found_under_its_name_when_word_has_changed_the_ids() -> None:
    """Word and LibreOffice write ids of their own: Style15, a5."""
    restyled = SHIPPED
    for part in ("word/styles.xml", "word/header1.xml", "word/header2.xml"):
        parts = read_parts(restyled)
        renamed = re.sub(rb'"((?:Report|Table)[A-Z]\w+)"', rb'"x\1"', parts[part])
        restyled = write_parts({**parts, part: renamed})
    read = opened(small_document(), frame(restyled))
    assert read.paragraphs[0].style.style_id == "xReportTitle"
    assert read.tables[0].rows[6].cells[3].paragraphs[0].runs[0].style.name == "Таблиця: підсумок"


def test_a_style_is_found_under_its_id_when_it_was_renamed() -> None:
    renamed = changed("word/styles.xml", "Звіт: назва", "Заголовок звіту")
    assert opened(small_document(), renamed).paragraphs[0].style.name == "Заголовок звіту"


def test_what_stands_around_the_marker_stays() -> None:
    below = f"{MARKER}</w:t></w:r></w:p><w:p><w:r><w:t>Виконавець: Іваненко"
    read = opened(small_document(), changed("word/document.xml", MARKER, below))
    assert read.paragraphs[-1].text == "Виконавець: Іваненко"
    assert MARKER not in "".join(one.text for one in read.paragraphs)


def test_only_the_markers_own_section_gets_the_documents_page() -> None:
    cover = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'
    read = opened(small_document(), changed("word/document.xml", "<w:body>", f"<w:body>{cover}"))
    assert [round(one.page_width.mm) for one in read.sections] == [210, 297]


def test_a_section_that_the_marker_ends_stays() -> None:
    portrait = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr><w:r>'
    data = changed("word/document.xml", "<w:p><w:r>", portrait)
    read = opened(small_document(), data)
    assert [round(one.page_width.mm) for one in read.sections] == [297, 297]
    assert MARKER not in [one.text for one in read.paragraphs]


def test_a_template_that_the_frame_came_from_is_forgotten() -> None:
    parts = read_parts(SHIPPED)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    parts["word/_rels/settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="http://example.org/a.dotm"'
        ' TargetMode="External"/></Relationships>'
    ).encode()
    attached = (
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships" r:id="rId1"/><w:defaultTabStop'
    )
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(b"<w:defaultTabStop", attached)
    written = read_parts(write_docx(small_document(), frame(write_parts(parts)), None))
    assert b"example.org" not in b"".join(written.values())
    assert b"attachedTemplate" not in b"".join(written.values())


def without(part: str) -> bytes:
    return write_parts({name: data for name, data in read_parts(SHIPPED).items() if name != part})


def bomb() -> bytes:
    return write_parts({**read_parts(SHIPPED), "word/media/a.png": bytes(60_000_000)})


def external_image() -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="x" Type="{kind}" Target="http://a/b.png" TargetMode="External"/>'
    rels = "word/_rels/document.xml.rels"
    return changed(rels, "</Relationships>", f"{link}</Relationships>").docx


DOCUMENT = "word/document.xml"
BROKEN = {
    "not a zip": (b"PK? no", "це не файл DOCX"),
    "empty": (b"", "це не файл DOCX"),
    "cut": (SHIPPED[:3000], "це не файл DOCX"),
    "a bomb": (bomb(), "завелика"),
    "no types": (without("[Content_Types].xml"), "не є документом Word"),
    "no text": (without(DOCUMENT), "не є документом Word"),
    "no styles": (without("word/styles.xml"), "немає частини «styles»"),
    "not xml": (changed(DOCUMENT, "<w:body>", "<w:body").docx, "рамку пошкоджено"),
    "entities": (changed(DOCUMENT, "<w:document", "<!DOCTYPE a><w:document").docx, "DTD"),
    "no marker": (changed(DOCUMENT, MARKER, "тут").docx, "немає абзацу «[[ТУТ БУДЕ ЗВІТ]]»"),
    "marker in a line": (changed(DOCUMENT, MARKER, f"Ось: {MARKER}").docx, "немає абзацу"),
    "two markers": (with_paragraph(MARKER).docx, "є кілька абзаців"),
    "no style": (
        changed(
            "word/styles.xml",
            '"TableBand"><w:name w:val="Таблиця: назва групи"',
            '"a"><w:name w:val="b"',
        ).docx,
        "немає стилю «Таблиця: назва групи»",
    ),
    "an outside picture": (external_image(), "посилається на сторонній файл «http://a/b.png»"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_frame_that_cannot_be_used(name: str) -> None:
    data, message = BROKEN[name]
    with pytest.raises(FrameError, match=re.escape(message)) as caught:
        write_docx(small_document(), frame(data), None)
    assert (caught.value.file, caught.value.line) == ("frame.docx", 1)
