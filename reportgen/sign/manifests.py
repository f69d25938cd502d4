"""Manifests of ASiC-E (ETSI EN 319 162-1, annex A.4): what one signature of a container covers.

Only digests of files are signed, so a manifest is small whatever the files are. Ours also say in an
extension that the container's bytes are laid out in the one way of ``container``: that is signed
too, so whoever reads the container may be as strict about bytes that no digest covers.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import etree

ASIC = "http://uri.etsi.org/02918/v1.2.1#"
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
LAYOUT = "urn:reportgen:container"

SIGNATURE = "application/pkcs7-signature"
TIME_STAMP = "application/vnd.etsi.timestamp-token"
_XML = "text/xml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".html": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".xml": _XML,
    ".zip": "application/zip",
    ".p7s": SIGNATURE,
    ".tst": TIME_STAMP,
}


def manifest(signature: str, covered: Mapping[str, bytes], roots: Iterable[str] = ()) -> bytes:
    """Return the XML that names files with their digests, and the member that will sign it.

    ``roots`` are those of the files that are manifests which this one carries on (``Rootfile``).
    """
    top = etree.Element(f"{{{ASIC}}}ASiCManifest", nsmap={"asic": ASIC, "ds": XMLDSIG})
    asked = {"URI": quote(signature), "MimeType": mime_type(signature)}
    etree.SubElement(top, f"{{{ASIC}}}SigReference", asked)
    for name, data in covered.items():
        named = {"URI": quote(name), "MimeType": mime_type(name)}
        if name in roots:
            named["Rootfile"] = "true"
        one = etree.SubElement(top, f"{{{ASIC}}}DataObjectReference", named)
        etree.SubElement(one, f"{{{XMLDSIG}}}DigestMethod", Algorithm=SHA256)
        digest = base64.b64encode(hashlib.sha256(data).digest())
        etree.SubElement(one, f"{{{XMLDSIG}}}DigestValue").text = digest.decode()
    extensions = etree.SubElement(top, f"{{{ASIC}}}ASiCManifestExtensions")
    extension = etree.SubElement(extensions, f"{{{ASIC}}}Extension", Critical="false")
    etree.SubElement(extension, f"{{{LAYOUT}}}Layout", nsmap={"layout": LAYOUT}).text = "1"
    return bytes(etree.tostring(top, xml_declaration=True, encoding="UTF-8"))


def mime_type(name: str) -> str:
    """Return the media type of a file by its name."""
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
