"""DSS judges: levels are told apart, what is sound passes, what is spoilt does not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from authority import PASSWORD, Authority
from dss import PASSED, validate
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext

pytestmark = [pytest.mark.slow, pytest.mark.judge("dss")]

LEVELS = ("B", "T", "LT", "LTA")


def empty() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(stream := io.BytesIO())
    return stream.getvalue()


def signed(authority: Authority, level: str) -> bytes:
    head = SimpleSigner.load_pkcs12(str(authority.pfx("head")), passphrase=PASSWORD.encode())
    assert head
    roots = [*load_certs_from_pemder([str(authority.root)])]
    lasting = level in LEVELS[2:]
    asked = PdfSignatureMetadata(
        field_name="Підпис",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=lasting,
        use_pades_lta=level == "LTA",
        validation_context=(
            ValidationContext(trust_roots=roots, allow_fetching=True) if lasting else None
        ),
    )
    stamps = HTTPTimeStamper(authority.time_stamps) if level != "B" else None
    writer = IncrementalPdfFileWriter(io.BytesIO(empty()))
    return bytes(sign_pdf(writer, asked, head, timestamper=stamps).getvalue())


def written(folder: Path, authority: Authority) -> Iterator[Path]:
    for level in LEVELS:
        path = folder / f"{level}.pdf"
        path.write_bytes(signed(authority, level))
        yield path


@pytest.mark.parametrize("which", ["authority", "rsa_authority"])
def test_levels_of_pdf(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    authority: Authority = request.getfixturevalue(which)
    files = [*written(tmp_path, authority)]
    judged = validate(files, [authority.root], online=True)
    assert {one.stem: judged[one].levels for one in files} == {
        level: [f"PAdES-BASELINE-{level}"] for level in LEVELS
    }
    assert [one.level for one in judged[files[-1]].stamps] == [
        "SIGNATURE_TIMESTAMP",
        "DOCUMENT_TIMESTAMP",
    ]
    [signature] = judged[files[-1]].signatures
    assert signature.signer == "Краснопір Оксана Іванівна"


def test_what_is_spoilt_untrusted_or_no_pdf_does_not_pass(
    tmp_path: Path, authority: Authority, rsa_authority: Authority
) -> None:
    sound, spoilt, broken = (tmp_path / f"{one}.pdf" for one in ("добрий", "spoilt", "broken"))
    data = signed(authority, "LT")
    sound.write_bytes(data)
    spoilt.write_bytes(data.replace(b"/MediaBox", b"/MediaB0x", 1))
    broken.write_bytes(b"no PDF")
    judged = validate([sound, spoilt, broken], [authority.root])
    assert judged[sound].levels == ["PAdES-BASELINE-LT"]
    assert judged[spoilt].levels == ["TOTAL_FAILED HASH_FAILURE"]
    assert judged[broken].fault
    [strange] = validate([sound], [rsa_authority.root])[sound].signatures
    assert (strange.verdict == PASSED, strange.sub) == (False, "NO_CERTIFICATE_CHAIN_FOUND")
