"""Source 000: the socio-economic programme, the first half of 2024, its first four priorities.

Six columns. Priorities and sectors are bands, most of them in column 1, three in column 2
(«Молодіжна політика», «Стала мобільність», «Культура»); every table row is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sources import bodies, outline
from sources.lines import Line, paragraphs, read_lines
from sources.outline import Found, Source

from reportgen.diagnostics import Span
from reportgen.model.programme import Value

FILE = "000_a48432a15d23125d.part.txt"
_COLUMNS = 6
_PROGRAMME = (
    "Програми соціально-економічного і культурного розвитку Житомирської міської територіальної "
    "громади"
)
_MONEY = re.compile(r"\d{1,3}(?: \d{3})*,\d+")


def read(corpus: Path) -> tuple[Source, list[Line]]:
    """Return the source, and the lines of its table: headings, numbers of columns, and rows."""
    lines = [one for one in read_lines(corpus / FILE) if len(one.cells) == _COLUMNS]
    found = tuple(_found(lines[2:]))
    return Source(FILE, "zhytomyr-socioeconomic", _PROGRAMME, "2024-h1", found), lines


def _found(lines: Sequence[Line]) -> Iterator[Found]:
    council = bodies.shipped_council()
    known, registered = bodies.executors(council), bodies.programmes(council)
    for line in lines:
        if line.is_band:
            name = "\n".join(paragraphs("".join(line.cells)))
            level = "priority" if name.startswith("Пріоритет") else "sector"
            yield Found(level, line.number, "", name)
            continue
        place = Span(FILE, line.number)
        number, task, measure, executors, info, funding = line.cells
        if number:
            yield Found("task", line.number, number, task)
        match = re.fullmatch(r"(\d+(?:\.\d+)+)\. (.*)", measure)
        assert match, line
        given: dict[str, Value] = {"executors": outline.executors(executors, known, place)}
        if _MONEY.fullmatch(funding):
            given["funding"] = outline.amount(funding, place)
        else:
            given["funding"] = outline.programmes(funding, registered, place)
        told = {"info": outline.narrative(paragraphs(info), place)}
        yield Found("measure", line.number, match[1], match[2], given, told)
