"""New archive time-stamps over signed PDFs, before the old ones lose their force.

A time-stamp is as good as its certificate and its algorithm. A newer one over all that is there,
with what is needed to judge the older, carries the proof on (ETSI EN 319 142-1, 5.5).
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from reportgen.model.verdict import Level, Outcome, Signed
from reportgen.sign.faults import SigningError
from reportgen.sign.stamping import Services, add_time_stamp

#: Below that there is no evidence in the file that a time-stamp could carry on.
_RENEWABLE = frozenset({Level.LT, Level.LTA})


class StampError(Exception):
    """A file could not be given a new time-stamp; the message is a Ukrainian sentence."""


def holds_until(signed: Sequence[Signed]) -> datetime.datetime | None:
    """Return when the evidence of a file ends: that of its outermost signature, the last one."""
    known = [one.holds_until for one in signed if one.holds_until]
    return known[-1] if known else None


def is_due(name: str, signed: Sequence[Signed], before: datetime.datetime) -> bool:
    """Tell whether a file needs a new time-stamp and can take one here."""
    until = holds_until(signed)
    return (
        name.lower().endswith(".pdf")
        and until is not None
        and until <= before
        and any(one.level in _RENEWABLE for one in signed)
        and all(one.outcome is not Outcome.INVALID for one in signed)
    )


def extended(data: bytes, stamper: TimeStamper, roots: Sequence[bytes]) -> bytes:
    """Return a signed PDF with one more time-stamp, and what judges the last one before it.

    Args:
        data: the PDF; the result begins with these very bytes.
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
        chains = []
        for last in PdfFileReader(io.BytesIO(data)).embedded_timestamp_signatures[-1:]:
            status = validate_pdf_timestamp(last, context)
            chain = status.validation_path
            if chain is None or not (status.intact and status.valid and status.trusted):
                raise StampError("останню позначку часу не підтверджено: їй немає довіри")
            chains.append(chain)
        made = add_time_stamp(data, Services(stamper, trust=context), chains)
    except OSError as error:
        raise StampError(f"служба позначок часу не відповіла: {error}") from error
    except (PathError, ValidationError, SignatureValidationError) as error:
        raise StampError(f"останню позначку часу не підтверджено: {error}") from error
    except (SigningError, LibraryError, PdfReadError) as error:
        raise StampError(f"файл не приймає позначки часу: {error}") from error
    if not made.startswith(data):
        raise StampError("нова позначка змінила б те, що вже підписано")
    return made
