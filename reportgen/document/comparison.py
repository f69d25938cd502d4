"""Comparisons of periods as a document: what was, what is, the difference and the percent."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.compute.comparison import COMPARED, Comparison
from reportgen.document.blocks import Block, Document, Paragraph, Style, Table
from reportgen.document.comparison_rows import ComparisonRows
from reportgen.document.consolidated_money import HEADINGS, precision_note
from reportgen.document.plain_table import GENERAL, Heading, grid, header
from reportgen.model.council import Council

_KEY, _AMOUNT, _PERCENT, _NOTE = 14.0, 21.0, 15.0, 27.0  # mm
_NARROWEST = 40.0  # mm, of the column that takes the rest


def comparison_document(
    council: Council, comparisons: Sequence[Comparison], dated: datetime.date
) -> Document:
    """Return comparisons of one period with others; at least one must be given."""
    page = replace(council.page, landscape=True)
    period = comparisons[0].period
    title = ("Порівняння виконання цільових програм", council.genitive)
    blocks: list[Block] = [
        Paragraph(title, Style.TITLE, GENERAL),
        Paragraph((f"за {period}",), Style.SUBTITLE, GENERAL),
    ]
    for number, one in enumerate(comparisons, start=1):
        name = f"{number}. У порівнянні з періодом: {one.base}"
        blocks.append(Paragraph((name,), Style.SECTION, GENERAL))
        if one.compared:
            blocks.append(_table(council, one, page.text_width))
        else:
            text = f"Порівняти ні з чим: сум за {one.base} немає в жодної з програм."
            blocks.append(Paragraph((text,), Style.TEXT, GENERAL))
    reports = [one for each in comparisons for one in each.reports]
    precision = precision_note(max(one.decimals for one in comparisons), reports)
    note = (
        f"{precision} Вони йдуть наростаючим підсумком з 1 січня. Відсоток – теперішня сума "
        "від колишньої; прочерк – порівняти ні з чим."
    )
    return Document(
        title=f"{' '.join(title)} за {period}",
        author=council.name,
        language="uk",
        dated=dated,
        page=page,
        numbers=council.numbers,
        blocks=(*blocks, Paragraph((note,), Style.NOTE, GENERAL)),
        subject=f"Виконання програм {council.genitive} порівняно з іншими періодами, {period}",
    )


def _table(council: Council, comparison: Comparison, width: float) -> Table:
    headings = tuple(_headings(comparison, width))
    body = ComparisonRows(council, comparison).rows()
    return Table(f"Порівняння з {comparison.base}", grid(headings), header(headings), body)


def _headings(comparison: Comparison, width: float) -> Iterator[Heading]:
    taken = _KEY + _NOTE + len(COMPARED) * (3 * _AMOUNT + _PERCENT)
    yield Heading("key", "№ з/п", _KEY)
    yield Heading("name", "Програма, захід", max(_NARROWEST, width - taken))
    for meaning in COMPARED:
        group = f"{HEADINGS[meaning]}, тис. грн"
        yield Heading(f"{meaning.value}_was", f"за {comparison.base}", _AMOUNT, group)
        yield Heading(f"{meaning.value}_now", f"за {comparison.period}", _AMOUNT, group)
        yield Heading(f"{meaning.value}_difference", "різниця", _AMOUNT, group)
        yield Heading(f"{meaning.value}_percent", "%", _PERCENT, group)
    yield Heading("note", "Примітка", _NOTE)
