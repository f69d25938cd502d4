"""The fields of a profile laid out in a file: what their marks say, where they go, what to tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from asn1crypto.x509 import Certificate

from reportgen.model.signing import Signer, SigningProfile
from reportgen.sign.faults import KeyFaultError
from reportgen.sign.fields import Field
from reportgen.sign.holder import printable
from reportgen.sign.mark import Ink, Mark, measured
from reportgen.sign.place import Spot, Wanted, find_places
from reportgen.sign.turns import field_names, is_of

#: What a mark is headed by: of a person, of an organisation.
TITLES: Final = {False: "Підписано електронним підписом", True: "Електронна печатка"}

#: Of a certificate that is not at hand a mark is expected to be no larger than with these.
_PATRONYMIC, _ORGANISATION, _SERIAL = "Володимирівна", "Виконавчий комітет міської ради", "A" * 40


@dataclass(frozen=True, slots=True)
class Laid:
    """Fields to be added to a file, and Ukrainian sentences on what is odd about their places."""

    fields: tuple[Field, ...]
    remarks: tuple[str, ...]


def lay_out(
    data: bytes, profile: SigningProfile, certificates: Mapping[str, Certificate], ink: Ink
) -> Laid:
    """Return the fields of a profile for a file that has none, with places for their marks.

    ``certificates`` are of those keys that are at hand.

    Raises:
        SigningError: when a mark cannot be drawn.
    """
    marks = [mark_of(one, certificates.get(one.key.id)) for one in profile.signers]
    heights = [measured(one, ink) if profile.mark else 0.0 for one in marks]
    names = ["" if one.official is None else one.official.surname for one in profile.signers]
    spots = find_places(data, [*map(Wanted, names, heights)])
    fields = (
        Field(name, _words(signer), spot.box)
        for name, signer, spot in zip(field_names(profile), profile.signers, spots, strict=True)
    )
    return Laid(tuple(fields), tuple(_remarks(names, spots, marked=profile.mark)))


def refuse_other(signer: Signer, certificate: Certificate) -> None:
    """Refuse a certificate of another person than the one that signs; a seal may be anybody's.

    Raises:
        KeyFaultError: when the certificate names another one.
    """
    official, name = signer.official, _name(certificate)
    surname = _text(certificate.subject.native.get("surname"))
    if official is not None and not is_of(official, f"{name} {surname}"):
        raise KeyFaultError(
            f"ключ {signer.key.id}: сертифікат видано на «{name}», а підписує {official.surname}"
        )


def mark_of(signer: Signer, certificate: Certificate | None) -> Mark:
    """Return what a mark says.

    Without a certificate it is a mark that is hardly smaller than the one to come.
    """
    official = signer.official
    if certificate is None:
        name = f"{official.surname} {official.given} {_PATRONYMIC}" if official else _ORGANISATION
        serial = _SERIAL
    else:
        name, serial = _name(certificate), f"{certificate.serial_number:X}"
    position = official.position if official else ""
    return Mark(TITLES[signer.is_seal], name, position, serial)


def _remarks(names: Sequence[str], spots: Sequence[Spot], *, marked: bool) -> Iterator[str]:
    """Yield what people should look at: signers whom the file does not name, marks without room."""
    for name, spot in zip(names, spots, strict=True):
        if not spot.is_named:
            where = ""
            if marked:
                where = ", позначка — наприкінці" if spot.box else " і місця для позначки теж"
            yield f"у документі немає прізвища {name}{where}: перевірте, чи той це документ"
        elif marked and spot.box is None:
            yield (
                f"немає вільного місця для позначки {name or 'печатки'} біля прізвища: "
                "підпис є, на сторінці його не видно"
            )


def _words(signer: Signer) -> str:
    """Return what is read aloud of a field."""
    official = signer.official
    if official is None:
        return "Електронна печатка установи"
    return f"Електронний підпис: {official.position}, {official.given} {official.surname}"


def _name(certificate: Certificate) -> str:
    """Return whom a certificate names."""
    subject = certificate.subject.native
    return _text(subject.get("common_name")) or _text(subject.get("organization_name"))


def _text(value: str | Sequence[str] | None) -> str:
    """Return a part of a name; one that is given several times comes as a list."""
    return printable(value if isinstance(value, str) else ", ".join(value or ()))
