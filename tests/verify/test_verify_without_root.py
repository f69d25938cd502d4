"""Who is not trusted: which certificate is missing, and where it goes."""

from __future__ import annotations

import datetime
import io

from asn1crypto import keys, x509
from authority import Authority
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from made_signatures import NOW, plain, signed, signer
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from reportgen.model.verdict import Outcome
from reportgen.verify import Trust, judge

_WHERE = (
    "візьміть його на сайті центру чи в переліку ЦЗО (czo.gov.ua), покладіть у теку content "
    "і впишіть у trust: файлу content/signing.yaml або назвіть параметром --trust"
)


def _fault(data: bytes) -> str:
    [one] = judge(data, "x", Trust(), NOW).signed
    assert one.outcome is Outcome.UNTRUSTED
    return one.faults[0]


def _signed_by(key: signers.SimpleSigner) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name="x", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(plain()))
    return bytes(signers.sign_pdf(writer, metadata, signer=key).getbuffer())


def test_a_root_that_only_the_file_brings(authority: Authority) -> None:
    assert _fault(signed(plain(), authority)) == (
        f"корінь «Корінь» є лише в самому файлі, серед довірених його немає: {_WHERE}"
    )


def test_an_authority_whose_certificate_is_nowhere(authority: Authority) -> None:
    key = signer("head", authority)
    bare = signers.SimpleSigner(key.signing_cert, key.signing_key, None)
    assert _fault(_signed_by(bare)) == (
        "бракує сертифіката центру «Випробний КНЕДП», що видав сертифікат "
        f"«Краснопір Вікторія Іванівна»: {_WHERE}"
    )


def test_whoever_vouches_for_themselves() -> None:
    secret = ec.generate_private_key(ec.SECP256R1())
    common = certificates.NameAttribute(certificates.NameOID.COMMON_NAME, "Сам Собі")
    name = certificates.Name([common])
    made = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(1)
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=9))
        .sign(secret, hashes.SHA256())
    )
    private = secret.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    own = x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))
    key = signers.SimpleSigner(own, keys.PrivateKeyInfo.load(private), None)
    told = "сертифікат «Сам Собі» видано самому собі: жоден центр за нього не ручається"
    assert _fault(_signed_by(key)) == told
