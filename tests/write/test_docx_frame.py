"""The DOCX frame: tags, styles under any id, what surrounds the report, faults."""

from __future__ import annotations

import io
import re
import runpy
import warnings
import zipfile

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
        ("Від {{ title | }}", "хибний біля «Від {{ title | }}»: бракує імені або назви фільтра"),
        ("{% if title %}", "хибний біля «{% if title %}»: «if» не закрито"),
        ("{% endif %}", "невідома дія «endif»"),
        ("{% if title %}{% endfor %}", "«endfor» не на місці: спершу закрийте «if»"),
        ("{{ title | dat }}", "немає фільтра «dat»"),
        ("{{ title is dat }}", "немає перевірки «dat»"),
        ("{{ title", "тег не закрито"),
        ("{{ (title }}", "має бути «)», а стоїть «}»"),
        ("{{ title 5 }}", "зайве в кінці тегу"),
        ("{{ title ! }}", "зайвий знак «!»"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "макрос викликає сам себе"),
        ("{{ }}", "бракує значення"),
        ("{{ 1 / 0 }}", "ділення на нуль"),
        ("{{ 'a' * 10**15 }}", "значення завелике"),
        ("{{ title | date }}", "значення тут не того виду"),
        ("{{ title() }}", "значення тут не того виду"),
        ("{% for _ in range(10**9) %}{% endfor %}", "значення завелике"),
        ("{% include 'a' %}", "include, import та extends тут не вживають"),
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


def related(kind: str, target: str, mode: str = "", data: bytes = SHIPPED) -> bytes:
    """A frame with one more relation of a part of its own."""
    shown = f' TargetMode="{mode}"' if mode else ""
    address = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    link = f'<Relationship Id="x" Type="{address}" Target="{target}"{shown}/></Relationships>'
    return changed("word/_rels/document.xml.rels", "</Relationships>", link, data).docx


def with_part(name: str, content_type: str, data: bytes = b"x") -> bytes:
    """A frame with one more part."""
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    typed = changed("[Content_Types].xml", "</Types>", override).docx
    return write_parts({**read_parts(typed), name: data})


def with_names(*names: str) -> bytes:
    """A frame with empty parts of these names, which may be given twice."""
    result = io.BytesIO(SHIPPED)
    with warnings.catch_warnings(), zipfile.ZipFile(result, "a") as archive:
        warnings.simplefilter("ignore")
        for name in names:
            archive.writestr(name, b"")
    return result.getvalue()


def with_xml(xml: str) -> bytes:
    """A frame with runs of an official's above the marker."""
    return changed("word/document.xml", "<w:body>", f"<w:body><w:p>{xml}</w:p>").docx


def around(before: str, after: str) -> bytes:
    """A frame with runs in the paragraphs above and below the marker."""
    data = with_xml(before)
    below = f"{MARKER}</w:t></w:r></w:p><w:p>{after}<w:r><w:t>"
    return changed("word/document.xml", MARKER, below, data).docx


def used(xml: str) -> bytes:
    """A frame whose text has a link to the web, with runs that may name it."""
    link = related("hyperlink", "https://zt.gov.ua/a.png", "External")
    runs = f'<w:body xmlns:r="{OFFICE_LINKS}"><w:p>{xml}</w:p>'
    return changed("word/document.xml", "<w:body>", runs, link).docx


def broken_zip(old: bytes, new: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive in which some bytes were changed afterwards."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", method) as archive:
        archive.writestr("ї.xml", b"x" * 1000)
    assert result.getvalue().count(old) in {1, 2}  # a name is given twice
    return result.getvalue().replace(old, new)


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(*pieces: str) -> str:
    return "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)


def field(*pieces: str) -> str:
    """A field whose instruction is parted into runs."""
    result = f"{mark('separate')}<w:r><w:t>1</w:t></w:r>{mark('end')}"
    return mark("begin") + code(*pieces) + result


def simple(instruction: str) -> str:
    return f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


OFFICE_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><style>@import "http://a";</style></svg>'
HALVES = mark("begin") + code("PAGE") + mark("separate")
CONTENTS = mark("begin") + code("TOC") + mark("separate")
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
CHOICE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TITLE_FIELD = field("TITLE")
OFFICE = "application/vnd.ms-office."
UNSAFE = {
    "macros": (with_part("word/vbaProject.bin", f"{OFFICE}vbaProject"), "містить макроси"),
    "a document of macros": (
        changed(
            "[Content_Types].xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ).docx,
        "містить макроси (word/document.xml)",
    ),
    "a part of unknown type": (
        write_parts({**read_parts(SHIPPED), "word/a.bin": b"x"}),
        "містить частину, якої там не має бути",
    ),
    "an embedded object": (
        with_part(
            "word/embeddings/oleObject1.bin",
            "application/vnd.openxmlformats-officedocument.oleObject",
        ),
        "вбудований об'єкт",
    ),
    "another document": (related("aFChunk", "a.html"), "вставлений цілком документ (a.html)"),
    "its place": (with_xml('<w:altChunk w:id="x"/>'), "вставлений цілком документ"),
    "ActiveX": (related("control", "activeX/activeX1.xml"), "ActiveX"),
    "a chart's workbook": (related("package", "embeddings/a.xlsx"), "вбудований об'єкт"),
    "mail merge": (
        changed("word/settings.xml", "<w:zoom", "<w:mailMerge/><w:zoom").docx,
        "злиття",
    ),
    "an outside picture in any case": (
        related("image", "http://a/b.png", "external"),
        "сторонній файл «http://a/b.png»",
    ),
    "a link to a file": (
        related("hyperlink", r"\\host\share\a.exe", "EXTERNAL"),
        r"сторонній файл «\\host\share\a.exe»",
    ),
    "an inside link out": (related("image", "../../a.png"), "сторонній файл «../../a.png»"),
    "an address inside": (related("image", "http://a/b.png"), "сторонній файл «http://a/b.png»"),
    "a picture of VML": (
        with_xml(f'<w:r><w:pict><v:imagedata {VML} src="http://a/b.png"/></w:pict></w:r>'),
        "сторонній файл «http://a/b.png»",
    ),
    "a name that climbs": (with_names("word/../../a"), "хибною назвою «word/../../a»"),
    "an absolute name": (with_names("/etc/a"), "хибною назвою «/etc/a»"),
    "a name twice": (with_names("word/document.xml"), "дві частини з назвою"),
    "a name in two cases": (with_names("word/Document.xml"), "дві частини з назвою"),
    "a type twice": (
        changed(
            "[Content_Types].xml",
            "</Types>",
            '<Override PartName="/WORD/document.xml" ContentType="application/xml"/></Types>',
        ).docx,
        "двічі називає вид частини «/word/document.xml»",
    ),
    "DTD in UTF-16": (
        with_part(
            "word/a.xml",
            "application/xml",
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode(
                "utf-16"
            ),
        ),
        "DTD",
    ),
    "DDE": (
        with_xml(simple(" DDEAUTO c:\\a.exe ")),
        r"поле «DDEAUTO c:\a.exe» (word/document.xml)",
    ),
    "DDE in runs": (with_xml(field(" DD", "EAU", "TO x")), "поле «DDEAUTO x»"),
    "DDE in a picture that is none": (
        with_part(
            "word/a.png",
            "image/png",
            '<?xml version="1.0" encoding="UTF-16"?><a instr="DDE x"><fldSimple instr="DDE x"/></a>'
            "".encode("utf-16"),
        ),
        "поле «DDE x» (word/a.png)",
    ),
    "DDE in a header": (
        changed("word/header2.xml", " PAGE ", " dde x ").docx,
        "поле «dde x» (word/header2.xml)",
    ),
    "a picture's field": (with_xml(field('INCLUDEPICTURE "http://a"')), "INCLUDEPICTURE"),
    "a date": (with_xml(simple("DATE")), "змінювалася б щодня; напишіть {{ dated | date }}"),
    "a name made by a field": (
        with_xml(mark("begin") + TITLE_FIELD + code(" TITLE") + mark("separate") + mark("end")),
        "поле «… TITLE»",
    ),
    "a name with a field's end": (
        with_xml(mark("begin") + code("PAGE") + TITLE_FIELD + mark("separate") + mark("end")),
        "поле «PAGE…»",
    ),
    "a name of a choice": (
        with_xml(
            f"{mark('begin')}<mc:AlternateContent {CHOICE}><mc:Choice Requires='w'>{code('PAGE ')}"
            f"</mc:Choice><mc:Fallback>{code('DDE ')}</mc:Fallback></mc:AlternateContent>"
            f"{mark('separate')}{mark('end')}"
        ),
        "поле «…»",
    ),
    "no end of an instruction": (with_xml(mark("begin") + code("PAGE ")), "поле «PAGE»"),
    "a field around the report": (
        around(HALVES, mark("end")),
        "рамка містить поле «PAGE», яке починається й закінчується не в одному абзаці",
    ),
    "contents around the report": (
        around(CONTENTS, mark("end")),
        "поле «TOC», у якому стоїть місце звіту або таблиця",
    ),
    "contents without end": (with_xml(CONTENTS), "поле «TOC», "),
    "an end that is deleted": (
        around(f"{HALVES}<w:del>{mark('end')}</w:del>", mark("end")),
        "поле «PAGE», яке починається й закінчується не в одному",
    ),
    "an end of another vocabulary": (
        around(
            f"{HALVES}<q:a xmlns:q='urn:q'>{mark('end')}</q:a><w:r>"
            "<q:fldChar xmlns:q='urn:q' w:fldCharType='end'/></w:r>",
            mark("end"),
        ),
        "поле «PAGE», яке починається й закінчується не в одному",
    ),
    "an end in a choice": (
        around(
            f"{CONTENTS}<mc:AlternateContent {CHOICE}><mc:Choice Requires='w14'>{mark('end')}"
            "</mc:Choice></mc:AlternateContent>",
            mark("end"),
        ),
        "поле «TOC», яке починається й закінчується не в одному",
    ),
    "fields in fields": (with_xml(CONTENTS * 21 + mark("end") * 21), "поле «TOC», "),
    "an end without begin": (with_xml(mark("end")), "поле «…», яке починається"),
    "an instruction of another vocabulary": (
        with_xml('<w:fldSimple xmlns:q="urn:q" q:instr="PAGE" w:instr="DDEAUTO x"/>'),
        "поле «DDEAUTO x»",
    ),
    "two instructions": (
        with_xml('<w:fldSimple instr="PAGE" w:instr="DDEAUTO x"/>'),
        "поле «…»",
    ),
    "a mark of another vocabulary": (
        with_xml(
            '<w:r><w:fldChar xmlns:q="urn:q" q:fldCharType="end" w:fldCharType="begin"/></w:r>'
            f"{code('DDE x')}{mark('separate')}{mark('end')}"
        ),
        "поле «DDE x»",
    ),
    "a name that other programs do not see": (
        with_xml(
            f"{mark('begin')}<w:r><q:instrText xmlns:q='urn:q'>PAGE </q:instrText></w:r>"
            f"{code('DDE x')}{mark('separate')}{mark('end')}"
        ),
        "поле «…DDE x»",
    ),
    "a picture by a link": (
        used("<a:blip xmlns:a='urn:drawing' r:link='x'/>"),
        "сторонній файл «https://zt.gov.ua/a.png» не як посилання в тексті (blip)",
    ),
    "a picture of VML by a link": (used(f'<v:imagedata {VML} r:id="x"/>'), "(imagedata)"),
    "a template by a link": (used('<w:attachedTemplate r:id=" x "/>'), "(attachedTemplate)"),
    "an embedded picture by a link": (used('<w:hyperlink r:embed="x"/>'), "(hyperlink)"),
    "a picture by a template's link": (
        changed(
            "word/_rels/document.xml.rels",
            "/hyperlink",
            "/attachedTemplate",
            used('<w:blip r:link="x"/>'),
        ).docx,
        "(blip)",
    ),
    "links of a part under a name in capitals": (
        write_parts(
            {
                name.replace("word/_rels/document.xml.rels", "word/_rels/Document.xml.RELS"): data
                for name, data in read_parts(used('<w:blip r:link="x"/>')).items()
            }
        ),
        "(blip)",
    ),
    "SVG": (with_part("word/media/a.svg", "image/svg+xml", SVG), "містить картинку SVG"),
    "SVG by its content": (with_part("word/media/a.png", "image/png", SVG), "картинку SVG"),
    "SVG by its type": (with_part("word/media/a.svg", "image/SVG+xml", b"x"), "картинку SVG"),
    "SVG packed": (with_part("word/media/a.png", "image/png", b"\x1f\x8b\x08x"), "картинку SVG"),
    "a part that is not there": (
        related("image", "media/a.png"),
        "посилається на частину «media/a.png», якої у файлі немає",
    ),
    "an instruction outside": (with_xml(code("DDE x")), "поле «DDE x»"),
    "one in a result": (
        with_xml(mark("begin") + code("PAGE") + mark("separate") + code("DDE x") + mark("end")),
        "поле «DDE x»",
    ),
    "a field's link to a file": (with_xml(field('HYPERLINK "file:///a"')), "HYPERLINK"),
    "a link made by a field": (
        with_xml(mark("begin") + code("HYPERLINK ") + TITLE_FIELD + mark("end")),
        "HYPERLINK",
    ),
    "a field made by a tag": (
        with_paragraph(
            "{{p '&lt;w:p&gt;&lt;w:fldSimple w:instr=&quot;DDE x&quot;/&gt;&lt;/w:p&gt;'|safe }}"
        ).docx,
        "поле «DDE x»",
    ),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_a_frame_that_would_bring_something_in_is_refused(name: str) -> None:
    data, message = UNSAFE[name]
    with pytest.raises(FrameError, match=re.escape(message)) as caught:
        write_docx(small_document(), frame(data), None)
    assert (caught.value.file, caught.value.line) == ("frame.docx", 1)


@pytest.mark.parametrize(
    "data",
    [
        with_xml(field(" PA", "GE  ", "\\* MERGEFORMAT ")),
        with_xml(mark("begin") + code(" IF ") + field("PAGE") + code(' > 1 "x"') + mark("end")),
        with_xml(simple("HYPERLINK &quot;https://zt.gov.ua&quot; \\o &quot;a b&quot;")),
        with_xml(field('HYPERLINK \\l "_Toc1"')),
        with_xml(simple("= 2 * 2")),
        related("hyperlink", "mailto:a@zt.gov.ua", "External"),
        with_part("word/media/a.png", "image/png"),
        related("image", "/word/media/A%2epng", data=with_part("word/media/a.png", "image/png")),
        related("hyperlink", "#_Toc1"),
        used('<w:hyperlink r:id="x"><w:r><w:t>a</w:t></w:r></w:hyperlink>'),
        with_xml(f"{CONTENTS}</w:p><w:p>{field('PAGEREF a')}</w:p><w:p>{mark('end')}"),
        with_xml(
            '<w:fldSimple xmlns:q="urn:q" q:instr="x" w:instr="PAGE"><w:r><w:t>1</w:t></w:r>'
            "</w:fldSimple>"
        ),
        with_part("customXml/item1.xml", "application/xml", b'<object href="http://a"/>'),
    ],
)
def test_what_harms_nobody_may_stand_in_a_frame(data: bytes) -> None:
    assert write_docx(small_document(), frame(data), None)


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
    "a name in no encoding": (broken_zip("ї".encode(), b"\xff\xff"), "це не файл DOCX"),
    "a table out of place": (
        SHIPPED[:-10] + b"\xff\xff" + SHIPPED[-8:],
        "не файл DOCX",
    ),
    "damaged BZIP2": (broken_zip(b"BZh9", b"BZh?", zipfile.ZIP_BZIP2), "це не файл DOCX"),
    "damaged text": (broken_zip(b"x" * 1000, b"y" * 1000), "це не файл DOCX"),
    "a bomb": (bomb(), "рамка містить понад 500 частин або 50 МБ"),
    "no types": (without("[Content_Types].xml"), "не є документом Word"),
    "no text": (without(DOCUMENT), "на частину «word/document.xml», якої у файлі немає"),
    "no styles": (without("word/styles.xml"), "на частину «styles.xml», якої у файлі немає"),
    "text of another type": (
        changed("[Content_Types].xml", "document.main+xml", "other+xml").docx,
        "рамка не є документом Word (.docx): у файлі немає частини «document.main»",
    ),
    "styles of another type": (
        changed("[Content_Types].xml", "wordprocessingml.styles+xml", "other+xml").docx,
        "немає частини «styles»",
    ),
    "not xml": (
        changed(DOCUMENT, "<w:body>", "<w:body").docx,
        "рамка містить пошкоджену частину word/document.xml (рядок 2): відкрийте файл",
    ),
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
