"""The charts of consolidated information, all of figures that the table of programmes prints."""

from __future__ import annotations

from decimal import Decimal

from reportgen.document.blocks import Block, Table
from reportgen.document.charts import Plan, chart_blocks
from reportgen.document.consolidated_money import HEADINGS, PERCENT_HEADING
from reportgen.document.consolidated_programmes import named_funds, named_programmes
from reportgen.model.council import NumberStyle, PageProfile
from reportgen.model.meaning import Meaning

_FULL = Decimal(100)
_THOUSANDS = "тис. грн"


def consolidated_charts(table: Table, numbers: NumberStyle, page: PageProfile) -> tuple[Block, ...]:
    """Return the charts of the table of programmes: execution, plan and actual, both by fund."""
    money = {one.value: HEADINGS[one] for one in (Meaning.ANNUAL_PLAN, Meaning.ACTUAL)}
    programmes, both = named_programmes(table), f"{HEADINGS[Meaning.ANNUAL_PLAN]} і фактично"
    plans = (
        Plan("Відсоток виконання програм", programmes, {"percent": PERCENT_HEADING}, "%", _FULL),
        Plan(f"{both} профінансовано за програмами", programmes, money, _THOUSANDS),
        Plan(f"{both} профінансовано за джерелами", named_funds(table), money, _THOUSANDS),
    )
    drawn: list[tuple[Block, ...]] = []
    for plan in plans:
        blocks = tuple(chart_blocks(table, plan, len(drawn) + 1, numbers, page))
        if blocks:
            drawn.append(blocks)
    return tuple(block for blocks in drawn for block in blocks)
