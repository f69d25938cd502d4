"""Rows that grow with what a clerk types: they have a height, but not one that was chosen by hand.

XlsxWriter marks each height as chosen, and Excel leaves such rows as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Sequence

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can hold
_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*>')
_CHOSEN = b' customHeight="1"'


def growing(package: bytes, rows: Sequence[Collection[int]]) -> bytes:
    """Return the workbook with these rows of each sheet, from 0, free to grow."""
    names = {f"xl/worksheets/sheet{number}.xml": one for number, one in enumerate(rows, 1)}
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name in names:
                data = _freed(data, names[name])
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return result.getvalue()


def _freed(sheet: bytes, rows: Collection[int]) -> bytes:
    def row(found: re.Match[bytes]) -> bytes:
        tag = found.group()
        return tag.replace(_CHOSEN, b"") if int(found[1]) - 1 in rows else tag

    return _ROW.sub(row, sheet)
