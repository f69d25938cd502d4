"""Whether the times of journal lines agree with the time-stamps over them.

A line has the time of the machine that wrote it, which its owner may set at will; a time-stamp has
that of a service. Lines that were written anew and dated back have stamps that are far too young,
or none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reportgen.archive.journal import Entry

_CLOCKS: Final = datetime.timedelta(minutes=5)  # by which honest machines may differ
#: What may lie between a line and the time-stamp that proves its time.
LATE: Final = datetime.timedelta(days=1)

#: The moment of each time-stamp, by the number of first lines that it is over.
Stamps = Mapping[int, datetime.datetime]


def disagreements(entries: Sequence[Entry], stamps: Stamps, lines: int) -> Iterator[str]:
    """Tell where the time-stamp over so many lines cannot be of its time, or the line is not."""
    moment = stamps[lines]
    numbered = {one.number: one for one in entries}
    line, before = numbered.get(lines), numbered.get(lines - 1)
    if line and abs(moment - line.time) > LATE:
        yield (
            f"рядок {lines} журналу датовано {_shown(line.time)}, а позначку часу на ньому взято "
            f"{_shown(moment)}: вони розходяться більше ніж на добу, часу рядка вірити не можна"
        )
    if before and moment < before.time - _CLOCKS:
        yield (
            f"позначку часу на рядку {lines} взято {_shown(moment)}, раніше, ніж датовано "
            f"попередній рядок ({_shown(before.time)}): один із них неправдивий"
        )
    former = max((one for one in stamps if one < lines), default=None)
    if former is not None and moment < stamps[former] - _CLOCKS:
        yield (
            f"позначку часу на рядку {lines} взято {_shown(moment)}, раніше, ніж на рядку "
            f"{former} ({_shown(stamps[former])}): журнал переписано"
        )


def undated(entries: Sequence[Entry], stamps: Stamps) -> list[int]:
    """Return the lines that were to be stamped and are not: no stamp is over them within a day.

    So are those that say it of themselves, and all after the first stamp that there is: one stamp
    may be over many lines of one run.
    """
    first = min(stamps, default=None)
    return [
        one.number
        for one in entries
        if (one.stamp or (first is not None and one.number > first))
        and not any(
            lines >= one.number and abs(moment - one.time) <= LATE
            for lines, moment in stamps.items()
        )
    ]


def undated_remark(numbers: Sequence[int]) -> str:
    """Return a sentence about such lines."""
    listed = ", ".join(map(str, numbers))
    which = f"рядку {listed}" if len(numbers) == 1 else f"рядках {listed}"
    return (
        f"на {which} журналу немає своєчасної позначки часу: служба тоді не відповіла або позначку "
        "видалено; час цих записів нічим не засвідчено"
    )


def _shown(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%d.%m.%Y %H:%M} UTC"
