"""The workbook in LibreOffice: it calculates, shows and prints what the document says."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from pdfplumber.pdf import PDF
from python_calamine import CalamineWorkbook
from small import heading, small_document, text

from reportgen.compute.evaluate import evaluate
from reportgen.document.blocks import (
    Cell,
    Document,
    Paragraph,
    Role,
    Row,
    Signature,
    Table,
    TableColumn,
)
from reportgen.document.numbers import print_number
from reportgen.document.origin import Computed, Reference, Sum
from reportgen.model.council import NumberStyle
from reportgen.model.form import Align, Kind
from reportgen.model.formula import parse_formula
from reportgen.write.fonts import find_typeface
from reportgen.write.xlsx import write_xlsx

if TYPE_CHECKING:
    from reportgen.build.prepare import Prepared

Convert = Callable[[Mapping[str, bytes], str], dict[str, bytes]]

TYPEFACE = find_typeface()
MILLIMETRE = 25.4 / 72  # a point in mm
POISON = 12345
FIRST_UNMERGED = 190  # points from the left edge of the sheet: right of number and task

# Without this LibreOffice shows the cached values of a file that another program wrote.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Return a function that turns workbooks, by name, into another format."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")

    def run(books: Mapping[str, bytes], target: str) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("books")
        paths = [folder / f"{name}.xlsx" for name in books]
        for path, data in zip(paths, books.values(), strict=True):
            path.write_bytes(data)
        out = folder / "out"
        options = [f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        subprocess.run(
            ["soffice", *options, "--convert-to", target, "--outdir", str(out), *map(str, paths)],
            check=True,
            capture_output=True,
            timeout=300,
        )
        suffix = target.partition(":")[0]
        return {name: (out / f"{name}.{suffix}").read_bytes() for name in books}

    return run


@pytest.fixture(scope="session")
def documents(reports: Mapping[tuple[str, str], Prepared]) -> dict[str, Document]:
    """Every shipped report, and the small document."""
    shipped = {"-".join(key): one.document for key, one in reports.items() if one.document}
    return {"small": small_document(), **shipped}


def amended(book: bytes, pattern: str, replacement: str) -> bytes:
    """Return the workbook with a pattern replaced in its sheet, at least once."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                data, count = re.subn(pattern, replacement, data)
                assert count
            target.writestr(name, data)
    return result.getvalue()


def poisoned(book: bytes) -> bytes:
    """Return the workbook with a wrong value cached in every formula."""
    formula = r'(<c r="\w+" s="\d+")(?: t="str")?>(<f>[^<]*</f>)<v>[^<]*</v>'
    return amended(book, formula, rf"\1>\2<v>{POISON}</v>")


def values(book: bytes) -> list[list[Any]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def rounded(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the values without the noise of binary sums."""
    return [[round(one, 9) if isinstance(one, float) else one for one in row] for row in rows]


def has_formulas(document: Document) -> bool:
    cells = (cell for one in document.tables for row in one.body for cell in row.cells)
    return any(isinstance(cell.origin, (Computed, Sum)) for cell in cells)


@pytest.mark.tool("soffice")
def test_libreoffice_calculates_the_cached_values(
    convert: Convert, documents: Mapping[str, Document]
) -> None:
    reckoned = {name: one for name, one in documents.items() if has_formulas(one)}
    assert len(reckoned) > 1
    written = {name: write_xlsx(one, TYPEFACE) for name, one in reckoned.items()}
    bad = {name: poisoned(book) for name, book in written.items()}
    assert all(any(POISON in row for row in values(book)) for book in bad.values())
    calculated = convert(bad, "xlsx:Calc MS Excel 2007 XML")
    for name, book in written.items():
        assert rounded(values(calculated[name])) == rounded(values(book)), name


FORMULAS = ("actual / plan * 100", "(actual - plan) / plan * 100", "actual - plan", "plan / 3 * 2")


def tie_rows() -> Iterable[tuple[Decimal, Decimal]]:
    """Yield plans and actuals whose percents end in a five behind the first place, or nearly."""
    for plan in ("400", "2000", "20.00", "137.20", "94480", "1030310.60"):
        for half in range(1, 2400, 66):  # 0.05, 3.35, …
            exact = Decimal(plan) * half / 2000
            yield Decimal(plan), exact
            yield Decimal(plan), exact.quantize(Decimal("0.1"))
            yield Decimal(plan), exact - Decimal("0.01")


def tie_document() -> Document:
    columns = tuple(TableColumn(str(index), 25) for index in range(2 + len(FORMULAS)))
    rows: list[Row] = []
    for plan, actual in tie_rows():
        amounts = {"plan": plan, "actual": actual}
        inputs = {"plan": Reference(len(rows), 0), "actual": Reference(len(rows), 1)}
        cells = [figure(amount, 2, Kind.MONEY) for amount in amounts.values()]
        for formula in map(parse_formula, FORMULAS):
            value = evaluate(formula, amounts, 1)
            assert value is not None
            origin = Computed(formula, inputs, 1, "–")
            cells.append(replace(figure(value, 1, Kind.PERCENT), origin=origin))
        rows.append(Row(tuple(cells)))
    return replace(small_document(), blocks=(Table("", columns, (), tuple(rows)),))


def figure(value: Decimal, decimals: int, kind: Kind, numbers: NumberStyle | None = None) -> Cell:
    printed = print_number(value, decimals, numbers or NumberStyle())
    return Cell((printed,), value, kind, Align.RIGHT, decimals)


@pytest.mark.tool("soffice")
def test_rounding_of_ties_is_half_up(convert: Convert) -> None:
    book = write_xlsx(tie_document(), None)
    calculated = convert({"ties": poisoned(book)}, "xlsx:Calc MS Excel 2007 XML")["ties"]
    assert len(values(book)) == 666
    assert values(calculated) == values(book)


SMALL = ["0", "0.04", "0.05", "0.15", "0.25", "0.35", "0.45", "1.005", "1.15", "12.25", "33.35"]
LARGE = ["999.95", "1000", "1234.5", "8473.15", "9999.94", "9999.95", "12345.65", "1030310.5"]
SHOWN = [*SMALL, *LARGE, *(f"-{value}" for value in SMALL[1:] + LARGE)]


def shown_document(group_from: int) -> Document:
    numbers = NumberStyle(group_from)
    columns = tuple(TableColumn(str(decimals), 60) for decimals in range(3))
    rows = tuple(
        Row(tuple(figure(value, places, Kind.MONEY, numbers) for places in range(3)))
        for value in map(Decimal, SHOWN)
    )
    return replace(small_document(), numbers=numbers, blocks=(Table("", columns, (), rows),))


@pytest.mark.tool("soffice")
def test_figures_are_shown_as_they_are_printed(convert: Convert) -> None:
    """In any locale: the one of this LibreOffice parts decimals by a point."""
    shown = {f"from-{group_from}": shown_document(group_from) for group_from in (4, 5)}
    books = {name: write_xlsx(one, None) for name, one in shown.items()}
    as_shown = convert(books, "csv:Text - txt - csv (StarCalc):124,34,76,1")
    for name, document in shown.items():
        rows = csv.reader(io.StringIO(as_shown[name].decode()), delimiter="|")
        printed = [[cell.text for cell in row.cells] for row in document.tables[0].body]
        assert list(rows) == printed


@pytest.fixture(scope="session")
def printed(convert: Convert, documents: Mapping[str, Document]) -> Iterator[dict[str, PDF]]:
    """Yield what LibreOffice prints, open: a page is taken to pieces when it is first looked at."""
    books = {name: write_xlsx(one, TYPEFACE) for name, one in documents.items()}
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(pdfplumber.open(io.BytesIO(data)))
            for name, data in convert(books, "pdf").items()
        }


def letters(typed: str) -> Counter[str]:
    return Counter("".join(typed.split()))


@pytest.mark.tool("soffice")
def test_everything_is_printed(
    printed: Mapping[str, PDF], documents: Mapping[str, Document]
) -> None:
    for name, document in documents.items():
        got = sum((letters(page.extract_text()) for page in printed[name].pages), Counter[str]())
        assert not letters(whole_text(document)) - got, name


def whole_text(document: Document) -> str:
    texts: list[str] = []
    for block in document.blocks:
        match block:
            case Table():
                rows = block.header + block.body
                texts += [cell.text for row in rows for cell in row.cells]
            case Paragraph():
                texts += block.lines
            case Signature():
                texts += [block.position, block.name]
    return "\n".join(texts)


@pytest.mark.tool("soffice")
def test_pages(printed: Mapping[str, PDF], documents: Mapping[str, Document]) -> None:
    """Each has the header and, from the second on, its number; nothing leaves the text area."""
    for name, document in documents.items():
        profile = document.page
        head = document.tables[0].header[-1]
        numbers = [cell.text for cell in head.cells]
        for index, page in enumerate(printed[name].pages, 1):
            lines = page.extract_text().split("\n")
            if head.role is Role.NUMBERS:
                assert numbers in [line.split() for line in lines]
            assert not letters("".join(numbers)) - letters("".join(lines))
            chars = page.chars
            assert profile.left - 0.5 < min(one["x0"] for one in chars) * MILLIMETRE
            right = (float(page.width) - max(one["x1"] for one in chars)) * MILLIMETRE
            assert right > profile.right - 0.5
            # Text of merged cells is there once more above the page, clipped: 9 points.
            above = [one for one in chars if one["top"] * MILLIMETRE < profile.top - 0.5]
            number = [one for one in above if one["size"] > profile.table_size + 1]
            assert "".join(one["text"] for one in number) == ("" if index == 1 else str(index))
            assert all(one["top"] * MILLIMETRE > 9.5 for one in number)


@pytest.mark.tool("soffice")
@pytest.mark.skipif(TYPEFACE is None, reason="no typeface to measure text with")
def test_no_text_runs_over_the_lower_line_of_its_row(printed: Mapping[str, PDF]) -> None:
    """In the columns that are not merged; what a row cannot hold LibreOffice draws, clipped."""
    for name, pdf in printed.items():
        for page in pdf.pages:
            lines = page.horizontal_edges
            words = [one for one in page.extract_words() if one["x0"] > FIRST_UNMERGED]
            assert lines
            assert words
            assert not [(name, word["text"]) for word in words if is_crossed(word, lines)]


def is_crossed(word: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether a line runs through a word: two points of its height at least."""
    return any(
        line["x0"] - 1 < word["x0"]
        and word["x1"] < line["x1"] + 1
        and word["top"] + 2 < line["top"] < word["bottom"] - 2
        for line in lines
    )


@pytest.mark.tool("soffice")
def test_a_signature_is_never_alone_on_a_page(convert: Convert) -> None:
    header = (Row((heading("Захід"),), Role.HEADING),)
    columns = (TableColumn("measure", 60),)
    books: dict[str, bytes] = {}
    for length in range(9, 16):
        rows = tuple(Row((text(f"Захід {row}", "другий", "третій"),)) for row in range(length))
        table = Table("", columns, header, rows)
        document = replace(small_document(), blocks=(table, small_document().blocks[-1]))
        books[str(length)] = write_xlsx(document, TYPEFACE)
    lasts: list[str] = []
    for data in convert(books, "pdf").values():
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            lasts.append(pdf.pages[-1].extract_text())
    assert all("КОВАЛЬЧУК" in last and "третій" in last for last in lasts)
