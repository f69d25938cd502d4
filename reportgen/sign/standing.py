"""Whether a signed file is the built one and signatures, and nothing between the two."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader


def is_signed_at_once(built: bytes, there: bytes) -> bool:
    """Tell whether the first thing that was added to a file, signed or not, is a signature.

    Whoever adds a page's worth of paint first and lets others sign then would have them sign that.
    What comes after a signature is for ``verify`` to judge.
    """
    if not there.startswith(built) or len(there) == len(built):
        return False
    try:
        before = PdfFileReader(BytesIO(built)).xrefs.total_revisions
        reader = PdfFileReader(BytesIO(there))
        revisions = {one.signed_revision for one in reader.embedded_signatures}
    except Exception:  # noqa: BLE001 - the library met what nobody foresaw: not what we have signed
        return False
    return before in revisions
