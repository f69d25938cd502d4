"""A drawn mark becomes the look of a field: whole, and upright on a page that is turned."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, FloatObject, pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import TextStampStyle

from reportgen.model.kyiv import in_kyiv
from reportgen.sign.mark import Ink, Mark, draw

if TYPE_CHECKING:
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.writer import BasePdfFileWriter

#: A page is turned clockwise by so many degrees → what turns a mark back (ISO 32000-1, 8.3.3).
_UPRIGHT: Final = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, 1, -1, 0, 0, 0),
    180: (-1, 0, 0, -1, 0, 0),
    270: (0, -1, 1, 0, 0, 0),
}


_TIME: Final = "%d.%m.%Y %H:%M:%S %z"
_DEEPEST: Final = 64  # levels of a tree of pages


@dataclass(frozen=True)
class MarkStyle(TextStampStyle):
    """Draws a mark into a field at the very time that goes into the signature."""

    timestamp_format: str = _TIME
    mark: Mark | None = None
    ink: Ink | None = None

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> Any:  # noqa: ANN401 - what pyHanko wants of a stamp is only `apply_appearance`
        """Return what draws the mark."""
        del box  # a field for a mark has its size
        if self.mark is None or self.ink is None:
            return None
        # The library takes the machine's zone: a mark tells the time of Kyiv wherever it is made.
        moment = datetime.datetime.strptime(text_params["ts"], _TIME)  # noqa: DTZ007 - %z is in it
        return _Drawn(writer, draw(self.mark, in_kyiv(moment).strftime(_TIME), self.ink))


class _Drawn:
    """A page that becomes the look of a field."""

    def __init__(self, writer: BasePdfFileWriter, page: bytes) -> None:
        self._writer, self._page = writer, page

    def apply_appearance(self, annotation: DictionaryObject) -> None:
        """Put the page into the field's widget."""
        put_on(self._writer, annotation, self._page)


def put_on(writer: BasePdfFileWriter, widget: DictionaryObject, page: bytes) -> None:
    """Make the page of a PDF the look of a field.

    A place is looked for before all signers are known, so the page may turn out larger or smaller
    than its field: then it is drawn from the upper left corner, smaller if need be, in proportion.
    """
    shown = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(page)))
    form = shown.get_object()
    turn = turn_of(widget["/P"])
    left, bottom, right, top = (float(one) for one in widget["/Rect"])
    wide, high = right - left, top - bottom
    if turn in (90, 270):
        wide, high = high, wide
    if wide and high:
        _, _, width, height = (float(one) for one in form["/BBox"])
        scale = max(width / wide, height / high)
        corners = (0.0, height - high * scale, wide * scale, height)
        form["/BBox"] = ArrayObject(map(FloatObject, corners))
        form["/Matrix"] = ArrayObject(map(FloatObject, _UPRIGHT[turn]))
    widget["/AP"] = DictionaryObject({pdf_name("/N"): shown})


def turn_of(page: DictionaryObject) -> int:
    """Return by how many degrees a page is turned clockwise when it is shown."""
    node = page
    for _ in range(_DEEPEST):
        node = node.get_object()
        if "/Rotate" in node:
            return int(node["/Rotate"]) // 90 % 4 * 90
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return 0
