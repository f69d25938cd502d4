"""Signatures made elsewhere: CMS as any program writes it, read and judged by itself."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from asn1crypto import cms, core, pem, tsp, x509

from reportgen.model.verdict import Holder
from reportgen.sign.definite import definite
from reportgen.sign.digests import DIGESTS, Digest
from reportgen.sign.holder import holder_of
from reportgen.sign.refused import RefusedError

_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"
_TIME_STAMP = "1.2.840.113549.1.9.16.2.14"
_DATA = "1.2.840.113549.1.7.1"
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]+=*\s*")
_INDEFINITE = 0x80

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Message:
    """One signature: ``der`` is the CMS without the bytes that it signs, one signer, DER.

    ``content`` is what it came with, None if it was detached. ``digest`` is what its bytes must
    have. ``stamped`` is what a time-stamp over this very signature says.
    """

    der: bytes
    content: bytes | None
    certificate: x509.Certificate
    holder: Holder
    algorithm: Digest
    digest: bytes
    claimed: datetime.datetime | None
    stamped: datetime.datetime | None

    def covers(self, data: bytes) -> bool:
        """Tell whether these are the bytes that are signed."""
        return self.algorithm.reckon(data) == self.digest


def read_message(data: bytes) -> Message:
    """Read a ``.p7s``: DER, PEM or base64, with the signed bytes in it or without.

    Raises:
        RefusedError: when it is no CAdES of one signer with their certificate.
    """
    return _reading(lambda: _read(_decoded(data)))


def is_genuine(message: Message) -> bool | None:
    """Tell whether the signature was made by the certificate's key; None: no way to reckon it.

    Raises:
        RefusedError: when the signature and the certificate do not go together at all.
    """
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415 - slow
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415

    signer = _signer(cms.ContentInfo.load(message.der)["content"])
    try:
        signer["signature_algorithm"].signature_algo  # noqa: B018 - raises for what is not known
    except ValueError:
        return None
    try:
        _, valid = validate_sig_integrity(signer, message.certificate, "data", message.digest)
    except (SignatureValidationError, ValueError, KeyError, NotImplementedError) as error:
        raise RefusedError("підпис не відповідає ключу свого сертифіката") from error
    return bool(valid)


def _reading(read: Callable[[], _Value]) -> _Value:
    """Return what is read; whatever goes wrong in a file of others is told in one sentence."""
    try:
        return read()
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise RefusedError("файл підпису пошкоджено або це не підпис CMS (.p7s)") from error


def _decoded(data: bytes) -> bytes:
    if pem.detect(data):
        data = pem.unarmor(data)[2]
    elif _BASE64.fullmatch(data):
        try:
            data = base64.b64decode(data)
        except binascii.Error as error:
            raise ValueError("not base64") from error
    return definite(data) if data[1] == _INDEFINITE else data


def _read(der: bytes) -> Message:
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise RefusedError("це не підпис: у файлі CMS щось інше (можливо, зашифроване)")
    signed = info["content"]
    signer = _signer(signed)
    certificate = _certificate(signed, signer)
    attributes = _attributes(signer["signed_attrs"])
    algorithm = _algorithm(signer["digest_algorithm"])
    if _CONTENT_TYPE not in attributes or _MESSAGE_DIGEST not in attributes:
        raise RefusedError("підпис без підписаних атрибутів: у програмі підпису виберіть CAdES")
    if attributes[_CONTENT_TYPE].dotted != _DATA:
        raise RefusedError("підписано не дані, а щось інше (тип вмісту в підписі не data)")
    _require_bound(attributes, certificate)
    claimed = attributes.get(_SIGNING_TIME)
    content = signed["encap_content_info"]["content"].native
    if content is not None:
        signed["encap_content_info"] = {"content_type": "data"}
    return Message(
        der=info.dump(),
        content=content,
        certificate=certificate,
        holder=holder_of(certificate),
        algorithm=algorithm,
        digest=attributes[_MESSAGE_DIGEST].native,
        claimed=claimed.native if claimed is not None else None,
        stamped=_stamped(signer),
    )


def _signer(signed: cms.SignedData) -> cms.SignerInfo:
    signers = signed["signer_infos"]
    if len(signers) != 1:
        number = len(signers) or "жодного"
        raise RefusedError(f"у файлі має бути підпис однієї особи, а підписів у ньому: {number}")
    return signers[0]


def _certificate(signed: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate:
    """Return the signer's certificate, which PDF/A wants in the signature."""
    held = signed["certificates"]
    known = held if isinstance(held, cms.CertificateSet) else ()
    for one in known:
        if one.name == "certificate" and _is_of(one.chosen, signer["sid"]):
            return one.chosen
    raise RefusedError(
        "у підписі немає сертифіката підписувача: "
        "у програмі підпису ввімкніть додавання сертифіката"
    )


def _is_of(certificate: x509.Certificate, identifier: cms.SignerIdentifier) -> bool:
    if identifier.name == "subject_key_identifier":
        return bool(certificate.key_identifier == identifier.chosen.native)
    body, asked = certificate["tbs_certificate"], identifier.chosen
    return bool(
        body["serial_number"].native == asked["serial_number"].native
        and (body["issuer"].dump() == asked["issuer"].dump() or body["issuer"] == asked["issuer"])
    )


def _attributes(held: Any) -> Mapping[str, Any]:  # noqa: ANN401 - asn1crypto has no types
    """Return the values of attributes by number.

    Raises:
        RefusedError: for one that is there twice: programs would differ in which they believe.
    """
    found: dict[str, Any] = {}
    for one in held if isinstance(held, cms.CMSAttributes) else ():
        number = one["type"].dotted
        if number in found or len(one["values"]) != 1:
            raise RefusedError(f"у підписі двічі той самий атрибут ({number})")
        found[number] = one["values"][0]
    return found


def _algorithm(identifier: Any) -> Digest:  # noqa: ANN401
    number = identifier["algorithm"].dotted
    try:
        return DIGESTS[number]
    except KeyError:
        raise RefusedError(
            f"підпис за хешем, якого тут не обчислити ({number}): підпишіть іншим "
            "(SHA-256, ГОСТ 34.311, «Купина»)"
        ) from None


def _require_bound(attributes: Mapping[str, Any], certificate: x509.Certificate) -> None:
    """Refuse a signature that does not itself name its certificate, or names another."""
    if _SIGNING_CERTIFICATE not in attributes:
        raise RefusedError(
            "у підписі немає атрибута signing-certificate-v2: у програмі підпису виберіть CAdES"
        )
    named = attributes[_SIGNING_CERTIFICATE]["certs"][0]
    if _algorithm(named["hash_algorithm"]).reckon(certificate.dump()) != named["cert_hash"].native:
        raise RefusedError("підпис називає інший сертифікат, ніж у ньому лежить")


def _stamped(signer: cms.SignerInfo) -> datetime.datetime | None:
    """Return when a time-stamping service saw this signature; who it is, verification judges."""
    for one in signer["unsigned_attrs"] if signer["unsigned_attrs"] is not core.VOID else ():
        if one["type"].dotted == _TIME_STAMP:
            token = one["values"][0]["content"]["encap_content_info"]["content"].parsed
            imprint = token["message_imprint"]
            reckoned = _algorithm(imprint["hash_algorithm"]).reckon(signer["signature"].native)
            if not isinstance(token, tsp.TSTInfo) or reckoned != imprint["hashed_message"].native:
                raise RefusedError("позначка часу в підписі — не від цього підпису")
            moment: datetime.datetime = token["gen_time"].native
            return moment
    return None
