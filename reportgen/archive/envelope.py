"""The XML envelope of an archival electronic document (АЕД) of the order Мін'юст № 1886/5.

Of the order's schema its beginning is known: the container ``UIO`` with its four attributes, and
``Access`` with ``codeAccess`` (0 open, 1 restricted). All else that we can tell of a document has
a namespace of our own, so that nobody takes it for the order's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportgen.archive.reading import Digests
from reportgen.model.archive import Codes

_OURS: Final = "urn:reportgen:archive:1"
_VERSION: Final = "1.0"  # of the schema, as the order's table gives it


def envelope(files: Mapping[str, Digests], told: Mapping[str, str], codes: Codes) -> bytes:
    """Return the envelope of one document.

    Args:
        files: the files of the document by name: its PDF, the same as DOCX, signatures beside it.
        told: what else is known, by name of the element: title, council, decision.
        codes: codes of the institution and of the archive; whether access is restricted.
    """
    from lxml import etree  # noqa: PLC0415 - only who asks for envelopes needs it

    uio = etree.Element("UIO", nsmap={"r": _OURS})
    uio.set("formatUIO", "XML")
    uio.set("versionUIO", _VERSION)
    uio.set("codeLanguageUIO", codes.language)
    uio.set("encodingUIO", "Unicode")
    etree.SubElement(uio, "Access", codeAccess="1" if codes.restricted else "0")
    document = etree.SubElement(uio, f"{{{_OURS}}}document")
    places = {
        "institution": codes.institution,
        "archive": codes.archive,
        "fonds": codes.fonds,
        "inventory": codes.inventory,
    }
    for key, value in {**places, **told}.items():
        if value:
            etree.SubElement(document, f"{{{_OURS}}}{key}").text = value
    for name in sorted(files):
        one = files[name]
        etree.SubElement(
            document, f"{{{_OURS}}}file", name=name, size=str(one.size), sha256=one.sha256
        )
    data: bytes = etree.tostring(uio, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data
