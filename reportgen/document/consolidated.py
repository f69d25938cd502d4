"""Consolidated information as a document: a table of all programmes, and tables of executors."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.compute.consolidated import Consolidated, Group, by_measure_executor, by_responsible
from reportgen.compute.money import Lacking
from reportgen.document.blocks import Block, Document, Paragraph, Style, Table
from reportgen.document.consolidated_charts import consolidated_charts
from reportgen.document.consolidated_executors import executor_table
from reportgen.document.consolidated_money import HEADINGS, PERCENT_HEADING, precision_note
from reportgen.document.consolidated_programmes import programme_table
from reportgen.document.plain_table import GENERAL
from reportgen.model.council import Council
from reportgen.model.meaning import Meaning

_LACKING = {
    Lacking.NO_MONEY: "форма звіту не має колонок із сумами",
    Lacking.OTHER_COLUMNS: "у формі немає колонок annual_plan чи actual; її колонки із сумами",
    Lacking.OTHER_UNIT: "одиниці виміру форми не звести до тисяч гривень",
}


def consolidated_document(
    council: Council, consolidated: Consolidated, dated: datetime.date
) -> Document:
    """Return the document, always in landscape; ``dated`` is what its properties carry."""
    page = replace(council.page, landscape=True)
    title = ("Зведена інформація", "про виконання цільових програм", council.genitive)
    blocks: list[Block] = [
        Paragraph(title, Style.TITLE, GENERAL),
        Paragraph((f"за {consolidated.period}",), Style.SUBTITLE, GENERAL),
    ]
    drawing = council, consolidated, page.text_width
    programmes = programme_table(*drawing)
    blocks += _section("1. Виконання програм", programmes)
    if consolidated.counted:
        groups = by_responsible(consolidated)
        table = executor_table(*drawing, groups, "Відповідальний виконавець")
        blocks += _section("2. За відповідальними виконавцями", table)
        groups = by_measure_executor(consolidated)
        table = executor_table(*drawing, groups, "Виконавець заходів")
        blocks += _section("3. За виконавцями заходів", table)
        if charts := consolidated_charts(programmes, council.numbers, page):
            blocks += (Paragraph(("4. Діаграми",), Style.SECTION, GENERAL), *charts)
    else:
        groups = ()
    notes = (Paragraph((one,), Style.NOTE, GENERAL) for one in _notes(consolidated, groups))
    return Document(
        title=f"{' '.join(title)} за {consolidated.period}",
        author=council.name,
        language="uk",
        dated=dated,
        page=page,
        numbers=council.numbers,
        blocks=(*blocks, *notes),
        subject=f"Виконання програм {council.genitive}, {consolidated.period}",
    )


def _section(title: str, table: Table) -> tuple[Block, ...]:
    return Paragraph((title,), Style.SECTION, GENERAL), table


def _notes(consolidated: Consolidated, groups: Sequence[Group]) -> Iterator[str]:
    """Yield what a reader has to know: what the figures are, what is missing and why."""
    yield (
        f"{precision_note(consolidated.decimals, consolidated.counted)} "
        f"{PERCENT_HEADING} обчислено від річного обсягу фінансування "
        "(графа «" + HEADINGS[Meaning.ANNUAL_PLAN] + "») і заокруглено до одного знака після коми."
    )
    unamended = [
        str(number)
        for number, one in enumerate(consolidated.reports, start=1)
        if one.lacking is None and Meaning.AMENDED_PLAN not in one.money
    ]
    if unamended and Meaning.AMENDED_PLAN in consolidated.meanings:
        yield (
            f"Прочерк у графі «{HEADINGS[Meaning.AMENDED_PLAN]}» програм № {', '.join(unamended)}: "
            "форма звіту окремої графи для нього не має, тож сума цієї графи – лише за рештою "
            "програм."
        )
    if any(one.executors > 1 for one in groups):
        yield (
            "Суми заходів, які виконують кілька виконавців разом, між ними не поділено: "
            "звіти не кажуть, скільки в них чиїх коштів."
        )
    for one in consolidated.counted:
        if one.is_partial:
            yield (
                f"Відсотка підсумків, до яких входить {one.name}, не обчислено: форма звіту має "
                "або лише річний обсяг, або лише фактичне фінансування."
            )
    for one in consolidated.reports:
        if one.lacking is not None:
            said = f": {', '.join(one.said)}" if one.said else ""
            yield f"До сум не входить: {one.name} – {_LACKING[one.lacking]}{said}."
    for name in consolidated.missing:
        yield f"Немає звіту за {consolidated.period}: {name}."
    for name in consolidated.faulty:
        yield f"У звіті помилки, тому його тут немає: {name}."
