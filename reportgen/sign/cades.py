"""CAdES signatures (ETSI EN 319 122-1) of any bytes, detached, at each baseline level but the last.

B-LTA of a container is an archive time-stamp over all that is in it: see ``containers``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from asn1crypto import cms, core, crl, ocsp
from asn1crypto.x509 import Certificate
from pyhanko.sign import Signer
from pyhanko.sign.signers.pdf_cms import select_suitable_signing_md
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import CertificateValidator, ValidationContext

_OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2"  # RFC 5940
_WITH_OTHER = "v5"  # RFC 5652, 5.1: a message with revocation of a kind that is not a CRL


async def sign_detached(
    content: bytes,
    signer: Signer,
    stamps: TimeStamper | None = None,
    context: ValidationContext | None = None,
) -> bytes:
    """Return a detached signature of some bytes, DER.

    It is B-B, with a service of time-stamps B-T, and with a context to find and judge the
    certificates of signer and service by B-LT.

    Raises:
        pyhanko_certvalidator.errors.PathError: when no trusted root stands behind a certificate.
    """
    certificate = signer.signing_cert
    if certificate is None:
        raise ValueError("a signer without a certificate")
    message = await signer.async_sign_general_data(
        content,
        select_suitable_signing_md(certificate.public_key),
        detached=True,
        use_cades=True,
        timestamper=stamps,
    )
    if context is not None:
        await supply(message, [message, *_stamps(message)], context)
    return bytes(message.dump(force=True))


def _stamps(message: cms.ContentInfo) -> list[cms.ContentInfo]:
    [info] = message["content"]["signer_infos"]
    attributes = () if info["unsigned_attrs"] is core.VOID else info["unsigned_attrs"]
    return [
        one
        for attribute in attributes
        if attribute["type"].native == "signature_time_stamp_token"
        for one in attribute["values"]
    ]


async def supply(
    message: cms.ContentInfo, judged: Iterable[cms.ContentInfo], context: ValidationContext
) -> None:
    """Put into a message what its own and other signers' certificates will be judged by later.

    That is chains up to the trusted root and answers on revocation: no signature covers them.
    """
    data = message["content"]
    certificates = {one.chosen.dump(): one.chosen for one in _certificates(data)}
    evidence: dict[bytes, cms.RevocationInfoChoice] = {}
    for one in judged:
        chain = await _chain(one["content"], context)
        certificates |= {link.dump(): link for link in chain[1:]}
        evidence |= {info.dump(): info for info in _revocation(chain[1:], context)}
    data["certificates"] = cms.CertificateSet(
        [cms.CertificateChoices("certificate", one) for one in certificates.values()]
    )
    held = () if data["crls"] is core.VOID else data["crls"]
    evidence |= {one.dump(): one for one in held}
    if evidence:
        data["crls"] = cms.RevocationInfoChoices(evidence.values())
    if any(one.name == "other" for one in evidence.values()):
        data["version"] = _WITH_OTHER


async def _chain(data: cms.SignedData, context: ValidationContext) -> Sequence[Certificate]:
    """Return the certificates from the root to the signer's; ``context`` has the answers then."""
    held = [one.chosen for one in _certificates(data)]
    [signer] = data["signer_infos"]
    named = signer["sid"].chosen
    [certificate, *_] = [
        one
        for one in held
        if (one.issuer, one.serial_number) == (named["issuer"], named["serial_number"].native)
    ]
    validator = CertificateValidator(
        certificate, intermediate_certs=held, validation_context=context
    )
    stamping = data["encap_content_info"]["content_type"].native == "tst_info"
    path = await validator.async_validate_usage(
        set() if stamping else {"digital_signature"},
        extended_key_usage={"time_stamping"} if stamping else None,
    )
    return [*path.iter_certs(include_root=True)]


def _certificates(data: cms.SignedData) -> list[cms.CertificateChoices]:
    held = () if data["certificates"] is core.VOID else data["certificates"]
    return [one for one in held if one.name == "certificate"]


def _revocation(
    chain: Sequence[Certificate], context: ValidationContext
) -> Iterable[cms.RevocationInfoChoice]:
    """Yield what was answered of these certificates, and of no others that the context knows."""
    serials = {one.serial_number for one in chain}
    issuers = {one.issuer.hashable for one in chain}
    for response in context.ocsps:
        if serials & set(_answered(response)):
            yield cms.RevocationInfoChoice(
                "other",
                {"other_rev_info_format": _OCSP_RESPONSE, "other_rev_info": response},
            )
    for revoked in context.crls:
        if revoked.issuer.hashable in issuers:
            yield cms.RevocationInfoChoice("crl", crl.CertificateList.load(revoked.dump()))


def _answered(response: ocsp.OCSPResponse) -> Iterable[int]:
    for one in response.response_data["responses"]:
        yield one["cert_id"]["serial_number"].native
