"""What a file brings along to judge its certificates by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from asn1crypto import crl, ocsp, x509


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates, and what was answered on their revocation."""

    certificates: tuple[x509.Certificate, ...] = ()
    answers: tuple[ocsp.OCSPResponse, ...] = ()  # of OCSP
    lists: tuple[crl.CertificateList, ...] = ()  # of revoked certificates


def together(parts: Iterable[Evidence]) -> Evidence:
    """Return all evidence as one, each piece once."""
    certificates: dict[bytes, x509.Certificate] = {}
    answers: dict[bytes, ocsp.OCSPResponse] = {}
    lists: dict[bytes, crl.CertificateList] = {}
    for one in parts:
        certificates |= {each.dump(): each for each in one.certificates}
        answers |= {each.dump(): each for each in one.answers}
        lists |= {each.dump(): each for each in one.lists}
    return Evidence(*(tuple(one.values()) for one in (certificates, answers, lists)))


def tops(evidence: Evidence) -> tuple[x509.Certificate, ...]:
    """Return the certificates behind which no other one of the evidence stands."""
    named = {one.subject.hashable for one in evidence.certificates}
    return tuple(
        one for one in evidence.certificates if one.issuer.hashable not in named or one.self_issued
    )
