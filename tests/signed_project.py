"""The small project with keys of the authority on loopback, built and ready to be signed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from asn1crypto import pem, x509
from authority import PASSWORD, Authority
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from small_project import OFFICIALS, base, lay
from test_package import FILE, PACKAGE

from reportgen.cli import main

SIGNING = "content/signing.yaml"
REPORT = Path("biblioteky/2024-h1.pdf")
KEYS = ("head", "deputy", "seal", "expired", "future", "revoked")
OF_PERSONS = """
krasnopir: {position: Директор, given: Вікторія, surname: КРАСНОПІР}
shevchenko: {position: Заступник міського голови, given: Петро, surname: ШЕВЧЕНКО}
"""
HEAD = "{key: head, official: krasnopir}"
DEPUTY = "{key: deputy, official: shevchenko}"
SEAL = "{key: seal, seal: true}"


def described(
    authority: Authority, signatures: Sequence[str] = (HEAD,), level: str = "B-B", more: str = ""
) -> str:
    """Return a ``signing.yaml`` with one profile."""
    keys = "".join(f"  {name}: {{file: {authority.pfx(name)}}}\n" for name in KEYS)
    listed = "".join(f"      - {one}\n" for one in signatures)
    return (
        f"time_stamps: {authority.time_stamps}\ntrust: [{authority.root}]\nkeys:\n{keys}{more}"
        f"profiles:\n  viddil:\n    level: {level}\n    signatures:\n{listed}"
    )


def built(folder: Path, signing: str, files: Mapping[str, str] | None = None) -> Path:
    """Return the root of a project whose report is built."""
    officials = base(OFFICIALS) + OF_PERSONS
    root = lay(folder, {SIGNING: signing, OFFICIALS: officials, FILE: PACKAGE, **(files or {})})
    assert main(["build", "--root", str(root), "--format", "pdf"]) == 0
    return root


def sign(root: Path, *more: str, profile: str = "viddil") -> int:
    """Run the command for all that was built."""
    asked = more if any(not one.startswith("--") for one in more[:1]) else ("biblioteky", *more)
    return main(["sign", *asked, "--root", str(root), "--profile", profile])


@pytest.fixture
def passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every key be opened unattended."""
    for name in KEYS:
        monkeypatch.setenv(f"REPORTGEN_PASSWORD_{name.upper()}", PASSWORD)


def judged(data: bytes, authority: Authority) -> list[PdfSignatureStatus]:
    """Return what pyHanko's own validator says of each signature, offline."""
    _, _, root = pem.unarmor(authority.root.read_bytes())
    reader = PdfFileReader(io.BytesIO(data))
    statuses: list[PdfSignatureStatus] = []
    for one in reader.embedded_signatures:
        context = ValidationContext(trust_roots=[x509.Certificate.load(root)])
        validate = (
            validate_pdf_timestamp if one.sig_object["/Type"] == "/DocTimeStamp" else None
        ) or validate_pdf_signature
        statuses.append(validate(one, context))
    return statuses
