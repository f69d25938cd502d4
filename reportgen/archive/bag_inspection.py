"""Whether a bag is what it was: every name, every byte, in the one form that bags of ours have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.archive.bag import (
    BAGIT,
    DATA,
    DECLARATION,
    DESCRIPTION,
    INFO,
    MANIFESTS,
    README,
    TAG_FILES,
    TAG_MANIFESTS,
    manifests,
    read_manifest,
    tag_manifests,
)
from reportgen.archive.bearing import bears_signature
from reportgen.archive.description import LARGEST, Description, parse
from reportgen.archive.listing import Notes, payload_names, tag_names
from reportgen.archive.origin import origin_faults
from reportgen.archive.reading import Digests, digests, read_whole
from reportgen.diagnostics import quoted, reason


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag as it lies there; ``faults`` are Ukrainian sentences, none of a sound one.

    ``remarks`` tell of what lies in it and is no part of it.
    """

    folder: Path
    payload: Mapping[str, Digests]  # by name below ``data/``
    signed: frozenset[str]  # those of them that bear signatures, whatever the description says
    tagmanifest: str  # SHA-256 of «tagmanifest-sha256.txt»; "" if there is none
    description: Description | None
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def inspect_bag(folder: Path) -> Bag:
    """Read a bag from end to end and tell all that is wrong with it."""
    notes = Notes()
    faults = notes.faults
    tags = _tags(folder, tag_names(folder, notes), faults)
    known = {name for one in MANIFESTS for name in read_manifest(tags.get(one, b""))}
    payload = _payload(folder / DATA, payload_names(folder, known, notes), faults)
    faults += _tag_faults(tags)
    faults += _differences(tags, manifests(payload), MANIFESTS, f"{DATA}/")
    faults += _differences(tags, tag_manifests(tags), TAG_MANIFESTS, "")
    signed = frozenset(_signed(folder / DATA, payload, faults))
    description = _description(tags, payload, signed, faults)
    if description:
        faults += origin_faults(folder / DATA, payload, description)
    # The library is shown only what cannot harm it, and it knows no files of systems.
    if not faults and not notes.remarks:
        faults += _of_the_library(folder)
    tagmanifest = tags.get(TAG_MANIFESTS[0])
    return Bag(
        folder=folder,
        payload=payload,
        signed=signed,
        tagmanifest=hashlib.sha256(tagmanifest).hexdigest() if tagmanifest is not None else "",
        description=description,
        faults=tuple(dict.fromkeys(faults)),
        remarks=tuple(notes.remarks),
    )


def is_bag(folder: Path) -> bool:
    """Tell whether a folder says that it is a bag."""
    return (folder / BAGIT).is_file()


def _tags(folder: Path, names: list[str], faults: list[str]) -> dict[str, bytes]:
    tags: dict[str, bytes] = {}
    for name in (*TAG_FILES, README):
        if name not in names:
            if name != README:
                faults.append(f"немає файлу {name}")
            continue
        try:
            tags[name] = read_whole(folder / name, LARGEST)
        except OSError as error:
            faults.append(f"{name} не читається: {reason(error)}")
    return tags


def _payload(data: Path, files: list[str], faults: list[str]) -> dict[str, Digests]:
    payload: dict[str, Digests] = {}
    for name in files:
        try:
            payload[name] = digests(data / name)
        except OSError as error:
            faults.append(f"{quoted(DATA + '/' + name)} не читається: {reason(error)}")
    return payload


def _tag_faults(tags: Mapping[str, bytes]) -> Iterator[str]:
    if tags.get(BAGIT, DECLARATION) != DECLARATION:
        yield f"{BAGIT} змінено: це не пакет BagIt 1.0 у кодуванні UTF-8"


def _differences(
    tags: Mapping[str, bytes],
    expected: Mapping[str, bytes],
    names: tuple[str, ...],
    inside: str,
) -> Iterator[str]:
    """Tell where manifests are not those of the files that are there, each file once."""
    surplus: dict[str, list[str]] = {}
    for manifest in names:
        if manifest not in tags or tags[manifest] == expected[manifest]:
            continue
        given, right = read_manifest(tags[manifest]), read_manifest(expected[manifest])
        yield from (f"змінено {quoted(one)}" for one in sorted(given) if _other(one, given, right))
        yield from (f"зник файл {quoted(one)}" for one in sorted(given.keys() - right.keys()))
        for one in right.keys() - given.keys():
            surplus.setdefault(one, []).append(manifest)
        if given == right:
            yield f"{manifest} записано не так, як його записують: його змінено"
        if inside and any(not one.startswith(inside) for one in given):
            yield f"{manifest} називає файли поза текою data"
    for one, without in sorted(surplus.items()):
        yield f"зайвий файл {quoted(one)}: його немає в {' і '.join(without)}"


def _other(name: str, given: Mapping[str, str], right: Mapping[str, str]) -> bool:
    return name in right and given[name] != right[name]


def _apart(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    """Return the names of which the two do not say the same."""
    return {name for name in {**one, **other} if one.get(name) != other.get(name)}


def _told_of(tags: Mapping[str, bytes], payload: Mapping[str, Digests]) -> set[str]:
    """Return the files of which a manifest tells already that something is wrong with them."""
    expected = manifests(payload)
    found: set[str] = set()
    for name in MANIFESTS:
        if name in tags:
            found |= _apart(read_manifest(tags[name]), read_manifest(expected[name]))
    return {one.removeprefix(f"{DATA}/") for one in found}


def _signed(data: Path, payload: Mapping[str, Digests], faults: list[str]) -> Iterator[str]:
    for name in payload:
        try:
            if bears_signature(data / name):
                yield name
        except OSError as error:
            faults.append(f"{quoted(DATA + '/' + name)} не читається: {reason(error)}")


def _description(
    tags: Mapping[str, bytes],
    payload: Mapping[str, Digests],
    signed: frozenset[str],
    faults: list[str],
) -> Description | None:
    if DESCRIPTION not in tags:
        return None
    try:
        description = parse(tags[DESCRIPTION])
    except ValueError:
        faults.append(f"{DESCRIPTION} не такий, яким його записують: його змінено")
        return None
    told = {one.name: (one.size, one.sha256) for one in description.files}
    there = {name: (one.size, one.sha256) for name, one in payload.items()}
    if not _apart(told, there) <= _told_of(tags, payload):
        faults.append(f"{DESCRIPTION} описує не ті файли, що лежать у data")
    faults += (
        f"{DESCRIPTION} каже, що {quoted(one.name)} без підпису, а підпис у ньому є"
        for one in description.files
        if one.outcome is None and one.name in signed
    )
    own = f"\nInternal-Sender-Identifier: {description.package}/v{description.version:04}\n"
    if INFO in tags and own.encode() not in tags[INFO]:
        faults.append(f"{INFO} і {DESCRIPTION} називають різні пакети")
    return description


def _of_the_library(folder: Path) -> list[str]:
    """Return what a reader that shares nothing with us says: the library ``bagit``."""
    import logging  # noqa: PLC0415 - only to keep the library quiet

    import bagit  # noqa: PLC0415 - only who inspects an archive needs it

    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # what it finds, it also raises
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, OSError, ValueError):
        return ["інша програма читання пакетів (бібліотека bagit) не визнає його цілим"]
    return []
