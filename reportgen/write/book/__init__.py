"""A council package as one PDF: cover, contents, and every part as in its own PDF.

The parts are drawn before, each by itself, as ``pdf_typst`` draws them: so a page in the book is
the page of the separate file but for its number, no layout is done twice, and parts can be drawn by
as many processes as there are. Drawn in one piece, 1,000 pages take Typst more than 1.5 GB.
"""

from __future__ import annotations

from reportgen.write.book.binder import Binder
from reportgen.write.book.book import Book, Part

__all__ = ["Binder", "Book", "Part"]
