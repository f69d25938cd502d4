"""What a book is made of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from reportgen.document.blocks import Document
from reportgen.document.typography import typeset
from reportgen.model.council import PageProfile
from reportgen.model.standard import USUAL, Standard
from reportgen.write.attachment import Attachment


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the book: consolidated information, or a report with its annex mark.

    ``label`` is «Додаток 1», or nothing; the contents and the bookmarks name it with the document's
    title. ``pdf`` is the document's own file as ``pdf_typst.write_pdf`` returned it.
    """

    label: str
    document: Document
    pdf: bytes

    @property
    def name(self) -> str:
        """What the contents call it: «Додаток 1. Звіт про виконання …»."""
        return typeset(". ".join(filter(None, (self.label, self.document.title))))


@dataclass(frozen=True, slots=True)
class Book:
    """A whole package but for its parts. ``page`` is for the cover and the contents."""

    title: tuple[str, ...]  # lines of the cover, the largest there
    lines: tuple[str, ...]  # below the title: the session, the decision
    place: str  # at the foot of the cover: «Житомир – 2024»
    author: str  # the body that answers for the package, at the head of the cover
    subject: str  # what it is about, in one line of its properties
    language: str  # BCP 47, "uk"
    dated: datetime.date  # from content or SOURCE_DATE_EPOCH, never from the clock
    page: PageProfile
    standard: Standard = USUAL  # that the files of the parts declare too
    attachments: tuple[Attachment, ...] = ()  # PDF/A-3 alone lets it carry any
