"""A time-stamp over all of a PDF, and the services that signatures need."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from reportgen.sign.faults import SigningError
from reportgen.sign.fields import Field, add, states
from reportgen.sign.revision import Revision, revision_of

#: How the fields of time-stamps over a whole document are called, before their number.
STAMP = "Timestamp-"

#: What signatures and time-stamps are made of.
DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Services:
    """What signatures above B-B need: a time-stamping service and judged certificates.

    ``stamp_size`` is how many bytes a stamp of the service takes.
    """

    time_stamper: TimeStamper | None = None
    stamp_size: int = 0
    trust: ValidationContext | None = None


def add_evidence(data: bytes, services: Services, chains: Sequence[ValidationPath]) -> bytes:
    """Return a PDF with what its signatures will be judged by, in a revision behind them.

    It holds certificates and the answers on revocation that ``services`` have been given. EU DSS
    takes for a signature's evidence what comes after it.
    """
    writer = revision_of(data)
    _supply(writer, services, chains)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _supply(writer: Revision, services: Services, chains: Sequence[ValidationPath]) -> None:
    DocumentSecurityStore.supply_dss_in_writer(
        writer, sig_contents=None, paths=list(chains), validation_context=services.trust
    )


def add_time_stamp(data: bytes, services: Services, judged: Sequence[ValidationPath] = ()) -> bytes:
    """Return a PDF with a time-stamp over all of it, and with the evidence on who has stamped it.

    ``judged`` are chains of signatures and former stamps, whose evidence comes before the new stamp
    too. All of it does: what stood behind the last stamp would be covered by nothing.

    Raises:
        TimestampRequestError: when the service does not answer.
        SigningError: when there is none.
    """
    if services.time_stamper is None:
        raise SigningError("немає служби позначок часу")
    writer = revision_of(data)
    name = f"{STAMP}{sum(one.startswith(STAMP) for one in states(writer)) + 1}"
    add(writer, [Field(name, "Позначка часу", None)])
    stamper = PdfTimeStamper(services.time_stamper, field_name=name)
    if judged:
        _supply(writer, services, judged)
    settings = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
    out = stamper.timestamp_pdf(writer, DIGEST, services.trust, dss_settings=settings)
    return bytes(out.getbuffer())
