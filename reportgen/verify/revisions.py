"""What a reader of PDF sees of its signatures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from reportgen.verify.active import activity
from reportgen.verify.changes import Change, Field, changes
from reportgen.verify.evidence import Evidence
from reportgen.verify.slots import Slot

_MOST_REVISIONS: Final = 200
_MOST_EVIDENCE: Final = 2_000  # pieces in one revision: a chain of three has some ten
_TAIL: Final = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]{0,2}\Z")
_STAMPED: Final = "/DocTimeStamp"
_EVIDENCE: Final = ("/Certs", "/OCSPs", "/CRLs")


@dataclass(frozen=True, slots=True)
class Revisions:
    """All that a reader sees: fields in the order of slots, evidence, what is wrong.

    ``stamped`` is the part of the evidence that the last time-stamp of the document covers;
    ``remarks`` are what should be known of the document, however sound it is.
    """

    fields: tuple[Field, ...]
    evidence: Evidence
    stamped: Evidence
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


class UnreadablePdfError(ValueError):
    """A reader refuses the file; the message is Ukrainian."""


def read_revisions(data: bytes, slots: Sequence[Slot]) -> Revisions:
    """Read a file whose signatures were found in its bytes.

    Raises:
        UnreadablePdfError: when no reader can make sense of it; nothing else is raised.
    """
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=True)
        _check(reader)
        return _read(reader, data, slots)
    except (UnreadablePdfError, MemoryError):
        raise
    except Exception as error:  # readers of hostile files raise what happens to come
        message = "будову файлу порушено: програми читання можуть показувати різне"
        raise UnreadablePdfError(message) from error


def _check(reader: PdfFileReader) -> None:
    if reader.encrypted:
        raise UnreadablePdfError("файл зашифровано: без пароля підписів не перевірити")
    if reader.xrefs.total_revisions > _MOST_REVISIONS:
        raise UnreadablePdfError("у файлі забагато змін: такого не роблять підписи")
    for number in range(reader.xrefs.total_revisions):
        if _stored(reader.get_historical_resolver(number).root) > _MOST_EVIDENCE:
            raise UnreadablePdfError("у файлі забагато доказів для перевірки: таких не буває")


def _stored(root: generic.DictionaryObject) -> int:
    """Return how many pieces of evidence a catalogue names; none of them is read."""
    store = root["/DSS"] if "/DSS" in root else {}  # noqa: SIM401 - get() resolves nothing
    return sum(len(store[name]) for name in _EVIDENCE if name in store)


def _read(reader: PdfFileReader, data: bytes, slots: Sequence[Slot]) -> Revisions:
    seen: dict[tuple[int, ...], EmbeddedPdfSignature] = {}
    for one in reader.embedded_signatures:
        seen[tuple(int(number) for number in one.byte_range)] = one
    faults: list[str] = []
    if set(seen) != {one.byte_range for one in slots} or len(seen) != len(slots):
        faults.append("підписи, записані у файлі, не ті, що їх показують програми читання")
    fields = []
    for slot in slots:
        found = seen.get(slot.byte_range)
        if found is not None:
            faults += _misplaced(found, slot)
            is_stamp = found.sig_object_type == _STAMPED
            claimed = None if is_stamp else found.self_reported_timestamp
            fields.append(Field(found.fq_name, slot, is_stamp, found.signed_revision, claimed))
    done = [*changes(reader, fields, [*seen.values()])]
    faults += [told for change, told in done if change is Change.REFUSED]
    remarks = [told for change, told in done if change is not Change.REFUSED]
    last = reader.xrefs.total_revisions - 1
    tail = data[max((slot.end for slot in slots), default=0) :]
    if tail and fields and (fields[-1].revision == last or not _TAIL.search(tail)):
        faults.append("після останнього підпису дописано сторонні байти")
    stamps = [one.revision for one in fields if one.is_stamp]
    return Revisions(
        tuple(fields),
        _evidence(reader, last),
        _evidence(reader, max(stamps)) if stamps else Evidence(),
        tuple(faults),
        (*remarks, *activity(reader)),
    )


def _misplaced(one: EmbeddedPdfSignature, slot: Slot) -> Iterator[str]:
    """Yield what is wrong with the place of a signature."""
    covers = one.evaluate_signature_coverage()
    if covers.value < SignatureCoverageLevel.ENTIRE_REVISION.value:
        yield f"підпис «{one.fq_name}» не охоплює всього, що було у файлі, коли його поставлено"
    if one.pkcs7_content != slot.contents:
        yield f"підпис «{one.fq_name}» стоїть не там, де його показують програми читання"
    if (one.sig_object_type == _STAMPED) != (one.sig_object["/SubFilter"] == "/ETSI.RFC3161"):
        yield f"підпис «{one.fq_name}» видає себе за інший вид"


def _evidence(reader: PdfFileReader, revision: int) -> Evidence:
    """Return what a revision holds to judge certificates by (DSS, ISO 32000-2, 12.8.4.3)."""
    root = reader.get_historical_resolver(revision).root
    store = root["/DSS"] if "/DSS" in root else {}  # noqa: SIM401 - get() resolves nothing

    def held(name: str, kind: Any, purpose: DecodePurpose) -> tuple[Any, ...]:  # noqa: ANN401
        streams = store[name] if name in store else ()  # noqa: SIM401 - as above
        read = (one.get_object().read_data(purpose) for one in streams)
        return tuple(kind.load(one, strict=True) for one in read)

    return Evidence(
        held("/Certs", x509.Certificate, DecodePurpose.CERTIFICATE),
        held("/OCSPs", ocsp.OCSPResponse, DecodePurpose.OCSP_RESPONSE),
        held("/CRLs", crl.CertificateList, DecodePurpose.CRL),
    )
