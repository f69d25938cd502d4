"""Bytes of any file to what is in it. Whatever they are, the answer is a file or a clear refusal.

The libraries behind may take long or fill the memory on bytes that were made for it:
:mod:`reportgen.read.isolated` holds them to limits.
"""

from __future__ import annotations

import dataclasses
from typing import Final

from reportgen.read.decoding import decode
from reportgen.read.kinds import (
    Kind,
    is_archive,
    kind_of_bytes,
    kind_of_parts,
    kind_of_text,
    misnamed,
)
from reportgen.read.limits import LIMITS, Limits, check_file, check_size
from reportgen.read.source import Place, Remark, SourceFile, UnreadableFileError

#: Said when a library could make nothing of the bytes, whatever it had against them.
DAMAGED: Final = (
    "файл пошкоджено або записано не за правилами: відкрийте його у Word, Excel чи програмі, якою "
    "його зроблено, і збережіть наново"
)
TOO_HEAVY: Final = (
    "файл завеликий або надто складний: залиште в ньому сам звіт, без зображень, і збережіть наново"
)


def read_data(data: bytes, name: str, limits: Limits = LIMITS) -> SourceFile:
    """Return what is in a file.

    Args:
        data: All of its bytes.
        name: Of the file; its end is compared with what the bytes are.
        limits: What is too much.

    Raises:
        UnreadableFileError: and nothing else, whatever the bytes are.
    """
    check_size(len(data), limits)
    try:
        file, kind, said = _read(data, name, limits)
        check_file(file, limits)
    except (UnreadableFileError, ImportError, KeyboardInterrupt, SystemExit):
        raise
    except (MemoryError, RecursionError) as error:
        raise UnreadableFileError(TOO_HEAVY) from error
    except BaseException as error:  # a library in Rust that stumbles raises no mere Exception
        raise UnreadableFileError(DAMAGED) from error
    if not file.blocks:
        raise UnreadableFileError(
            "у файлі немає ні тексту, ні таблиць: перевірте, чи це той файл і чи не скан"
        )
    messages = [one for one in (misnamed(name, kind), said) if one]
    remarks = tuple(Remark(one, Place("увесь файл", 1)) for one in messages)
    return dataclasses.replace(file, remarks=remarks + file.remarks)


def _read(data: bytes, name: str, limits: Limits) -> tuple[SourceFile, Kind, str]:
    """Return the file, its kind, and what must be said of its encoding."""
    kind = kind_of_bytes(data)
    if kind is Kind.PDF:
        from reportgen.read.pdf import read_pdf  # noqa: PLC0415 - each library when it is needed

        return read_pdf(data, name, limits), kind, ""
    if kind is Kind.OLD_WORKBOOK:
        from reportgen.read.old_sheet import read_old_workbook  # noqa: PLC0415

        return read_old_workbook(data, name, limits), kind, ""
    if is_archive(data):
        return *_read_package(data, name, limits), ""
    decoded = decode(data)
    kind = kind_of_text(decoded.text)
    if kind is Kind.HTML:
        from reportgen.read.html import read_html  # noqa: PLC0415

        return read_html(decoded.text, name, limits), kind, decoded.remark
    from reportgen.read.text import read_text  # noqa: PLC0415

    return read_text(decoded.text, name), kind, decoded.remark


def _read_package(data: bytes, name: str, limits: Limits) -> tuple[SourceFile, Kind]:
    from reportgen.read.package import local_name, open_package  # noqa: PLC0415

    package = open_package(data, limits)
    main = package.main()
    root = local_name(package.xml(main)) if package.holds(main) else ""
    kind = kind_of_parts(frozenset(package.names), root)
    if kind is Kind.WORD:
        from reportgen.read.word import read_word  # noqa: PLC0415

        return read_word(package, name), kind
    from reportgen.read.sheet import read_workbook_file  # noqa: PLC0415

    return read_workbook_file(package, name), kind
