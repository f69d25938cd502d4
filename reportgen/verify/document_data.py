"""Whether a later revision describes the document as the one before: title, author, language.

Programs that sign write the time of the change and their own name there; all else must stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver

_INFO: Final = frozenset({"/ModDate", "/Producer"})
_XMP: Final = frozenset(
    {
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
        "{adobe:ns:meta/}xmptk",
    }
)


_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DESCRIPTION: Final = f"{_RDF}Description"  # of properties: how many of them there are is at will
_ITEM: Final = f"{_RDF}li"

_Path = tuple[str, ...]


def same_description(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Tell whether both revisions say the same of the document.

    Raises:
        ValueError: for descriptions that cannot be read.
    """
    return _info(old) == _info(new) and _xmp(old) == _xmp(new)


def _info(handler: HistoricalResolver) -> dict[str, str]:
    info = _resolved(handler, handler.trailer_view, "/Info") or {}
    return {str(key): str(info[key]) for key in info if key not in _INFO}


def _xmp(handler: HistoricalResolver) -> Counter[tuple[_Path, str]] | None:
    """Return paths with their values; a property is an element or an attribute at will."""
    stream = _resolved(handler, handler.root, "/Metadata")
    if stream is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return Counter(_values(etree.fromstring(stream.data, parser)))


def _resolved(handler: HistoricalResolver, holder: Any, key: str) -> Any:  # noqa: ANN401 - any object
    """Return a value as it was in a revision; the resolver itself trips over streams of XMP."""
    value = holder.raw_get(key) if key in holder else None
    if isinstance(value, generic.IndirectObject):
        return handler.reader.get_object(value.reference, revision=handler.revision)
    return value


def _values(root: etree._Element) -> Iterator[tuple[_Path, str]]:
    """Yield values with where they stand: the same words under other names say something else."""
    stack: list[tuple[_Path, etree._Element]] = [((), root)]
    while stack:
        above, element = stack.pop()
        path = above if element.tag == _DESCRIPTION else (*above, _step(element))
        text = "".join((element.text or "", *(one.tail or "" for one in element))).strip()
        found = [((*path, str(name)), str(value)) for name, value in element.attrib.items()]
        if text:
            found.append((path, text))
        yield from (one for one in found if one[0][-1] not in _XMP)
        stack += [(path, one) for one in element.iterchildren("*")]


def _step(element: etree._Element) -> str:
    """Return the name of an element; an item of a list has its number, too."""
    name = str(element.tag)
    return (
        f"{name} {sum(1 for _ in element.itersiblings(_ITEM, preceding=True))}"
        if name == _ITEM
        else name
    )
