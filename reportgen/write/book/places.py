"""Where links and bookmarks lead."""

from __future__ import annotations

from pikepdf import Array, Name, Page


def beginning_of(page: Page) -> Array:
    """Return the upper edge of a page, shown as large as the reader has it."""
    return Array([page.obj, Name.XYZ, 0, page.mediabox[3], 0])
