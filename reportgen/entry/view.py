"""How a sheet of an entry form is seen: on the screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.entry.cells import LaidSheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4, _A3 = 9, 8
_WIDEST_ON_A4 = 260  # characters: more would be too small to read
_MARGIN = 0.4  # inches


def set_view(sheet: Worksheet, laid: LaidSheet) -> None:
    """Keep headings in view, and print a sheet one page wide."""
    sheet.hide_gridlines(2)
    sheet.set_paper(_A3 if sum(laid.widths.values()) > _WIDEST_ON_A4 else _A4)
    sheet.set_landscape()
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8сторінка &P з &N")
    sheet.fit_to_pages(1, 0)
    if not laid.key:
        return
    if laid.headings:
        sheet.freeze_panes(laid.headings.stop, laid.fixed)
        sheet.repeat_rows(laid.headings.start, laid.headings.stop - 1)
    first = next((cell for cell in laid.cells if cell.question), None)
    if first:
        sheet.set_selection(first.row, first.column, first.row, first.column)
    # Numbers of rows and years are texts by intent.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
