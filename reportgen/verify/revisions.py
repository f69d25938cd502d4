"""What a reader of PDF sees of its signatures, and what each later revision changes.

After a signature a file may only grow by further signatures, time-stamps and the evidence for them
(DSS). Whatever else is appended can make another page of what was signed: shadow attacks hide,
replace, or lay annotations over it. So all else is refused, however harmless it may be.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_field_visible
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from reportgen.verify.chain import Evidence
from reportgen.verify.document_data import same_description
from reportgen.verify.slots import Slot

_MOST_REVISIONS: Final = 200
_STAMPED: Final = "/DocTimeStamp"


@dataclass(frozen=True, slots=True)
class Field:
    """A signature as a reader sees it; ``slot`` is its place in the file's bytes."""

    name: str
    slot: Slot
    is_stamp: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Revisions:
    """All that a reader sees: fields in the order of slots, evidence, what is wrong.

    ``stamped`` is the part of the evidence that the last time-stamp of the document covers;
    ``is_closed`` tells whether the last signature covers the file to its end.
    """

    fields: tuple[Field, ...]
    evidence: Evidence
    stamped: Evidence
    is_closed: bool
    faults: tuple[str, ...]


class UnreadablePdfError(ValueError):
    """A reader refuses the file; the message is Ukrainian."""


def read_revisions(data: bytes, slots: Sequence[Slot]) -> Revisions:
    """Read a file whose signatures were found in its bytes.

    Raises:
        UnreadablePdfError: when no reader can make sense of it; nothing else is raised.
    """
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=True)
        if reader.encrypted:
            raise UnreadablePdfError("файл зашифровано: без пароля підписів не перевірити")
        if reader.xrefs.total_revisions > _MOST_REVISIONS:
            raise UnreadablePdfError("у файлі забагато змін: такого не роблять підписи")
        return _read(reader, data, slots)
    except UnreadablePdfError:
        raise
    except Exception as error:  # readers of hostile files raise what happens to come
        message = "будову файлу порушено: програми читання можуть показувати різне"
        raise UnreadablePdfError(message) from error


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
            fields.append(Field(found.fq_name, slot, is_stamp, found.signed_revision))
    faults += _changes(reader, fields, [*seen.values()])
    ends = [slot.end for slot in slots]
    last = reader.xrefs.total_revisions - 1
    stamps = [one.revision for one in fields if one.is_stamp]
    return Revisions(
        tuple(fields),
        _evidence(reader, last),
        _evidence(reader, max(stamps)) if stamps else Evidence(),
        max(ends, default=0) == len(data),
        tuple(faults),
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


def _changes(
    reader: PdfFileReader, fields: Sequence[Field], signatures: Sequence[EmbeddedPdfSignature]
) -> Iterator[str]:
    """Yield what was changed after the first signature, revision by revision."""
    if not fields:
        return
    by_revision = {one.revision: one for one in fields}
    if len(by_revision) != len(fields):
        yield "кілька підписів стоять в одній зміні файлу"
        return
    for number in range(min(by_revision) + 1, reader.xrefs.total_revisions):
        old, new = map(reader.get_historical_resolver, (number - 1, number))
        earlier = [one for one in signatures if one.signed_revision < number]
        if not _is_allowed(old, new, by_revision.get(number), earlier):
            last = max(one.revision for one in fields if one.revision < number)
            yield f"після підпису «{by_revision[last].name}» до файлу дописано зміни"


def _is_allowed(
    old: HistoricalResolver,
    new: HistoricalResolver,
    field: Field | None,
    earlier: Sequence[EmbeddedPdfSignature],
) -> bool:
    """Tell whether a revision only adds evidence or one signature, and nobody before forbade it."""
    before, after = _filled(old), _filled(new)
    added = [name for name in after if name not in before or after[name] and not before[name]]
    if added != ([field.name] if field else []) or not same_description(old, new):
        return False
    if field and field.is_stamp and _is_visible(new, field.name):
        return False  # anybody can have a time-stamp, so it may show nothing
    policy = _SIGNING if field else _EVIDENCE
    try:
        for one in earlier:
            done = policy.apply(old, new, field_mdp_spec=one.fieldmdp, doc_mdp=one.docmdp_level)
            level = one.docmdp_level
            if level is not None and done.modification_level.value > level.value:
                return False
    except SuspiciousModification:
        return False
    return True


def _filled(handler: HistoricalResolver) -> dict[str, bool]:
    """Return whether each signature field is filled, by name."""
    return {name: value is not None for name, value, _ in enumerate_sig_fields(handler)}


def _is_visible(handler: HistoricalResolver, name: str) -> bool:
    return any(
        is_field_visible(field.get_object())
        for each, _, field in enumerate_sig_fields(handler)
        if each == name
    )


def _evidence(reader: PdfFileReader, revision: int) -> Evidence:
    """Return what a revision holds to judge certificates by (DSS, ISO 32000-2, 12.8.4.3)."""
    root = reader.get_historical_resolver(revision).root
    store = root["/DSS"] if "/DSS" in root else {}

    def held(name: str, kind: Any, purpose: DecodePurpose) -> tuple[Any, ...]:  # noqa: ANN401
        streams = store[name] if name in store else ()
        read = (one.get_object().read_data(purpose) for one in streams)
        return tuple(kind.load(one, strict=True) for one in read)

    return Evidence(
        held("/Certs", x509.Certificate, DecodePurpose.CERTIFICATE),
        held("/OCSPs", ocsp.OCSPResponse, DecodePurpose.OCSP_RESPONSE),
        held("/CRLs", crl.CertificateList, DecodePurpose.CRL),
    )


def _structure_rules() -> list[QualifiedWhitelistRule]:
    rules = XrefStreamRule(), ObjectStreamRule(), DSSCompareRule(), DocInfoRule()
    rules += (MetadataUpdateRule(),)
    return [one.as_qualified(ModificationLevel.LTA_UPDATES) for one in rules]


_MAY_CHANGE: Final = {"/DSS", "/Extensions", "/Metadata"}  # of the catalogue; rules look into it
#: A revision that adds evidence, and nothing else.
_EVIDENCE: Final = StandardDiffPolicy(
    global_rules=[CatalogModificationRule(_MAY_CHANGE), *_structure_rules()], form_rule=None
)
#: A revision that adds a signature or a time-stamp, and perhaps evidence.
_SIGNING: Final = StandardDiffPolicy(
    global_rules=[CatalogModificationRule(_MAY_CHANGE | {"/AcroForm"}), *_structure_rules()],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),
            SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ],
        ignored_acroform_keys={"/Fields"},
    ),
)
