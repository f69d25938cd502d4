"""File names of the archive order (Мін'юст 11.11.2014 № 1886/5): digits, «-» and «.» alone.

The order gives positions for the file of a case's cover: country 1–3, institution 5–14, archive
16–25, fonds, inventory, case, date, extension. A bag holds many files of one case, so the number of
the file stands before the extension, as the order has it in names of accounting documents. What the
order says of documents themselves was not at hand; ``docs/uk/archive.md`` says so to clerks.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from reportgen.model.archive import Codes


def digit_names(
    names: Iterable[str], codes: Codes, case: str, day: datetime.date
) -> Mapping[str, str]:
    """Return the digit-only name of each file, numbered in their order by name.

    What belongs to a file keeps with it: «book.pdf» and «book.pdf.p7s» take one number, and so do
    «book.pdf» and «book.docx».
    """
    ordered = sorted(names)
    stems = sorted({one.partition(".")[0] for one in ordered})
    head = "-".join(
        (
            f"{codes.country:03}",
            f"{codes.institution:0>10}",
            f"{codes.archive:0>10}",
            codes.fonds,
            codes.inventory,
            case,
            f"{day:%Y%m%d}",
        )
    )
    numbers = {stem: number for number, stem in enumerate(stems, 1)}
    return {
        one: f"{head}-{numbers[one.partition('.')[0]]:03}.{one.partition('.')[2]}"
        for one in ordered
    }
