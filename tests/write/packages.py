"""Workbooks of packages: shipped reports of a period behind their consolidated information."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from overlays import all_prepared
from python_calamine import CalamineWorkbook

from reportgen.build.across import consolidate_period
from reportgen.build.prepare import Prepared
from reportgen.build.project import open_project
from reportgen.document.annex import marked
from reportgen.document.blocks import Document, Paragraph, Style
from reportgen.document.consolidated import consolidated_document
from reportgen.document.plain_table import GENERAL
from reportgen.load import load_content
from reportgen.model.period import Period
from reportgen.write.fonts import find_typeface
from reportgen.write.xlsx import Sheet, write_workbook
from reportgen.write.xlsx.names import annex_name

TYPEFACE = find_typeface()
DAY = datetime.date(2023, 12, 31)
MARK = ("до рішення міської ради", "від __.__.____ № ___", "(35 сесія VIII скликання)")
CONSOLIDATED = "Зведена"


def package_of(root: Path, period: str) -> tuple[list[Prepared], list[Sheet]]:
    """Return a project's reports of a period, and the sheets of their package."""
    project = open_project(root)
    content = load_content(project.root, [])
    assert content.council
    wanted = Period.parse(period)
    reports = [one for one in all_prepared(root) if one.source.period == wanted and one.document]
    consolidated, _ = consolidate_period(wanted, content, project)
    front = consolidated_document(content.council, consolidated, DAY)
    sheets = [Sheet(CONSOLIDATED, "Зведена інформація", front)]
    for number, one in enumerate(reports, 1):
        assert one.report
        assert one.document
        document = marked(one.document, (f"Додаток {number}", *MARK))
        name = annex_name(number, one.report.programme.name)
        sheets.append(Sheet(name, f"Додаток {number}. {document.title}", document))
    return reports, sheets


def cover_of(document: Document) -> Document:
    """Return what stands above the contents of a package."""
    lines = ("Про звіти про виконання програм", "за 2023 рік")
    return replace(document, title="Пакет", blocks=(Paragraph(lines, Style.TITLE, GENERAL),))


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook of a package."""
    return write_workbook(cover_of(sheets[0].document), sheets, TYPEFACE)


def opened(data: bytes) -> Any:
    """Return the workbook as openpyxl reads it, with formulas."""
    return openpyxl.load_workbook(io.BytesIO(data))


def all_values(data: bytes) -> dict[str, list[list[Any]]]:
    """Return the values of each sheet as calamine reads them, from A1, without binary noise."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: [
            [round(one, 9) if isinstance(one, float) else one for one in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        for name in book.sheet_names
    }
