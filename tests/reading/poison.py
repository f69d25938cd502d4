"""Workbooks with wrong values in their formulas: whoever calculates them puts them right."""

from __future__ import annotations

import io
import re
import zipfile

from reportgen.proof.excel import Sheet

POISON = 12345


def has_formulas(data: bytes) -> bool:
    """Tell whether a sheet calculates anything."""
    cells = (cell.value for row in Sheet.read(data).cells.iter_rows() for cell in row)
    return any(isinstance(value, str) and value.startswith("=") for value in cells)


def poisoned(data: bytes) -> bytes:
    """Return the workbook with a wrong value cached in every formula, one at least."""
    result, count = io.BytesIO(), 0
    formula = r'(<c r="\w+" s="\d+")(?: t="str")?>(<f>[^<]*</f>)<v>[^<]*</v>'
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/sheet"):
                part, here = re.subn(formula, rf"\1>\2<v>{POISON}</v>", part)
                count += here
            target.writestr(name, part)
    assert count
    return result.getvalue()
