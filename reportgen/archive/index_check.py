"""Whether an index says what it should, be it drawn up by this version of the program or another.

An archive outlives many versions. One that has more columns, or another page, must not call an
archive damaged that nobody has touched: then what both versions tell is compared.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reportgen.archive.index import CSV

_CHANGED: Final = "покажчик не такий, яким його складають із пакетів і журналу: його змінено"
_OTHER: Final = "склала інша версія програми; наступне archive складе його наново"
_ROWS: Final = f"перелік {_OTHER}: у спільних колонках усе так само"
_PAGE: Final = (
    f"сторінку {_OTHER}: хеші на ній ті самі, а решту дослівно не звірено — вірте index.csv"
)
_MAKER: Final = re.compile(r'<meta name="generator" content="reportgen ([0-9][^"]{0,40})">')
_HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")
_MOST_TEXT: Final = 1_000_000  # characters in one field of the table


class Checked(NamedTuple):
    """What is wrong with an index, and what is only to be known; Ukrainian sentences."""

    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def check_index(name: str, data: bytes, right: bytes | None) -> Checked:
    """Compare a file of the index with what this version makes; ``None`` if it can make none."""
    if data == right:
        return Checked()
    if right is None:
        return Checked((_CHANGED,))
    try:
        found, wanted = data.decode("utf-8-sig"), right.decode("utf-8-sig")
        if name == CSV:
            return Checked(remarks=(_ROWS,)) if _same_rows(found, wanted) else Checked((_CHANGED,))
        return Checked(remarks=(_PAGE,)) if _other_page(found, wanted) else Checked((_CHANGED,))
    except (ValueError, csv.Error):
        return Checked((_CHANGED,))


def _same_rows(found: str, wanted: str) -> bool:
    """Tell whether tables of other columns say the same in those that both have."""
    (head, *rows), (own_head, *own_rows) = _table(found), _table(wanted)
    common = [one for one in own_head if one in head]
    if head == own_head or "SHA-256" not in common or len(set(head)) != len(head):
        return False
    return list(_parts(head, rows, common)) == list(_parts(own_head, own_rows, common))


def _table(text: str) -> list[list[str]]:
    csv.field_size_limit(_MOST_TEXT)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)) or [[]]


def _parts(head: list[str], rows: list[list[str]], common: list[str]) -> Iterator[list[str]]:
    places = [head.index(one) for one in common]
    for row in rows:
        if len(row) != len(head):
            raise ValueError(row)
        yield [row[at] for at in places]


def _other_page(found: str, wanted: str) -> bool:
    """Tell whether a page is another version's, with the same hashes in the same order."""
    maker, own = _MAKER.search(found), _MAKER.search(wanted)
    other = maker is not None and own is not None and maker[1] != own[1]
    return other and _HASH.findall(found) == _HASH.findall(wanted)
