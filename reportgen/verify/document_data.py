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


def same_description(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Tell whether both revisions say the same of the document.

    Raises:
        ValueError: for descriptions that cannot be read.
    """
    return _info(old) == _info(new) and _xmp(old) == _xmp(new)


def _info(handler: HistoricalResolver) -> dict[str, str]:
    info = _resolved(handler, handler.trailer_view, "/Info") or {}
    return {str(key): str(info[key]) for key in info if key not in _INFO}


def _xmp(handler: HistoricalResolver) -> Counter[tuple[str, str]] | None:
    """Return names with their values; a property is an element or an attribute at will."""
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


def _values(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        found = [(str(name), str(value)) for name, value in element.attrib.items()]
        text = (element.text or "").strip()
        if text:
            found.append((str(element.tag), text))
        yield from (one for one in found if one[0] not in _XMP)
