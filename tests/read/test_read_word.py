"""Word files: what Word shows, in order, and a word on what it does not show."""

from __future__ import annotations

import io

import docx as python_docx
from hypothesis import given, settings
from hypothesis import strategies as st
from read_made import (
    docx,
    p,
    paragraphs,
    read,
    spots,
    table,
    tables,
    tbl,
    tc,
    texts,
    told,
    tr,
    word_table,
)


def level(depth: int, start: int, kind: str, text: str) -> str:
    """Return how a level of a list is marked."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    f"{level(0, 1, 'decimal', '%1.')}{level(1, 1, 'decimal', '%1.%2.')}"
    f"{level(2, 3, 'russianLower', '%3)')}</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def item(text: str, number: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_table_of_python_docx_is_read_with_its_merged_cells() -> None:
    document = python_docx.Document()
    document.add_paragraph("Звіт")
    made = document.add_table(3, 3)
    for row, cells in enumerate(made.rows):
        for column, cell in enumerate(cells.cells):
            cell.text = f"{row}{column}"
    made.cell(0, 0).merge(made.cell(0, 1)).text = "шапка"
    made.cell(1, 0).merge(made.cell(2, 0)).text = "завдання"
    document.add_paragraph("Директор\tВікторія КРАСНОПІР")
    data = io.BytesIO()
    document.save(data)
    file = read(data.getvalue(), "звіт.docx")
    assert paragraphs(file) == ["Звіт", "Директор\tВікторія КРАСНОПІР"]
    assert spots(table(file)) == [
        [(0, 2, 1, "шапка"), (2, 1, 1, "02")],
        [(0, 1, 2, "завдання"), (1, 1, 1, "11"), (2, 1, 1, "12")],
        [(1, 1, 1, "21"), (2, 1, 1, "22")],
    ]
    assert [block.place.line for block in file.blocks] == [1, 2, 5]
    assert file.remarks == ()


_TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S"))).map(str.strip)


@given(st.lists(st.lists(_TEXTS, min_size=2, max_size=2), min_size=1, max_size=4))
@settings(max_examples=20)
def test_texts_come_back_as_they_were(rows: list[list[str]]) -> None:
    assert texts(table(read(word_table(rows), "а.docx"))) == rows


def test_places_are_those_that_an_official_counts() -> None:
    file = read(docx(p("а") + tbl(tr(tc("б"), tc("в"))) + tbl(tr(tc("г")), tr(tc("ґ")))), "а.docx")
    last = tables(file)[1].rows[1]
    assert tables(file)[0].rows[0].cells[1][1].place.where == "таблиця 1, рядок 1, комірка 2"
    assert last.cells[0][1].place.where == "таблиця 2, рядок 2, комірка 1"
    assert (last.place.where, last.place.line) == ("таблиця 2, рядок 2", 4)


def test_rows_that_begin_or_end_inside_the_grid() -> None:
    body = tbl(
        tr(tc("а"), tc("б"), tc("в")),
        tr(tc("г", '<w:gridSpan w:val="2"/>'), properties='<w:gridBefore w:val="1"/>'),
        tr(tc("ґ"), properties='<w:gridAfter w:val="2"/>'),
    )
    assert spots(table(read(docx(body), "а.docx")))[1:] == [[(1, 2, 1, "г")], [(0, 1, 1, "ґ")]]


def test_a_header_that_word_repeats_is_marked() -> None:
    body = tbl(tr(tc("шапка"), properties="<w:tblHeader/>"), tr(tc("рядок")))
    assert [row.header for row in table(read(docx(body), "а.docx")).rows] == [True, False]


def test_cells_merged_sideways_in_the_old_way() -> None:
    body = tbl(tr(tc("а", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("б")))
    assert spots(table(read(docx(body), "а.docx"))) == [[(0, 2, 1, "а"), (2, 1, 1, "б")]]


def test_broken_merges_are_told_and_lose_nothing() -> None:
    body = tbl(
        tr(tc("а", "<w:vMerge/>"), tc("б", '<w:vMerge w:val="restart"/>')),
        tr(tc("в", '<w:gridSpan w:val="2"/><w:vMerge/>')),
    )
    file = read(docx(body), "а.docx")
    assert spots(table(file)) == [[(0, 1, 1, "а"), (1, 1, 1, "б")], [(0, 2, 1, "в")]]
    [message] = told(file)
    assert message == (
        "таблиця 1, рядок 1, комірка 1: об'єднання комірок по вертикалі зіпсоване: комірку "
        "прочитано як окрему (також: таблиця 1, рядок 2, комірка 1)"
    )


def test_text_under_a_merged_cell_is_not_seen_and_told() -> None:
    body = tbl(tr(tc("а", '<w:vMerge w:val="restart"/>')), tr(tc("схований", "<w:vMerge/>")))
    file = read(docx(body), "а.docx")
    assert spots(table(file)) == [[(0, 1, 2, "а")], []]
    assert told(file) == [
        "таблиця 1, рядок 2, комірка 1: текст, схований під об'єднаною коміркою, пропущено"
    ]


def test_a_table_inside_of_a_cell_is_text_of_the_cell() -> None:
    inner = tbl(tr(tc("1"), tc("2")))
    outer = tbl(tr(tc("а"), f"<w:tc>{p('до')}{inner}{p('після')}</w:tc>"), tr(tc("б"), tc("в")))
    file = read(docx(outer), "а.docx")
    assert texts(table(file)) == [["а", "до\n1\n2\nпісля"], ["б", "в"]]
    [message] = told(file)
    assert message == (
        "таблиця 1, рядок 1, комірка 2: таблиця всередині комірки: її текст узято в комірку, "
        "рядок за рядком"
    )


def test_a_table_that_only_surrounds_another_is_taken_apart() -> None:
    inner = tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))
    file = read(docx(tbl(tr(f"<w:tc>{p('Звіт')}{inner}{p('')}</w:tc>"))), "а.docx")
    assert paragraphs(file) == ["Звіт"]
    assert texts(table(file)) == [["1", "2"], ["3", "4"]]
    assert "розібрано" in told(file)[0]


def test_marks_of_lists_are_written() -> None:
    body = "".join(
        (
            *(item("перше", 1), item("друге", 1), item("далі", 1, 1), item("ще", 1, 1)),
            *(item("літера", 1, 2), item("літера", 1, 2), item("третє", 1), item("знову", 1, 1)),
            *(item("знак", 2), item("наново", 3)),
        )
    )
    assert paragraphs(read(docx(body, numbering=_NUMBERING), "а.docx")) == [
        *("1. перше", "2. друге", "2.1. далі", "2.2. ще"),
        *("в) літера", "г) літера", "3. третє", "3.1. знову", "• знак", "5. наново"),
    ]


def test_a_number_that_word_draws_in_an_empty_cell() -> None:
    cell = f"<w:tc>{item('', 1)}</w:tc>"
    body = tbl(tr(cell, tc("а")), tr(cell, tc("б")))
    file = read(docx(body, numbering=_NUMBERING), "а.docx")
    assert texts(table(file)) == [["1.", "а"], ["2.", "б"]]


def test_hidden_text_and_corrections() -> None:
    body = (
        p("таємне", run="<w:vanish/>")
        + f"<w:p>{run('сума ')}<w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        f"<w:ins>{run('12')}</w:ins></w:p>"
        + tbl(
            tr(tc("прихований"), properties="<w:hidden/>"),
            tr(tc("вилучений"), properties="<w:del/>"),
        )
    )
    file = read(docx(body), "а.docx")
    assert paragraphs(file) == ["сума 12"]
    assert [(row.hidden, row.cells[0][1].text) for row in table(file).rows] == [
        (True, "прихований")
    ]
    assert told(file) == [
        "абзац 1: прихований текст пропущено",
        "абзац 2: є неприйняті виправлення: вилучений текст пропущено",
        "абзац 2: є неприйняті виправлення: вставлений текст узято",
        "таблиця 1, рядок 1: прихований рядок таблиці прочитано",
    ]


def test_bold_comes_from_runs_and_from_styles() -> None:
    styles = (
        '<w:style w:styleId="a"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="a"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    )
    body = "".join(
        (
            *(p("раз", run="<w:b/>"), p("два", '<w:pStyle w:val="b"/>'), p("три")),
            *(
                p("чотири", '<w:pStyle w:val="c"/>'),
                p("п'ять", '<w:pStyle w:val="b"/>', '<w:b w:val="0"/>'),
            ),
        )
    )
    file = read(docx(body, styles=styles), "а.docx")
    assert [getattr(block, "bold", None) for block in file.blocks] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('у рамці')}</w:txbxContent>"
    drawn = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    file = read(docx(f"<w:p>{run('текст')}<w:r>{drawn}</w:r></w:p>"), "а.docx")
    assert paragraphs(file) == ["текст", "у рамці"]
    assert told(file) == [
        "абзац 1: напис (текстове поле) прочитано після абзацу, біля якого він стоїть"
    ]


def test_signs_that_are_elements() -> None:
    body = "<w:p><w:r><w:t>а</w:t><w:noBreakHyphen/><w:t>б</w:t><w:softHyphen/><w:t>в\u00adг</w:t>"
    body += '<w:br/><w:t>ґ</w:t><w:tab/><w:sym w:char="F0FC"/></w:r></w:p>'
    assert paragraphs(read(docx(body), "а.docx")) == ["а-бвг\nґ\t•"]


def test_a_footnote_is_told_and_does_not_spoil_the_figure() -> None:
    body = '<w:p><w:r><w:t>2,4</w:t><w:footnoteReference w:id="7"/></w:r></w:p>'
    notes = f'<w:footnote w:id="7">{p("з урахуванням змін")}</w:footnote>'
    file = read(docx(body, footnotes=notes), "а.docx")
    assert paragraphs(file) == ["2,4"]
    assert told(file) == ["абзац 1: виноску не внесено в текст: «з урахуванням змін»"]


def test_fields_and_containers_show_what_is_in_them() -> None:
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("у полі") + "</w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{run('посилання')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:fldSimple>{run(' 5')}</w:fldSimple></w:p>"
    )
    assert paragraphs(read(docx(body), "а.docx")) == ["у полі", "посилання 5"]
