"""What XlsxWriter does not write: put into the finished package, with fixed times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

from reportgen.write.charts.native import in_ukrainian

_SHEETS = "xl/worksheets/sheet"
_CHARTS = "xl/charts/chart"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can hold


def amended(package: bytes, language: str) -> bytes:
    """Return the package without headers on first pages of sheets and with the language named.

    ``differentFirst`` alone gives an empty first header. The pieces replaced are XlsxWriter's own
    markup; text of a document cannot look like it, because ``<`` in text is escaped.

    Raises:
        ValueError: if a piece is not there once, as in a new version of XlsxWriter it might be.
    """
    named = f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    replacements: Mapping[str, tuple[bytes, bytes]] = {
        "docProps/core.xml": (b"</cp:coreProperties>", named.encode()),
    }
    headed = (b"<headerFooter>", b'<headerFooter differentFirst="1">')
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name in replacements or name.startswith(_SHEETS):
                old, new = replacements.get(name, headed)
                if data.count(old) != 1:
                    raise ValueError(f"{name}: {old!r} is not there once")
                data = data.replace(old, new)
            elif name.startswith(_CHARTS):
                data = in_ukrainian(data)
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return result.getvalue()
