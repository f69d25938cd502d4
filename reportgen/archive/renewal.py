"""New archive time-stamps over signed PDFs, before the old ones lose their force.

A time-stamp is as good as its certificate and its algorithm. A newer one over all that is there,
with what is needed to judge the older, carries the proof on (ETSI EN 319 142-1, 5.5).
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.model.verdict import Level, Outcome, Signed

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

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
    from asn1crypto import x509  # noqa: PLC0415 - only who renews needs all this
    from pyhanko.pdf_utils.misc import PdfReadError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.sign.signers import PdfTimeStamper  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_timestamp  # noqa: PLC0415
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415
    from pyhanko_certvalidator.errors import PathError, ValidationError  # noqa: PLC0415

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(one) for one in roots],
        allow_fetching=True,
        revocation_mode="hard-fail",
    )
    out = io.BytesIO()
    try:
        reader = PdfFileReader(io.BytesIO(data))
        for last in reader.embedded_timestamp_signatures[-1:]:
            status = validate_pdf_timestamp(last, context)
            if not (status.intact and status.valid and status.trusted):  # pyHanko would go on
                raise StampError("останню позначку часу не підтверджено: їй немає довіри")
        PdfTimeStamper(stamper).update_archival_timestamp_chain(
            reader, context, in_place=False, output=out
        )
    except OSError as error:
        raise StampError(f"служба позначок часу не відповіла: {error}") from error
    except (PathError, ValidationError, SignatureValidationError) as error:
        raise StampError(f"останню позначку часу не підтверджено: {error}") from error
    except (SigningError, PdfReadError) as error:
        raise StampError(f"файл не приймає позначки часу: {error}") from error
    made = out.getvalue()
    if not made.startswith(data):
        raise StampError("нова позначка змінила б те, що вже підписано")
    return made
