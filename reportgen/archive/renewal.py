"""New archive time-stamps over signed files, before the old ones lose their force.

A time-stamp is as good as its certificate and its algorithm. A newer one over all that is there,
with what is needed to judge the older, carries the proof on (ETSI EN 319 142-1, 5.5).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from reportgen.archive.outlook import ELSEWHERE
from reportgen.sign.container import ContainerError, read_container
from reportgen.sign.containers import renewed_container
from reportgen.sign.faults import SigningError
from reportgen.sign.stamping import Services, add_time_stamp

_ZIP: Final = b"PK\x03\x04"


class StampError(Exception):
    """A file could not be given a new time-stamp; the message is a Ukrainian sentence."""


def extended(data: bytes, stamper: TimeStamper, roots: Sequence[bytes]) -> bytes:
    """Return a signed PDF or container with one more time-stamp, and what judges the last before.

    Args:
        data: the file. A PDF is only added to; of a container all files stay as they are.
        stamper: the service.
        roots: certificates that are trusted, DER; revocation is asked for where they lead.

    Raises:
        StampError: when the last time-stamp is no longer valid, or a service fails.
    """
    context = ValidationContext(
        trust_roots=[Certificate.load(one) for one in roots],
        allow_fetching=True,
        revocation_mode="hard-fail",
    )
    try:
        if data.startswith(_ZIP):
            return _container(data, stamper, context)
        return _pdf(data, stamper, context)
    except ContainerError as error:
        raise StampError(f"контейнер не приймає позначки часу: {error}; {ELSEWHERE}") from error
    except OSError as error:
        raise StampError(f"служба позначок часу не відповіла: {error}") from error
    except (PathError, ValidationError, SignatureValidationError) as error:
        raise StampError(f"останню позначку часу не підтверджено: {error}") from error
    except (SigningError, LibraryError, PdfReadError) as error:
        raise StampError(f"файл не приймає позначки часу: {error}") from error


def _pdf(data: bytes, stamper: TimeStamper, context: ValidationContext) -> bytes:
    chains = []
    for last in PdfFileReader(io.BytesIO(data)).embedded_timestamp_signatures[-1:]:
        status = validate_pdf_timestamp(last, context)
        chain = status.validation_path
        if chain is None or not (status.intact and status.valid and status.trusted):
            raise StampError("останню позначку часу не підтверджено: їй немає довіри")
        chains.append(chain)
    made = add_time_stamp(data, Services(stamper, trust=context), chains)
    if not made.startswith(data):
        raise StampError("нова позначка змінила б те, що вже підписано")
    return made


def _container(data: bytes, stamper: TimeStamper, context: ValidationContext) -> bytes:
    made = renewed_container(data, stamper, context)
    if read_container(made).files != read_container(data).files:
        raise StampError("нова позначка змінила б те, що вже підписано")
    return made
