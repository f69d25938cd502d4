"""A frame may come from anywhere: what it must not bring into a report.

Nothing that runs, nothing that is fetched when the report is opened, nothing that another program
draws. What is allowed is listed, by content types and kinds of relations; what a file holds beside
it is named and refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

from lxml import etree

from reportgen.write.docx.fields import is_web_address, refuse_fields
from reportgen.write.docx.package import DTD, UnfitError
from reportgen.write.docx.xml import RELATION_ID, parse, w

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

#: Vocabularies whose elements fetch pictures (VML, Office's part of it), by which attributes,
#: and what such an attribute may hold: a place in the part, or the picture itself.
_PICTURES: Final = (
    "{urn:schemas-microsoft-com:vml}*",
    "{urn:schemas-microsoft-com:office:office}*",
)
_SOURCES: Final = frozenset(("src", "href", "althref"))
_HERE: Final = re.compile("#|data:image/|$")

#: A picture that may hold style sheets and scripts, and fetch more: told by any of its elements, as
#: programs look at what a file holds, not at its type; it may be packed.
_SVG: Final = ("{*}svg", "{http://www.w3.org/2000/svg}*")
_GZIP: Final = b"\x1f\x8b"

#: How an attribute names a relation, in any edition of the format, and how a link in the text does.
_NAMING: Final = re.compile(
    r"\{[^}]*/relationships\}|\{urn:schemas-microsoft-com:office:office\}relid"
)
_STRICT: Final = "{http://purl.oclc.org/ooxml/"
_IDS: Final = (RELATION_ID, _STRICT + "officeDocument/relationships}id")

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
        UnfitError: naming the first such thing, or a part that is not XML.
    """
    type_of = _types(parts)
    roots: dict[str, etree._Element] = {}
    for name, data in parts.items():
        kind = type_of(name)
        if "macroenabled" in kind.casefold():
            raise _holding(kind, name)
        if "svg" in kind.casefold() or data.startswith(_GZIP):
            raise _drawing(name)
        if _is_xml(name, kind, data):
            roots[name] = _parsed(data, name)
        elif not _BINARY.fullmatch(kind):
            raise _holding(f"{kind} {name}", name)
    # Programs tell names apart by letters alone, not case.
    places = {name.casefold(): name for name in parts}
    for name, root in roots.items():
        if name.casefold().endswith(".rels"):
            links = list(root.iter("{*}Relationship"))
            folder, source = _source(name)
            _check_links(links, folder, places)
            user = roots.get(places.get(source.casefold(), ""))
            if user is not None:
                _check_users(user, links)
        else:
            _check_elements(root, name)


def _is_xml(name: str, kind: str, data: bytes) -> bool:
    named = name.casefold().endswith((".xml", ".rels"))
    return named or kind.casefold().endswith("xml") or _looks_like_xml(data)


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
    for one in _parsed(parts[_TYPES], _TYPES).iter("{*}Override", "{*}Default"):
        where, key = (own, "PartName") if one.get("PartName") else (usual, "Extension")
        name = one.get(key, "").casefold()
        if name in where:
            raise UnfitError(f"двічі називає вид частини «{name}»")
        where[name] = one.get("ContentType", "")

    def type_of(name: str) -> str:
        small = name.casefold()
        return own.get(f"/{small}") or usual.get(small.rpartition(".")[2], "")

    return type_of


def _parsed(data: bytes, name: str) -> etree._Element:
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        advice = "відкрийте файл у Word і збережіть наново"
        message = f"містить пошкоджену частину {name} (рядок {error.lineno or 1}): {advice}"
        raise UnfitError(message) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnfitError(DTD)
    return root


def _source(name: str) -> tuple[str, str]:
    """Return the folder from which a part of relations counts, and the part that has them."""
    folder, file = posixpath.split(name)
    above = posixpath.dirname(folder)
    return above, posixpath.join(above, file[: -len(".rels")])


def _check_links(links: Sequence[etree._Element], folder: str, places: Collection[str]) -> None:
    for link in links:
        kind = _kind(link)
        target = link.get("Target", "")
        if kind not in _KINDS:
            raise _holding(kind, target)
        if kind == "attachedTemplate":
            continue  # is cut off: Word notes it in any file made from a template
        if is_external(link):
            if not (kind == "hyperlink" and is_web_address(target)):
                raise _fetching(target)
        elif not _is_inside(folder, target):
            raise _fetching(target)
        elif not target.startswith("#") and _part(folder, target) not in places:
            advice = "відкрийте файл у Word і збережіть наново"
            raise UnfitError(
                f"посилається на частину «{target[:120]}», якої у файлі немає: {advice}"
            )


def _check_users(root: etree._Element, links: Sequence[etree._Element]) -> None:
    """Refuse what names a relation that leads out, and so would fetch it, but links in the text.

    The template that a file was made from may name its own, which is cut off.
    """
    kinds = {
        link.get("Id", "").strip(): (_kind(link), link.get("Target", ""))
        for link in links
        if is_external(link) or _kind(link) == "attachedTemplate"
    }
    for one in root.iter(etree.Element):
        for key, value in one.attrib.items():
            kind, target = kinds.get(str(value).strip(), ("", ""))
            if not kind or not _NAMING.match(str(key)):
                continue
            owners = (w(kind), f"{_STRICT}wordprocessingml/main}}{kind}")
            if one.tag not in owners or key not in _IDS:
                use = f"не як посилання в тексті ({etree.QName(one).localname})"
                raise _fetching(target, use)


def _kind(link: etree._Element) -> str:
    return link.get("Type", "").rpartition("/")[2]


def _is_inside(folder: str, target: str) -> bool:
    """Tell whether a target is a place in the package, or in the text."""
    climbs = posixpath.normpath(posixpath.join(folder, target)).startswith("..")
    return not climbs and not re.search(r":|\\|^//", target)


def _part(folder: str, target: str) -> str:
    path = posixpath.join(folder, unquote(target.partition("#")[0]))
    return posixpath.normpath(path).removeprefix("/").casefold()


def _check_elements(root: etree._Element, name: str) -> None:
    if next(root.iter(*_SVG), None) is not None:
        raise _drawing(name)
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


def _fetching(target: str, use: str = "") -> UnfitError:
    where = f" {use}" if use else ""
    return UnfitError(
        f"посилається на сторонній файл «{target[:120]}»{where}: вставте його в сам файл"
    )


def _drawing(where: str) -> UnfitError:
    return UnfitError(f"містить картинку SVG ({where[:120]}): вставте її як PNG або JPEG")


def _holding(kind: str, where: str) -> UnfitError:
    found = (words for pattern, words in _WORDS if re.search(pattern, kind, re.IGNORECASE))
    thing = next(found, f"частину, якої там не має бути, «{kind}»")
    return UnfitError(f"містить {thing} ({where[:120]}): приберіть це, у звіті такого не буває")
