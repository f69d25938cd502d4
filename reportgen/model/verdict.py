"""What is found of a signed file: each signature, the whole file, what will expire."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass


class Level(enum.Enum):
    """A baseline level of ETSI EN 319 142-1 (PAdES) and 319 122-1 (CAdES); the value is as typed.

    Each holds what the one before holds, and more: a time-stamp, then the certificates and the
    answers on their revocation, then an archive time-stamp over all of that.
    """

    B = "B-B"
    T = "B-T"
    LT = "B-LT"
    LTA = "B-LTA"


LEVELS = {one.value: one for one in Level}


class Kind(enum.Enum):
    """What a signature is put by; a time-stamp of its own is one that covers a whole document."""

    SIGNATURE = "підпис"
    SEAL = "печатка"
    TIME_STAMP = "позначка часу"


class Outcome(enum.Enum):
    """What a check comes to, from best to worst; the value is the Ukrainian word of it."""

    VALID = "дійсний"
    UNTRUSTED = "довіру не встановлено"  # intact, but no trusted root stands behind it
    UNKNOWN = "не перевірено"  # a kind of signature that cannot be reckoned here, as ДСТУ 4145
    INVALID = "недійсний"

    def said_of(self, kind: Kind) -> str:
        """Return the word in the gender of what it is said of: a seal and a time-stamp are she."""
        word: str = self.value
        return word if kind is Kind.SIGNATURE else _FEMININE.get(word, word)


_FEMININE = {"дійсний": "дійсна", "недійсний": "недійсна"}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a certificate names; "" where it is silent."""

    name: str
    position: str
    organisation: str
    code: str  # ЄДРПОУ of the organisation, without its prefix
    serial: str  # number of the certificate, hexadecimal, in capitals
    issuer: str
    since: datetime.datetime
    until: datetime.datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as found. Times are aware, in UTC.

    ``claimed`` is the time that the signer's machine wrote, ``stamped`` what a time-stamp proves;
    ``holds_until`` is when the last evidence expires: an archive must be renewed before that.
    ``faults`` are Ukrainian sentences; a valid signature has none. ``remarks`` are what should be
    known of it all the same.
    """

    place: str  # the field of a PDF, the member of a container, a file's name
    kind: Kind
    outcome: Outcome
    holder: Holder | None  # None where no certificate could be read
    level: Level | None
    claimed: datetime.datetime | None
    stamped: datetime.datetime | None
    holds_until: datetime.datetime | None
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found of one file: its signatures in their order, and what is wrong besides them.

    ``remarks`` are what should be known of the whole file, however sound it is.
    ``hashed`` is said of what bears no signature of its own and is vouched for by hashes alone: a
    bag, the journal and the index of an archive; ``states`` then says in words what they prove.
    """

    name: str
    sha256: str
    signed: tuple[Signed, ...]
    faults: tuple[str, ...] = ()
    hashed: bool = False
    remarks: tuple[str, ...] = ()
    states: str = ""

    @property
    def outcome(self) -> Outcome:
        """The worst of all that was found; a file without any signature is not verified."""
        if self.faults:
            return Outcome.INVALID
        bare = Outcome.VALID if self.hashed else Outcome.UNKNOWN
        found: Sequence[Outcome] = [one.outcome for one in self.signed] or [bare]
        return max(found, key=[*Outcome].index)
