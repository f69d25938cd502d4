"""Whole outputs compared with the document that they show, by the modules of `reportgen proof`."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.document.blocks import Document
from reportgen.proof.difference import Compared, counted
from reportgen.proof.pages import compare_pdf
from reportgen.proof.sheets import compare_cells, compare_xlsx
from reportgen.proof.texts import compare_docx, compare_html


def check_docx(data: bytes, document: Document) -> None:
    _check(compare_docx, data, document)


def check_html(data: bytes, document: Document) -> None:
    _check(compare_html, data, document)


def check_xlsx(data: bytes, document: Document) -> None:
    _check(compare_xlsx, data, document)


def check_sheet(data: bytes, document: Document) -> None:
    """Compare the tables' cells, figures as numbers."""
    _check(compare_cells, data, document)


def check_pdf(data: bytes, document: Document) -> None:
    _check(compare_pdf, data, document)


def _check(
    compare: Callable[[str, bytes, Document], Compared], data: bytes, document: Document
) -> None:
    found = compare("", data, document)
    assert [str(one) for one in found.differences] == []
    assert found.counts.cells == counted(document).cells
