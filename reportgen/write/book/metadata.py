"""What the file says of itself: how many pages it has, and which file it is."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

import pikepdf

_PAGES = re.compile(rb"(?<=<xmpTPg:NPages>)\d+")
_IDENTIFIERS = re.compile(rb"<xmpMM:(Instance|Document)ID>([^<]+)<")


def describe(pdf: pikepdf.Pdf, digests: Sequence[bytes]) -> None:
    """Make the front's metadata those of the whole; the SHA-256 are of what it was joined of.

    Typst gives a file two identifiers, of the document and of its present content. With others in
    their places, books with the same front are still told apart.
    """
    xmp = pdf.Root.Metadata.read_bytes()
    content = hashlib.sha256(b"".join(digests))
    for kind, old in _IDENTIFIERS.findall(xmp):
        own = hashlib.sha256(kind + content.digest()).digest()[:16]
        xmp = xmp.replace(old, base64.b64encode(own))
    xmp = _PAGES.sub(str(len(pdf.pages)).encode(), xmp)
    pdf.Root.Metadata = pdf.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
