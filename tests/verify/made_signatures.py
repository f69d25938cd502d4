"""Signed files made by pyHanko alone: what `reportgen.sign` makes shall not vouch for itself."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

import pikepdf
from asn1crypto import keys, x509
from authority import PASSWORD, Authority
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, TimestampDSSContentSettings
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reportgen.model.verdict import Level
from reportgen.verify import Trust, read_trust

NOW = datetime.datetime.now(datetime.UTC)

#: All evidence before the last time-stamp, so that it covers the file to the end.
CLOSED = DSSContentSettings(
    include_vri=False,
    next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
)


def in_years(years: float) -> datetime.datetime:
    """Return a day so many years from now."""
    return NOW + datetime.timedelta(days=round(365 * years))


def plain() -> bytes:
    """Return a small PDF of one page with a title, in its information and in XMP."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 720 Td (100,0 %) Tj ET")
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Звіт за 2023 рік"
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def trusted(*authorities: Authority) -> Trust:
    """Return the trust of a council in these authorities."""
    return read_trust([one.root for one in authorities])


def signer(who: str, authority: Authority) -> signers.SimpleSigner:
    found = signers.SimpleSigner.load_pkcs12(str(authority.pfx(who)), passphrase=PASSWORD.encode())
    assert found is not None
    return found


def context(authority: Authority, mode: str = "hard-fail") -> ValidationContext:
    return ValidationContext(
        trust_roots=list(load_certs_from_pemder([str(authority.root)])),
        allow_fetching=True,
        revocation_mode=mode,
    )


def signed(
    data: bytes,
    authority: Authority,
    who: str = "head",
    level: Level = Level.B,
    settings: DSSContentSettings = CLOSED,
) -> bytes:
    """Return a PDF with one more signature; its field is called as the signer."""
    evidence = level in (Level.LT, Level.LTA)
    metadata = signers.PdfSignatureMetadata(
        field_name=who,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=evidence,
        use_pades_lta=level is Level.LTA,
        validation_context=context(authority) if evidence else None,
        dss_settings=settings,
    )
    stamper = None if level is Level.B else timestamps.HTTPTimeStamper(authority.time_stamps)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    key = signer(who, authority)
    out = signers.sign_pdf(writer, metadata, signer=key, timestamper=stamper)
    return bytes(out.getbuffer())


def stamped_by_hand(data: bytes, authority: Authority, time: datetime.datetime) -> bytes:
    """Return a PDF of an RSA authority with a time-stamp of another year."""
    certificate, key = _service(authority, time)
    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(authority.certificate("root")))
    stamper = timestamps.DummyTimeStamper(certificate, key, store, fixed_dt=time)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    out = signers.PdfTimeStamper(stamper).timestamp_pdf(writer, md_algorithm="sha256")
    return bytes(out.getbuffer())


def _service(
    authority: Authority, time: datetime.datetime
) -> tuple[x509.Certificate, keys.PrivateKeyInfo]:
    """Return a time-stamping service whose certificate is good for ten years from ``time``."""
    root = certificates.load_der_x509_certificate(authority.certificate("root"))
    above = serialization.load_der_private_key(authority.key("root"), None)
    assert isinstance(above, rsa.RSAPrivateKey)
    key = rsa.generate_private_key(65537, 2048)
    name = certificates.NameOID.COMMON_NAME
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(certificates.Name([certificates.NameAttribute(name, "Нова служба часу")]))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(time - datetime.timedelta(days=30))
        .not_valid_after(time + datetime.timedelta(days=3650))
        .add_extension(
            certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
        .sign(above, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    return x509.Certificate.load(der), keys.PrivateKeyInfo.load(private)


def twice(data: bytes, authority: Authority, who: Sequence[str], level: Level) -> bytes:
    """Return a PDF that several sign, one after another."""
    for one in who:
        data = signed(data, authority, one, level)
    return data
