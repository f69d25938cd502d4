"""What WeasyPrint leaves out of a file's metadata: the language, and PDF/UA-1 beside PDF/A."""

from __future__ import annotations

from html import escape
from typing import Any

_END = b"</rdf:RDF>"

#: PDF/A admits a property outside its own schemas only with a description of that schema.
_PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""


_LANGUAGE = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\
</rdf:Description>"""


def declare_language(pdf: Any, language: str) -> None:  # noqa: ANN401 - pydyf has no types
    """Add ``dc:language`` to the document's XMP metadata: a tag of BCP 47."""
    _describe(pdf, _LANGUAGE.format(escape(language, quote=False)).encode())


def declare_accessible(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Add ``pdfuaid:part`` to the document's XMP metadata."""
    _describe(pdf, _PDF_UA)


def _describe(pdf: Any, description: bytes) -> None:  # noqa: ANN401 - pydyf has no types
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    metadata.stream = [part.replace(_END, description + _END) for part in metadata.stream]
