"""A PDF signed: fields, mark, signature and the evidence of its level, all behind the old bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.path import ValidationPath

from reportgen.model.council import Official
from reportgen.model.signing import Signer, SigningProfile
from reportgen.model.verdict import Level
from reportgen.sign.expected import words_of
from reportgen.sign.faults import KeyFaultError, SigningError, explained
from reportgen.sign.fields import Field, add, states
from reportgen.sign.keys import Opened
from reportgen.sign.mark import Ink, Mark, MarkStyle
from reportgen.sign.place import find_places
from reportgen.sign.revision import revision_of
from reportgen.sign.stamping import DIGEST, STAMP, Services, add_evidence, add_time_stamp

_BESIDES = 4096  # bytes of a signature besides its certificates and its stamp

#: What a mark is headed by: of a person, of an organisation.
TITLES = {False: "Підписано електронним підписом", True: "Електронна печатка"}


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


def sign(data: bytes, turn: Turn, key: Opened, services: Services, ink: Ink) -> bytes:
    """Return a PDF with the signature of whose turn it is; ``data`` is how the result begins.

    Only the last signature of B-LTA gets the archive time-stamp, which covers them all; those
    before it are B-LT.

    Raises:
        SigningError: when it cannot be signed.
    """
    writer = revision_of(data)
    profile = turn.profile
    if turn.field not in states(writer):
        add(writer, new_fields(data, profile))
    metadata = PdfSignatureMetadata(
        field_name=turn.field, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES
    )
    work = PdfSigner(
        metadata,
        key.signer,
        timestamper=None if profile.level is Level.B else services.time_stamper,
        stamp_style=MarkStyle(mark=_mark(turn.signer, key), ink=ink),
    )
    with explained(key.key.id):
        chains = _chains(key, services) if profile.level in {Level.LT, Level.LTA} else ()
        room = _room(key, services)
        signed = work.sign_pdf(writer, existing_fields_only=True, bytes_reserved=room)
        out = bytes(signed.getbuffer())
        if profile.level is Level.LTA and turn.is_last:
            return add_time_stamp(out, services, chains)
        return add_evidence(out, services, chains) if chains else out


def _chains(key: Opened, services: Services) -> tuple[ValidationPath, ...]:
    """Return the chains of a signer's certificate and of the service's, with what is revoked.

    Raises:
        PathError: when no trusted root stands behind one of them, or one was revoked.
    """
    trust, stamper = services.trust, services.time_stamper
    if trust is None or stamper is None:
        raise SigningError("для рівнів B-LT і B-LTA потрібні служба позначок часу і корені довіри")
    validator = CertificateValidator(
        key.certificate,
        intermediate_certs=[*key.signer.cert_registry],
        validation_context=trust,
    )

    async def found() -> tuple[ValidationPath, ...]:
        try:
            own = await validator.async_validate_usage(set())
            return (own, *[one async for one in stamper.validation_paths(trust)])
        finally:  # connections end with the loop in which they were opened
            await trust.aclose()

    return asyncio.run(found())


def _room(key: Opened, services: Services) -> int:
    """Return how many hexadecimal digits a signature may take: with its chain, and a stamp.

    The library would sign twice to see.
    """
    chain = sum(len(one.dump()) for one in {key.certificate, *key.signer.cert_registry})
    return 2 * (chain + services.stamp_size + _BESIDES)


def fields_of(data: bytes) -> dict[str, bool]:
    """Return the fields for signatures of a file, and whether each is filled."""
    return states(revision_of(data))


def new_fields(data: bytes, profile: SigningProfile) -> tuple[Field, ...]:
    """Return the fields of a profile for a file that has none, with places for their marks."""
    names = ["" if one.official is None else one.official.surname for one in profile.signers]
    boxes = find_places(data, names) if profile.mark else [None] * len(names)
    return tuple(
        Field(name, _words(signer), box)
        for name, signer, box in zip(field_names(profile), profile.signers, boxes, strict=True)
    )


def _words(signer: Signer) -> str:
    """Return what is read aloud of a field."""
    official = signer.official
    if official is None:
        return "Електронна печатка установи"
    return f"Електронний підпис: {official.position}, {official.given} {official.surname}"


def _mark(signer: Signer, key: Opened) -> Mark:
    """Return what a mark says; the certificate must be of the very person that signs.

    Raises:
        KeyFaultError: when it names another one.
    """
    subject = key.certificate.subject.native
    name = _text(subject.get("common_name")) or _text(subject.get("organization_name"))
    official = signer.official
    if official is not None and not is_of(official, f"{name} {_text(subject.get('surname'))}"):
        raise KeyFaultError(
            f"ключ {key.key.id}: сертифікат видано на «{name}», а підписує {official.surname}"
        )
    return Mark(
        title=TITLES[signer.is_seal],
        name=name,
        position=official.position if official else "",
        serial=f"{key.certificate.serial_number:X}",
    )


def is_of(official: Official, holder: str) -> bool:
    """Tell whether a certificate's name holds the surname of an official, as words of their own."""
    return set(words_of(official.surname)) <= set(words_of(holder))


def _text(value: str | Sequence[str] | None) -> str:
    """Return a part of a name; one that is given several times comes as a list."""
    return value if isinstance(value, str) else ", ".join(value or ())
