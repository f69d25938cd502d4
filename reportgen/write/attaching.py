"""Files carried inside a PDF/A-3: what the document was made from, and its figures.

ISO 19005-3, 6.8 asks of each for a media type, a relationship, and a place both in the tree of
embedded files and in the list of those associated with the document.
"""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String

from reportgen.write.attachment import Attachment


def attach(pdf: bytes, attachments: Sequence[Attachment], dated: datetime.date) -> bytes:
    """Return a PDF/A-3 that carries files dated as it is itself."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        add_attachments(opened, attachments, dated)
        written = io.BytesIO()
        opened.save(
            written,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def add_attachments(
    pdf: pikepdf.Pdf, attachments: Sequence[Attachment], dated: datetime.date
) -> None:
    """Put files into an open PDF, which carries none yet; one that needs none stays as it is."""
    if not attachments:
        return
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    tree = NameTree.new(pdf)
    pdf.Root.Names.EmbeddedFiles = tree.obj
    pdf.Root.AF = Array()
    for one in attachments:
        file = pdf.make_indirect(_specified(pdf, one, f"D:{dated:%Y%m%d}000000Z"))
        tree[one.name] = file
        pdf.Root.AF.append(file)


def _specified(pdf: pikepdf.Pdf, one: Attachment, moment: str) -> Dictionary:
    stream = pdf.make_stream(
        one.data,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{one.media_type}"),
        Params=Dictionary(
            Size=len(one.data),
            CheckSum=String(hashlib.md5(one.data, usedforsecurity=False).digest()),
            CreationDate=String(moment),
            ModDate=String(moment),
        ),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(one.name),
        UF=String(one.name),
        Desc=String(one.description),
        AFRelationship=Name(f"/{one.relationship.value}"),
        EF=Dictionary(F=stream, UF=stream),
    )
