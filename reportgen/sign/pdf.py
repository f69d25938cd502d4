"""A PDF signed: fields, mark, signature and the evidence of its level, all behind the old bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError

from reportgen.model.signing import Signer, SigningProfile
from reportgen.model.verdict import Level
from reportgen.sign.faults import KeyFaultError, SigningError
from reportgen.sign.fields import Field, add, states
from reportgen.sign.keys import Opened
from reportgen.sign.mark import Ink, Mark, MarkStyle
from reportgen.sign.place import find_places

_TITLES = {False: "Підписано електронним підписом", True: "Електронна печатка"}


@dataclass(frozen=True, slots=True)
class Services:
    """What signatures above B-B need: a time-stamping service and judged certificates."""

    time_stamper: TimeStamper | None
    trust: ValidationContext | None


def field_names(profile: SigningProfile) -> tuple[str, ...]:
    """Return the names of a profile's fields, in the order of its signers."""
    return tuple(
        f"Печатка {number}" if one.is_seal else f"Підпис {number}"
        for number, one in enumerate(profile.signers, start=1)
    )


def next_signer(data: bytes, profile: SigningProfile) -> int | None:
    """Return the place in a profile of whose turn it is, ``None`` where all have signed.

    Raises:
        SigningError: when the file is no PDF, or was signed otherwise than by this profile.
    """
    try:
        there = states(IncrementalPdfFileWriter(io.BytesIO(data)))
    except (PdfError, ValueError) as error:
        raise SigningError("це не PDF, або його пошкоджено") from error
    names = field_names(profile)
    others = [name for name, filled in there.items() if filled and name not in names]
    if [one for one in others if not one.startswith("Timestamp-")]:
        raise SigningError("файл уже підписано інакше: підписи не з цього профілю")
    done = [there.get(name, False) for name in names]
    if sorted(done, reverse=True) != done:
        raise SigningError("підписи стоять не в порядку профілю")
    return done.index(False) if False in done else None


def sign(data: bytes, profile: SigningProfile, key: Opened, services: Services, ink: Ink) -> bytes:
    """Return a PDF with the next signature of a profile; ``data`` is how the result begins.

    Only the last signature of B-LTA gets the archive time-stamp, which covers them all; those
    before it are B-LT.

    Raises:
        SigningError: when it cannot be signed, or it is another's turn.
    """
    number = next_signer(data, profile)
    if number is None or profile.signers[number].key != key.key:
        raise SigningError(f"зараз черга не ключа {key.key.id}")
    # What is added begins on a line of its own, as ISO 19005 wants.
    added_to = data if data.endswith((b"\n", b"\r")) else data + b"\n"
    writer = IncrementalPdfFileWriter(io.BytesIO(added_to))
    name = field_names(profile)[number]
    if name not in states(writer):
        add(writer, _new_fields(data, profile))
    signer = profile.signers[number]
    is_last = number == len(profile.signers) - 1
    with_evidence = profile.level in {Level.LT, Level.LTA}
    metadata = PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=with_evidence,
        use_pades_lta=profile.level is Level.LTA and is_last,
        validation_context=services.trust if with_evidence else None,
    )
    work = PdfSigner(
        metadata,
        key.signer,
        timestamper=None if profile.level is Level.B else services.time_stamper,
        stamp_style=MarkStyle(mark=mark_of(signer, key), ink=ink),
    )
    try:
        out = work.sign_pdf(writer, existing_fields_only=True)
    except TimestampRequestError as error:
        raise SigningError(f"служба позначок часу не відповіла: {_told(error)}") from error
    except RevokedError as error:
        raise KeyFaultError(f"ключ {key.key.id}: сертифікат відкликано") from error
    except (PathError, LibraryError) as error:
        raise _of_library(error, key) from error
    return bytes(out.getbuffer())


def _new_fields(data: bytes, profile: SigningProfile) -> list[Field]:
    names = ["" if one.official is None else one.official.surname for one in profile.signers]
    boxes = find_places(data, names) if profile.mark else [None] * len(names)
    return [
        Field(name, _words(signer), box)
        for name, signer, box in zip(field_names(profile), profile.signers, boxes, strict=True)
    ]


def _words(signer: Signer) -> str:
    """Return what is read aloud of a field."""
    official = signer.official
    if official is None:
        return "Електронна печатка установи"
    return f"Електронний підпис: {official.position}, {official.given} {official.surname}"


def mark_of(signer: Signer, key: Opened) -> Mark:
    """Return what a mark says; the certificate must be of the very person that signs.

    Raises:
        KeyFaultError: when it names another one.
    """
    subject = key.certificate.subject.native
    name = _text(subject.get("common_name")) or _text(subject.get("organization_name"))
    official = signer.official
    if official is not None:
        held = f"{name} {_text(subject.get('surname'))}".casefold()
        if official.surname.casefold() not in held:
            raise KeyFaultError(
                f"ключ {key.key.id}: сертифікат видано на «{name}», а підписує {official.surname}"
            )
    return Mark(
        title=_TITLES[signer.is_seal],
        name=name,
        position=official.position if official else "",
        serial=f"{key.certificate.serial_number:X}",
    )


def _text(value: str | Sequence[str] | None) -> str:
    """Return a part of a name; one that is given several times comes as a list."""
    return value if isinstance(value, str) else ", ".join(value or ())


def _of_library(error: Exception, key: Opened) -> SigningError:
    """Say in Ukrainian why the library did not sign."""
    told = _told(error)
    if "revoked" in told.lower():
        return KeyFaultError(f"ключ {key.key.id}: сертифікат відкликано")
    return SigningError(f"ключ {key.key.id}: не підписано: {told}")


def _told(error: BaseException) -> str:
    """Return what an error says, and the one that gave rise to it."""
    texts = [str(one) for one in (error, error.__cause__) if one is not None and str(one)]
    return ": ".join(dict.fromkeys(texts)) or type(error).__name__
