"""Where in a file a mark goes: beside the signatory's name, where nothing is printed.

The page is drawn coarsely and the free rectangle nearest to the name is taken. So a mark never
covers a text, whatever made the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from reportgen.sign.fields import Box
from reportgen.sign.sheet import Sheet, Taken, View


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mark to be placed: the surname as it is printed, "" for a seal, and the height, mm."""

    name: str
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """What was found for a mark: its place, if there is room, and whether the name is printed.

    A seal, which needs no name, counts as named.
    """

    box: Box | None
    is_named: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """Where a name is printed, mm from the upper left corner of a page; ``left`` is its begin."""

    page: int
    left: float
    middle: float


def find_places(data: bytes, wanted: Sequence[Wanted]) -> tuple[Spot, ...]:
    """Return the place of the mark of each signer, in order; a height of 0 asks for none.

    A seal goes beside the mark before it. The last page with a name is meant: a document ends with
    its signatures. Of a file that does not name a signer it is the last page, below its text.
    """
    pdf = pdfium.PdfDocument(data)
    try:
        printed = [_find(pdf, one.name) if one.name else None for one in wanted]
        beside = [*accumulate(printed, _own_or_before)]
        boxes = _taken(pdf, [one.height for one in wanted], beside)
    finally:
        pdf.close()
    return tuple(
        Spot(box, not one.name or name is not None)
        for box, one, name in zip(_in_order(boxes, beside), wanted, printed, strict=True)
    )


def _own_or_before(before: _Name | None, own: _Name | None) -> _Name | None:
    return own or before


def _taken(
    pdf: Any,  # noqa: ANN401 - pdfium has no types
    heights: Sequence[float],
    beside: Sequence[_Name | None],
) -> list[Taken | None]:
    """Return a place for each mark in turn; those beside one name are equally high.

    Each of these may get any of their places.
    """
    tallest: dict[_Name | None, float] = {}
    for name, height in zip(beside, heights, strict=True):
        tallest[name] = max(height, tallest.get(name, 0))
    sheets: dict[int, Sheet] = {}
    boxes: list[Taken | None] = []
    for name, height in zip(beside, heights, strict=True):
        if not height:
            boxes.append(None)
            continue
        number = name.page if name else len(pdf) - 1
        if number not in sheets:
            sheets[number] = Sheet(pdf[number], number)
        boxes.append(sheets[number].take((name.left, name.middle) if name else None, tallest[name]))
    return boxes


def _in_order(found: Sequence[Taken | None], by: Sequence[_Name | None]) -> list[Box | None]:
    """Give places in one row beside the same name to their signers from left to right.

    The first signer's is the nearest to the name, so its row comes before others.
    """
    result: list[Box | None] = [None for _ in found]
    for name in dict.fromkeys(by):
        own = {at: one for at, one in enumerate(found) if one and by[at] == name}
        rows = [*dict.fromkeys(one.down for one in own.values())]
        places = sorted(own.values(), key=lambda one: (rows.index(one.down), one.across))
        for at, place in zip(own, places, strict=True):
            result[at] = place.box
    return result


def _find(pdf: Any, name: str) -> _Name | None:  # noqa: ANN401 - pdfium has no types
    """Return the last place where a name is printed as a word of its own.

    It is looked for as it is printed in official documents, in capitals, then in any letters.
    """
    for as_given in (True, False):
        for number in range(len(pdf) - 1, -1, -1):
            page = pdf[number]
            text = page.get_textpage()
            found = _last(text, name, as_given=as_given)
            if found is not None:
                left, bottom, right, top = text.get_charbox(found)
                view = View.of(page)
                corners = view.seen(left, bottom), view.seen(right, top)
                return _Name(
                    number,
                    min(across for across, _ in corners),
                    sum(down for _, down in corners) / 2,
                )
    return None


def _last(text: Any, name: str, *, as_given: bool) -> int | None:  # noqa: ANN401
    """Return where a page has a name last; «ІВАНЕНКО» is not «ІВАН»."""
    search = text.search(name, match_case=as_given)
    last = None
    while (match := search.get_next()) is not None:
        begin, length = match
        around = (begin - 1, begin + length)
        if not any(chr(raw.FPDFText_GetUnicode(text, one)).isalpha() for one in around if one >= 0):
            last = begin
    return last
