"""A layout drawn with XlsxWriter."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range_abs

from reportgen.model.council import PageProfile
from reportgen.write.frame import FrameError
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.boxes import Box, Link, Live, Long
from reportgen.write.xlsx.canvas import Canvas
from reportgen.write.xlsx.charts import draw_charts
from reportgen.write.xlsx.layout import Layout
from reportgen.write.xlsx.looks import FONT, Look
from reportgen.write.xlsx.names import quoted_name
from reportgen.write.xlsx.rich import Rich

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_TABLE = "Таблиця"
_LINK_SIZE, _LINK_WIDTH = 10.5, 90  # points, pixels
_A4 = 9
_INCH = 25.4  # mm
_NUMBER_MARGIN = 10.0  # of the page number, mm from the edge: the least that ДСТУ 4163:2020 allows
_LONGEST = 32_767  # UTF-16 units in a cell


class _Pen:
    """Draws boxes on a sheet."""

    def __init__(self, canvas: Canvas, sheet: Worksheet) -> None:
        self._format = canvas.format
        self._sheet = sheet

    def draw(self, box: Box) -> None:
        area, content = box.area, box.content
        style = self._format(box.look)
        if area.is_merged:
            self._sheet.merge_range(area.top, area.left, area.bottom, area.right, "", style)
        place = (area.top, area.left)
        match content:
            case Long(cached=figure):
                self._sheet.write_number(*place, figure, style)
            case Live(formula, cached):
                self._sheet.write_formula(*place, formula, style, cached)
            case Rich():
                self._write_rich(*place, content, box.look)
            case str():
                self._write_text(*place, content, style)
            case Link(text, target):
                address = f"internal:{quoted_name(target)}!A1"
                self._sheet.write_url(*place, address, style, text)
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


def _refuse_long(text: str) -> None:
    if len(text.encode("utf-16-le")) > 2 * _LONGEST:
        message = f"текст «{text[:40]}…» довший за {_LONGEST} знаків: клітинка його не вмістить"
        raise FrameError("xlsx", 1, message)


def draw_sheet(
    canvas: Canvas, name: str, page: PageProfile, layout: Layout, back: Link | None = None
) -> None:
    """Draw a sheet of the workbook.

    With a link ``back`` to another sheet, this is one of several: the link stands beside what is
    printed, and tables have their names for themselves.

    Raises:
        FrameError: if a text is longer than a cell can hold.
    """
    sheet = canvas.book.add_worksheet(name)
    for column, pixels in enumerate(layout.grid.pixels):
        sheet.set_column_pixels(column, column, pixels)
    for row, height in enumerate(layout.heights):
        sheet.set_row(row, height)
    pen = _Pen(canvas, sheet)
    for box in layout.boxes:
        pen.draw(box)
    draw_charts(canvas, sheet, layout)
    if back:
        _set_back(pen, sheet, layout, back)
    names = _table_names(len(layout.tables))
    for table, own in zip(layout.tables, names, strict=True):
        area = xl_range_abs(table.top, table.left, table.bottom, table.right)
        scope = f"{name}!" if back else ""
        canvas.book.define_name(f"{scope}{own}", f"={quoted_name(name)}!{area}")
    _set_screen(sheet, layout)
    _set_print(sheet, page, layout)


def _set_back(pen: _Pen, sheet: Worksheet, layout: Layout, back: Link) -> None:
    """Put a link beside the first row; it is not printed, and widens no page."""
    column = layout.grid.last + 1
    look = Look(_LINK_SIZE, vertical="top", is_link=True)._replace(indent=1)
    pen.draw(Box(Area(0, column, 0, column), back, look))
    sheet.set_column_pixels(column, column, _LINK_WIDTH)
    sheet.set_start_page(1)  # not where the sheet before it ended
    sheet.print_area(0, 0, len(layout.heights) - 1, layout.grid.last)


def _table_names(count: int) -> list[str]:
    return [_TABLE] if count == 1 else [f"{_TABLE}_{number}" for number in range(1, count + 1)]


def _set_screen(sheet: Worksheet, layout: Layout) -> None:
    """Keep headings of tables in view, and mark nothing right as doubtful."""
    sheet.hide_gridlines(2)  # the table has its own lines
    if layout.frozen:
        sheet.freeze_panes(layout.frozen, 0)
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
