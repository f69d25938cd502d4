"""What later revisions of a signed PDF change.

After a signature a file may only grow by further signatures, time-stamps and the evidence for them
(DSS). Whatever else is appended can make another page of what was signed: shadow attacks hide,
replace, or lay annotations over it. So all else is refused, however harmless it may be.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

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
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature

from reportgen.verify.document_data import same_description
from reportgen.verify.places import keeps_places
from reportgen.verify.slots import Slot


@dataclass(frozen=True, slots=True)
class Field:
    """A signature as a reader sees it; ``slot`` is its place in the file's bytes."""

    name: str
    slot: Slot
    is_stamp: bool
    revision: int
    claimed: datetime.datetime | None


def changes(
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
    added = [name for name in after if name not in before or (after[name] and not before[name])]
    if added != ([field.name] if field else []) or not same_description(old, new):
        return False
    if not keeps_places(old, new, field.name if field and field.is_stamp else None):
        return False
    if not _stored(old) <= _stored(new):
        return False
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


def _stored(handler: HistoricalResolver) -> set[tuple[str, bytes]]:
    """Return the evidence of a revision as written (DSS); what was there has to stay."""
    store = handler.root["/DSS"] if "/DSS" in handler.root else {}  # noqa: SIM401 - resolves
    return {
        (name, one.get_object().encoded_data)
        for name in ("/Certs", "/OCSPs", "/CRLs")
        if name in store
        for one in store[name]
    }


def _structure_rules() -> list[QualifiedWhitelistRule]:
    files = XrefStreamRule(), ObjectStreamRule(), DSSCompareRule()
    rules = (*files, DocInfoRule(), MetadataUpdateRule())
    return [one.as_qualified(ModificationLevel.LTA_UPDATES) for one in rules]


_MAY_CHANGE: Final = {"/DSS", "/Extensions", "/Metadata"}  # of the catalogue; rules look into it
#: A revision that adds evidence, and nothing else.
_EVIDENCE: Final = StandardDiffPolicy(
    global_rules=[CatalogModificationRule(_MAY_CHANGE), *_structure_rules()],
    form_rule=None,
    ignore_orphaned_objects=False,  # what leads nowhere is no evidence
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
