"""Many reports by bare engines: ``python bare_batch.py FIRST LAST FOLDER``, which has the data.

Each report is drawn by bare Typst, docxtpl, XlsxWriter and Jinja in turn. A mark at every text
makes each another report, so that no engine can remember a paragraph that it has laid out before.
"""

from __future__ import annotations

import sys
from pathlib import Path

import peer_docxtpl
import peer_jinja
import peer_typst
import peer_xlsxwriter
from plain import Cell, Plain, Row, load


def main(first: int, last: int, folder: Path) -> None:
    """Draw reports ``first`` to ``last`` (not included), each in four files."""
    plain, given = load(folder), peer_docxtpl.load(folder)
    for at in range(first, last):
        one = marked(plain, f" [{at}]")
        place = folder / "bare" / str(at)
        place.mkdir(parents=True)
        (place / "report.pdf").write_bytes(peer_typst.draw(one))
        (place / "report.docx").write_bytes(
            peer_docxtpl.draw(peer_docxtpl.Given(given.template, one))
        )
        (place / "report.xlsx").write_bytes(peer_xlsxwriter.draw(one))
        (place / "report.html").write_bytes(peer_jinja.draw(one))


def marked(plain: Plain, mark: str) -> Plain:
    """Return the report with a mark at each text of its table that is no figure."""

    def cell(one: Cell) -> Cell:
        if one["value"] is not None:
            return one
        return {**one, "paragraphs": [text + mark for text in one["paragraphs"]]}

    def rows(some: list[Row]) -> list[Row]:
        return [{**row, "cells": [cell(one) for one in row["cells"]]} for row in some]

    return {**plain, "body": rows(plain["body"])}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
