"""A layout drawn with XlsxWriter."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range_abs

from reportgen.document.blocks import Document
from reportgen.model.council import PageProfile
from reportgen.write.frame import FrameError
from reportgen.write.xlsx.boxes import Box, Live
from reportgen.write.xlsx.charts import draw_charts
from reportgen.write.xlsx.layout import Layout
from reportgen.write.xlsx.looks import FONT, Look
from reportgen.write.xlsx.rich import Rich

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NAME = "Звіт"
_TABLE = "Таблиця"
_A4 = 9
_INCH = 25.4  # mm
_NUMBER_MARGIN = 10.0  # of the page number, mm from the edge: the least that ДСТУ 4163:2020 allows
_LONGEST = 32_767  # UTF-16 units in a cell


class _Pen:
    """Draws boxes; each look becomes one format of the workbook."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._book = book
        self._sheet = sheet
        self._formats: dict[Look, Format] = {}

    def draw(self, box: Box) -> None:
        area, content = box.area, box.content
        style = self._format(box.look)
        if area.is_merged:
            self._sheet.merge_range(area.top, area.left, area.bottom, area.right, "", style)
        place = (area.top, area.left)
        match content:
            case Live(formula, cached):
                self._sheet.write_formula(*place, formula, style, cached)
            case Rich():
                self._write_rich(*place, content, box.look)
            case str():
                self._write_text(*place, content, style)
            case _:
                self._sheet.write_number(*place, content, style)

    def _write_rich(self, row: int, column: int, rich: Rich, look: Look) -> None:
        _refuse_long(rich.text)
        looks = [look._replace(bold=look.bold or run.bold, italic=run.italic) for run in rich.runs]
        if len(looks) == 1:  # a text of one style takes it from its cell
            self._write_text(row, column, rich.text, self._format(looks[0]))
            return
        runs = zip(map(self._format, looks), (run.text for run in rich.runs), strict=True)
        self._sheet.write_rich_string(row, column, *chain.from_iterable(runs), self._format(look))

    def _write_text(self, row: int, column: int, text: str, style: Format) -> None:
        _refuse_long(text)
        if not text:
            self._sheet.write_blank(row, column, None, style)
        elif text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for markup of its own; in two runs it is escaped.
            self._sheet.write_rich_string(row, column, text[:1], style, text[1:], style)
        else:
            self._sheet.write_string(row, column, text, style)

    def _format(self, look: Look) -> Format:
        if look not in self._formats:
            self._formats[look] = self._book.add_format(look.properties)
        return self._formats[look]


def _refuse_long(text: str) -> None:
    if len(text.encode("utf-16-le")) > 2 * _LONGEST:
        message = f"текст «{text[:40]}…» довший за {_LONGEST} знаків: клітинка його не вмістить"
        raise FrameError("xlsx", 1, message)


def draw_sheet(book: Workbook, document: Document, layout: Layout) -> None:
    """Draw the only sheet of the workbook.

    Raises:
        FrameError: if a text is longer than a cell can hold.
    """
    sheet = book.add_worksheet(_NAME)
    for column, pixels in enumerate(layout.grid.pixels):
        sheet.set_column_pixels(column, column, pixels)
    for row, height in enumerate(layout.heights):
        sheet.set_row(row, height)
    pen = _Pen(book, sheet)
    for box in layout.boxes:
        pen.draw(box)
    if layout.charts:
        draw_charts(book, sheet, layout)
    _set_screen(book, sheet, layout)
    _set_print(sheet, document.page, layout)


def _set_screen(book: Workbook, sheet: Worksheet, layout: Layout) -> None:
    """Name the tables, keep their headings in view, and mark nothing right as doubtful."""
    sheet.hide_gridlines(2)  # the table has its own lines
    if layout.frozen:
        sheet.freeze_panes(layout.frozen, 0)
    several = len(layout.tables) > 1
    for number, table in enumerate(layout.tables, 1):
        area = xl_range_abs(table.top, table.left, table.bottom, table.right)
        name = f"{_TABLE}_{number}" if several else _TABLE
        book.define_name(name, f"='{_NAME}'!{area}")
    areas = " ".join(table.text for table in layout.tables)
    if areas:
        # Years and numbers of columns are texts; a total leaves rows «в т.ч.» out by intent.
        doubts = (
            "number_stored_as_text",
            "two_digit_text_year",
            "formula_range",
            "formula_differs",
        )
        sheet.ignore_errors(dict.fromkeys(doubts, areas))


def _set_print(sheet: Worksheet, page: PageProfile, layout: Layout) -> None:
    sheet.set_paper(_A4)
    if page.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(
        left=page.left / _INCH,
        right=page.right / _INCH,
        top=page.top / _INCH,
        bottom=page.bottom / _INCH,
    )
    margin = {"margin": _NUMBER_MARGIN / _INCH}
    sheet.set_header(f'&C&"{FONT},Regular"&{page.text_size:.0f}&P', margin)
    sheet.set_footer("", margin)
    sheet.fit_to_pages(1, 0)
    if layout.repeated:
        sheet.repeat_rows(layout.repeated.start, layout.repeated.stop - 1)
    sheet.set_h_pagebreaks(layout.breaks)
