"""Built files with something in them changed by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_DIGIT = re.compile("[0-9]")


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an office file of parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return result.getvalue()


def with_part(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return an office file in which one thing of a part, and it alone, is changed."""
    parts = parts_of(data)
    text = parts[name].decode("utf-8")
    assert text.count(old) == 1, text.count(old)
    return packed({**parts, name: text.replace(old, new).encode("utf-8")})


def digits(text: str, around: str) -> list[int]:
    """Return where digits stand in what the group of a pattern finds."""
    spans = [match.span(1) for match in re.finditer(around, text, re.DOTALL)]
    return [at for start, stop in spans for at in range(start, stop) if _DIGIT.match(text[at])]


def other_digit(text: str, at: int, step: int) -> str:
    """Return the text with another digit at a place: ``step`` more, from 1 to 9, round the ten."""
    return f"{text[:at]}{(int(text[at]) + step) % 10}{text[at + 1 :]}"
