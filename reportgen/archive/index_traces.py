"""What an index that lies there tells of the journal's end.

An index is written once the lines that it tells of lie on the disk. So one that knows more than the
journal proves that lines were there; one that tells less, or cannot be read, proves nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from reportgen.archive.index import CSV, HTML, OF_JOURNAL
from reportgen.archive.journal import LARGEST, START, Journal, bag_path
from reportgen.archive.reading import read_whole
from reportgen.archive.stamp import lines_of
from reportgen.diagnostics import quoted

#: A bag on the page: that is how its files are addressed there.
_BAG: Final = re.compile(r"([a-z0-9-]{1,200}/v[0-9]{4,9})/data/")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def index_knows_more(folder: Path, journal: Journal) -> str:
    """Return what the index names and the journal lacks, a Ukrainian phrase; "" if nothing."""
    known = {one.bag for one in journal.entries}
    page = dict.fromkeys(_BAG.findall(_text(folder / HTML)))
    rows = [*_rows(_text(folder / CSV))]
    of_journal = (one for row in rows for one in _ends(row, journal))
    unknown = (_bag(one) for one in [*filter(None, map(_place, rows)), *page] if one not in known)
    return next(of_journal, next(unknown, ""))


def _bag(place: str) -> str:
    return f"пакет {quoted(place)}"


def _place(row: Mapping[str, str]) -> str:
    """Return the bag that a row of the table tells of; "" if it tells of none."""
    number = _number(row)
    return bag_path(row["Пакет"], number) if number and row["Пакет"] != OF_JOURNAL else ""


def _ends(row: Mapping[str, str], journal: Journal) -> Iterator[str]:
    """Tell what a row of the table says of the journal that it does not have."""
    if row["Пакет"] != OF_JOURNAL:
        return
    there, stamped = len(journal.hashes), lines_of(row["Файл"])
    if max(_number(row), stamped) > there:
        yield f"{max(_number(row), stamped)}-й рядок журналу, а цілих рядків {there}"
    elif not stamped and row["SHA-256"] not in (START, *journal.hashes):
        yield f"рядок журналу з хешем {quoted(row['SHA-256'][:64])}, а такого немає"


def _number(row: Mapping[str, str]) -> int:
    return int(row["Версія"]) if _NUMBER.fullmatch(row["Версія"]) else 0


def _rows(text: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by the names of its columns, as far as it can be read."""
    names = ("Пакет", "Версія", "Файл", "SHA-256")
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";", restval=""):
            yield {one: row.get(one, "") for one in names}
    except csv.Error:
        return


def _text(path: Path) -> str:
    try:
        return read_whole(path, LARGEST).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""
