"""PDFs signed at B-LTA by pyHanko itself, and a judge of them by pyHanko's own validator."""

from __future__ import annotations

import datetime
import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
from asn1crypto import x509
from authority import PASSWORD, Authority
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from reportgen.archive.inspection import Judge
from reportgen.model.verdict import Holder, Kind, Level, Outcome, Signed, Verdict

#: What was found of bytes, for services answer slowly and tests judge the same files often.
_JUDGED: dict[tuple[str, bool], Verdict] = {}


def blank() -> bytes:
    """Return a PDF of one empty page, the same each time."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def trusting(authority: Authority) -> ValidationContext:
    root = x509.Certificate.load(authority.certificate("root"))
    return ValidationContext(trust_roots=[root], allow_fetching=True, revocation_mode="hard-fail")


def signed(data: bytes, authority: Authority, who: str = "head") -> bytes:
    """Return the PDF signed at B-LTA."""
    signer = signers.SimpleSigner.load_pkcs12(str(authority.pfx(who)), passphrase=PASSWORD.encode())
    made = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(data)),
        signers.PdfSignatureMetadata(
            field_name="Підпис1",
            subfilter=fields.SigSeedSubFilter.PADES,
            use_pades_lta=True,
            embed_validation_info=True,
            validation_context=trusting(authority),
            md_algorithm="sha256",
        ),
        signer=signer,
        timestamper=timestamps.HTTPTimeStamper(authority.time_stamps),
    )
    return bytes(made.getvalue())


def judge_of(authority: Authority, *, longer: bool = False) -> Judge:
    """Return a judge; ``longer`` lets each time-stamp hold a year longer than the one before."""

    def judge(path: Path) -> Verdict:
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if (sha256, longer) not in _JUDGED:
            _JUDGED[sha256, longer] = verdict(data, sha256)
        return replace(_JUDGED[sha256, longer], name=path.name)

    def verdict(data: bytes, sha256: str) -> Verdict:
        try:
            reader = PdfFileReader(io.BytesIO(data))
            found = [
                _judged(one, authority, number if longer else 0)
                for number, one in enumerate(reader.embedded_signatures)
            ]
        except Exception as error:  # noqa: BLE001 - whatever a changed file does to the reader
            return Verdict("", sha256, (), (str(error),))
        return Verdict("", sha256, tuple(found))

    return judge


def _judged(one: object, authority: Authority, years: int) -> Signed:
    is_stamp = one.sig_object.get("/Type", None) == "/DocTimeStamp"  # type: ignore[attr-defined]
    check = validate_pdf_timestamp if is_stamp else validate_pdf_signature
    status = check(one, trusting(authority))
    certificate = status.signing_cert
    subject = certificate.subject.native
    until = certificate.not_valid_after + datetime.timedelta(days=365 * years)
    good = status.intact and status.valid and status.trusted
    return Signed(
        place=one.field_name,  # type: ignore[attr-defined]
        kind=Kind.TIME_STAMP if is_stamp else Kind.SIGNATURE,
        outcome=Outcome.VALID if good else Outcome.INVALID,
        holder=Holder(
            name=subject["common_name"],
            position=subject.get("title", ""),
            organisation=subject.get("organization_name", ""),
            code=subject.get("organization_identifier", "").rpartition("-")[2],
            serial=f"{certificate.serial_number:X}",
            issuer=certificate.issuer.native["common_name"],
            since=certificate.not_valid_before,
            until=certificate.not_valid_after,
        ),
        level=None if is_stamp else Level.LTA,
        claimed=None,
        stamped=status.timestamp if is_stamp else None,
        holds_until=until,
        faults=() if good else ("підпис не підтверджено",),
    )
