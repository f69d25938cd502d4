"""A signature as a message of CMS (RFC 5652): who signed, what attributes say, whether it is intact."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from reportgen.model.verdict import Outcome
from reportgen.verify.algorithms import ELSEWHERE, WEAK, called, is_known

STAMP: Final = "signature_time_stamp_token"
_TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"

#: From the name of an algorithm to the digest of what is signed.
DigestOf = Callable[[str], bytes]


class BrokenMessageError(ValueError):
    """Bytes are no message of CMS by one signer."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message by one signer; ``certificate`` is the signer's, ``None`` where it is missing."""

    data: cms.SignedData
    signer: cms.SignerInfo
    certificates: tuple[x509.Certificate, ...]
    certificate: x509.Certificate | None
    stamps: tuple[Message, ...]

    @property
    def claimed(self) -> datetime.datetime | None:
        """The time that the signer's machine wrote."""
        for value in self.signed("signing_time"):
            moment = value.native
            return moment if isinstance(moment, datetime.datetime) else None
        return None

    @property
    def imprint(self) -> tuple[str, bytes] | None:
        """Of a time-stamp: the digest it was asked to stamp."""
        content = self.data["encap_content_info"]
        if content["content_type"].dotted != _TST_INFO:
            return None
        stamped = self.token["message_imprint"]
        return stamped["hash_algorithm"]["algorithm"].native, stamped["hashed_message"].native

    @property
    def token(self) -> tsp.TSTInfo:
        """Of a time-stamp: what it says."""
        return tsp.TSTInfo.load(self.content or b"", strict=True)

    @property
    def content(self) -> bytes | None:
        """What is signed, if the message holds it."""
        content = self.data["encap_content_info"]["content"]
        return None if content is core.VOID else bytes(content.contents)

    def signed(self, name: str) -> Iterator[Any]:
        """Yield the values of a signed attribute."""
        return _values(self.signer["signed_attrs"], name)

    def unsigned(self, name: str) -> Iterator[Any]:
        """Yield the values of an attribute that the signature does not cover."""
        return _values(self.signer["unsigned_attrs"], name)


def read_message(der: bytes) -> Message:
    """Read a message with all that is in it.

    Raises:
        BrokenMessageError: when the bytes are something else; nothing else is raised, whatever they
            are.
    """
    try:
        content = cms.ContentInfo.load(der, strict=True)
        if content["content_type"].native != "signed_data":
            raise BrokenMessageError
        content.native  # noqa: B018 - reads every part, or raises
        return _message(content["content"])
    except Exception as error:  # the reader of ASN.1 raises what happens to come
        raise BrokenMessageError("підпис зіпсовано: це не повідомлення CMS") from error


def _message(data: cms.SignedData) -> Message:
    [signer] = data["signer_infos"]
    held = () if data["certificates"] is core.VOID else data["certificates"]
    certificates = tuple(one.chosen for one in held if one.name == "certificate")
    stamps = tuple(_message(one["content"]) for one in _values(signer["unsigned_attrs"], STAMP))
    return Message(data, signer, certificates, _signers(signer["sid"], certificates), stamps)


def _signers(
    sid: cms.SignerIdentifier, certificates: tuple[x509.Certificate, ...]
) -> x509.Certificate | None:
    """Return the certificate that a signer names: byte by byte, as names are never respelt."""
    for one in certificates:
        if sid.name == "subject_key_identifier":
            if one.key_identifier == sid.native:
                return one
        elif (sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native) == (
            one.issuer.dump(),
            one.serial_number,
        ):
            return one
    return None


def _values(attributes: Any, name: str) -> Iterator[Any]:  # noqa: ANN401 - of a library without types
    for one in () if attributes is core.VOID else attributes:
        if one["type"].native == name:
            yield from one["values"]


def integrity(message: Message, digest_of: DigestOf, content_type: str) -> tuple[Outcome, str]:
    """Tell whether a message signs these bytes, with a sentence where it is not so or not known.

    ``INVALID`` is what cannot be true; ``UNKNOWN`` what no library here can reckon.
    """
    digest = message.signer["digest_algorithm"]["algorithm"].native
    written = [one.native for one in message.signed("message_digest")]
    if len(written) != 1:
        return Outcome.INVALID, "підпис не каже, що саме підписано"
    if digest in WEAK:
        return Outcome.INVALID, f"підпис зроблено застарілим алгоритмом {digest}: він не доводить нічого"
    try:
        actual = digest_of(digest)
    except ValueError:
        return Outcome.UNKNOWN, f"{called(digest)}: тут не обчислюється; {ELSEWHERE}"
    if actual != written[0]:
        return Outcome.INVALID, "підписані байти змінено після підпису"
    if message.certificate is None:
        return Outcome.INVALID, "у підписі немає сертифіката того, хто підписав"
    algorithm = message.signer["signature_algorithm"]
    if not is_known(algorithm):
        same = "байти ті самі, що підписано, але сам підпис тут не перевіряється"
        return Outcome.UNKNOWN, f"{called(algorithm['algorithm'].native)}: {same}; {ELSEWHERE}"
    try:
        same, signed = validate_sig_integrity(
            message.signer, message.certificate, content_type, actual
        )
    except SignatureValidationError:
        return Outcome.INVALID, "ознаки підпису суперечать сертифікату або алгоритму"
    except Exception:  # noqa: BLE001 - a key or a signature that is none, in any of many ways
        return Outcome.INVALID, "підпис зіпсовано: його не вдається обчислити"
    if not (same and signed):
        return Outcome.INVALID, "підпис не збігається з ключем із сертифіката: його змінено"
    return Outcome.VALID, ""
