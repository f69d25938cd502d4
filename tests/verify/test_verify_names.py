"""Names that command a terminal or turn the line about: certificates of anybody hold them."""

from __future__ import annotations

import io

import pytest
from asn1crypto import x509
from authority import Authority
from made_signatures import NOW, plain, signer, trusted
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from reportgen.verify import judge
from reportgen.verify.holder import name_of, printable


@pytest.mark.parametrize("told", ["\x1b[2K\x1b[1Aдійсний", "\u202eдійсний", "a\x00b\x9bc\ud800"])
def test_a_name_is_cleaned(told: str) -> None:
    assert not set("\x1b\u202e\x00\x9b\ud800") & set(printable(told))


def test_an_authority_is_named_cleanly() -> None:
    name = x509.Name.build({"common_name": "Корінь\x1b[2K\u202e\nЯ"})
    assert name_of(name) == "Корінь�[2K� Я"


def test_a_field_is_named_cleanly(authority: Authority) -> None:
    metadata = signers.PdfSignatureMetadata(field_name="Підпис\x1b[2K", md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(io.BytesIO(plain()))
    data = signers.sign_pdf(writer, metadata, signer=signer("head", authority)).getvalue()
    changed = data + b"\n% more"
    for one in (data, changed):
        verdict = judge(one, "x", trusted(authority), NOW)
        told = [*verdict.faults, *(each.place for each in verdict.signed)]
        assert told
        assert not any("\x1b" in each for each in told)
