"""Lines of a page put together again: a page has lines, and only what stands in them tells more.

A hyphen at a line's end either belongs to the word or is there because of the line. It is kept if
both parts are words of the same file, the second begins with a capital letter, or the two are such
as compound adjectives are made of; but never if the file has the whole word elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportgen.importing.findings import Findings
from reportgen.read.source import Place, SourceBlock, SourceFile, SourceParagraph, SourceTable

_PAGE = re.compile(r"сторінка (\d+),")
_PARTED = re.compile(r"([^\W\d_]+)-[ ]?\n[ ]?([^\W\d_]+)")
_STEM = re.compile(r"[^\W\d_]{4,}о")
_ADJECTIVE = re.compile(r"[^\W\d_]{3,}(?:ий|ій|а|е|ої|ого|ому|у|ою|их|им|ими|ім)")
_AND = frozenset(("і", "й", "та", "чи", "або"))
_ITEM = r"(?:•|\d{1,2}\.\s+[А-ЯІЇЄҐ])"
_FULL = 0.85  # of the longest line: a shorter one that ends a sentence ends a paragraph


def unwrapped(source: SourceFile, findings: Findings) -> SourceFile:
    """Return a file with the wrapped lines of its cells joined, and without page numbers.

    Files that have no pages are returned as they are.
    """
    if not any(_PAGE.match(one.place.where) for one in source.blocks):
        return source
    words = frozenset(_words(source.blocks))
    blocks = (_block(one, words, findings) for one in source.blocks)
    return replace(source, blocks=tuple(one for one in blocks if one is not None))


def joined_lines(texts: Sequence[str]) -> list[str]:
    """Return the paragraphs of a running text that was read line by line."""
    longest = max(map(len, texts), default=0)
    found: list[str] = []
    for text in texts:
        before = found[-1] if found else ""
        last = before.rpartition("\n")[2].rstrip()
        ends = bool(re.search(r"[.;:!?]$", last)) and len(last) < _FULL * longest
        if not found or ends or re.match(_ITEM, text):
            found.append(text)
        else:
            found[-1] = f"{before}\n{text}"
    return [one.replace("\n", " ") for one in found]


def is_paged(place: Place) -> bool:
    """Tell whether something was read from a page, line by line."""
    return _PAGE.match(place.where) is not None


def _block(block: SourceBlock, words: frozenset[str], findings: Findings) -> SourceBlock | None:
    """Return a block with its lines joined; ``None`` for the number of a page."""
    page = _PAGE.match(block.place.where)
    if page is None:
        return block
    if isinstance(block, SourceParagraph):
        return None if block.text.strip() == page[1] else block
    rows = []
    for row in block.rows:
        cells = []
        for at, cell in row.cells:
            text, parted = _joined(cell.text, words)
            if parted:
                listed = ", ".join(dict.fromkeys(parted))
                message = f"складено слова, розірвані кінцем рядка: {listed}"
                findings.tell("import-row-joined", cell.place, message)
            cells.append((at, replace(cell, text=text)))
        rows.append(replace(row, cells=tuple(cells)))
    return replace(block, rows=tuple(rows))


def _joined(text: str, words: frozenset[str]) -> tuple[str, list[str]]:
    """Return the lines of a cell as paragraphs, and the words that were parted by a line's end."""
    parted: list[str] = []

    def one_word(found: re.Match[str]) -> str:
        first, second = found[1], found[2]
        if second.casefold() in _AND:  # «коротко- та довгострокові»
            return f"{first}- {second}"
        if _is_compound(first, second, words):
            return f"{first}-{second}"
        parted.append(first + second)
        return first + second

    text = _PARTED.sub(one_word, text)
    text = re.sub(r"(?<=\w[-/])\n(?=\w)", "", text)
    return re.sub(rf"\n(?!\s*{_ITEM})", " ", text), parted


def _is_compound(first: str, second: str, words: frozenset[str]) -> bool:
    """Tell whether a hyphen belongs to a word: «соціально-культурних», «Київсько-Житомирської»."""
    if (first + second).casefold() in words:
        return False
    both = first.casefold() in words and second.casefold() in words
    adjectives = _STEM.fullmatch(first) and _ADJECTIVE.fullmatch(second)
    return second[:1].isupper() or both or bool(adjectives)


def _words(blocks: Iterable[SourceBlock]) -> Iterable[str]:
    """Yield the words of a file that no line's end can have parted."""
    for block in blocks:
        if isinstance(block, SourceTable):
            texts = [cell.text for row in block.rows for _, cell in row.cells]
        else:
            texts = [block.text]
        for text in texts:
            whole = _PARTED.sub(" ", text)
            yield from (
                one.casefold() for one in re.findall(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*", whole)
            )
