"""Whose turn it is to sign a file by a profile, and whether a certificate is of that person."""

from __future__ import annotations

from dataclasses import dataclass

from pyhanko.pdf_utils.misc import PdfError

from reportgen.model.council import Official
from reportgen.model.signing import Signer, SigningProfile
from reportgen.sign.expected import words_of
from reportgen.sign.faults import SigningError
from reportgen.sign.fields import states
from reportgen.sign.revision import revision_of
from reportgen.sign.stamping import STAMP


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is to sign a file by a profile."""

    profile: SigningProfile
    number: int  # of the signer in the profile, from 0

    @property
    def signer(self) -> Signer:
        """Who signs now."""
        return self.profile.signers[self.number]

    @property
    def field(self) -> str:
        """The name of the field that is signed now."""
        return field_names(self.profile)[self.number]

    @property
    def is_last(self) -> bool:
        """Whether nobody signs after that."""
        return self.number == len(self.profile.signers) - 1


def next_turn(data: bytes, profile: SigningProfile) -> Turn | None:
    """Return whose turn it is to sign a file, ``None`` where all of a profile have.

    Raises:
        SigningError: when the file is no PDF, or was signed otherwise than by this profile.
    """
    try:
        writer = revision_of(data)
        if writer.prev.encrypted:
            raise SigningError("PDF зашифровано: підписують відкритий файл")
        there = states(writer)
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SigningError("це не PDF, або його пошкоджено") from error
    names = field_names(profile)
    known = [name in there for name in names]
    if any(known) and not (all(known) and there[names[0]]):
        # All fields of a profile come with its first signature, in places that were looked for.
        raise SigningError("у файлі є поля підпису, зроблені не тут: підпишіть складений файл")
    others = [name for name, filled in there.items() if filled and name not in names]
    if [one for one in others if not one.startswith(STAMP)]:
        raise SigningError("файл уже підписано інакше: підписи не з цього профілю")
    done = [there.get(name, False) for name in names]
    if sorted(done, reverse=True) != done:
        raise SigningError("підписи стоять не в порядку профілю")
    return Turn(profile, done.index(False)) if False in done else None


def field_names(profile: SigningProfile) -> tuple[str, ...]:
    """Return the names of a profile's fields, in the order of its signers."""
    return tuple(
        f"Печатка {number}" if one.is_seal else f"Підпис {number}"
        for number, one in enumerate(profile.signers, start=1)
    )


def fields_of(data: bytes) -> dict[str, bool]:
    """Return the fields for signatures of a file, and whether each is filled."""
    return states(revision_of(data))


def is_of(official: Official, holder: str) -> bool:
    """Tell whether a certificate's name holds the surname of an official, as words of their own."""
    return set(words_of(official.surname)) <= set(words_of(holder))
