"""The mark that shows a signature on the page: who, in what position, by which certificate, when.

It is drawn before the signature is made, which covers it. ДСТУ 4163:2020 leaves its look to the
institution, so it is a template of its own, ``mark.typ``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import typst
from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import TextStampStyle

from reportgen.sign.faults import SigningError
from reportgen.write.frame import FrameError
from reportgen.write.pdf_typst.run import open_compiler
from reportgen.write.pdf_typst.sealed import refuse_packages
from reportgen.write.prediction import POINTS_PER_MM

if TYPE_CHECKING:
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.writer import BasePdfFileWriter

    from reportgen.write.fonts import Typeface

#: Width and height of a mark, mm: a name, a position, a certificate's number and a time.
WIDTH, HEIGHT = 68.0, 15.5

#: Part 1 is the strictest of PDF/A on what is drawn, so its pictures pass in files of any part.
_STANDARD: Final = "a-1b"
_TITLE, _NAME, _LINE = 5.5, 7.5, 6.0  # sizes of type, points
_INSET = 2.0  # mm from the frame of a mark to its text


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says besides the time; position and serial (hexadecimal) may be ""."""

    title: str
    name: str
    position: str
    serial: str


@dataclass(frozen=True, slots=True)
class Ink:
    """What marks are drawn by: the source of the template and the type."""

    template: bytes
    typeface: Typeface | None

    @classmethod
    def of(cls, template: bytes, typeface: Typeface | None) -> Ink:
        """Return what draws marks by a template, which may bring in no other code.

        Raises:
            SigningError: when it would.
        """
        try:
            refuse_packages(template.decode("utf-8"))
        except FrameError as error:
            raise SigningError(f"mark.typ:{error.line}: {error}") from error
        return cls(template, typeface)


def draw(mark: Mark, time: str, ink: Ink) -> bytes:
    """Return a PDF whose one page is the mark; ``time``, which may be "", ends in «+0200».

    Raises:
        SigningError: when the template does not compile, or the type lacks a letter.
    """
    number = f"Сертифікат {mark.serial}" if mark.serial else ""
    told = f"Час підпису {time[:-2]}:{time[-2:]}" if time else ""  # of the zone, hours, minutes
    lines = [*filter(None, (mark.position, number, told))]
    texts = [mark.title, mark.name, *lines]
    lacking = ink.typeface.lacking("".join(texts)) if ink.typeface else ""
    if lacking:
        raise SigningError(f"у шрифті позначки немає знаків «{lacking}»")
    data = {
        "title": mark.title,
        "name": _cut(mark.name, _NAME, ink.typeface),
        "lines": [_cut(one, _LINE, ink.typeface) for one in lines],
        "width": WIDTH,
        "height": HEIGHT,
        "inset": _INSET,
        "sizes": [_TITLE, _NAME, _LINE],
        "fonts": [ink.typeface.family] if ink.typeface else [],
    }
    compiler = open_compiler(ink.template, ink.typeface, data)
    try:
        drawn = compiler.compile(
            ink.template, format="pdf", pdf_standards=[_STANDARD], pdf_tags=False
        )
    except typst.TypstError as error:
        raise SigningError(f"шаблон mark.typ не складається: {error}") from error
    if not isinstance(drawn, bytes) or not _is_one(drawn):
        raise SigningError(
            f"шаблон mark.typ має давати рівно одну сторінку {WIDTH:g} × {HEIGHT:g} мм"
        )
    return drawn


def _is_one(drawn: bytes) -> bool:
    """Tell whether a PDF is one page of a mark's size."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _, _, width, height = (float(one) for one in pdf.pages[0].mediabox)
        wrong = abs(width - WIDTH * POINTS_PER_MM), abs(height - HEIGHT * POINTS_PER_MM)
        return len(pdf.pages) == 1 and max(wrong) < 1


def _cut(line: str, size: float, typeface: Typeface | None) -> str:
    """Cut a line that would leave the mark; names and positions may be of any length."""
    room = (WIDTH - 2 * _INSET) * POINTS_PER_MM
    width = typeface.bold.width if typeface else _guessed
    if width(line, size) <= room:
        return line
    while line and width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _guessed(line: str, size: float) -> float:
    """Return the width of a line in a type that nothing is known of: two thirds of an em each."""
    return size * len(line) * 2 / 3


@dataclass(frozen=True)
class MarkStyle(TextStampStyle):
    """Draws a mark into a field at the very time that goes into the signature."""

    timestamp_format: str = "%d.%m.%Y %H:%M:%S %z"
    mark: Mark | None = None
    ink: Ink | None = None

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> Any:  # noqa: ANN401 - what pyHanko wants of a stamp is only `apply_appearance`
        """Return what draws the mark."""
        del box  # a field for a mark has its size
        if self.mark is None or self.ink is None:
            return None
        return _Drawn(writer, draw(self.mark, text_params["ts"], self.ink))


class _Drawn:
    """A page that becomes the look of a field."""

    def __init__(self, writer: BasePdfFileWriter, page: bytes) -> None:
        self._writer, self._page = writer, page

    def apply_appearance(self, annotation: DictionaryObject) -> None:
        """Put the page into the field's widget."""
        put_on(self._writer, annotation, self._page)


def put_on(writer: BasePdfFileWriter, widget: DictionaryObject, page: bytes) -> None:
    """Make the page of a PDF the look of a field."""
    shown = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(page)))
    widget["/AP"] = DictionaryObject({pdf_name("/N"): shown})
