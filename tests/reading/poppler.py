"""A PDF's words as poppler sees them: quick, and by another hand than pdfplumber's."""

from __future__ import annotations

import functools
import subprocess
from typing import NamedTuple

from lxml import etree


class Word(NamedTuple):
    """A word and its box, in points from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@functools.lru_cache(maxsize=8)
def words_by_page(data: bytes) -> list[list[Word]]:
    """Return the words of each page, in reading order."""
    command = ["pdftotext", "-bbox", "-", "-"]
    html = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    root = etree.fromstring(html, etree.XMLParser(recover=True))
    return [[_word(one) for one in page.iter("{*}word")] for page in root.iter("{*}page")]


def _word(element: etree._Element) -> Word:
    left, top, right, bottom = (
        float(element.get(name, "nan")) for name in ("xMin", "yMin", "xMax", "yMax")
    )
    return Word(element.text or "", left, top, right, bottom)
