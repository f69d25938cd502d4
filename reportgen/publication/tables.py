"""Lines of open data as CSV and as JSON, in pieces that are put one after another.

CSV is that of RFC 4180: commas, CRLF, UTF-8 without a byte order mark. In it a text that a
spreadsheet would reckon is led by an apostrophe; JSON has every text as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TypeAlias

from reportgen.publication.cells import CellFigure
from reportgen.publication.figures import Figure
from reportgen.publication.programmes import ListedProgramme

Record: TypeAlias = Figure | CellFigure | ListedProgramme

#: Signs that begin a formula, their wide forms too, and the apostrophe itself, so that one may be
#: taken away again from whatever begins with it.
_ASKING = tuple("=+-@'＝＋－＠")

#: Columns of figures: they are written by us and are numbers, whatever they begin with.
_NUMBERS = frozenset({"value"})


def csv_head(names: Sequence[str]) -> bytes:
    """Return the line that names the columns."""
    return _csv([names])


def csv_lines(records: Iterable[Record]) -> bytes:
    """Return a line for each record."""
    return _csv(
        [
            _safe(str(value)) if isinstance(value, str) and name not in _NUMBERS else _plain(value)
            for name, value in _items(one)
        ]
        for one in records
    )


def json_lines(records: Iterable[Record], *, first: bool) -> bytes:
    """Return an object for each record, each on a line of its own, to stand within brackets."""
    texts = [json.dumps(dict(_items(one)), ensure_ascii=False) for one in records]
    if not texts:
        return b""
    return (("\n" if first else ",\n") + ",\n".join(texts)).encode()


def _items(record: Record) -> Iterable[tuple[str, object]]:
    return ((one.name, getattr(record, one.name)) for one in fields(record))


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(_ASKING) else text
