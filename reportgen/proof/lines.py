"""Texts outside of tables compared with the document's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from reportgen.proof.difference import Difference, besides, differing, lacking


def squeeze(*lines: str) -> str:
    """Return text without what the end of a line adds or takes: blanks and hyphens."""
    return re.sub(r"[\s\u00ad\u200b-]", "", "".join(lines))


def compare_lines(
    file: str, found: Sequence[tuple[str, str]], wanted: Sequence[str]
) -> Iterator[Difference]:
    """Yield what differs between texts with their places and the model's, laid side by side."""
    texts = [text for text, _ in found]
    matcher = SequenceMatcher(None, texts, wanted, autojunk=False)
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        for one, model in zip_longest(found[left:left_end], wanted[right:right_end]):
            if one is None:
                yield lacking(file, _after(found, left_end), model)
            elif model is None:
                yield besides(file, one[1], one[0])
            else:
                yield differing(file, one[1], model, one[0])


def _after(found: Sequence[tuple[str, str]], index: int) -> str:
    return f"після: {found[index - 1][1]}" if index else ""


def texts_within(file: str, wanted: Sequence[str], shown: str) -> Iterator[Difference]:
    """Yield the texts that do not stand, one after another, in a text that may hold more."""
    within, at = squeeze(shown), 0
    for text in wanted:
        start = within.find(squeeze(text), at)
        if start < 0:
            yield lacking(file, "", text)
        else:
            at = start + len(squeeze(text))
