"""How much is read of a file that nobody vouches for.

A report of a thousand measures has some ten thousand cells; the limits leave room for forty times
that, and stop what was made to fill the memory or to run for ever.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from itertools import chain
from typing import Final

from reportgen.read.source import SourceFile, SourceTable, UnreadableFileError

_MB: Final = 1_000_000
_SMALL: Final = _MB  # bytes: below that no ratio of compression is suspicious


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of everything; sizes in bytes, times in seconds."""

    size: int = 64 * _MB  # of the file itself
    members: int = 5_000  # of a zip archive
    inflated: int = 400 * _MB  # all members of an archive together
    part: int = 64 * _MB  # one part of an office file, or a text
    ratio: int = 250  # of inflated to packed; ordinary tables stay below 100
    pages: int = 200
    rows: int = 50_000  # of the whole file, paragraphs counted
    cells: int = 400_000
    columns: int = 1_024  # of one table
    places: int = 2_000_000  # of one table's grid, those under merged cells counted
    text: int = 20 * _MB  # characters
    cell: int = 20_000  # characters of a cell or paragraph: no text of content may be longer
    processor: int = 150  # seconds of computing
    patience: int = 200  # seconds until an answer
    memory: int = 2_000 * _MB


LIMITS: Final = Limits()


def check_size(size: int, limits: Limits) -> None:
    """Refuse an empty file, and one that is too large to be a report.

    Raises:
        UnreadableFileError: with what to do.
    """
    if not size:
        raise UnreadableFileError("файл порожній: перевірте, чи його збережено й скопійовано цілим")
    if size > limits.size:
        most = limits.size // _MB
        raise UnreadableFileError(
            f"файл більший за {most} МБ: залиште в ньому сам звіт, без зображень і зайвих аркушів"
        )


def check_archive(archive: zipfile.ZipFile, limits: Limits = LIMITS) -> None:
    """Refuse an archive that would inflate to more than an office file is; nothing is inflated.

    A member is read up to its declared size only, so declared sizes can be trusted.

    Raises:
        UnreadableFileError: with what to do.
    """
    members = archive.infolist()
    packed = sum(one.compress_size for one in members)
    size = sum(one.file_size for one in members)
    if (
        len(members) > limits.members
        or size > limits.inflated
        or size > max(_SMALL, packed * limits.ratio)
    ):
        raise UnreadableFileError(
            f"файл розпаковується у {size / _MB:.0f} МБ із {len(members)} частин: це не схоже на "
            "звіт; скопіюйте таблицю в новий файл і збережіть"
        )
    if any(one.flag_bits & 1 for one in members):
        raise UnreadableFileError("файл захищено паролем: зніміть пароль і збережіть наново")


def check_file(file: SourceFile, limits: Limits) -> None:
    """Refuse more text, rows or cells than a report has.

    Raises:
        UnreadableFileError: with what there is too much of, and where.
    """
    tables = [block for block in file.blocks if isinstance(block, SourceTable)]
    rows = [row for table in tables for row in table.rows]
    cells = [cell for row in rows for _, cell in row.cells]
    paragraphs = [block.text for block in file.blocks if not isinstance(block, SourceTable)]
    counted = (
        ("рядків", len(rows) + len(paragraphs), limits.rows),
        ("комірок", len(cells), limits.cells),
        ("знаків", sum(map(len, paragraphs)) + sum(len(cell.text) for cell in cells), limits.text),
    )
    for what, count, most in counted:
        if count > most:
            raise UnreadableFileError(
                f"у файлі понад {most} {what}: залиште в ньому сам звіт і збережіть"
            )
    texts = chain(
        ((block.place, block.text) for block in file.blocks if not isinstance(block, SourceTable)),
        ((cell.place, cell.text) for cell in cells),
    )
    for place, text in texts:
        if len(text) > limits.cell:
            raise UnreadableFileError(
                f"{place.where}: {len(text)} знаків в одній комірці чи абзаці, таких не буває "
                f"(найбільше {limits.cell}); поділіть або скоротіть"
            )
    for table in tables:
        width = width_of(table)
        if width > limits.columns or width * len(table.rows) > limits.places:
            raise UnreadableFileError(
                f"{table.place.where}: у таблиці {width} стовпців і {len(table.rows)} рядків, "
                "звіти таких не мають; видаліть порожні стовпці праворуч від таблиці"
            )


def width_of(table: SourceTable) -> int:
    """Return how many columns the grid of a table has."""
    ends = (column + cell.columns for row in table.rows for column, cell in row.cells)
    return max(ends, default=0)
