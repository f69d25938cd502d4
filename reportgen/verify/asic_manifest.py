"""What a manifest of ASiC-E says: which files a signature or a time-stamp covers, by digests."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from lxml import etree

_ASIC: Final = "{http://uri.etsi.org/02918/v1.2.1#}"
_ODF: Final = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_LAYOUT: Final = "{urn:reportgen:container}Layout"
_LARGEST: Final = 16 * 1024 * 1024
#: Names of digests in XML (RFC 6931, RFC 9231) → in Python.
_DIGESTS: Final[Mapping[str, str]] = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
    "http://www.w3.org/2007/05/xmldsig-more#sha3-256": "sha3_256",
    "http://www.w3.org/2007/05/xmldsig-more#sha3-384": "sha3_384",
    "http://www.w3.org/2007/05/xmldsig-more#sha3-512": "sha3_512",
}


class BrokenManifestError(ValueError):
    """Bytes are no manifest."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A file as a manifest names it; ``digest`` is ``None`` where none can be reckoned here."""

    name: str
    algorithm: str
    digest: tuple[str, bytes] | None

    def fits(self, data: bytes) -> bool:
        """Tell whether these are the bytes that were meant, if that can be reckoned."""
        return self.digest is None or hashlib.new(self.digest[0], data).digest() == self.digest[1]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is covered, and by which member.

    ``is_plain``: it declares that the bytes of its container are laid out in the plainest way.
    """

    signature: str
    references: tuple[Reference, ...]
    is_plain: bool


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        BrokenManifestError: when it is none, or names a file twice.
    """
    if len(data) > _LARGEST:
        raise BrokenManifestError
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        top = etree.fromstring(data, parser)
        [signature] = top.findall(f"{_ASIC}SigReference")
        references = tuple(map(_reference, top.iterfind(f"{_ASIC}DataObjectReference")))
        covering = unquote(str(signature.attrib["URI"]))
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise BrokenManifestError from error
    names = {one.name for one in references}
    strange = b"<!DOCTYPE" in data or top.tag != f"{_ASIC}ASiCManifest"
    if strange or len(names) < len(references) or not names:
        raise BrokenManifestError
    is_plain = any(one.text == "1" for one in top.iter(_LAYOUT))
    return Manifest(covering, references, is_plain)


def is_list(data: bytes) -> bool:
    """Tell whether this is a list of files as ODF has it, with nothing else in it."""
    if len(data) > _LARGEST or b"<!DOCTYPE" in data:
        return False
    try:
        top = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return False
    beside = (*top.itersiblings(), *top.itersiblings(preceding=True))  # comments, instructions
    words = (top.text, *(each for one in top for each in (one.text, one.tail)))
    entries = all(one.tag == f"{_ODF}file-entry" and not len(one) for one in top)
    silent = not beside and not any(map(str.strip, filter(None, words)))
    return top.tag == f"{_ODF}manifest" and entries and silent


def _reference(element: etree._Element) -> Reference:
    [method] = element.findall(f"{_DS}DigestMethod")
    [value] = element.findall(f"{_DS}DigestValue")
    algorithm = str(method.attrib["Algorithm"])
    digest = base64.b64decode("".join((value.text or "").split()), validate=True)
    known = _DIGESTS.get(algorithm)
    name = unquote(str(element.attrib["URI"]))
    return Reference(name, algorithm, (known, digest) if known else None)


def faults_of(manifest: Manifest, members: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what of a manifest is not so."""
    for one in manifest.references:
        if one.name not in members:
            yield f"підписаного файлу «{one.name}» у контейнері немає"
        elif not one.fits(members[one.name]):
            yield f"файл «{one.name}» змінено після підпису"
