"""What is added to a PDF that is built, its own bytes untouched."""

from __future__ import annotations

import hashlib
import os
from io import BytesIO
from typing import BinaryIO

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader


class Revision(IncrementalPdfFileWriter):
    """An incremental update that says nothing of itself. The PDF must not be empty.

    Left alone, pyHanko writes its name and the clock into Info and XMP and raises the version of
    the format: a PDF/A-1 is PDF 1.4, and whoever compares what a signature came with should find
    the signature alone. The second half of the identifier follows from the bytes that are there, so
    the same file gives the same revision.
    """

    def _update_meta(self) -> None: ...

    def _write_header(self, stream: BinaryIO) -> None:
        """Write what is there; PDF/A wants an object to begin a line, Typst ends without one."""
        super()._write_header(stream)  # type: ignore[no-untyped-call]
        self.input_stream.seek(-1, os.SEEK_END)
        if self.input_stream.read(1) not in b"\r\n":
            stream.write(b"\n")

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Leave the version as it is."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        identifier: ArrayObject = super()._handle_id(prev)  # type: ignore[no-untyped-call]
        prev.stream.seek(0)
        identifier[1] = ByteStringObject(hashlib.sha256(prev.stream.read()).digest()[:16])
        return identifier


def revision_of(pdf: bytes) -> Revision:
    """Return what a new revision of a PDF is written with."""
    return Revision(BytesIO(pdf))
