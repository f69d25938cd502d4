"""Services that signing asks: time-stamps (RFC 3161), revocation (OCSP, CRL), trusted roots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext

from reportgen.diagnostics import BrokenEnvironment, reason

_LONGEST = 20  # seconds that a service may take to answer
_LARGEST = 16 * 1024 * 1024  # bytes of a file of roots; the national list takes a tenth


def time_stamper(address: str) -> TimeStamper:
    """Return the client of a time-stamping service."""
    return HTTPTimeStamper(address, timeout=_LONGEST)


def read_roots(paths: Sequence[Path]) -> tuple[Certificate, ...]:
    """Return the certificates of some files, PEM or DER.

    Raises:
        BrokenEnvironment: when a file cannot be read or holds no certificate.
    """
    roots: list[Certificate] = []
    for path in paths:
        try:
            with path.open("rb") as stream:
                data = stream.read(_LARGEST)
            armoured = pem.unarmor(data, multiple=True) if pem.detect(data) else [("", {}, data)]
            for _, _, one in armoured:
                certificate = Certificate.load(one, strict=True)
                certificate.self_signed  # noqa: B018 - parsed now, so a wrong file is told here
                roots.append(certificate)
        except OSError as error:
            raise BrokenEnvironment(f"{path} не читається: {reason(error)}") from error
        except (ValueError, TypeError, KeyError) as error:
            raise BrokenEnvironment(f"{path} — не файл сертифікатів (PEM чи DER)") from error
    return tuple(roots)


def trust_in(roots: Sequence[Certificate]) -> ValidationContext:
    """Return what judges certificates as of now: revocation is asked for, and must be answered.

    One for many files keeps the answers, so that services are asked once.
    """
    return ValidationContext(
        trust_roots=list(roots), allow_fetching=True, revocation_mode="hard-fail"
    )
