"""What a signer's certificate was given for (extended key usage, RFC 5280, 4.2.1.12)."""

from __future__ import annotations

import asyncio
import datetime

import pytest
from asn1crypto import keys, x509
from authority import Authority
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from made_signatures import NOW, trusted
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reportgen.model.verdict import Outcome
from reportgen.verify import judge

_SERVER, _CLIENT, _CODE = (f"1.3.6.1.5.5.7.3.{number}" for number in (1, 2, 3))
_MAIL, _STAMPS, _ANSWERS, _DOCUMENTS = (f"1.3.6.1.5.5.7.3.{number}" for number in (4, 8, 9, 36))
_ANY = "2.5.29.37.0"


def _signer(authority: Authority, purposes: tuple[str, ...]) -> signers.SimpleSigner:
    root = certificates.load_der_x509_certificate(authority.certificate("root"))
    above = serialization.load_der_private_key(authority.key("root"), None)
    assert isinstance(above, rsa.RSAPrivateKey)
    key = rsa.generate_private_key(65537, 2048)
    named = certificates.NameAttribute(certificates.NameOID.COMMON_NAME, "Хтось")
    made = (
        certificates.CertificateBuilder()
        .subject_name(certificates.Name([named]))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=30))
        .not_valid_after(NOW + datetime.timedelta(days=30))
    )
    if purposes:
        given = certificates.ExtendedKeyUsage(map(certificates.ObjectIdentifier, purposes))
        made = made.add_extension(given, critical=False)
    der = made.sign(above, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate = x509.Certificate.load(der)
    store = SimpleCertificateStore()
    store.register(certificate)
    return signers.SimpleSigner(certificate, keys.PrivateKeyInfo.load(private), store)


@pytest.mark.parametrize(
    ("purposes", "outcome"),
    [
        ((_SERVER, _CLIENT), Outcome.INVALID),
        ((_CODE,), Outcome.INVALID),
        ((_STAMPS,), Outcome.INVALID),
        ((_ANSWERS,), Outcome.INVALID),
        ((), Outcome.VALID),
        ((_ANY,), Outcome.VALID),
        ((_CLIENT, _MAIL), Outcome.VALID),
        ((_DOCUMENTS,), Outcome.VALID),
        (("1.3.6.1.4.1.311.10.3.12",), Outcome.VALID),
        (("1.2.804.2.1.1.1.3.99",), Outcome.VALID),  # of a national provider
    ],
)
def test_a_service_may_not_sign(
    purposes: tuple[str, ...], outcome: Outcome, rsa_authority: Authority
) -> None:
    work = _signer(rsa_authority, purposes).async_sign_general_data(b"x", "sha256", use_cades=True)
    data = asyncio.run(work).dump()
    one = judge(data, "x.p7s", trusted(rsa_authority), NOW, b"x").signed[0]
    faults = () if outcome is Outcome.VALID else ("сертифікат видано не для підписування",)
    assert (one.outcome, one.faults) == (outcome, faults)
