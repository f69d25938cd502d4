"""A signature's field that is not seen on any page."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    pdf_name,
)
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from reportgen.sign.revision import revision_of


def with_field(pdf: bytes, name: str) -> bytes:
    """Return the PDF with an empty field added, in a revision of its own.

    The field has an appearance of nothing: PDF/A-1 wants one of every field.
    """
    writer = revision_of(pdf)
    append_signature_field(writer, SigFieldSpec(name))
    form = {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Form"),
        pdf_name("/BBox"): ArrayObject(NumberObject(0) for _ in range(4)),
        pdf_name("/Resources"): DictionaryObject(),
    }
    nothing = writer.add_object(StreamObject(form, stream_data=b""))
    for found, _, field in enumerate_sig_fields(writer):
        if found == name:
            looks = DictionaryObject({pdf_name("/N"): nothing})
            field.get_object()["/AP"] = looks
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
