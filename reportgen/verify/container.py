"""What a container of signed files proves: ASiC-E and ASiC-S with CAdES (ETSI EN 319 162-1).

From the outermost archive time-stamp inwards: each proves that all it covers was there at its
time, so what is inside is judged as of then, when its certificates had not expired yet.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reportgen.model.verdict import Kind, Outcome, Signed, Verdict
from reportgen.verify.asic_manifest import (
    BrokenManifestError,
    Manifest,
    faults_of,
    read_manifest,
)
from reportgen.verify.asic_members import (
    ARCHIVING,
    CMS,
    LAST,
    LISTED,
    META,
    MIME,
    SIGNING,
    TYPES,
    XADES,
    strangers,
    uncovered,
)
from reportgen.verify.message import MOST_SIGNERS
from reportgen.verify.zip_headers import BrokenZipError
from reportgen.verify.zipped import is_plain, read_members, remarks_on


@dataclass(frozen=True, slots=True)
class Proven:
    """What archive time-stamps prove of a message: it was there at a moment.

    ``until`` is when the last of these time-stamps expires itself.
    """

    moment: datetime.datetime
    until: datetime.datetime | None


#: Judges a detached message: where it lies, its DER, what it signs, what is proven of it already.
#: A time-stamp (RFC 3161) is such a message as well.
Judge = Callable[[str, bytes, bytes, Proven | None], Signed]

_ELSEWHERE: Final = "перевірте файл на czo.gov.ua/verify"


@dataclass(frozen=True, slots=True)
class _Proof:
    """An archive time-stamp as judged: what it covers was there at ``moment``."""

    seen: Signed
    covered: Collection[str]  # of one that is not sound: nothing
    moment: datetime.datetime | None


def judge_container(name: str, data: bytes, judge: Judge) -> Verdict:
    """Judge a container. Whatever the bytes are, a verdict comes of them."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        members = read_members(data)
    except BrokenZipError as error:
        return Verdict(name, sha256, (), (f"{error}",))
    if sum(map(_is_manifest, members)) > MOST_SIGNERS:
        return Verdict(name, sha256, (), ("у контейнері забагато підписів: такого не буває",))
    faults: list[str] = []
    manifests = dict(_manifests(members, faults))
    proofs = _proofs(members, manifests, judge)
    signed = [*_signatures(members, manifests, proofs, judge)]
    plain = any(one.is_plain for one in manifests.values())
    if plain and not (_is_ours(members) and is_plain(data, members)):
        faults.append("байти контейнера змінено: він не такий, яким його було зроблено")
    faults += strangers(members, manifests)
    found = (*signed, *(one.seen for one in proofs))
    remarks = (*uncovered(members, manifests), *remarks_on(data))
    return Verdict(name, sha256, found, tuple(faults), remarks=remarks)


def _manifests(members: Mapping[str, bytes], faults: list[str]) -> Iterator[tuple[str, Manifest]]:
    for name in sorted(members):
        if _is_manifest(name):
            try:
                yield name, read_manifest(members[name])
            except BrokenManifestError:
                faults.append(f"маніфест {name} зіпсовано: з нього не видно, що підписано")


def _is_manifest(name: str) -> bool:
    return bool(SIGNING.fullmatch(name) or ARCHIVING.fullmatch(name))


def _proofs(
    members: Mapping[str, bytes], manifests: Mapping[str, Manifest], judge: Judge
) -> list[_Proof]:
    """Return archive time-stamps from the last one inwards."""
    archived = sorted((one for one in manifests if ARCHIVING.fullmatch(one)), reverse=True)
    found: list[_Proof] = []
    for name in sorted(archived, key=lambda one: one != LAST):
        manifest = manifests[name]
        seen = _judged(members, name, manifest, judge, found)
        covered = {one.name for one in manifest.references if one.digest}
        sound = seen.outcome is Outcome.VALID and seen.stamped is not None
        seen = dataclasses.replace(seen, kind=Kind.TIME_STAMP)
        found.append(_Proof(seen, covered if sound else (), seen.stamped if sound else None))
    return found


def _signatures(
    members: Mapping[str, bytes],
    manifests: Mapping[str, Manifest],
    proofs: Collection[_Proof],
    judge: Judge,
) -> Iterator[Signed]:
    files = {one for one in members if one != MIME and not one.startswith(META)}
    for name, manifest in manifests.items():
        if SIGNING.fullmatch(name):
            seen = _no_stamp(_judged(members, name, manifest, judge, proofs))
            missed = sorted(files - {one.name for one in manifest.references})
            yield _with(seen, [f"підпис не охоплює файлу «{one}»" for one in missed])
    for name in sorted(members):
        if XADES.fullmatch(name):
            fault = f"підпис XAdES тут не перевіряється; {_ELSEWHERE}"
            yield _unjudged(name, Outcome.UNKNOWN, fault)
        elif CMS.fullmatch(name) and not any(one.signature == name for one in manifests.values()):
            if len(files) == 1:  # ASiC-S: the signature is of the only file itself
                [only] = files
                yield _no_stamp(judge(name, members[name], members[only], None))
            else:
                yield _unjudged(
                    name, Outcome.INVALID, "не видно, що саме підписано: немає маніфесту"
                )


def _judged(
    members: Mapping[str, bytes],
    name: str,
    manifest: Manifest,
    judge: Judge,
    proofs: Collection[_Proof],
) -> Signed:
    """Judge the signature of a manifest, then what the manifest says."""
    place = manifest.signature
    if place not in members:
        return _unjudged(name, Outcome.INVALID, f"підпису {place} у контейнері немає")
    seen = judge(place, members[place], members[name], _proven(proofs, {name, place}))
    unknown = [one for one in manifest.references if one.digest is None]
    if unknown and seen.outcome in (Outcome.VALID, Outcome.UNTRUSTED):
        fault = f"геш {unknown[0].algorithm} тут не обчислюється; {_ELSEWHERE}"
        seen = dataclasses.replace(seen, outcome=Outcome.UNKNOWN, faults=(*seen.faults, fault))
    return _with(seen, [*faults_of(manifest, members)])


def _no_stamp(seen: Signed) -> Signed:
    """Refuse a time-stamp in the place of a signature: it does not say who signed."""
    stamp = seen.kind is Kind.TIME_STAMP
    return _with(seen, ["на місці підпису стоїть позначка часу"] if stamp else [])


def _with(seen: Signed, faults: Collection[str]) -> Signed:
    if not faults:
        return seen
    return dataclasses.replace(seen, outcome=Outcome.INVALID, faults=(*seen.faults, *faults))


def _unjudged(place: str, outcome: Outcome, fault: str) -> Signed:
    return Signed(place, Kind.SIGNATURE, outcome, None, None, None, None, None, (fault,))


def _proven(proofs: Collection[_Proof], names: Collection[str]) -> Proven | None:
    """Return what is proven of members by all time-stamps over them; the last one comes first."""
    over = [one for one in proofs if set(names) <= set(one.covered)]
    moments = [one.moment for one in over if one.moment]
    return Proven(min(moments), over[0].seen.holds_until) if moments else None


def _is_ours(members: Mapping[str, bytes]) -> bool:
    """Tell whether members are such as a container has that declares itself plain."""
    [first, *_] = members
    return first == MIME and members[first] == TYPES[0] and LISTED not in members
