"""What a file is, by its content: names lie."""

from __future__ import annotations

import enum
import re
import struct
from typing import Final

from reportgen.read.source import UnreadableFileError

_SAVE_WORD: Final = "відкрийте його у Word і збережіть як .docx"
_SAVE_EXCEL: Final = "відкрийте його в Excel і збережіть як .xlsx"
_LOOKED_AT: Final = 4096  # bytes or characters


class Kind(enum.Enum):
    """Kinds of files that are read; the value is what an official calls one."""

    WORD = "документ Word"
    WORKBOOK = "книга Excel"
    OLD_WORKBOOK = "книга Excel (.xls)"
    PDF = "PDF"
    HTML = "сторінка HTML"
    TEXT = "простий текст"


#: By the end of a file's name: what a person expects of it.
_EXPECTED: Final = {
    **dict.fromkeys(
        (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".odt", ".rtf"), Kind.WORD
    ),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm", ".ods"), Kind.WORKBOOK),
    **dict.fromkeys((".xls", ".xlt"), Kind.OLD_WORKBOOK),
    ".pdf": Kind.PDF,
    **dict.fromkeys((".html", ".htm", ".xhtml"), Kind.HTML),
    **dict.fromkeys((".txt", ".tsv", ".md"), Kind.TEXT),
}

_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: Final = (
    *(
        (start, "це зображення, а не документ: потрібен файл, з якого його зроблено (.docx, .xlsx)")
        for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
    ),
    *(
        (start, "це архів: розпакуйте його й візьміть сам звіт")
        for start in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
    ),
    (b"MZ", "це програма, а не документ: не запускайте її"),
)

_HEADER: Final = 512  # bytes of a compound file
_LARGEST_SECTOR: Final = 12  # power of two
_WORKBOOK_CLASSES: Final = frozenset((0x00020810, 0x00020820))

#: Streams of compound files, by their names.
_STREAMS: Final = (
    ("EncryptedPackage", "файл захищено паролем: зніміть пароль і збережіть наново"),
    ("WordDocument", f"це документ Word до 2007 року (.doc): {_SAVE_WORD}"),
    ("PowerPoint Document", "це презентація, а не звіт: потрібен документ Word або книга Excel"),
)
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_XML: Final = re.compile(
    r"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet|/office/word/2003/wordml"
    r"|urn:oasis:names:tc:opendocument"
)
_LETTER: Final = re.compile(
    r"^MIME-Version:.*^Content-Type:\s*multipart/related", re.IGNORECASE | re.DOTALL | re.MULTILINE
)


def kind_of_bytes(data: bytes) -> Kind | None:
    """Return the kind of a file that is no text; ``None`` for an archive or what may be a text.

    Raises:
        UnreadableFileError: for kinds that are not read, with what to do.
    """
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"{\\rtf"):
        raise UnreadableFileError(f"це документ RTF: {_SAVE_WORD}")
    for start, message in _FOREIGN:
        if data.startswith(start) and b"\0" in data[:_LOOKED_AT]:
            raise UnreadableFileError(message)
    return _kind_of_compound(data) if data.startswith(_COMPOUND) else None


def _kind_of_compound(data: bytes) -> Kind:
    """Return the kind of a file of Office before 2007, or of a locked newer one."""
    holds_workbook = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    if holds_workbook and _root_class(data) in _WORKBOOK_CLASSES:
        return Kind.OLD_WORKBOOK  # documents may be put into it
    for stream, message in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise UnreadableFileError(message)
    if holds_workbook:
        return Kind.OLD_WORKBOOK
    raise UnreadableFileError(f"це старий файл Office, у якому немає таблиці: {_SAVE_WORD}")


def _root_class(data: bytes) -> int:
    """Return what a compound file says that it is: the start of the class of its root."""
    shift, directory = struct.unpack_from("<30xH16xI", data.ljust(_HEADER, b"\0"))
    root = (directory + 1) << min(shift, _LARGEST_SECTOR)
    return int.from_bytes(data[root + 80 : root + 84], "little")


def is_archive(data: bytes) -> bool:
    """Tell whether a file is a zip archive, as documents of Word and Excel are."""
    return data.startswith(_ARCHIVES)


def kind_of_parts(names: frozenset[str], root: str) -> Kind:
    """Return the kind of an office package.

    Args:
        names: Of its parts, in small letters.
        root: The local name of the main part's root, "" if there is none.

    Raises:
        UnreadableFileError: for kinds that are not read, with what to do.
    """
    if root == "document":
        return Kind.WORD
    if root == "workbook":
        return Kind.WORKBOOK
    if "mimetype" in names and "content.xml" in names:
        message = "це документ LibreOffice (.odt чи .ods)"
        raise UnreadableFileError(f"{message}: збережіть його як .docx або .xlsx")
    if "xl/workbook.bin" in names:
        raise UnreadableFileError(f"це двійкова книга Excel (.xlsb): {_SAVE_EXCEL}")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableFileError(
            "це презентація, а не звіт: потрібен документ Word або книга Excel"
        )
    if any(name.startswith(("word/", "xl/")) for name in names):
        raise UnreadableFileError("документ пошкоджено: відкрийте його у Word чи Excel і збережіть")
    raise UnreadableFileError("це архів, а не документ: розпакуйте його й візьміть сам звіт")


def kind_of_text(text: str) -> Kind:
    """Return the kind of a decoded text.

    Raises:
        UnreadableFileError: for texts of office programs that are not read, with what to do.
    """
    head = text[:_LOOKED_AT]
    if _OFFICE_XML.search(head):
        raise UnreadableFileError(f"це XML офісної програми: {_SAVE_WORD} чи .xlsx")
    if _LETTER.search(head):
        raise UnreadableFileError(f"це вебархів (.mht): {_SAVE_WORD}")
    return Kind.HTML if _PAGE.match(head) else Kind.TEXT


def misnamed(name: str, kind: Kind) -> str:
    """Return what is wrong with the end of a file's name, or ""."""
    dot = name.rfind(".")
    suffix = name[dot:].lower() if dot >= 0 else ""
    expected = _EXPECTED.get(suffix, kind)
    return (
        ""
        if expected is kind
        else f"файл названо {suffix}, а це {kind.value}: так його й прочитано"
    )
