"""The mark that shows a signature on the page: who, in what position, by which certificate, when.

It is drawn before the signature is made, which covers it. ДСТУ 4163:2020 leaves its look to the
institution, so it is a template of its own, ``mark.typ``. A mark is as wide as all others and as
high as its texts need: names and numbers are told whole.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

import pikepdf

from reportgen.sign.faults import SigningError
from reportgen.sign.press import Press, check_template, press
from reportgen.sign.wrapping import Width, shortened, wrapped
from reportgen.write.prediction import POINTS_PER_MM

if TYPE_CHECKING:
    from reportgen.write.fonts import Typeface

#: Width of a mark, mm: a certificate's number of twenty bytes stands on one line.
WIDTH: Final = 80.0

_TALLEST: Final = 60.0  # mm; a position of three lines and a long name take half of that
_TITLE, _NAME, _LINE = 7.5, 9.0, 7.5  # sizes of type, points
_INSET = 2.0  # mm from the frame of a mark to its text
_OF_POSITION = 3  # lines
_ANY_TIME = "01.01.2000 00:00:00 +0200"  # as long as every other


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says besides the time; position and serial (hexadecimal) may be ""."""

    title: str
    name: str
    position: str
    serial: str


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """What marks are drawn by: the template, ready to be given texts, and the type."""

    press: Press
    typeface: Typeface | None

    @classmethod
    def of(cls, template: bytes, typeface: Typeface | None) -> Ink:
        """Return what draws marks by a template in this process.

        Raises:
            SigningError: when the template would bring in other code.
        """
        check_template(template)
        return cls(partial(press, template, typeface), typeface)


def draw(mark: Mark, time: str, ink: Ink) -> bytes:
    """Return a PDF whose one page is the mark; ``time``, which may be "", ends in «+0200».

    Raises:
        SigningError: when the template does not compile, or the type lacks a letter.
    """
    number = f"Сертифікат {mark.serial}" if mark.serial else ""
    told = f"Час підпису {time[:-2]}:{time[-2:]}" if time else ""  # of the zone, hours, minutes
    texts = (mark.title, mark.name, mark.position, number, told)
    lacking = ink.typeface.lacking("".join(texts)) if ink.typeface else ""
    if lacking:
        raise SigningError(f"у шрифті позначки немає знаків «{lacking}»")
    room = (WIDTH - 2 * _INSET) * POINTS_PER_MM
    line = _width(_LINE, ink.typeface)
    drawn = ink.press(
        {
            "title": mark.title,
            "names": wrapped(mark.name, room, _width(_NAME, ink.typeface)),
            "lines": [
                *shortened(mark.position, _OF_POSITION, room, line),
                *wrapped(number, room, line),
                *wrapped(told, room, line),
            ],
            "width": WIDTH,
            "inset": _INSET,
            "sizes": [_TITLE, _NAME, _LINE],
            "fonts": [ink.typeface.family] if ink.typeface else [],
        }
    )
    _height(drawn)
    return drawn


@lru_cache(maxsize=64)  # a batch has the same few marks on all of its files
def measured(mark: Mark, ink: Ink) -> float:
    """Return the height of a mark with its time, mm.

    Raises:
        SigningError: when it cannot be drawn.
    """
    return _height(draw(mark, _ANY_TIME, ink))


def _height(drawn: bytes) -> float:
    """Return the height of a mark that is drawn, mm; refuse what is no mark."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _, _, width, height = (float(one) / POINTS_PER_MM for one in pdf.pages[0].mediabox)
        if len(pdf.pages) != 1 or abs(width - WIDTH) > 1 or height > _TALLEST:
            raise SigningError(
                f"шаблон mark.typ має давати рівно одну сторінку завширшки {WIDTH:g} мм "
                f"і заввишки до {_TALLEST:g} мм"
            )
        return height


def _width(size: float, typeface: Typeface | None) -> Width:
    """Return what tells the width of a line in points; bold is the widest face.

    Of a type that nothing is known of, two thirds of an em are taken for a character.
    """
    if typeface is None:
        return lambda line: size * len(line) * 2 / 3
    bold = typeface.bold
    return lambda line: bold.width(line, size)
