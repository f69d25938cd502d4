"""What a finished file must not have, however its template is written."""

from __future__ import annotations

import re
from typing import Final

from reportgen.document.blocks import Document
from reportgen.write.frame import FrameError

_DATE: Final = re.compile(rb"<xmp:(?:Create|Modify)Date>([0-9-]{10})")
#: Typst writes an address as text in brackets or, where it is not all ASCII, in hexadecimal.
_ADDRESS: Final = re.compile(rb"/URI\s*(?:\(((?:[^()\\]|\\.){0,60})|<([0-9A-Fa-f]*)>)", re.DOTALL)
_OPEN: Final = re.compile(rb"(?:https?|mailto|tel):", re.IGNORECASE)


def check_finished(pdf: bytes, document: Document) -> None:
    """Refuse a file with another date than the document's, or links into the reader's machine.

    Raises:
        FrameError: naming the link, if it is one.
    """
    if set(_DATE.findall(pdf)) != {document.dated.isoformat().encode()}:
        message = "дата файлу PDF не та, що у звіті: #set document(date: …) беріть із data.dated"
        raise FrameError("document.typ", 1, message)
    for plain, coded in _ADDRESS.findall(pdf):
        address = bytes.fromhex(coded.decode()) if coded else plain
        if not _OPEN.match(address):
            message = (
                f"посилання «{address.decode('utf-8', 'replace')}» у PDF не може бути: вони ведуть"
                " лише до https:, http:, mailto: чи tel:"
            )
            raise FrameError("document.typ", 1, message)
