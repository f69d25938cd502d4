"""Files that are not what was built: told in a sentence, in bounded time, never a traceback."""

from __future__ import annotations

import functools
import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import prepared, small
from spoiling import packed, parts_of

from reportgen.cli import main
from reportgen.document.blocks import Document
from reportgen.proof import apart
from reportgen.proof.compare import Job, compare

FORMATS = ("docx", "xlsx", "pdf", "html")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small(tmp_path_factory.mktemp("village"))
    assert main(["build", "--root", str(root)]) == 0
    return root


@pytest.fixture(scope="module")
def document(root: Path) -> Document:
    found = prepared(root, "biblioteky").document
    assert found is not None
    return found


def read(root: Path, form: str) -> bytes:
    return (root / "output" / "biblioteky" / f"2024-h1.{form}").read_bytes()


def job(document: Document, form: str, data: bytes) -> Job:
    return Job("x", form, data, document, b"", own=False)


def told(document: Document, form: str, data: bytes) -> list[str]:
    return [one.message for one in compare(job(document, form, data)).differences]


@functools.cache
def bomb() -> bytes:
    """Return a small zip that swells into seventy megabytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(70_000_000))
    return result.getvalue()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_zip_bomb(document: Document, form: str) -> None:
    [message] = told(document, form, bomb())
    assert message == "файл розпаковується у понад 500 частин або 64 МБ: це не звіт"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("form", "part"), [("docx", "word/document.xml"), ("xlsx", "xl/sharedStrings.xml")]
)
def test_entities(root: Path, document: Document, form: str, part: str, encoding: str) -> None:
    parts = parts_of(read(root, form))
    text = parts[part].decode("utf-8").partition("?>")[2]
    kind = '<!DOCTYPE a [<!ENTITY b "&#60;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    parts[part] = (f'<?xml version="1.0" encoding="{encoding}"?>{kind}{text}').encode(encoding)
    [message] = told(document, form, packed(parts))
    assert message == "у файлі є DTD (сутності XML), а в документах Office його не буває"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_torn_file(root: Path, document: Document, form: str, share: float) -> None:
    data = read(root, form)
    assert told(document, form, data[: int(len(data) * share)])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
def test_a_file_of_another_format(root: Path, document: Document, form: str, other: str) -> None:
    if form != other:
        assert told(document, form, read(root, other))


@settings(max_examples=15)
@given(form=st.sampled_from(FORMATS), data=st.binary(max_size=300))
def test_noise(document: Document, form: str, data: bytes) -> None:
    start = {"pdf": b"%PDF-1.7\n", "html": b"<main><table>"}.get(form, b"PK\3\4")
    assert told(document, form, start + data)


@pytest.mark.parametrize("form", ["docx", "html"])
def test_spans_that_no_table_has(root: Path, document: Document, form: str) -> None:
    if form == "html":
        page = read(root, "html").replace(b"<td", b'<td rowspan="65000" colspan="1000"', 1)
        assert "місць" in told(document, form, page)[0]
        page = read(root, "html").replace(b"<td", b'<td colspan="99999999999999"', 1)
        assert "colspan" in told(document, form, page)[0]
    else:
        parts = parts_of(read(root, "docx"))
        text = parts["word/document.xml"].decode("utf-8")
        text = text.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="999999999"/>', 1)
        parts["word/document.xml"] = text.encode("utf-8")
        assert told(document, form, packed(parts))


def test_a_sheet_larger_than_a_report(root: Path, document: Document) -> None:
    parts = parts_of(read(root, "xlsx"))
    text = parts["xl/worksheets/sheet1.xml"].decode("utf-8")
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    text = text.replace("</sheetData>", far)
    parts["xl/worksheets/sheet1.xml"] = text.encode("utf-8")
    [message] = told(document, "xlsx", packed(parts))
    assert message == "на аркуші 1048576 рядків і 16384 колонок: це не звіт"


# In processes of their own


def test_answers_come_in_the_order_of_the_files(root: Path, document: Document) -> None:
    good = [job(document, form, read(root, form)) for form in FORMATS]
    bad = [job(document, form, b"") for form in FORMATS]
    answers = list(apart.compare_apart([*good, *bad]))
    assert [bool(one.differences) for one in answers] == [False] * 4 + [True] * 4


def test_a_file_that_takes_too_long_is_given_up(document: Document) -> None:
    slow = b"<main><table>" + b"<tr><td>1" * 2_000_000
    began = time.monotonic()
    [answer] = apart.compare_apart([job(document, "html", slow)], seconds=3)
    assert time.monotonic() - began < 30
    assert "не прочитано за відведений час" in answer.differences[0].message


def test_a_process_that_falls_is_told_and_replaced(
    root: Path, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is replaced by one that ends its process, as a library of C may do."""
    monkeypatch.setattr(apart, "_work", fall)
    jobs = [job(document, "docx", read(root, "docx") + b" " * 300_000)] * 2
    for answer in apart.compare_apart(jobs):
        assert "програма читання падає" in answer.differences[0].message


def fall(_pipe: object) -> None:
    """Stand for a worker: end at once."""
    os._exit(11)
