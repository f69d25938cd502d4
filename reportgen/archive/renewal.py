"""New archive time-stamps over signed PDFs, before the old ones lose their force.

A time-stamp is as good as its certificate and its algorithm. A newer one over all that is there,
with what is needed to judge the older, carries the proof on (ETSI EN 319 142-1, 5.5).
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
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

from reportgen.model.verdict import Level, Outcome, Signed, Verdict
from reportgen.sign.faults import SigningError
from reportgen.sign.stamping import Services, add_time_stamp

#: Below that there is no evidence in the file that a time-stamp could carry on.
_RENEWABLE = frozenset({Level.LT, Level.LTA})


_UNSOUND: Final = {
    Outcome.INVALID: "підпис недійсний",
    Outcome.UNTRUSTED: "довіру до підпису не встановлено",
}
_TOO_LOW: Final = (
    "рівень {level}: у файлі немає даних, за якими підпис перевірять у майбутньому; підпишіть "
    "складений файл знову профілем рівня B-LTA (sign … --replace) і внесіть пакет ще раз"
)
_ELSEWHERE: Final = (
    "нову позначку часу ставить програма чи служба надавача, у якій зроблено підпис; поновіть там, "
    "покладіть файл поруч із підписаними (sign keep) і внесіть пакет ще раз"
)


class StampError(Exception):
    """A file could not be given a new time-stamp; the message is a Ukrainian sentence."""


def holds_until(signed: Sequence[Signed]) -> datetime.datetime | None:
    """Return when the evidence of a file ends: that of its outermost signature, the last one."""
    known = [one.holds_until for one in signed if one.holds_until]
    return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long a signed file proves what it proves, and why no time-stamp could carry that on."""

    until: datetime.datetime | None  # None where nobody can tell
    hindrance: str  # a Ukrainian sentence with what to do instead; "" if there is none

    def is_due(self, before: datetime.datetime) -> bool:
        """Tell whether a new time-stamp is needed before a day, and can be had here."""
        return not self.hindrance and self.until is not None and self.until <= before

    def lasts(self, before: datetime.datetime) -> bool:
        """Tell whether it is certain that the evidence does not end before a day."""
        return self.until is not None and self.until > before


def outlook(name: str, verdict: Verdict) -> Outlook:
    """Return what is to be expected of a file of the archive, by what was found of it now."""
    if verdict.outcome in _UNSOUND:
        said = [*verdict.faults, *(each for one in verdict.signed for each in one.faults)]
        why = "; ".join([_UNSOUND[verdict.outcome], *said[:1]])
        return Outlook(None, f"{why}: з'ясуйте, що сталося, і внесіть справний файл знову")
    if not name.lower().endswith(".pdf") or verdict.outcome is Outcome.UNKNOWN:
        return Outlook(_shortest(verdict.signed), _ELSEWHERE)
    levels = [one.level for one in verdict.signed if one.level]
    until = holds_until(verdict.signed)
    if not _RENEWABLE.isdisjoint(levels):
        return Outlook(until, "")
    reached = max((one.value for one in levels), default=Level.B.value)
    return Outlook(until, _TOO_LOW.format(level=reached))


def _shortest(signed: Sequence[Signed]) -> datetime.datetime | None:
    """Return when the first of signatures, none of which covers another, loses its force.

    Of one that cannot be reckoned here no more is known than when its certificate ends.
    """
    ends = [one.holds_until or (one.holder.until if one.holder else None) for one in signed]
    return min(filter(None, ends), default=None) if all(ends) else None


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
