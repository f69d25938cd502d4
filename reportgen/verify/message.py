"""A signature as a message of CMS (RFC 5652): who signed, what it says, whether it is intact."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from reportgen.model.moments import likely
from reportgen.model.verdict import Holder, Outcome
from reportgen.verify.algorithms import ELSEWHERE, WEAK, called, is_known
from reportgen.verify.holder import holder_of

STAMP: Final = "signature_time_stamp_token"
#: More signatures than this no document has; each costs a digest of the whole file.
MOST_SIGNERS: Final = 64
_TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"

#: From the name of an algorithm to the digest of what is signed.
DigestOf = Callable[[str], bytes]


class BrokenMessageError(ValueError):
    """Bytes are no message of CMS by one signer."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as one of its signers signed it; ``certificate`` is that signer's, if any."""

    data: cms.SignedData
    signer: cms.SignerInfo
    certificates: tuple[x509.Certificate, ...]
    certificate: x509.Certificate | None
    holder: Holder | None
    stamps: tuple[Message, ...]

    @property
    def told_time(self) -> object:
        """The time that the signer's machine wrote, however unlikely; ``None`` if it is silent."""
        return next((value.native for value in self.signed("signing_time")), None)

    @property
    def claimed(self) -> datetime.datetime | None:
        """The time that the signer's machine wrote, in UTC, if it can be one."""
        return likely(self.told_time)

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
    """Read a message of one signer, as each signature in a PDF is.

    Raises:
        BrokenMessageError: when the bytes are something else.
    """
    found = read_messages(der)
    if len(found) != 1:
        raise BrokenMessageError("підпис зіпсовано: в ньому має бути один підписувач")
    return found[0]


def read_messages(der: bytes) -> list[Message]:
    """Read a message with all that is in it, once for each who signed it.

    Raises:
        BrokenMessageError: when the bytes are something else; nothing else is raised, whatever they
            are.
    """
    try:
        return _messages(cms.ContentInfo.load(der, strict=True)["content"])
    except (BrokenMessageError, MemoryError):
        raise
    except Exception as error:  # the reader of ASN.1 raises what happens to come
        raise BrokenMessageError("підпис зіпсовано: це не повідомлення CMS") from error


def _messages(data: cms.SignedData) -> list[Message]:
    if len(data["signer_infos"]) > MOST_SIGNERS:
        raise BrokenMessageError("у підписі забагато підписувачів: такого не буває")
    return [_message(data, one) for one in data["signer_infos"]]


def _message(data: cms.SignedData, signer: cms.SignerInfo) -> Message:
    held = () if data["certificates"] is core.VOID else data["certificates"]
    certificates = tuple(one.chosen for one in held if one.name == "certificate")
    _read_through(data, signer, certificates)
    stamps = tuple(_stamp(one["content"]) for one in _values(signer["unsigned_attrs"], STAMP))
    certificate = _signers(signer["sid"], certificates)
    holder = holder_of(certificate) if certificate else None
    return Message(data, signer, certificates, certificate, holder, stamps)


def _read_through(
    data: cms.SignedData, signer: cms.SignerInfo, certificates: tuple[x509.Certificate, ...]
) -> None:
    """Read all that is looked at later: the parts of a message are parsed when they are used.

    Parts are not asked for their native values as a whole: that writes them anew.
    """
    for one in (data["version"], signer["version"], data["encap_content_info"]["content_type"]):
        one.native  # noqa: B018 - raises if it cannot be read
    for one in (signer["digest_algorithm"], signer["signature_algorithm"]):
        one["algorithm"].native, one["parameters"].native
    for attributes in (signer["signed_attrs"], signer["unsigned_attrs"]):
        for one in () if attributes is core.VOID else attributes:
            one["type"].native, len(one["values"])
    for one in certificates:
        one.issuer.native, one.subject.native  # noqa: B018


def _stamp(data: cms.SignedData) -> Message:
    [signer] = data["signer_infos"]
    return _message(data, signer)


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
        return Outcome.INVALID, f"застарілий алгоритм {digest}: такий підпис нічого не доводить"
    try:
        actual = digest_of(digest)
    except ValueError:
        return Outcome.UNKNOWN, f"{called(digest)}: тут не обчислюється; {ELSEWHERE}"
    if actual != written[0]:
        return Outcome.INVALID, "підписані байти змінено після підпису"
    return _sealed(message, actual, content_type)


def _sealed(message: Message, actual: bytes, content_type: str) -> tuple[Outcome, str]:
    """Tell whether the signer's key has signed what the message says of these bytes."""
    if message.certificate is None:
        return Outcome.INVALID, "у підписі немає сертифіката того, хто підписав"
    algorithm = message.signer["signature_algorithm"]
    if not is_known(algorithm):
        told = "байти ті самі, що підписано, але сам підпис тут не перевіряється"
        return Outcome.UNKNOWN, f"{called(algorithm['algorithm'].native)}: {told}; {ELSEWHERE}"
    try:
        same, signed = validate_sig_integrity(
            message.signer, message.certificate, content_type, actual
        )
    except SignatureValidationError:
        return Outcome.INVALID, "ознаки підпису суперечать сертифікату або алгоритму"
    except Exception:  # noqa: BLE001 - a key or a signature that is none, in any of many ways
        return Outcome.INVALID, "підпис зіпсовано: його не вдається обчислити"
    if same and signed:
        return Outcome.VALID, ""
    return Outcome.INVALID, "підпис не збігається з ключем із сертифіката: його змінено"
