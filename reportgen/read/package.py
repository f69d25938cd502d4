"""An office file as what it is: XML parts in a zip archive, with relations between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from lxml import etree

from reportgen.read.limits import Limits, check_archive
from reportgen.read.source import UnreadableFileError

#: How every part is parsed: nothing is fetched, no entity grows, no tree is endless.
_SAFELY: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}
_MACROS: Final = "vbaproject.bin"


class Relation(NamedTuple):
    """Where a part leads: ``kind`` is the last word of the relation's type, as ``footnotes``."""

    kind: str
    target: str  # the name of a part, without a leading slash


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an office file by name; each is inflated when it is asked for."""

    archive: zipfile.ZipFile
    names: dict[str, str]  # by name in small letters: programs do not tell them apart
    limits: Limits

    def holds(self, name: str) -> bool:
        """Tell whether there is such a part."""
        return name.lower() in self.names

    @property
    def has_macros(self) -> bool:
        """Tell whether a program came with the document."""
        return any(name.endswith(_MACROS) for name in self.names)

    def read(self, name: str) -> bytes:
        """Return a part's bytes.

        Raises:
            UnreadableFileError: when it is not there, too large, or an XML part with a DTD, which
                office programs never write: entities can grow without end.
        """
        stored = self.names.get(name.lower())
        if stored is None:
            raise UnreadableFileError(
                f"у файлі немає частини «{name}»: його пошкоджено, збережіть документ наново"
            )
        if self.archive.getinfo(stored).file_size > self.limits.part:
            raise UnreadableFileError(
                f"частина файлу «{name}» більша за {self.limits.part // 1_000_000} МБ: "
                "залиште у файлі сам звіт і збережіть"
            )
        data = self.archive.read(stored)
        _refuse_dtd(data, name)
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part; see :meth:`read`."""
        return etree.fromstring(self.read(name), etree.XMLParser(**_SAFELY))

    def relations(self, part: str) -> dict[str, Relation]:
        """Return where a part leads, by the ids of relations; "" is the whole package."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.holds(listed):
            return {}
        return {
            one.get("Id", ""): Relation(
                one.get("Type", "").rpartition("/")[2], _resolved(folder, one.get("Target", ""))
            )
            for one in self.xml(listed).iter("{*}Relationship")
            if one.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part to which another leads by a kind of relation."""
        targets = (one.target for one in self.relations(part).values() if one.kind == kind)
        return next(targets, None)

    def main(self) -> str:
        """Return the name of the document's own part."""
        return self.related("", "officeDocument") or ""


def open_package(data: bytes, limits: Limits) -> Package:
    """Return the package, its declared sizes checked.

    Raises:
        UnreadableFileError: when it would inflate to too much, or is locked.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    check_archive(archive, limits)
    return Package(archive, {one.lower(): one for one in archive.namelist()}, limits)


def elements(data: bytes, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of some local names as they end, each forgotten afterwards.

    What stands inside of a yielded element is whole; what stands before it is gone.
    """
    tags = tuple(f"{{*}}{name}" for name in names)
    found = etree.iterparse(io.BytesIO(data), events=("end",), tag=tags, **_SAFELY)
    for _, element in found:
        yield element
        element.clear()
        while element.getprevious() is not None:
            parent = element.getparent()
            if parent is None:
                break
            del parent[0]


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace, "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its local name: strict and older files differ in namespaces only."""
    found = (str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name)
    return next(found, None)


def _refuse_dtd(data: bytes, name: str) -> None:
    """Refuse a part with a DTD, which can only stand before the root; no more is parsed."""
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return  # an image or a program: nothing that is parsed
    for _, root in etree.iterparse(io.BytesIO(data), events=("start",), **_SAFELY):
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFileError(
                f"частина файлу «{name}» оголошує DTD, а офісні програми такого не пишуть: "
                "відкрийте файл у Word чи Excel і збережіть наново"
            )
        return


def _resolved(folder: str, target: str) -> str:
    """Return the name of a part that a relation names from its folder, or from the root."""
    path = unquote(target.partition("#")[0])
    whole = path if path.startswith("/") else posixpath.join("/", folder, path)
    return posixpath.normpath(whole).lstrip("/")
