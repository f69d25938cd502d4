"""What later revisions of a signed PDF change.

After a signature a file may only grow by further signatures, time-stamps and the evidence for them
(DSS). Whatever else is appended can make another page of what was signed: shadow attacks hide,
replace, or lay annotations over it. So all else is refused, but for what nothing leads to and what
changes nothing: that can show nothing, and is told of.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyhanko.pdf_utils import generic
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


class Change(enum.Enum):
    """What a later revision comes to; the value is told of it, after the signature before."""

    SIGNING = ""
    IDLE = "дописано зміну без підпису й доказів: на сторінках вона нічого не міняє"
    BURDENED = "дописано об'єкти, які ніде не показано: на сторінках вони нічого не міняють"
    REFUSED = "до файлу дописано зміни"


def changes(
    reader: PdfFileReader, fields: Sequence[Field], signatures: Sequence[EmbeddedPdfSignature]
) -> Iterator[tuple[Change, str]]:
    """Yield what was changed after the first signature, revision by revision, with a sentence."""
    if not fields:
        return
    by_revision = {one.revision: one for one in fields}
    if len(by_revision) != len(fields):
        yield Change.REFUSED, "кілька підписів стоять в одній зміні файлу"
        return
    for number in range(min(by_revision) + 1, reader.xrefs.total_revisions):
        old, new = map(reader.get_historical_resolver, (number - 1, number))
        earlier = [one for one in signatures if one.signed_revision < number]
        change = _change(old, new, by_revision.get(number), earlier)
        if change is not Change.SIGNING:
            last = max(one.revision for one in fields if one.revision < number)
            yield change, f"після підпису «{by_revision[last].name}» {change.value}"


def _change(
    old: HistoricalResolver,
    new: HistoricalResolver,
    field: Field | None,
    earlier: Sequence[EmbeddedPdfSignature],
) -> Change:
    """Tell whether a revision only adds evidence or one signature, and nobody before forbade it."""
    before, after = _filled(old), _filled(new)
    added = [name for name in after if name not in before or (after[name] and not before[name])]
    if added != ([field.name] if field else []) or not same_description(old, new):
        return Change.REFUSED
    if not keeps_places(old, new, field.name if field and field.is_stamp else None):
        return Change.REFUSED
    if not _stored(old) <= _stored(new) or not _are_plain(new.root) or _falls(old, new):
        return Change.REFUSED
    if field is None:
        allowed = _allows(_EVIDENCE, old, new, earlier)
        kept = Change.IDLE if _stored(old) == _stored(new) else Change.SIGNING
        return kept if allowed else Change.REFUSED
    if _allows(_SIGNING, old, new, earlier):
        return Change.SIGNING
    return Change.BURDENED if _allows(_LENIENT, old, new, earlier) else Change.REFUSED


def _allows(
    policy: StandardDiffPolicy,
    old: HistoricalResolver,
    new: HistoricalResolver,
    earlier: Sequence[EmbeddedPdfSignature],
) -> bool:
    """Tell whether a revision does no more than a policy and all signatures before it allow."""
    try:
        for one in earlier:
            done = policy.apply(old, new, field_mdp_spec=one.fieldmdp, doc_mdp=one.docmdp_level)
            level = one.docmdp_level
            if level is not None and done.modification_level.value > level.value:
                return False
    except SuspiciousModification:
        return False
    return True


def _are_plain(root: generic.DictionaryObject) -> bool:
    """Tell whether extensions of a catalogue are names and numbers of versions, nothing else."""
    extensions = root["/Extensions"] if "/Extensions" in root else {}  # noqa: SIM401 - resolves
    return all(
        key == "/Type" or _is_plain(one) for key in extensions for one in _listed(extensions[key])
    )


def _falls(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Tell whether a catalogue names another version of PDF than one as high or higher.

    Programs that add a revision by tables of ISO 32000-2 raise it: nothing is shown otherwise.
    """
    before, after = (one.root.get("/Version") for one in (old, new))
    if before == after:
        return False
    known = isinstance(after, generic.NameObject) and str(after) in _VERSIONS
    return not known or (before is not None and str(before) >= str(after))


def _listed(value: generic.PdfObject) -> Sequence[generic.PdfObject]:
    """Return extensions of one developer: ISO 32000-2 lets them stand in an array."""
    return [*value] if isinstance(value, generic.ArrayObject) else [value]


def _is_plain(extension: generic.PdfObject) -> bool:
    return isinstance(extension, generic.DictionaryObject) and not any(
        key not in _OF_EXTENSIONS
        or isinstance(extension[key], generic.DictionaryObject | generic.ArrayObject)
        for key in extension
    )


def _filled(handler: HistoricalResolver) -> dict[str, bool]:
    """Return whether each signature field is filled, by name."""
    return {name: value is not None for name, value, _ in enumerate_sig_fields(handler)}


def _stored(handler: HistoricalResolver) -> set[tuple[str, bytes]]:
    """Return the evidence of a revision as written (DSS); what was there has to stay."""
    store = handler.root["/DSS"] if "/DSS" in handler.root else {}  # noqa: SIM401 - resolves
    pieces = {
        (name, one.get_object().encoded_data)
        for name in ("/Certs", "/OCSPs", "/CRLs")
        if name in store
        for one in store[name]
    }
    related = store["/VRI"] if "/VRI" in store else ()  # noqa: SIM401 - as above
    return pieces | {("/VRI", str(key).encode()) for key in related}


#: What an extension says of itself: ISO 32000-2, 7.12.
_OF_EXTENSIONS: Final = frozenset(
    {"/Type", "/BaseVersion", "/ExtensionLevel", "/ExtensionRevision", "/URL"}
)


def _structure_rules() -> list[QualifiedWhitelistRule]:
    files = XrefStreamRule(), ObjectStreamRule(), DSSCompareRule()
    rules = (*files, DocInfoRule(), MetadataUpdateRule())
    return [one.as_qualified(ModificationLevel.LTA_UPDATES) for one in rules]


def _signing(*, orphans: bool) -> StandardDiffPolicy:
    return StandardDiffPolicy(
        global_rules=[CatalogModificationRule(_MAY_CHANGE | {"/AcroForm"}), *_structure_rules()],
        form_rule=FormUpdatingRule(
            field_rules=[
                SigFieldCreationRule(),
                SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
            ],
            ignored_acroform_keys={"/Fields"},
        ),
        ignore_orphaned_objects=orphans,
    )


_VERSIONS: Final = frozenset({"/1.4", "/1.5", "/1.6", "/1.7", "/2.0"})
#: Of the catalogue; rules look into these.
_MAY_CHANGE: Final = {"/DSS", "/Extensions", "/Metadata", "/Version"}
#: A revision that adds evidence, and nothing else.
_EVIDENCE: Final = StandardDiffPolicy(
    global_rules=[CatalogModificationRule(_MAY_CHANGE), *_structure_rules()],
    form_rule=None,
    ignore_orphaned_objects=False,  # what leads nowhere is no evidence
)
#: A revision that adds a signature or a time-stamp, and perhaps evidence.
_SIGNING: Final = _signing(orphans=False)
#: The same with objects beside that nothing leads to.
_LENIENT: Final = _signing(orphans=True)
