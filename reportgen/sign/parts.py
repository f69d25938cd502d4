"""Parts of a CMS that somebody else has made; nothing in it is believed to be well formed."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from asn1crypto import cms, pem, x509

from reportgen.sign.definite import definite
from reportgen.sign.digests import DIGESTS, Digest
from reportgen.sign.refused import RefusedError

#: Attributes of a signature that are looked at, by their numbers.
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"
TIME_STAMP = "1.2.840.113549.1.9.16.2.14"

_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]+=*\s*")
_INDEFINITE = 0x80

_Value = TypeVar("_Value")


def reading(read: Callable[[], _Value]) -> _Value:
    """Return what is read; whatever goes wrong in a file of others is told in one sentence.

    Raises:
        RefusedError: with that sentence.
    """
    try:
        return read()
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise RefusedError("файл підпису пошкоджено або це не підпис CMS (.p7s)") from error


def decoded(data: bytes) -> bytes:
    """Return a CMS in DER that came as DER, BER, PEM or base64.

    Raises:
        ValueError, IndexError: when it is none of these.
    """
    if pem.detect(data):
        data = pem.unarmor(data)[2]
    elif _BASE64.fullmatch(data):
        try:
            data = base64.b64decode(data)
        except binascii.Error as error:
            raise ValueError("not base64") from error
    return definite(data) if data[1] == _INDEFINITE else data


def certificate_of(signed: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate:
    """Return the signer's certificate, which PDF/A wants in the signature.

    Raises:
        RefusedError: when it is not there.
    """
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


def attributes_of(held: Any) -> Mapping[str, Any]:  # noqa: ANN401 - asn1crypto has no types
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


def algorithm_of(identifier: Any) -> Digest:  # noqa: ANN401
    """Return the digest that an identifier names.

    Raises:
        RefusedError: for one that cannot be reckoned here.
    """
    number = identifier["algorithm"].dotted
    try:
        return DIGESTS[number]
    except KeyError:
        raise RefusedError(
            f"підпис за хешем, якого тут не обчислити ({number}): підпишіть іншим "
            "(SHA-256, ГОСТ 34.311, «Купина»)"
        ) from None
