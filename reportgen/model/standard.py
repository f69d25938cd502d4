"""Standards of PDF for archives that a council may ask for."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final


class Standard(enum.Enum):
    """A level of PDF/A (ISO 19005); the value is as typed.

    The first part is PDF of 2001. It knows no transparency and no compressed objects, and PDF/UA-1
    stands on a later PDF: so only files of the later parts declare that too.
    """

    A_1B = "a-1b"
    A_1A = "a-1a"
    A_2A = "a-2a"
    A_3A = "a-3a"

    @property
    def is_first_part(self) -> bool:
        """Whether it is PDF/A-1, of ISO 19005-1."""
        return self in {Standard.A_1B, Standard.A_1A}


USUAL: Final = Standard.A_2A
STANDARDS: Final = {one.value: one for one in Standard}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is asked of PDF files: a standard, and whether one that may carry files does."""

    standard: Standard = USUAL
    attached: bool = True

    @property
    def carries(self) -> bool:
        """Whether files carry what they were made from: PDF/A-3 alone lets them."""
        return self.attached and self.standard is Standard.A_3A
