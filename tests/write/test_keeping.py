"""What stays together on a page, and how deep headings are."""

from __future__ import annotations

from marked import section
from small import PLACE, small_document, small_table, text

from reportgen.document.blocks import Block, Paragraph, Role, Row, Signature, Style, Table
from reportgen.write.headings import heading_levels
from reportgen.write.keeping import first_kept, kept_with_next, led_by, signed_tables
from reportgen.write.pages import RowStart

TABLE = small_table()
SIGNATURE = Signature("Посада", "Ім'я ПРІЗВИЩЕ", PLACE)


def paragraph(style: Style) -> Paragraph:
    return Paragraph(("текст",), style, PLACE)


def banded(*roles: Role) -> Table:
    return Table("т", TABLE.columns, (), tuple(Row((text("а", columns=7),), one) for one in roles))


def test_a_section_is_below_its_title_if_there_is_one() -> None:
    title, line = paragraph(Style.TITLE), paragraph(Style.LINE)
    assert heading_levels((title, line, section("1"), TABLE, section("2"))) == [1, 0, 2, 0, 2]
    assert heading_levels((line, section("1"), title, section("2"))) == [0, 1, 1, 2]


def test_headings_stay_with_what_they_head_and_lines_with_their_table() -> None:
    title, line, running = (paragraph(one) for one in (Style.TITLE, Style.LINE, Style.TEXT))
    assert kept_with_next((title, line, line, TABLE)) == [True, True, True, False]
    assert kept_with_next((title, line, section("1"), TABLE)) == [True, False, True, False]
    assert kept_with_next((section("1"), running, running)) == [True, False, False]
    assert kept_with_next((running, SIGNATURE, SIGNATURE)) == [True, False, False]
    assert kept_with_next(small_document().blocks) == [True, True, False, True, False, False]
    assert kept_with_next((section("1"),)) == [False]


def test_the_first_block_that_goes_with_a_table() -> None:
    title, running = paragraph(Style.TITLE), paragraph(Style.TEXT)
    blocks: tuple[Block, ...] = (running, title, section("1"), TABLE, TABLE)
    assert [first_kept(blocks, index) for index in (3, 4)] == [1, 4]


def test_bands_lead_the_row_below_them() -> None:
    table = banded(Role.BODY, Role.BAND, Role.BAND, Role.BODY, Role.TOTAL)
    assert [led_by(table, row) for row in range(5)] == [0, 1, 1, 1, 4]


def test_a_signature_is_about_the_last_measure_and_its_bands() -> None:
    table = banded(Role.BODY, Role.BAND, Role.BODY, Role.TOTAL)
    [signed] = signed_tables((section("1"), table, SIGNATURE, SIGNATURE))
    assert signed == (1, 2, RowStart(1, 1), range(2, 4))
    assert not list(signed_tables((table, paragraph(Style.NOTE), SIGNATURE)))
