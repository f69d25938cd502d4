"""Signatures that are whole and yet not good: the key, the certificate, the time."""

from __future__ import annotations

import datetime
import io
import socket
from typing import NoReturn
from urllib.request import urlopen

import pikepdf
import pytest
from asn1crypto import crl, keys, x509
from authority import Authority
from made_signatures import (
    NOW,
    in_years,
    plain,
    signed,
    signer,
    stamped_by_hand,
    trusted,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps, validation

from reportgen.model.verdict import Level, Outcome, Signed
from reportgen.verify import Trust, judge

_UNSAID = "чи не відкликано сертифікат, у файлі не сказано"


def _first(data: bytes, trust: Trust, at: datetime.datetime = NOW) -> Signed:
    return judge(data, "звіт.pdf", trust, at).signed[0]


def test_an_expired_certificate(authority: Authority) -> None:
    one = _first(signed(plain(), authority, "expired"), trusted(authority))
    assert one.outcome is Outcome.INVALID
    assert "«Прострочений Іван» діяв до" in one.faults[0]


def test_a_certificate_that_is_not_good_yet(authority: Authority) -> None:
    one = _first(signed(plain(), authority, "future", Level.T), trusted(authority))
    assert one.outcome is Outcome.INVALID
    assert "ще не чинний" in one.faults[0]


def test_a_revoked_certificate(authority: Authority) -> None:
    """The answer is in the file, so it is known without asking."""
    data = signed(plain(), authority, "revoked", Level.T)
    assert _first(data, trusted(authority)).remarks == (_UNSAID,)
    one = _first(_with_lists(data, authority), trusted(authority))
    assert one.outcome is Outcome.INVALID
    assert "«Відкликаний Іван» відкликано" in one.faults[0]


def _with_lists(data: bytes, authority: Authority) -> bytes:
    """Return a file with the lists of revoked certificates among its evidence."""
    lists = []
    for name in ("revoked", "issuer"):
        certificate = x509.Certificate.load(authority.certificate(name))
        with urlopen(certificate.crl_distribution_points[0].url) as answer:  # noqa: S310 - loopback
            lists.append(crl.CertificateList.load(answer.read()))
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    validation.DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=lists)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_stamp_made_too_late_does_not_help(rsa_authority: Authority) -> None:
    """Three years later the signer's certificate has expired: the stamp proves only that."""
    late = stamped_by_hand(signed(plain(), rsa_authority), rsa_authority, in_years(3))
    one = _first(late, trusted(rsa_authority), in_years(4))
    assert one.outcome is Outcome.INVALID
    assert "уже не чинний" in one.faults[0]


def test_a_service_of_signatures_may_not_stamp(rsa_authority: Authority) -> None:
    """A time-stamp by a signer's own certificate is none."""
    own = signer("head", rsa_authority)
    key = keys.PrivateKeyInfo.load(rsa_authority.key("head"))
    stamper = timestamps.DummyTimeStamper(own.signing_cert, key, own.cert_registry, fixed_dt=NOW)
    writer = IncrementalPdfFileWriter(io.BytesIO(plain()))
    out = signers.PdfTimeStamper(stamper).timestamp_pdf(writer, md_algorithm="sha256")
    one = _first(bytes(out.getbuffer()), trusted(rsa_authority))
    assert (one.outcome, one.faults) == (
        Outcome.INVALID,
        ("позначку часу поставила не служба часу",),
    )


def test_nothing_is_fetched(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    data = [signed(plain(), authority, level=level) for level in Level]
    expected = [judge(one, "x", trusted(authority), NOW) for one in data]

    def refuse(*_: object) -> NoReturn:
        pytest.fail("перевірка звернулася до мережі")

    for name in ("socket", "create_connection", "getaddrinfo", "socketpair"):
        monkeypatch.setattr(socket, name, refuse)
    assert [judge(one, "x", trusted(authority), NOW) for one in data] == expected


def test_a_file_without_signatures_is_not_verified() -> None:
    verdict = judge(plain(), "x", Trust(), NOW)
    assert (verdict.outcome, verdict.signed, verdict.faults) == (Outcome.UNKNOWN, (), ())


def test_a_file_with_a_password_is_not_verified(authority: Authority) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="а", user="б"))
    verdict = judge(out.getvalue(), "x", trusted(authority), NOW)
    assert verdict.outcome is Outcome.INVALID
