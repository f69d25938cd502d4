"""A BagIt bag of version 1.0 (RFC 8493): its tag files, made of the digests of what it holds.

They have one exact form: sorted, with nothing left out, two hashes for everything. So a reader can
make them anew and compare bytes, and a change that parses alike (a capital letter in a hash) is
seen too. The library ``bagit`` writes 0.97 and in the order of the file system; here it judges.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.archive.reading import Digests

#: What every bag of ours begins with.
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

DATA: Final = "data"
BAGIT, INFO, DESCRIPTION = "bagit.txt", "bag-info.txt", "description.json"
ALGORITHMS: Final = ("sha256", "sha512")
MANIFESTS: Final = tuple(f"manifest-{one}.txt" for one in ALGORITHMS)
TAG_MANIFESTS: Final = tuple(f"tagmanifest-{one}.txt" for one in ALGORITHMS)
README: Final = "README.txt"
#: For whoever holds a bag in their hands without this program; no bag is judged by it.
_READ_ME: Final = """ПАКЕТ АРХІВУ за стандартом BagIt 1.0 (RFC 8493)

data/                     документи пакета: підписані й решта
description.json          що це за документи, хто й коли їх підписав
manifest-sha256.txt       хеші всіх файлів теки data (і manifest-sha512.txt)
tagmanifest-sha256.txt    хеші решти файлів пакета; хеш цього файлу записано в журналі архіву

Перевірити без програми, якою зроблено архів (у теці пакета):

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

У Windows хеш файлу показує certutil -hashfile data\\book.pdf SHA256: він має бути такий,
як у manifest-sha256.txt.

ЧОМУ В data/manifest.json ІНШІ ХЕШІ

manifest.json — опис пакета, яким його склали, ще до підписування. Підпис дописують у кінець
PDF, тому хеш підписаного файлу інший. Це не помилка: підписаний PDF починається точнісінько
тими байтами, що складено. Скільки їх (size) і який їхній хеш (sha256), каже manifest.json:

    head -c РОЗМІР data/book.pdf | sha256sum

Отак видно, що підписано саме те, що складено. Якщо файли названо самими цифрами, то як котрий
звався в пакеті, каже description.json (called).
""".encode()
#: All that a bag of ours has beside its payload; earlier ones have no word to read.
TAG_FILES: Final = (BAGIT, INFO, DESCRIPTION, *MANIFESTS, *TAG_MANIFESTS)


@dataclass(frozen=True, slots=True)
class Label:
    """What ``bag-info.txt`` says of a bag, besides what follows from its payload."""

    council: str  # the organisation
    package: str
    version: int
    title: str
    day: datetime.date
    maker: str  # the program and its version


def tag_files(payload: Mapping[str, Digests], label: Label, description: bytes) -> dict[str, bytes]:
    """Return all tag files by name; ``payload`` has its names below ``data/``."""
    files = {
        README: _READ_ME,
        BAGIT: DECLARATION,
        INFO: bag_info(payload, label),
        DESCRIPTION: description,
        **manifests(payload),
    }
    return {**files, **tag_manifests(files)}


def bag_info(payload: Mapping[str, Digests], label: Label) -> bytes:
    """Return ``bag-info.txt``: one line for each, in the order of RFC 8493, 2.2.2."""
    octets = sum(one.size for one in payload.values())
    lines: Sequence[tuple[str, str]] = (
        ("Source-Organization", label.council),
        ("External-Description", label.title),
        ("Bagging-Date", label.day.isoformat()),
        ("External-Identifier", label.package),
        ("Payload-Oxum", f"{octets}.{len(payload)}"),
        ("Internal-Sender-Identifier", f"{label.package}/v{label.version:04}"),
        ("Bag-Software-Agent", label.maker),
    )
    return "".join(f"{key}: {' '.join(value.split())}\n" for key, value in lines).encode()


def manifests(payload: Mapping[str, Digests]) -> dict[str, bytes]:
    """Return the manifests of the payload."""
    return {
        manifest: b"".join(
            f"{getattr(payload[name], algorithm)}  {DATA}/{name}\n".encode()
            for name in sorted(payload)
        )
        for algorithm, manifest in zip(ALGORITHMS, MANIFESTS, strict=True)
    }


def tag_manifests(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the manifests of the other tag files."""
    return {
        manifest: b"".join(
            f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n".encode()
            for name in sorted(files)
            if name not in TAG_MANIFESTS
        )
        for algorithm, manifest in zip(ALGORITHMS, TAG_MANIFESTS, strict=True)
    }


def read_manifest(data: bytes) -> dict[str, str]:
    """Return the hashes that a manifest gives, by name, as far as it can be read."""
    lines = data.decode(errors="replace").split("\n")
    pairs = (line.partition("  ") for line in lines if line)
    return {name: given for given, _, name in pairs}
