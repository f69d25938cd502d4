"""A frame may come from anywhere: what it must not bring into a report.

Nothing that runs, nothing that is fetched when the report is opened, nothing that another program
draws. What is allowed is listed, by content types and kinds of relations; what a file holds beside
it is named and refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from reportgen.write.docx.fields import is_web_address, refuse_fields
from reportgen.write.docx.xml import parse
from reportgen.write.frame import FrameError

_TYPES: Final = "[Content_Types].xml"

#: Parts that are no XML: pictures, embedded fonts, settings of a printer.
_BINARY: Final = re.compile(
    r"image/[\w.+-]+|application/(?:x-font[\w-]*|vnd\.openxmlformats-officedocument\."
    r"(?:obfuscatedFont|wordprocessingml\.printerSettings))",
    re.IGNORECASE,
)

#: Relations by the last word of their type. A chart would bring a workbook with it.
_KINDS: Final = frozenset(
    (
        *("officeDocument", "core-properties", "extended-properties", "custom-properties"),
        *("thumbnail", "classificationlabels", "styles", "stylesWithEffects", "settings"),
        *("webSettings", "fontTable", "font", "theme", "themeOverride", "numbering", "header"),
        *("footer", "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds"),
        *("commentsExtensible", "people", "intelligence", "glossaryDocument", "customXml"),
        *("customXmlProps", "image", "hdphoto", "hyperlink", "printerSettings", "attachedTemplate"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
    )
)

#: Vocabularies that a program draws from; data of others may use any names.
_DRAWN: Final = re.compile(r"wordprocessingml|/office/word/|schemas-microsoft-com|drawing|/svg$")
_ELEMENTS: Final = frozenset(
    (
        *("altChunk", "subDoc", "object", "OLEObject", "control", "mailMerge", "entryMacro"),
        *("exitMacro", "webVideoPr", "script"),
    )
)

#: Vocabularies whose elements fetch pictures (VML, Office's part of it, SVG), by which attributes,
#: and what such an attribute may hold: a place in the part, or the picture itself.
_PICTURES: Final = (
    "{urn:schemas-microsoft-com:vml}*",
    "{urn:schemas-microsoft-com:office:office}*",
    "{http://www.w3.org/2000/svg}*",
)
_SOURCES: Final = frozenset(("src", "href", "althref"))
_HERE: Final = re.compile("#|data:image/|$")

#: A piece of a technical name → what it is, for the message.
_WORDS: Final = (
    ("vba|macro|keymap|toolbar", "макроси"),
    ("activex|control", "елемент керування ActiveX"),
    ("ole|package|object", "вбудований об'єкт іншої програми"),
    ("chunk|subdoc", "вставлений цілком документ"),
    ("mailmerge", "злиття з джерелом даних"),
    ("video|audio|media", "відео чи звук"),
    ("chart", "діаграму"),
    ("webextension|customui|extensibility", "надбудову"),
)


def refuse_unsafe(parts: Mapping[str, bytes]) -> None:
    """Refuse a frame with anything that its report must not have.

    Raises:
        FrameError: naming the first such thing.
        etree.XMLSyntaxError: when a part is not XML.
    """
    type_of = _types(parts)
    for name, data in parts.items():
        kind = type_of(name)
        if "macroenabled" in kind.casefold():
            raise _holding(kind, name)
        if name.endswith(".rels"):
            _check_links(_parsed(data), name)
        elif name.endswith(".xml") or kind.endswith("xml") or _looks_like_xml(data):
            _check_elements(_parsed(data), name)
        elif not _BINARY.fullmatch(kind):
            raise _holding(f"{kind} {name}", name)


def _looks_like_xml(data: bytes) -> bool:
    """Tell whether a part may be read as XML whatever its type says, in UTF-16 as well."""
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def is_external(link: etree._Element) -> bool:
    """Tell whether a relation leads out of the package, however its mode is spelt."""
    return link.get("TargetMode", "").strip().casefold() == "external"


def _types(parts: Mapping[str, bytes]) -> Callable[[str], str]:
    """Return what tells a part's content type; names are told apart by letters alone, not case."""
    if _TYPES not in parts:
        return lambda _: "xml"  # not a package at all, which is said later
    own: dict[str, str] = {}
    usual: dict[str, str] = {}
    for one in _parsed(parts[_TYPES]).iter("{*}Override", "{*}Default"):
        where, key = (own, "PartName") if one.get("PartName") else (usual, "Extension")
        name = one.get(key, "").casefold()
        if name in where:
            raise FrameError("frame.docx", 1, f"у рамці двічі названо вид частини «{name}»")
        where[name] = one.get("ContentType", "")

    def type_of(name: str) -> str:
        small = name.casefold()
        return own.get(f"/{small}") or usual.get(small.rpartition(".")[2], "")

    return type_of


def _parsed(data: bytes) -> etree._Element:
    root = parse(data)
    if root.getroottree().docinfo.internalDTD is not None:
        raise FrameError("frame.docx", 1, "рамка містить DTD, а у файлі DOCX його не буває")
    return root


def _check_links(root: etree._Element, name: str) -> None:
    folder = posixpath.dirname(posixpath.dirname(name))
    for link in root.iter("{*}Relationship"):
        kind = link.get("Type", "").rpartition("/")[2]
        target = link.get("Target", "")
        if kind not in _KINDS:
            raise _holding(kind, target)
        if kind == "attachedTemplate":
            continue  # is cut off: Word notes it in any file made from a template
        if is_external(link):
            allowed = kind == "hyperlink" and is_web_address(target)
        else:
            allowed = _is_inside(folder, target)
        if not allowed:
            raise _fetching(target)


def _is_inside(folder: str, target: str) -> bool:
    """Tell whether a target is a part of the package, or a place in the text."""
    climbs = posixpath.normpath(posixpath.join(folder, target)).startswith("..")
    return not climbs and not re.search(r":|\\|^//", target)


def _check_elements(root: etree._Element, name: str) -> None:
    for one in root.iter(*(f"{{*}}{element}" for element in _ELEMENTS)):
        tag = etree.QName(one)
        if _DRAWN.search(tag.namespace or ""):
            raise _holding(tag.localname, name)
    for one in root.iter(*_PICTURES):
        for key, value in one.attrib.items():
            address = str(value)
            if etree.QName(key).localname in _SOURCES and not _HERE.match(address):
                raise _fetching(address)
    refuse_fields(root, name)


def _fetching(target: str) -> FrameError:
    message = f"рамка посилається на сторонній файл «{target[:120]}»: вставте його в рамку"
    return FrameError("frame.docx", 1, message)


def _holding(kind: str, where: str) -> FrameError:
    found = (words for pattern, words in _WORDS if re.search(pattern, kind, re.IGNORECASE))
    thing = next(found, f"частину, якої там не має бути, «{kind}»")
    message = f"рамка містить {thing} ({where[:120]}): приберіть це, у звіті такого не буває"
    return FrameError("frame.docx", 1, message)
