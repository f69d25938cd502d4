"""What binds the parts of a DOCX file: content types, relations, the document's properties."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from lxml import etree

from reportgen.document.blocks import Document
from reportgen.write.docx.package import UnfitError
from reportgen.write.docx.xml import parse, serialise, w

_TYPES_PART: Final = "[Content_Types].xml"
_ROOT_LINKS: Final = "_rels/.rels"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"

MAIN: Final = _WORD + "document.main+xml"
STYLES: Final = _WORD + "styles+xml"
NUMBERING: Final = _WORD + "numbering+xml"
_SETTINGS: Final = _WORD + "settings+xml"
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"

_CP: Final = _PACKAGE + "metadata/core-properties"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


def part_of_type(parts: dict[str, bytes], content_type: str) -> str:
    """Return the name of the one part of a type; programs differ in how they name parts.

    Raises:
        UnfitError: when the frame has none.
    """
    name = find_part(parts, content_type)
    if name is None:
        kind = content_type.removeprefix(_WORD).removesuffix("+xml")
        raise UnfitError(f"не є документом Word (.docx): у файлі немає частини «{kind}»")
    return name


def set_properties(parts: dict[str, bytes], document: Document) -> None:
    """Write the properties that a reader sees: title, author, language, date.

    The date is the document's own, so that the same report gives the same bytes on any day.
    """
    name = find_part(parts, _CORE)
    if name is None:
        name = "docProps/core.xml"
        declare(parts, name, _CORE)
        _relate(parts, name)
    parts[name] = _properties(document)


def forget_template(parts: dict[str, bytes]) -> None:
    """Forget the template that a frame was made from.

    Word would look for it on the reader's machine, or on a server. Other links that lead out of a
    frame are refused before.
    """
    for name in [one for one in parts if one.casefold().endswith(".rels")]:
        root = parse(parts[name])
        for link in list(root.iter("{*}Relationship")):
            kind = link.get("Type", "").rpartition("/")[2]
            if kind != "attachedTemplate":
                continue
            root.remove(link)
            parts[name] = serialise(root)
            _forget_setting(parts)


def _forget_setting(parts: dict[str, bytes]) -> None:
    name = part_of_type(parts, _SETTINGS)
    settings = parse(parts[name])
    for template in settings.findall(w("attachedTemplate")):
        settings.remove(template)
    parts[name] = serialise(settings)


def find_part(parts: Mapping[str, bytes], content_type: str) -> str | None:
    """Return the name of the one part of a type, if there is one."""
    if not {_TYPES_PART, _ROOT_LINKS} <= parts.keys():
        return None
    for override in parse(parts[_TYPES_PART]).iterfind(_TYPES + "Override"):
        name = override.get("PartName", "").removeprefix("/")
        if override.get("ContentType") == content_type and name in parts:
            return name
    return None


def declare(parts: dict[str, bytes], name: str, content_type: str) -> None:
    """Tell the package what its new part is."""
    types = parse(parts[_TYPES_PART])
    etree.SubElement(types, _TYPES + "Override", PartName="/" + name, ContentType=content_type)
    parts[_TYPES_PART] = serialise(types)


def _relate(parts: dict[str, bytes], name: str) -> None:
    """Relate the package to its properties."""
    relations = parse(parts[_ROOT_LINKS])
    kind = _PACKAGE + "relationships/metadata/core-properties"
    etree.SubElement(
        relations, RELATIONS + "Relationship", Id="reportgenCore", Type=kind, Target=name
    )
    parts[_ROOT_LINKS] = serialise(relations)


def _properties(document: Document) -> bytes:
    names = {"cp": _CP, "dc": _DC, "dcterms": _DCTERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap=names)
    for name, text in (
        ("title", document.title),
        ("creator", document.author),
        ("language", document.language),
    ):
        etree.SubElement(root, f"{{{_DC}}}{name}").text = text
    moment = datetime.datetime.combine(document.dated, datetime.time.min)
    for name in ("created", "modified"):
        made = etree.SubElement(root, f"{{{_DCTERMS}}}{name}")
        made.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        made.text = f"{moment.isoformat()}Z"
    return serialise(root)
