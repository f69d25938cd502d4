"""A file that a PDF/A-3 carries."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Relationship(enum.Enum):
    """What a file is to the document that carries it: words of ISO 32000-2, table 43."""

    SOURCE = "Source"  # the document was made from it
    DATA = "Data"  # the figures that its tables and charts show
    ALTERNATIVE = "Alternative"  # the same document in another form


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be carried; ``name`` is ASCII and without folders."""

    name: str
    data: bytes
    media_type: str  # "application/json"
    relationship: Relationship
    description: str
