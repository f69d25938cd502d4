"""Headings: how deep each of them is."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.document.blocks import Block, Paragraph, Style


def heading_levels(blocks: Sequence[Block]) -> list[int]:
    """Return the level of each block that is a heading, from 1, and 0 for all others.

    A section is one level below the title above it. Where there is none, it is of the first level
    itself: levels must not begin at the second (ISO 14289-1, 7.4.2).
    """
    levels: list[int] = []
    section = 1
    for block in blocks:
        style = block.style if isinstance(block, Paragraph) else None
        if style is Style.TITLE:
            section = 2
            levels.append(1)
        else:
            levels.append(section if style is Style.SECTION else 0)
    return levels
