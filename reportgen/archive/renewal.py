"""New archive time-stamps over signed files, before the old ones lose their force.

A time-stamp is as good as its certificate and its algorithm. A newer one over all that is there,
with what is needed to judge the older, carries the proof on (ETSI EN 319 142-1, 5.5).
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
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
from reportgen.sign.container import ContainerError, read_container
from reportgen.sign.containers import renewed_container
from reportgen.sign.faults import SigningError
from reportgen.sign.stamping import Services, add_time_stamp

_PDF, _CONTAINER = ".pdf", ".asice"
#: The levels at which a file takes a new time-stamp, by the end of its name: below them there is no
#: evidence in a PDF that it could carry on, and no archive time-stamp in a container.
_RENEWABLE: Final = {
    _PDF: frozenset({Level.LT, Level.LTA}),
    _CONTAINER: frozenset({Level.LTA}),
}


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


_ZIP: Final = b"PK\x03\x04"


class StampError(Exception):
    """A file could not be given a new time-stamp; the message is a Ukrainian sentence."""


def holds_until(name: str, signed: Sequence[Signed]) -> datetime.datetime | None:
    """Return when the evidence of a file ends; ``None`` where nobody can tell.

    In a PDF the last signature covers those before. Elsewhere the first that ends counts, and of
    one that cannot be reckoned here no more is known than when its certificate ends.
    """
    if name.lower().endswith(_PDF):
        known = [one.holds_until for one in signed if one.holds_until]
        return known[-1] if known else None
    ends = [one.holds_until or (one.holder.until if one.holder else None) for one in signed]
    return min(filter(None, ends), default=None) if all(ends) else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long a signed file proves what it proves, and why no time-stamp could carry that on."""

    until: datetime.datetime | None  # None where nobody can tell
    hindrance: str  # a Ukrainian sentence with what to do instead; "" if there is none

    def is_due(self, before: datetime.datetime) -> bool:
        """Tell whether a new time-stamp is needed before a day, and can be had here."""
        return not self.hindrance and not self.lasts(before)

    def lasts(self, before: datetime.datetime) -> bool:
        """Tell whether it is certain that the evidence does not end before a day."""
        return self.until is not None and self.until > before


def outlook(name: str, verdict: Verdict) -> Outlook:
    """Return what is to be expected of a file of the archive, by what was found of it now."""
    if verdict.outcome in _UNSOUND:
        said = [*verdict.faults, *(each for one in verdict.signed for each in one.faults)]
        why = "; ".join([_UNSOUND[verdict.outcome], *said[:1]])
        return Outlook(None, f"{why}: з'ясуйте, що сталося, і внесіть справний файл знову")
    until = holds_until(name, verdict.signed)
    levels = [one.level for one in verdict.signed if one.level]
    ending = Path(name).suffix.lower()
    if verdict.outcome is Outcome.UNKNOWN or ending not in _RENEWABLE:
        return Outlook(until, _ELSEWHERE)
    if not _RENEWABLE[ending].isdisjoint(levels):
        return Outlook(until, "")
    reached = max((one.value for one in levels), default=Level.B.value)
    return Outlook(until, _TOO_LOW.format(level=reached))


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
        raise StampError(f"контейнер не приймає позначки часу: {error}; {_ELSEWHERE}") from error
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
