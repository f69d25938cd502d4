"""Where the signature fields of a PDF stand on its pages.

What a later signer draws may stand only where those before saw an empty field: elsewhere it could
cover what they signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.fields import enumerate_sig_fields

#: A rectangle as written; of a field: those of all its widgets.
_Place = tuple[float | None, ...]
_Places = Mapping[str, tuple[_Place, ...]]


def keeps_places(old: HistoricalResolver, new: HistoricalResolver, stamp: str | None) -> bool:
    """Tell whether fields stay where they were, and new ones are nowhere on a page.

    ``stamp`` is the field of a time-stamp that was added, if any: anybody can have one, so it may
    show nothing at all.
    """
    before, after = _places(old), _places(new)
    if any(name in before and before[name] != places for name, places in after.items()):
        return False
    hidden = {name for name in after if name not in before or name == stamp}
    return not any(_is_seen(place) for name in hidden for place in after[name])


def _places(handler: HistoricalResolver) -> _Places:
    """Return the rectangles of each signature field, and of the widgets that it consists of."""
    return {
        name: tuple(_rectangles(field.get_object()))
        for name, _, field in enumerate_sig_fields(handler)
    }


def _rectangles(field: Any) -> Iterator[_Place]:  # noqa: ANN401 - any object of a PDF
    place = field["/Rect"] if "/Rect" in field else ()  # noqa: SIM401 - get() resolves nothing
    yield tuple(_number(one.get_object()) for one in place)
    kids = field["/Kids"] if "/Kids" in field else ()  # noqa: SIM401 - as above
    for one in kids:
        yield from _rectangles(one.get_object())


def _number(value: Any) -> float | None:  # noqa: ANN401 - any object of a PDF
    return float(value) if isinstance(value, generic.NumberObject | generic.FloatObject) else None


def _is_seen(place: _Place) -> bool:
    """Tell whether a widget may show something: readers mend what is no proper rectangle."""
    if not place:
        return False
    if len(place) != 4 or None in place:  # noqa: PLR2004 - two corners
        return True
    left, bottom, right, top = place
    return left != right and bottom != top
