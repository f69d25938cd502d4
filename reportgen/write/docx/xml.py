"""WordprocessingML: its namespace, reading without entities or network, units of length."""

from __future__ import annotations

from typing import Final

from lxml import etree

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES: Final = {"w": _W}


def w(name: str) -> str:
    """Return a WordprocessingML name as lxml spells it: ``{namespace}name``."""
    return f"{{{_W}}}{name}"


VAL: Final = w("val")
RELATION_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def element(name: str, **attributes: str | int) -> etree._Element:
    """Return a new WordprocessingML element; attribute names are in its namespace too."""
    made = etree.Element(w(name), nsmap=_NAMESPACES)
    for key, value in attributes.items():
        made.set(w(key), str(value))
    return made


def add(parent: etree._Element, name: str, **attributes: str | int) -> etree._Element:
    """Append a new WordprocessingML element and return it."""
    made = etree.SubElement(parent, w(name))
    for key, value in attributes.items():
        made.set(w(key), str(value))
    return made


def put(parent: etree._Element, child: etree._Element, *followers: str) -> None:
    """Put a child where the schema wants it: before its possible followers, once.

    An older child of the same name goes. Word calls a file damaged when the order is wrong.
    """
    for old in parent.findall(str(child.tag)):
        parent.remove(old)
    names = {w(name) for name in followers}
    for sibling in parent:
        if sibling.tag in names:
            sibling.addprevious(child)
            return
    parent.append(child)


def parse(data: bytes) -> etree._Element:
    """Parse one part of a frame, which may come from anywhere.

    Raises:
        etree.XMLSyntaxError: when the part is not XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def serialise(root: etree._Element) -> bytes:
    """Return the part as Word writes it: UTF-8, with a declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point, Word's unit."""
    return round(millimetres * 1440 / 25.4)
