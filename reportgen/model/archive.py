"""What the archive order asks of a council besides its documents: codes, and who may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Ukraine by ISO 3166-1.
UKRAINE = 804


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of ``content/archive.yaml``: digits, as they stand in names of files."""

    country: int  # ISO 3166-1, three digits
    institution: str  # ЄДРПОУ of who hands over
    archive: str  # ЄДРПОУ of the archive that takes
    fonds: str
    inventory: str
    cases: Mapping[str, str]  # numbers of cases by package
    language: str  # ISO 639-1
    restricted: bool  # whether access is restricted by law
