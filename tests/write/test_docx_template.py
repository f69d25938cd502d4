"""A form's own Word page: what is printed, how cells merge, what is wrong with it and where."""

from __future__ import annotations

import dataclasses
import io
import re
import runpy
import zipfile
from collections.abc import Sequence
from typing import TypeAlias

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from small import PLACE, money, small_document, small_table, text
from word import ROOT, SHIPPED, frame, grid, read_grid

from reportgen.document.blocks import (
    Document,
    Paragraph,
    Role,
    Row,
    Signature,
    Style,
    Table,
    TableColumn,
)
from reportgen.model.markup import parse_markup
from reportgen.write.docx import write_docx
from reportgen.write.docx.package import read_parts, write_parts
from reportgen.write.frame import FrameError

FORM = ROOT / "templates" / "zhytomyr-measures-year-word"
COLUMNS = ("number", "task", "measure", "plan", "actual", "percent", "info")
CELLS = [f"{{{{ row.{name} }}}}" for name in COLUMNS]
SIGNED = "{%p for one in signatures %}", "{{ one.position }} {{ one.name }}", "{%p endfor %}"

#: A paragraph, or the rows of a table; a row of one text is a cell across all columns.
Drawn: TypeAlias = str | Sequence[Sequence[str]]


def rows(*inside: Sequence[str]) -> list[Sequence[str]]:
    """Rows in a loop over all rows of the first table."""
    return [["{%tr for row in table.rows %}"], *inside, ["{%tr endfor %}"]]


def page(*drawn: Drawn, base: bytes = b"") -> bytes:
    """Return a Word page with these paragraphs and tables."""
    made = docx.Document(io.BytesIO(base)) if base else docx.Document()
    for one in drawn:
        if isinstance(one, str):
            made.add_paragraph(one)
            continue
        table = made.add_table(0, max(map(len, one)))
        for texts in one:
            cells = table.add_row().cells
            if len(texts) == 1:
                cells[0].merge(cells[-1])
            for cell, content in zip(cells, texts, strict=False):
                cell.paragraphs[0].text = content
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def written(report: bytes, document: Document | None = None) -> bytes:
    dressed = dataclasses.replace(frame(), report=report)
    return write_docx(document or small_document(), dressed, None)


def opened(report: bytes, document: Document | None = None) -> WordDocument:
    return docx.Document(io.BytesIO(written(report, document)))


def whole(*, base: bytes = b"") -> bytes:
    """The least page that prints all of the small document."""
    return page(rows(CELLS), *SIGNED, base=base)


def faults(*drawn: Drawn, document: Document | None = None) -> list[str]:
    with pytest.raises(FrameError) as caught:
        written(page(*drawn), document)
    assert (caught.value.file, caught.value.line) == ("report.docx", 1)
    return list(caught.value.messages)


def with_body(*body: Row) -> Document:
    table = dataclasses.replace(small_table(), body=body)
    return dataclasses.replace(small_document(), blocks=(table,))


# --- the shipped page --------------------------------------------------------------------------


def test_the_shipped_page_is_what_its_script_makes() -> None:
    make_report = runpy.run_path(str(ROOT / "tools" / "make_report.py"))["make_report"]
    shipped = read_parts((FORM / "report.docx").read_bytes())
    assert read_parts(make_report()) == shipped, "run tools/make_report.py"


def test_the_shipped_form_is_the_years_but_for_its_page() -> None:
    year = (ROOT / "templates" / "zhytomyr-measures-year" / "form.yaml").read_text("utf-8")
    word = (FORM / "form.yaml").read_text("utf-8")
    assert word.split("\n")[3:] == year.split("\n")[3:]
    assert word.split("\n")[2] == "form: zhytomyr-measures-year-word"


# --- what is printed ---------------------------------------------------------------------------


def test_one_row_prints_every_row_with_its_merges() -> None:
    read = opened(whole())
    assert read_grid(read.tables[0]) == grid(small_table().body, 7)
    merged = [cell.get(qn("w:val")) for cell in read.element.iter(qn("w:vMerge"))]
    assert merged == ["restart", "restart", "continue", "continue", "continue", "continue"]
    spans = [cell.get(qn("w:val")) for cell in read.element.iter(qn("w:gridSpan"))]
    assert spans == ["3"]  # the total's label


def test_a_row_of_its_own_for_each_role() -> None:
    total = ['{%tr elif row.role == "total" %}'], ["{{ row.text }}", *["…"] * 6]
    made = page(
        rows(
            ['{%tr if row.role == "part" %}'],
            [*CELLS[:2], "— {{ row.measure }}", *CELLS[3:]],
            total[0],
            [CELLS[0], "", "", *CELLS[3:]],
            ["{%tr else %}"],
            CELLS,
            ["{%tr endif %}"],
        ),
        *SIGNED,
    )
    read = opened(made)
    assert [row.cells[2].text for row in read.tables[0].rows] == [
        "1.1.1. Виплата <b>винагороди</b> & премій",
        "— в т.ч. субвенція",
        "1.1.2. =SUM(A1) не формула",
        "",
    ]
    assert read.tables[0].rows[3].cells[0].text == "Всього за Програмою"


def test_bands_join_by_themselves_or_as_they_are_drawn() -> None:
    band = Row((text("Напрям 1", columns=7),), Role.BAND)
    document = with_body(band, *small_table().body)
    by_itself = opened(page(rows(CELLS)), document).tables[0]
    assert read_grid(by_itself) == grid(document.tables[0].body, 7)
    own = [['{%tr if row.role == "band" %}'], ["{{ row.text }}"], ["{%tr else %}"], CELLS]
    drawn = opened(page(rows(*own, ["{%tr endif %}"])), document).tables[0]
    assert read_grid(drawn) == grid(document.tables[0].body, 7)


def test_cells_merged_both_ways_side_by_side() -> None:
    body = (
        Row((text("а", rows=2, columns=2), text("б", columns=4), text("в", rows=3))),
        Row((text("г", rows=2, columns=3), text("ґ"))),
        Row((text("д"), text("е"), text("є"))),
    )
    document = with_body(*body)
    assert read_grid(opened(page(rows(CELLS)), document).tables[0]) == grid(body, 7)


def test_the_header_can_be_a_loop_too() -> None:
    header = [["{%tr for row in table.header %}"], CELLS, ["{%tr endfor %}"]]
    read = opened(page([*header, *rows(CELLS)], *SIGNED))
    assert read_grid(read.tables[0])[:3] == grid(small_table().header, 7)


def test_all_that_a_page_may_name() -> None:
    blocks = (
        *small_document().blocks[:5],
        Paragraph(("2. Висновок",), Style.SECTION, PLACE),
        *(Paragraph((one,), Style.TEXT, PLACE) for one in ("Перше.", "Друге.")),
        Paragraph(("Примітка.",), Style.NOTE, PLACE),
        small_document().blocks[5],
    )
    document = dataclasses.replace(small_document(), blocks=blocks)
    read = opened(
        page(
            "{{ title }}|{{ author | upper }}|{{ language }}|{{ dated | date }}",
            "{{ heading.title }}|{{ heading.line }}",
            "{%p for line in heading.lines %}",
            "{{ loop.index }} {{ line.style }}: {{ line.text }}",
            "{%p endfor %}",
            "{{ table.title }}",
            "{{ table.caption }}",
            rows(CELLS),
            "{{ texts[0].title }}",
            "{{ texts[0].text }}",
            "{% for note in notes %}{{ note }}{% if not loop.last %}; {% endif %}{% endfor %}",
            "{{ signatures[0].position }}: {{ signatures[0].name }}",
        ),
        document,
    )
    assert [one.text for one in read.paragraphs] == [
        (
            "Звіт про результати виконання Програми за 2023 рік|"
            "УПРАВЛІННЯ ЖИТОМИРСЬКОЇ МІСЬКОЇ РАДИ|uk|31.12.2023"
        ),
        "Звіт\nпро результати виконання Програми|Термін реалізації Програми 2021-2025 роки",
        "1 title: Звіт\nпро результати виконання Програми",
        "2 subtitle: за 2023 рік",
        "3 line: Термін реалізації Програми 2021-2025 роки",
        "4 section: 1. Виконання заходів",
        "Звіт\nпро результати виконання Програми",
        "за 2023 рік",
        "Термін реалізації Програми 2021-2025 роки",
        "1. Виконання заходів",
        "Виконання заходів",
        "2. Висновок",
        "Перше.",
        "Друге.",
        "Примітка.",
        "Начальник управління у справах сім'ї, молоді та спорту міської ради: Ірина КОВАЛЬЧУК",
    ]


def test_figures_decide_what_is_printed() -> None:
    cell = "{% if row.figures.plan is none %}{% elif row.figures.plan >= 1000 %}багато{% endif %}"
    made = page(rows([*CELLS[:6], f"{CELLS[6]}{cell}"]), *SIGNED)
    assert [row.cells[6].text for row in opened(made).tables[0].rows] == [
        "Перший абзац.\nДругий абзац.багато",
        "",
        "Заплановано на II півріччя.",
        "багато",
    ]


def test_every_table_in_its_own_loop() -> None:
    other = Table("Друга", (TableColumn("label", 100),), (), (Row((text("рядок"),)),))
    document = dataclasses.replace(small_document(), blocks=(small_table(), other))
    read = opened(
        page(
            "{%p for one in tables %}",
            "{{ one.caption }}",
            [["{%tr for row in one.rows %}"], ["{{ row.text }}", ""], ["{%tr endfor %}"]],
            "{%p endfor %}",
            rows(CELLS),
        ),
        document,
    )
    assert [one.text for one in read.paragraphs] == ["Виконання заходів", "Друга"]
    assert [len(one.rows) for one in read.tables] == [4, 1, 4]


def test_a_cell_keeps_a_paragraph_whatever_its_tags_print() -> None:
    made = docx.Document(io.BytesIO(whole()))
    cell = made.add_table(1, 1).rows[0].cells[0]
    cell.paragraphs[0].text = "{%p if texts %}"
    for content in ("{{ title }}", "{%p endif %}"):
        cell.add_paragraph(content)
    result = io.BytesIO()
    made.save(result)
    assert [
        one.text for one in opened(result.getvalue()).tables[1].rows[0].cells[0].paragraphs
    ] == [""]


def test_a_table_in_a_cell_does_not_merge_that_cell() -> None:
    made = docx.Document(io.BytesIO(page([["а", "б"]], *SIGNED)))
    inner = made.tables[0].rows[0].cells[0].add_table(0, 7)
    for texts in rows(CELLS):
        for cell, content in zip(inner.add_row().cells, texts, strict=False):
            cell.paragraphs[0].text = content
    result = io.BytesIO()
    made.save(result)
    outer = opened(result.getvalue()).tables[0]
    assert read_grid(outer.rows[0].cells[0].tables[0]) == grid(small_table().body, 7)


def test_tags_keep_their_look_and_word_may_part_them() -> None:
    """A tag's parts may look different, and its quotes may have become «»."""
    run = '<w:r><w:rPr><w:i/></w:rPr><w:t>{</w:t></w:r><w:proofErr w:type="gramEnd"/>'
    more = "<w:r><w:t>{ table.</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>caption }} кінець</w:t>"
    made = docx.Document(io.BytesIO(whole()))
    quotes = "{% if table.caption == «Виконання заходів» %}так{% endif %}"
    for inside in (f"{run}{more}</w:r>", f"<w:r><w:t>{quotes}</w:t></w:r>"):
        paragraph = parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")
        made.element.body.insert(0, paragraph)
    result = io.BytesIO()
    made.save(result)
    first, second = opened(result.getvalue()).paragraphs[:2]
    assert first.text == "так"
    assert [(one.text, one.italic, one.bold) for one in second.runs] == [
        ("Виконання заходів", True, None),
        (" кінець", None, True),
    ]


def test_headers_are_filled_too() -> None:
    made = docx.Document(io.BytesIO(whole()))
    made.sections[0].header.paragraphs[0].text = "{{ author }}"
    result = io.BytesIO()
    made.save(result)
    header = opened(result.getvalue()).sections[0].header
    assert header.paragraphs[0].text == "Управління Житомирської міської ради"


MARKED = "Вступ **жирний** і *похилий*, [сторінка](https://example.org/a).\n\n2. друге\n3. третє"


def with_markup() -> Document:
    marked = parse_markup(MARKED)
    cell = dataclasses.replace(text(*(one.text for one in marked)), marked=marked)
    return with_body(Row((*(text(str(one)) for one in range(6)), cell)))


def test_markup_is_drawn() -> None:
    read = opened(page(rows(CELLS)), with_markup())
    cell = read.tables[0].rows[0].cells[6]
    assert [one.text for one in cell.paragraphs] == [
        "Вступ жирний і похилий, сторінка.",
        "2. друге",
        "3. третє",
    ]
    runs = cell.paragraphs[0].runs
    assert [one.text for one in runs if one.bold] == ["жирний"]
    assert [one.text for one in runs if one.italic] == ["похилий"]
    [link] = cell.paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("сторінка", "https://example.org/a")


def test_lists_are_real_where_the_page_has_their_styles() -> None:
    """A page made from the frame has them; in any other their marks are text."""
    cell = opened(page(rows(CELLS), base=SHIPPED), with_markup()).tables[0].rows[0].cells[6]
    first, *items = cell.paragraphs
    assert first.style.name == "Normal"
    assert [one.text for one in items] == ["друге", "третє"]
    assert {one.style.name for one in items} == {"Таблиця: нумерований перелік"}
    found = cell.part.element.body.iter(qn("w:numId"))
    numbers = {int(one.get(qn("w:val"))) for one in found}
    assert len(numbers) == 1
    read = opened(page(rows(CELLS), base=SHIPPED), with_markup())
    numbering = read.part.numbering_part.element
    [number] = [one for one in numbering.num_lst if one.numId in numbers]
    assert number.lvlOverride_lst[0].startOverride.val == 2


# --- hostile text and bytes --------------------------------------------------------------------

HOSTILE = (
    "</w:t> <b>&amp;</b> ]]> {{ 7*7 }} {% raw %} {_{ a }_} {%tr endfor %} \ue000\ue0000\ue000 \a"
)


def test_hostile_text_stays_text() -> None:
    hostile = HOSTILE.removesuffix("\a")
    document = dataclasses.replace(
        with_body(Row(tuple(text(hostile) for _ in COLUMNS))), title=hostile, author=hostile
    )
    document = dataclasses.replace(
        document, blocks=(*document.blocks, Signature(hostile, hostile, PLACE))
    )
    read = opened(page("{{ title }}", rows(CELLS), *SIGNED), document)
    assert read.paragraphs[0].text == hostile
    assert {cell.text for cell in read.tables[0].rows[0].cells} == {hostile}
    assert read.paragraphs[1].text == f"{hostile} {hostile}"
    assert read.core_properties.title == hostile


def test_a_control_character_is_refused() -> None:
    with pytest.raises(ValueError, match="XML compatible"):
        written(whole(), with_body(Row(tuple(text("\a") for _ in COLUMNS))))


def test_braces_that_are_no_tags_stay() -> None:
    assert (
        opened(page("{1}, 100%", "} і {", rows(CELLS), *SIGNED)).paragraphs[0].text == "{1}, 100%"
    )


def test_the_same_bytes_and_the_documents_properties() -> None:
    data = written(whole())
    assert data == written(whole())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b'place="' not in archive.read("word/document.xml")
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.language, properties.created.year) == ("uk", 2023)
    assert properties.title == small_document().title


# --- mistakes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        (
            "{{ tittle }}",
            (
                "немає «tittle»; є: title, author, language, dated, heading, tables, texts, notes, "
                "signatures, table"
            ),
        ),
        ("{{ table.captoin }}", "немає «captoin»; є: title, caption, header, rows"),
        ("{{ title.upper }}", "немає «upper»; далі вже нічого немає"),
        ("{{ title.__class__ }}", "немає «__class__»; далі вже нічого немає"),
        ("{{ table['x'] }}", "немає «x»; є: title, caption, header, rows"),
        ("{{ tables[7] }}", "немає «7»"),
        ("{{ title | }}", "після знака бракує імені"),
        ("{{ }}", "вираз порожній або обірваний"),
        ("{{ title title }}", "зайве «title»"),
        ("{{ (title }}", "бракує «)»"),
        ("{{ title § }}", "зайвий знак «§»"),
        ("{{ title | capitalize }}", "немає фільтра «capitalize»; є: date, lower, upper"),
        ("{{ title is odd }}", "немає перевірки «odd»; є: none"),
        ("{{ title | upper(1) }}", "«upper» тут вживають без дужок"),
        ("{{ title * 9 }}", "дія «*» тут недозволена"),
        ("{{ title() }}", "дія «()» тут недозволена"),
        ("{{ [1] }}", "дія «list» тут недозволена"),
        ("{{ dated }}", "дату друкують із фільтром: «| date»"),
        ("{{ title | date }}", "фільтр «date» друкує лише дати"),
        ("{{ table }}", "це не текст: назвіть, що саме з нього друкувати"),
        (
            "{{ table.rows[0].figures.plan }}",
            "figures — лише для умов: друкують саму клітинку, {{ row.колонка }}",
        ),
        ("{{p title }}", "тут друкують просто: {{ … }}, без букв перед іменем"),
        ("{%tc if title %}", "«tc» тут немає: є {%tr …%} — рядок таблиці, {%p …%} — абзац"),
        ("{% set a = 1 %}", "невідома дія «set»; є: for, if, elif, else, endfor, endif"),
        ("{% if title %}", "не закрито: далі у цьому абзаці має бути {% endif %}"),
        ("{% endif %}", "перед ним немає {% if … %}"),
        ("{{ title", "тег не закрито: до кінця абзацу немає «}}»"),
        ("{% if title }}", "тег не закрито: до кінця абзацу немає «%}»"),
        ("}}", "закриває тег, якого не відкрито"),
        (
            "{%tr for row in table.rows %}",
            "{%tr …%} ставлять у рядку таблиці, а це звичайний абзац",
        ),
        ("{{ " + "(" * 400 + "title" + ")" * 400 + " }}", "завелика вкладеність"),
        ("{{ " + "title or " * 200 + "title }}", "тег довший за 1000 знаків"),
    ],
)
def test_a_mistake_is_told_with_its_paragraph(tag: str, reason: str) -> None:
    [first, *_] = faults("Вступ", tag, rows(CELLS), *SIGNED)
    assert first == f"абзац 2, «{tag[:60]}»: {reason}"


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{% for one in title %}{% endfor %}", "повторюють лише по переліку: "),
        ("{% for a, b in tables %}{% endfor %}", "у циклі має бути одне ім'я: "),
        ("{% for a in tables %}{% for b in tables %}{% endfor %}{% endfor %}", "цикл усередині"),
        ("{% for a in tables %}{{ a.nothing }}{% endfor %}", "немає «nothing»; є: title, caption"),
        ("{% for a in tables if b %}{% endfor %}", "немає «b»; є: "),
        ("{% for a tables %}{{ a }}{% endfor %}", "бракує «in»"),
        ("{% if title %}{% else if %}{% endif %}", "після «else» нічого не пишуть"),
        ("{% if title %}" * 20 + "{% endif %}" * 20, "умов і циклів одне в одному має бути менше"),
    ],
)
def test_a_block_that_is_wrong(tag: str, reason: str) -> None:
    told = faults(tag, rows(CELLS), *SIGNED)
    assert len(told) == 1
    assert reason in told[0]


def test_a_mistake_is_told_with_its_cell() -> None:
    wrong = [*CELLS]
    wrong[1] = "{{ row.taks }}"
    assert faults([["а"]], rows(wrong), *SIGNED) == [
        (
            "таблиця 2, рядок 2, клітинка 2, «{{ row.taks }}»: немає «taks»; є: number, task, "
            "measure, plan, actual, percent, info, role, text, figures, cells"
        )
    ]


def test_all_mistakes_are_told_at_once() -> None:
    made = [["{%tr for row in table.rows %}"], ["{{ row.a }}", "{{ row.b }}"], ["{%tr endfr %}"]]
    told = faults("{{ c }}", made)
    places = [re.split(", «|: ", one)[0] for one in told]
    assert places == [
        "абзац 1",
        "таблиця 1, рядок 2, клітинка 1",
        "таблиця 1, рядок 2, клітинка 2",
        "таблиця 1, рядок 3, клітинка 1",
        "таблиця 1, рядок 1, клітинка 1",
    ]
    assert told[-1].endswith("не закрито: далі у цій таблиці має бути {%tr endfor %}")
    told = faults(*("{{ c }}" for _ in range(100)))
    assert len(told) == 31
    assert told[-1] == "і ще помилок: 70"


def test_a_row_with_a_tag_is_not_printed_so_it_holds_nothing_else() -> None:
    made = [["{%tr for row in table.rows %}", "Усього"], CELLS[:2], ["{%tr endfor %}"]]
    reason = "самого рядка не буде надруковано: лишіть у ньому тільки цей тег"
    [told] = faults(made)
    assert told == f"таблиця 1, рядок 1, клітинка 1, «{{%tr for row in table.rows %}}»: {reason}"
    [told] = faults("Так {%p if title %}", "{%p endif %}")
    assert told.endswith("самого абзацу не буде надруковано: лишіть у ньому тільки цей тег")


def test_blocks_close_where_they_are_opened() -> None:
    [told] = faults("{%p if title %}", [["{%tr endif %}"]])
    assert told == (
        "таблиця 1, рядок 1, клітинка 1, «{%tr endif %}»: перед ним відкрито «{%p if title %}» "
        "(абзац 1), його закриває {%p endif %} там само"
    )


def test_nested_tables_and_headers_have_places_too() -> None:
    made = docx.Document(io.BytesIO(page([["а", "б"]])))
    made.tables[0].rows[0].cells[1].add_table(1, 1).rows[0].cells[0].text = "{{ x }}"
    made.sections[0].header.paragraphs[0].text = "{{ y }}"
    result = io.BytesIO()
    made.save(result)
    with pytest.raises(FrameError) as caught:
        written(result.getvalue())
    inner, header = caught.value.messages
    assert inner.startswith(
        "таблиця 1, рядок 1, клітинка 2, таблиця 1, рядок 1, клітинка 1, «{{ x }}»: немає «x»"
    )
    assert header.startswith("верхній колонтитул, абзац 1, «{{ y }}»: немає «y»")


def test_what_a_page_leaves_out_is_told() -> None:
    body = ['{%tr if row.role == "body" %}'], CELLS, ["{%tr endif %}"]
    assert faults(rows(*body)) == [
        (
            "шаблон друкує не весь звіт, бракує: таблиця 1, рядки «part», колонка «measure»; "
            "таблиця 1, рядки «part», колонка «plan»; таблиця 1, рядки «part», колонка «actual»; "
            "таблиця 1, рядки «part», колонка «percent»; "
            "таблиця 1, рядки «total», колонка «number»; "
            "таблиця 1, рядки «total», колонка «plan» і ще 4"
        )
    ]


def test_merged_values_that_cannot_merge_are_told_with_their_cell() -> None:
    together = [CELLS[0], f"{CELLS[1]} {CELLS[2]}", "", *CELLS[3:]]
    [told, *_] = faults(rows(together), *SIGNED)
    assert told == (
        "таблиця 1, рядок 2, клітинка 2: тут є значення, накрите клітинкою згори, й інше: "
        "розведіть їх по клітинках"
    )
    part = [['{%tr if row.role == "part" %}'], [CELLS[1], CELLS[0], *CELLS[2:]], ["{%tr else %}"]]
    [told, *_] = faults(rows(*part, CELLS, ["{%tr endif %}"]), *SIGNED)
    assert told.startswith(
        "таблиця 1, рядок 3, клітинка 1: це значення накриває клітинка згори, а над ним її немає"
    )
    swapped = [CELLS[1], CELLS[0], *CELLS[2:]]
    told, *_ = faults(rows(swapped), *SIGNED)
    assert "це значення накриває клітинка зліва, а поруч зліва її немає" in told


def test_tags_outside_of_text_are_told() -> None:
    made = docx.Document(io.BytesIO(whole()))
    field = f'<w:p {nsdecls("w")}><w:fldSimple w:instr=" TITLE {{{{ title }}}}"/></w:p>'
    made.element.body.insert(0, parse_xml(field))
    result = io.BytesIO()
    made.save(result)
    with pytest.raises(FrameError, match=r"«TITLE \{\{ title \}\}»: тут тегів не"):
        written(result.getvalue())


def test_what_a_frame_may_not_hold_a_page_may_not_either() -> None:
    parts = read_parts(whole())
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr="DDE x"/></w:p>'
    )
    with pytest.raises(FrameError, match="поле «DDE x»") as caught:
        written(write_parts(parts))
    assert caught.value.file == "report.docx"
    with pytest.raises(FrameError, match=r"^шаблон Word не читається: це не файл DOCX"):
        written(b"x")


def test_what_is_wrong_with_a_page_is_not_said_of_a_frame() -> None:
    parts = read_parts(whole())
    for wrong, message in (
        ({"word/document.xml": b"<a"}, "шаблон Word містить пошкоджену частину word/document.xml"),
        ({"word/a.bin": b"x"}, "шаблон Word містить частину, якої"),
        ({"word/a.xml": b"<!DOCTYPE a><a/>"}, "шаблон Word містить DTD"),
        ({"a/../b": b""}, "шаблон Word містить частину з хибною назвою"),
        ({"word/a.xml": b" " * 60_000_000}, "шаблон Word містить понад"),
    ):
        with pytest.raises(FrameError, match=f"^{message}") as caught:
            written(write_parts({**parts, **wrong}))
        assert caught.value.file == "report.docx"
    del parts["word/document.xml"]
    with pytest.raises(
        FrameError, match=r"^шаблон Word посилається на частину «word/document\.xml»"
    ):
        written(write_parts(parts))


def test_a_field_does_not_swallow_a_table_of_a_page() -> None:
    parts = read_parts(whole())
    begin, apart, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f"<w:p>{begin}<w:r><w:instrText>TOC</w:instrText></w:r>{apart}</w:p><w:tbl>"
    text = parts["word/document.xml"].decode().replace("<w:tbl>", code, 1)
    text = text.replace("</w:tbl>", f"</w:tbl><w:p>{end}</w:p>", 1)
    parts["word/document.xml"] = text.encode()
    with pytest.raises(FrameError, match=r"^шаблон Word містить поле «TOC», у якому стоїть"):
        written(write_parts(parts))


def test_a_large_document_is_filled_in_good_time() -> None:
    row = Row((*(text(str(one)) for one in range(3)), *[money("1,0", "1.0")] * 3, text("т")))
    read = opened(page(rows(CELLS)), with_body(*[row] * 700))
    assert len(read.tables[0].rows) == 700
