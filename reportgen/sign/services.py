"""Services that signing asks: time-stamps (RFC 3161), revocation (OCSP, CRL), trusted roots."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext

from reportgen.diagnostics import BrokenEnvironment, reason
from reportgen.sign.faults import KeyFaultError, SigningError
from reportgen.sign.given import read_given

_LONGEST = 20  # seconds that a service may take to answer
_MOST_WRONG = 300  # seconds that the machine's clock and the service's may differ
_LARGEST = 16 * 1024 * 1024  # bytes of a file of roots; the national list takes a tenth


def time_stamper(address: str, digest: str) -> tuple[TimeStamper, int]:
    """Return the client of a time-stamping service, once it has answered, and a stamp's size.

    Raises:
        KeyFaultError: when it does not answer as one, or tells quite another time than this
            machine: a signature would claim a time that its stamp contradicts.
    """
    stamper = HTTPTimeStamper(address, timeout=_LONGEST)
    try:
        token = asyncio.run(stamper.async_dummy_response(digest))
        told: datetime.datetime = (
            token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
        )
    except (TimestampRequestError, SigningError, OSError, ValueError, KeyError) as error:
        raise KeyFaultError(
            f"служба позначок часу не відповіла: перевірте мережу й адресу {address}"
        ) from error
    wrong = (datetime.datetime.now(datetime.UTC) - told).total_seconds()
    if abs(wrong) > _MOST_WRONG:
        way = "поспішає" if wrong > 0 else "відстає"
        raise KeyFaultError(
            f"годинник комп'ютера {way} на {abs(wrong) / 60:.0f} хв проти служби позначок часу: "
            "виправте час і підпишіть знову"
        )
    return stamper, len(token.dump())


def read_roots(paths: Sequence[Path]) -> tuple[Certificate, ...]:
    """Return the certificates of some files, PEM or DER.

    Raises:
        BrokenEnvironment: when a file cannot be read or holds no certificate.
    """
    roots: list[Certificate] = []
    for path in paths:
        try:
            data = read_given(path, _LARGEST)
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
