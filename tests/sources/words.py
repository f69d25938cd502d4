"""Narratives compared word by word: ours is written anew, with the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST_RUN = 4  # words in a row that may be the same by chance


def words(text: str) -> list[str]:
    """Return the words in small letters; a number is one word, with its groups and decimals."""
    joined = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", "", text.lower())
    return re.findall(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’-][^\W_]+)*", joined)


def own_pieces(text: str, official: Iterable[str]) -> list[str]:
    """Return what is left of a narrative without titles in quotes and official names."""
    text = text.replace("\u00a0", " ")
    for name in official:
        text = re.sub(re.escape(name), "«»", text, flags=re.IGNORECASE)
    inner = r"[^«»]*"
    return re.split(rf"«{inner}(?:«{inner}»{inner})*»", text)


def repeated(ours: str, theirs: str, official: Iterable[str]) -> Iterator[str]:
    """Yield the runs of words that ours takes over, but for titles and official names."""
    size = LONGEST_RUN + 1
    known = words(theirs)
    runs = {tuple(known[start : start + size]) for start in range(len(known))}
    for piece in own_pieces(ours, official):
        mine = words(piece)
        for start in range(len(mine) - size + 1):
            run = tuple(mine[start : start + size])
            if run in runs:
                yield " ".join(run)


def numbers(text: str) -> set[str]:
    joined = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", "", text)
    return {str(int(number)) for number in re.findall(r"\d+", joined)}
