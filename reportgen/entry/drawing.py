"""A laid-out entry form drawn as a workbook: all is locked but what is asked."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter
from xlsxwriter.utility import quote_sheetname

from reportgen.entry.cells import Cell, LaidSheet, Live, Style
from reportgen.entry.growing import growing
from reportgen.entry.heights import BOLD, SIZES, USUAL_SIZE
from reportgen.entry.identity import MARK, SHEET, Identity, records
from reportgen.entry.questions import Asked
from reportgen.entry.validation import list_name, lists, validation
from reportgen.entry.view import set_view
from reportgen.entry.words import Vocabulary
from reportgen.write.xlsx.looks import DEFAULT, FONT

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LISTS = 8  # the column of the hidden sheet where lists of names begin
_DIGITS = 15  # that Excel keeps of a number

_INK, _GREY = "#1F2933", "#6B7280"
_CHOSEN = (Asked.STATUS, Asked.YEARS)
_LOOKS: Mapping[Style, Mapping[str, object]] = {
    Style.TITLE: {},
    Style.ABOUT: {},
    Style.PLAIN: {},
    Style.HEADING: {
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#DCE3EA",
        "border": 1,
    },
    Style.BAND: {"bg_color": "#EEF2F6", "border": 1},
    Style.KNOWN: {"border": 1},
    Style.PART: {"border": 1, "italic": True, "indent": 1},
    Style.EARLIER: {"border": 1, "bg_color": "#EDEDED", "font_color": _GREY},
    Style.COMPUTED: {"border": 1, "bg_color": "#F5F5F5"},
    Style.TOTAL: {"border": 1, "bg_color": "#EEF2F6"},
    Style.REQUIRED: {"border": 1, "bg_color": "#FFF2CC"},
    Style.OPTIONAL: {"border": 1, "bg_color": "#E4F1E1"},
}


def draw(
    sheets: Sequence[LaidSheet],
    identity: Identity,
    words: Mapping[Asked, Vocabulary],
    dated: datetime.date,
    title: str,
) -> bytes:
    """Return the workbook; ``dated`` is the date of its properties, so that bytes stay the same."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(DEFAULT),
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        created = datetime.datetime.combine(dated, datetime.time(), tzinfo=datetime.UTC)
        book.set_properties({"title": title, "created": created})
        pen = _Pen(book)
        chosen = lists(sheets, words)
        for sheet in sheets:
            pen.draw(sheet, chosen)
        _hide(book, identity, chosen)
    asked = [{cell.row for cell in sheet.cells if cell.question} for sheet in sheets]
    return growing(buffer.getvalue(), asked)


class _Pen:
    """Draws sheets; each look becomes one format of the workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[object, ...], Format] = {}

    def draw(self, laid: LaidSheet, chosen: Mapping[Asked, tuple[str, ...]]) -> None:
        sheet = self._book.add_worksheet(laid.name)
        for column, width in laid.widths.items():
            sheet.set_column(column, column, width)
        for row, height in laid.heights.items():
            sheet.set_row(row, height)
        for cell in laid.cells:
            self._cell(sheet, cell)
            if cell.question:
                rule = validation(cell.question, chosen)
                if rule:
                    sheet.data_validation(cell.row, cell.column, cell.row, cell.column, rule)
        if laid.key:
            self._keys(sheet, laid)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        set_view(sheet, laid)

    def _keys(self, sheet: Worksheet, laid: LaidSheet) -> None:
        """Write the keys of rows and columns where no clerk looks."""
        sheet.write_string(0, 0, MARK + laid.key)
        for row, key in laid.rows.items():
            sheet.write_string(row, 0, key)
        for column, key in laid.columns.items():
            sheet.write_string(0, column, key)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 3, None, {"hidden": True})

    def _cell(self, sheet: Worksheet, cell: Cell) -> None:
        style = self._format(cell)
        place = (cell.row, cell.column)
        if cell.is_merged:
            bottom, right = max(cell.bottom, cell.row), max(cell.right, cell.column)
            sheet.merge_range(*place, bottom, right, "", style)
        match cell.content:
            case Live(formula, cached):
                value = float(cached) if isinstance(cached, Decimal) else cached
                sheet.write_formula(*place, f"={formula}", style, value)
            case Decimal() as value if _is_exact(value):
                sheet.write_number(*place, float(value), style)
            case content:
                _write_text(sheet, place, str(content), style)
        if cell.note:
            sheet.write_comment(*place, cell.note, {"author": "reportgen", "font_size": 9})

    def _format(self, cell: Cell) -> Format:
        asked = cell.question.asked if cell.question else None
        is_chosen = asked in _CHOSEN
        is_locked = cell.question is None and not cell.free
        key = (cell.style, cell.places, cell.figure, is_chosen, is_locked)
        if key not in self._formats:
            look: dict[str, object] = {
                "font_name": FONT,
                "font_size": SIZES.get(cell.style, USUAL_SIZE),
                "bold": cell.style in BOLD,
                "font_color": _INK,
                "text_wrap": True,
                "valign": "top",
                "locked": is_locked,
                **_LOOKS[cell.style],
                "num_format": _number_format(cell.places) if cell.figure else "@",
            }
            if cell.figure:
                look |= {"align": "right", "text_wrap": False, "indent": 1}
            elif is_chosen:
                look["align"] = "center"
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _write_text(sheet: Worksheet, place: tuple[int, int], text: str, style: Format) -> None:
    if not text:
        sheet.write_blank(*place, None, style)
    elif text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for markup of its own; in two runs it is escaped.
        sheet.write_rich_string(*place, text[:1], style, text[1:], style)
    else:
        sheet.write_string(*place, text, style)


def _is_exact(value: Decimal) -> bool:
    """Tell whether a number keeps all its digits in Excel."""
    return len(value.normalize().as_tuple().digits) <= _DIGITS


def _number_format(places: int | None) -> str:
    """Return the format of a number; one without known decimals shows those that are typed."""
    if places is None:
        return "General"
    return "#,##0." + "0" * places if places else "#,##0"


def _hide(book: Workbook, identity: Identity, chosen: Mapping[Asked, tuple[str, ...]]) -> None:
    """Write what the form knows of itself, and lists that are too long for a validation."""
    sheet = book.add_worksheet(SHEET)
    for row, record in enumerate(records(identity)):
        for column, text in enumerate(record):
            if text:
                sheet.write_string(row, column, text)
    for column, (asked, names) in enumerate(chosen.items(), _LISTS):
        for row, text in enumerate(names):
            sheet.write_string(row, column, text)
        letter = chr(ord("A") + column)
        area = f"{quote_sheetname(SHEET)}!${letter}$1:${letter}${len(names)}"
        book.define_name(list_name(asked), f"={area}")
    sheet.protect("")
    sheet.very_hidden()
