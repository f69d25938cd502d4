"""Whether an index says what it should, though another version of the program may have written it.

An archive outlives many versions. One that has more columns, or another page, must not call an
archive damaged that nobody has touched: then what both versions tell is compared. Nobody can prove
that it was a version and no forger: what is not compared is told of, and claims nothing.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from reportgen.archive.index import COLUMNS, CSV, Kept, harmless
from reportgen.archive.page_check import is_other_page
from reportgen.diagnostics import quoted

#: Without these no table is an index, whatever version wrote it.
ESSENTIAL: Final = (
    *("Пакет", "Версія", "Подія", "Внесено", "Рішення", "Файл", "SHA-256"),
    *("Стан підпису", "Підписувач", "Сертифікат"),
)
_CHANGED: Final = "покажчик не такий, яким його складають із пакетів і журналу: його змінено"
_OTHERWISE: Final = "складено не так, як складає ця версія"
_ROWS: Final = f"перелік {_OTHERWISE}: у спільних колонках усе збігається"
_REST: Final = "решту не звірено"
_PAGE: Final = (
    f"сторінку {_OTHERWISE}: хеші, рішення й підписувачі на ній ті самі; {_REST} — вірте index.csv"
)
_MOST_TEXT: Final = 1_000_000  # characters in one field of the table


class Checked(NamedTuple):
    """What is wrong with an index, and what is only to be known; Ukrainian sentences."""

    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def check_index(name: str, data: bytes, right: bytes, bags: Sequence[Kept]) -> Checked:
    """Compare a file of the index with what this version makes of the bags."""
    if data == right:
        return Checked()
    try:
        found, wanted = data.decode("utf-8-sig"), right.decode("utf-8-sig")
        if name == CSV:
            return Checked(remarks=(_same_rows(found, wanted),))
        return Checked(remarks=(_PAGE,)) if is_other_page(found, wanted, bags) else _bad()
    except (ValueError, csv.Error):
        return _bad()


def _bad() -> Checked:
    return Checked((_CHANGED,))


def _same_rows(found: str, wanted: str) -> str:
    """Return what is to be known of a table of other columns that says the same in common ones.

    Raises:
        ValueError: when it does not, or has not the columns that every version has.
    """
    (head, *rows), (own_head, *own_rows) = _table(found), _table(wanted)
    common = [one for one in own_head if one in head]
    unknown = [one for one in head if one not in own_head]
    if head == own_head or len(set(head)) != len(head) or not {*ESSENTIAL} <= {*common}:
        raise ValueError(head)
    if not all(map(_is_plain, unknown)):
        raise ValueError(unknown)
    if list(_parts(head, rows, common)) != list(_parts(own_head, own_rows, common)):
        raise ValueError(rows)
    if any(cell != harmless(cell) for row in _parts(head, rows, unknown) for cell in row):
        raise ValueError(unknown)  # no version writes what a spreadsheet would reckon
    names = ", ".join(map(quoted, unknown))
    more = f"колонок {names} ця версія не знає: їх не звірено" if unknown else _REST
    return f"{_ROWS}; {more}"


def _is_plain(name: str) -> bool:
    """Tell whether a column may be called so, and nobody takes it for one that we know."""
    printable = bool(name) and name.isprintable() and name == name.strip() == harmless(name)
    return printable and not any(_are_alike(name, one) for one in COLUMNS)


def _are_alike(name: str, known: str) -> bool:
    """Tell whether one name looks as the other, or is it but for one letter."""
    one_letter = len(name) == len(known) and sum(map(str.__ne__, name, known)) == 1
    return one_letter or _letters(name) == _letters(known)


def _letters(name: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", name).casefold() if one.isalnum())


def _table(text: str) -> list[list[str]]:
    csv.field_size_limit(_MOST_TEXT)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)) or [[]]


def _parts(head: list[str], rows: list[list[str]], common: list[str]) -> Iterator[list[str]]:
    places = [head.index(one) for one in common]
    for row in rows:
        if len(row) != len(head):
            raise ValueError(row)
        yield [row[at] for at in places]
