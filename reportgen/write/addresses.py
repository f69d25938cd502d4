"""Addresses of links as file formats take them: by ASCII characters alone."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

#: All that an address is written with (RFC 3986).
_CHARACTERS: Final = ":/?#[]@!$&'()*+,;=-._~%"


def written(address: str) -> str:
    """Return an address with all other characters, Cyrillic ones among them, by their codes."""
    return quote(address, safe=_CHARACTERS)
