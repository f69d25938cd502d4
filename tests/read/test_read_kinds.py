"""A file is what its bytes are; what is not read is told by name, with what to do."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from read_made import (
    docx,
    members,
    one_cell,
    p,
    paragraphs,
    pdf,
    read,
    relations,
    save,
    tables,
    told,
    xlsx,
    zipped,
)

from reportgen.read.kinds import Kind, kind_of_bytes
from reportgen.read.opening import read_file
from reportgen.read.reading import read_data
from reportgen.read.source import UnreadableFileError

WORD = docx(p("Звіт"))
BOOK = xlsx(one_cell('<c r="A1"><v>7</v></c>'))
PAGE = "<html><body>Звіт</body></html>".encode()
TEXT = "Звіт".encode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("звіт.docx", WORD, ""),
        ("звіт.DOCX", WORD, ""),
        ("звіт.xlsx", WORD, "файл названо .xlsx, а це документ Word: так його й прочитано"),
        ("звіт.docx", pdf("Звіт"), "файл названо .docx, а це PDF: так його й прочитано"),
        ("звіт.doc", WORD, ""),
        ("звіт.xls", PAGE, "файл названо .xls, а це сторінка HTML: так його й прочитано"),
        ("звіт.pdf", TEXT, "файл названо .pdf, а це простий текст: так його й прочитано"),
        ("звіт.part", TEXT, ""),
        ("звіт", WORD, ""),
        ("звіт.xls", BOOK, "файл названо .xls, а це книга Excel: так його й прочитано"),
    ],
)
def test_a_misnamed_file_is_read_as_what_it_is(name: str, data: bytes, said: str) -> None:
    assert told(read(data, name)) == ([f"увесь файл: {said}"] if said else [])


def compound(*streams: str, root: int = 0) -> bytes:
    """Return the start of a compound file with such names of streams, and such a class."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<H16xI", 9, 0)
    entry = "Root Entry".encode("utf-16-le").ljust(80, b"\0") + struct.pack("<I", root)
    return (
        header.ljust(512, b"\0") + entry.ljust(128, b"\0") + "\0".join(streams).encode("utf-16-le")
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "порожній"),
        (compound("WordDocument"), "збережіть як .docx"),
        (compound("EncryptedPackage"), "захищено паролем"),
        (compound("PowerPoint Document"), "презентація"),
        (compound("Інше"), "немає таблиці"),
        (b"{\\rtf1 ...}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "зображення"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "зображення"),
        (b"Rar!\x1a\x07\0", "архів"),
        (b"MZ\x90\0", "програма"),
        (zipped({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}), "LibreOffice"),
        (zipped({"xl/workbook.bin": b"\0"}), ".xlsb"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "презентація"),
        (zipped({"word/styles.xml": "<a/>"}), "пошкоджено"),
        (zipped({"звіт.docx": WORD}), "це архів"),
        (zipped({}), "це архів"),
        (zipped({"_rels/.rels": relations(officeDocument="a.xml"), "a.xml": "<b/>"}), "це архів"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><a/>', "XML офісної"),
        (b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; x\r\n", ".mht"),
        (b"\x00\x01\x02\x03" * 99, "не документ і не текст"),
        (b" \n\t\n", "ні тексту, ні таблиць"),
        (docx(""), "ні тексту, ні таблиць"),
        (WORD[: len(WORD) // 2], "пошкоджено"),
        (docx("<w:p>"), "пошкоджено"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        read_data(data, "звіт.docx")


def test_a_workbook_that_holds_a_document_is_a_workbook_still() -> None:
    excel, word = 0x00020820, 0x00020906
    assert kind_of_bytes(compound("WordDocument", "Workbook", root=excel)) is Kind.OLD_WORKBOOK
    assert kind_of_bytes(compound("Workbook")) is Kind.OLD_WORKBOOK
    with pytest.raises(UnreadableFileError, match=r"\.doc"):
        kind_of_bytes(compound("WordDocument", "Workbook", root=word))


def test_macros_are_left_alone_and_told() -> None:
    for data, name in ((WORD, "word"), (BOOK, "xl")):
        with_macros = zipped({**members(data), f"{name}/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
        assert told(read(with_macros, "а")) == [
            "увесь файл: макроси файлу не прочитано й не виконано"
        ]


def test_other_office_programs_name_parts_otherwise() -> None:
    parts = members(WORD)
    parts["Word/Document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = relations(officeDocument="/word/document2.xml").encode()
    assert paragraphs(read(zipped(parts), "звіт.docx")) == ["Звіт"]


def test_the_strict_edition_has_other_namespaces_and_nothing_else() -> None:
    old, new = "schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/w/main"
    parts = members(WORD)
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    assert paragraphs(read(zipped(parts), "звіт.docx")) == ["Звіт"]


def test_files_are_read_from_the_disk_in_a_process_of_their_own(tmp_path: Path) -> None:
    assert paragraphs(read_file(save(tmp_path, "звіт.docx", WORD))) == ["Звіт"]
    found = read_file(save(tmp_path, "книга.xlsx", BOOK))
    assert found.name == "книга.xlsx"
    assert found == read(BOOK, "книга.xlsx")
    assert len(tables(found)) == 1


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "немає", "немає"), (tmp_path, "тека")):
        with pytest.raises(UnreadableFileError, match=said):
            read_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="ця система не має іменованих каналів")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "канал.docx")
    with pytest.raises(UnreadableFileError, match="не звичайний файл"):
        read_file(tmp_path / "канал.docx")
