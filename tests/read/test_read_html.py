"""HTML pages as a browser shows them."""

from __future__ import annotations

import pytest
from read_made import paragraphs, read, spots, table, tables, texts, told

from reportgen.read.source import SourceFile


def page(body: str) -> SourceFile:
    return read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "звіт.html")


def test_cells_take_the_first_free_columns() -> None:
    file = page(
        "<p>Звіт</p><table><caption>Заходи</caption>"
        "<thead><tr><th rowspan=2>№<th colspan=2>Обсяг<tr><th>план<th>факт</thead>"
        "<tr><td rowspan=0>1<td>а<td>б<tr><td>в<td>г</table>Директор"
    )
    assert paragraphs(file) == ["Звіт", "Директор"]
    found = table(file)
    assert found.name == "Заходи"
    assert [row.header for row in found.rows] == [True, True, False, False]
    assert spots(found) == [
        [(0, 1, 2, "№"), (1, 2, 1, "Обсяг")],
        [(1, 1, 1, "план"), (2, 1, 1, "факт")],
        [(0, 1, 2, "1"), (1, 1, 1, "а"), (2, 1, 1, "б")],
        [(1, 1, 1, "в"), (2, 1, 1, "г")],
    ]
    assert found.rows[1].cells[0][1].place.where == "таблиця 1, рядок 2, комірка 1"


def test_spans_end_with_their_group_and_overlaps_are_told() -> None:
    file = page(
        "<table><tr><td rowspan=9>а<td>б</table>"
        "<table><tr><td>а<td rowspan=2>б<tr><td colspan=2>в<tr><td>г</table>"
    )
    first, second = tables(file)
    assert spots(first) == [[(0, 1, 1, "а"), (1, 1, 1, "б")]]
    assert spots(second) == [[(0, 1, 1, "а"), (1, 1, 2, "б")], [(0, 1, 1, "в")], [(0, 1, 1, "г")]]
    assert told(file) == [
        "таблиця 2, рядок 2, комірка 1: об'єднані комірки перетинаються: другу звужено"
    ]


def test_the_foot_comes_last_wherever_it_stands() -> None:
    file = page("<table><tfoot><tr><td>разом</tfoot><tbody><tr><td>а</tbody></table>")
    assert texts(table(file)) == [["а"], ["разом"]]


def test_text_flows_as_a_browser_flows_it() -> None:
    file = page(
        "<div>перший\n   рядок<br>другий <b>жирний</b></div>далі&nbsp;ще<p><b>уся</b> <strong>жирна"
        "</strong></p><table><tr><td><p>а</p><p>б</p>в<td>г<br>ґ</table>"
    )
    assert paragraphs(file) == ["перший рядок\nдругий жирний", "далі\u00a0ще", "уся жирна"]
    assert texts(table(file)) == [["а\nб\nв", "г\nґ"]]
    assert [getattr(block, "bold", None) for block in file.blocks] == [False, False, True, None]


def test_marks_of_lists_are_written() -> None:
    file = page(
        "<ul><li>а<li><p>б</p></ul><ol start=3><li>в<li value=7>г</ol><ol type=a><li>ґ</ol>"
        "<ul style='list-style: none'><li>д</ul><table><tr><td>є<ol><li>ж<li>з</ol></table>"
    )
    assert paragraphs(file) == ["• а", "• б", "3. в", "7. г", "a. ґ", "д"]
    assert texts(table(file)) == [["є\n1. ж\n2. з"]]


def test_scripts_are_dropped_and_hidden_parts_told() -> None:
    file = page(
        "<script>alert(1)</script><style>p{}</style><p hidden>таємне</p><p>видне"
        "<span style='display: none'>ні</span></p><table><tr><td>а<i hidden>б</i>"
        "<tr style='display:none'><td>в</table>"
    )
    assert paragraphs(file) == ["видне"]
    assert [(row.hidden, row.cells[0][1].text) for row in table(file).rows] == [
        (False, "а"),
        (True, "в"),
    ]
    assert [one.message.split(" (")[0] for one in file.remarks] == [
        "прихований на сторінці текст пропущено",
        "прихований рядок таблиці прочитано",
    ]


def test_nested_tables_and_tables_that_lay_out_the_page() -> None:
    inner = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
    file = page(f"<table><tr><td>меню<td>{inner}</table>")
    assert paragraphs(file) == ["меню"]
    assert texts(table(file)) == [["1", "2"], ["3", "4"]]
    small = "<table><tr><td>1<td>2</table>"
    file = page(f"<table><tr><td>а<td>{small}<tr><td>б<td>в</table>")
    assert texts(table(file)) == [["а", "1\n2"], ["б", "в"]]
    assert "таблиця всередині комірки" in told(file)[0]


@pytest.mark.parametrize(
    "data",
    [
        "<html><head><meta charset='windows-1251'></head><body>Звіт</body></html>".encode("cp1251"),
        "<html><body>Звіт про результати</body></html>".encode("cp1251"),
        "\ufeff<html><body>Звіт</body></html>".encode("utf-16-le"),
        "<html><body>Звіт</body></html>".encode(),
    ],
)
def test_encodings_of_pages(data: bytes) -> None:
    assert paragraphs(read(data, "звіт.html"))[0].startswith("Звіт")


def test_a_page_of_a_thousand_levels_is_refused_or_read() -> None:
    assert paragraphs(page("<div>" * 50 + "а" + "</div>" * 50)) == ["а"]
