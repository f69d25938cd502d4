"""The annex mark: how wide its block is, which stands at the right edge of the text."""

from __future__ import annotations

from reportgen.model.council import PageProfile

#: A block of one's own, mm (ДСТУ 4163:2020): «(35 сесія VIII скликання)» stays on one line.
_NARROWEST = 73.0


def mark_width(page: PageProfile) -> float:
    """Return the width of the block on a page, mm."""
    return width_within(page.text_width)


def width_within(text_width: float) -> float:
    """Return the width of the block, mm: a third of the text, or what a line of it takes."""
    return min(text_width, max(text_width / 3, _NARROWEST))
