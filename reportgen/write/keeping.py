"""What stays together on a page: headings with what they head, signatures with what is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from reportgen.document.blocks import Block, Chart, Paragraph, Role, Signature, Style, Table
from reportgen.write.pages import RowStart

_HEADINGS = frozenset({Style.TITLE, Style.SUBTITLE, Style.SECTION})


def kept_with_next(blocks: Sequence[Block]) -> list[bool]:
    """Tell for each block whether it must stand on the page on which the next one begins.

    Headings must, and the lines right above a table or a chart; so must the paragraph above a
    signature, which would stand alone on its page otherwise (ДСТУ 4163:2020). Lines above a heading
    are free to stay: a chain that fills the page from its top could not be kept together at all.
    """
    return [*_kept_from_below(blocks)][::-1] + [False] * min(1, len(blocks))


def _kept_from_below(blocks: Sequence[Block]) -> Iterator[bool]:
    """Yield the same for each block but the last one, from the last but one to the first."""
    leads = False  # whether a table or a chart follows, with nothing between but lines
    for index in range(len(blocks) - 2, -1, -1):
        block, below = blocks[index], blocks[index + 1]
        style = block.style if isinstance(block, Paragraph) else None
        leads = style is Style.LINE and (leads or isinstance(below, Table | Chart))
        ends = style is not None and isinstance(below, Signature)
        yield leads or ends or style in _HEADINGS


def first_kept(blocks: Sequence[Block], index: int) -> int:
    """Return the first of the blocks that must stand on the page of the one at ``index``."""
    return index - sum(1 for _ in takewhile(bool, _kept_from_below(blocks[: index + 1])))


def led_by(table: Table, row: int) -> int:
    """Return the first of the bands right above a body row, or the row: they stay together."""
    while row and table.body[row - 1].role is Role.BAND:
        row -= 1
    return row


def leads_total(table: Table, row: int) -> bool:
    """Tell whether a total stands right below a body row: it must not stand alone on a page."""
    return row + 1 < len(table.body) and table.body[row + 1].role is Role.TOTAL


class Signed(NamedTuple):
    """A table right above signatures: no page may begin between its last measure and them."""

    table: int  # index of the block
    last: int  # the last row that is no total
    start: RowStart  # that row, or the first band above it
    signatures: range  # indices of blocks


def signed_tables(blocks: Sequence[Block]) -> Iterator[Signed]:
    """Yield the tables that signatures follow at once."""
    for index, block in enumerate(blocks):
        stop = index + 1
        while stop < len(blocks) and isinstance(blocks[stop], Signature):
            stop += 1
        if isinstance(block, Table) and block.body and stop > index + 1:
            measures = [row for row, one in enumerate(block.body) if one.role is not Role.TOTAL]
            last = measures[-1] if measures else len(block.body) - 1
            start = RowStart(index, led_by(block, last))
            yield Signed(index, last, start, range(index + 1, stop))
