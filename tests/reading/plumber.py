"""A PDF's pages as pdfplumber lays them out: where every letter and line stands."""

from __future__ import annotations

import functools
import io

import pdfplumber

MM = 72 / 25.4  # points in a millimetre


@functools.lru_cache(maxsize=8)
def pages_of(data: bytes) -> list[pdfplumber.page.Page]:
    """Return the pages; finding the letters is slow, so the last few files are remembered."""
    return list(pdfplumber.open(io.BytesIO(data)).pages)
