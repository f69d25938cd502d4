"""Signatures made elsewhere: CMS as any program writes it, read and judged by itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, core, tsp, x509

from reportgen.model.verdict import Holder
from reportgen.sign.digests import Digest
from reportgen.sign.holder import holder_of
from reportgen.sign.parts import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE,
    SIGNING_TIME,
    TIME_STAMP,
    algorithm_of,
    attributes_of,
    certificate_of,
    decoded,
    reading,
)
from reportgen.sign.refused import RefusedError

_DATA = "1.2.840.113549.1.7.1"
_DSTU = "1.2.804.2.1.1.1.1.3."  # all of ДСТУ 4145, whatever its digest and its order of bytes


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
    return reading(lambda: _read(decoded(data)))


def is_genuine(message: Message) -> bool | None:
    """Tell whether the signature was made by the certificate's key; None for ДСТУ 4145.

    Raises:
        RefusedError: when the signature and the certificate do not go together at all.
    """
    return reading(lambda: _genuine(message))


def _genuine(message: Message) -> bool | None:
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415 - slow
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415

    signer = _signer(cms.ContentInfo.load(message.der)["content"])
    number = signer["signature_algorithm"]["algorithm"].dotted
    body = message.certificate["tbs_certificate"]
    key = body["subject_public_key_info"]["algorithm"]["algorithm"].dotted
    if number.startswith(_DSTU) and key.startswith(_DSTU):
        return None
    try:
        _, valid = validate_sig_integrity(signer, message.certificate, "data", message.digest)
    except (SignatureValidationError, ValueError, KeyError, NotImplementedError) as error:
        raise RefusedError("підпис не відповідає ключу свого сертифіката") from error
    return bool(valid)


def _read(der: bytes) -> Message:
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise RefusedError("це не підпис: у файлі CMS щось інше (можливо, зашифроване)")
    signed = info["content"]
    signer = _signer(signed)
    certificate = certificate_of(signed, signer)
    attributes = attributes_of(signer["signed_attrs"])
    algorithm = algorithm_of(signer["digest_algorithm"])
    if all(algorithm_of(one) != algorithm for one in signed["digest_algorithms"]):
        raise RefusedError("підпис суперечить сам собі: хеші названо різні")
    if CONTENT_TYPE not in attributes or MESSAGE_DIGEST not in attributes:
        raise RefusedError("підпис без підписаних атрибутів: у програмі підпису виберіть CAdES")
    kinds = {attributes[CONTENT_TYPE].dotted, signed["encap_content_info"]["content_type"].dotted}
    if kinds != {_DATA}:
        raise RefusedError("підписано не дані, а щось інше (тип вмісту в підписі не data)")
    _require_bound(attributes, certificate)
    claimed = attributes.get(SIGNING_TIME)
    content = signed["encap_content_info"]["content"].native
    return Message(
        der=der if content is None else _detached(der),
        content=content,
        certificate=certificate,
        holder=holder_of(certificate),
        algorithm=algorithm,
        digest=attributes[MESSAGE_DIGEST].native,
        claimed=claimed.native if claimed is not None else None,
        stamped=_stamped(signer),
    )


def _detached(der: bytes) -> bytes:
    """Return a signature without the bytes that it came with; all else stays byte for byte.

    It is read anew: what was looked into asn1crypto would write anew too.
    """
    info = cms.ContentInfo.load(der)
    info["content"]["encap_content_info"] = {"content_type": "data"}
    detached: bytes = info.dump()
    return detached


def _signer(signed: cms.SignedData) -> cms.SignerInfo:
    signers = signed["signer_infos"]
    if len(signers) != 1:
        number = len(signers) or "жодного"
        raise RefusedError(f"у файлі має бути підпис однієї особи, а підписів у ньому: {number}")
    return signers[0]


def _require_bound(attributes: Mapping[str, Any], certificate: x509.Certificate) -> None:
    """Refuse a signature that does not itself name its certificate, or names another."""
    if SIGNING_CERTIFICATE not in attributes:
        raise RefusedError(
            "у підписі немає атрибута signing-certificate-v2: у програмі підпису виберіть CAdES"
        )
    named = attributes[SIGNING_CERTIFICATE]["certs"][0]
    if (
        algorithm_of(named["hash_algorithm"]).reckon(certificate.dump())
        != named["cert_hash"].native
    ):
        raise RefusedError("підпис називає інший сертифікат, ніж у ньому лежить")


def _stamped(signer: cms.SignerInfo) -> datetime.datetime | None:
    """Return when a time-stamping service saw this signature; who it is, verification judges."""
    for one in signer["unsigned_attrs"] if signer["unsigned_attrs"] is not core.VOID else ():
        if one["type"].dotted == TIME_STAMP:
            token = one["values"][0]["content"]["encap_content_info"]["content"].parsed
            imprint = token["message_imprint"]
            reckoned = algorithm_of(imprint["hash_algorithm"]).reckon(signer["signature"].native)
            if not isinstance(token, tsp.TSTInfo) or reckoned != imprint["hashed_message"].native:
                raise RefusedError("позначка часу в підписі — не від цього підпису")
            moment: datetime.datetime = token["gen_time"].native
            return moment
    return None
