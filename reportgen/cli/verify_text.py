"""Verdicts printed: as a table to read, as JSON for programs."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.cli.messages import plural
from reportgen.model.verdict import Holder, Kind, Outcome, Signed, Verdict
from reportgen.verify.holder import printable

_PLAIN_WIDTH = 140  # characters of the table in a file or a pipe, which have no width of their own
_FILES = ("файл", "файли", "файлів")
_KINDS = {Kind.SIGNATURE: "Підпис", Kind.SEAL: "Печатка", Kind.TIME_STAMP: "Позначка часу"}


def verdicts_text(verdicts: Sequence[Verdict]) -> str:
    """Return a table of signatures file by file, and below it what is wrong with which."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    with console.capture() as captured:
        for verdict in verdicts:
            console.print(f"{printable(verdict.name)}: {_said(verdict)}", markup=False)
            if verdict.signed:
                console.print(_table(verdict))
            for told in _told(verdict):
                console.print(f"  {told}", markup=False)
        console.print(_summary(verdicts), markup=False)
    return captured.get().rstrip("\n")


def _said(verdict: Verdict) -> str:
    if not verdict.signed and not verdict.faults:
        return "підписів немає"
    if verdict.outcome is Outcome.VALID:
        return "дійсний, після підпису не змінено"
    word: str = verdict.outcome.value
    return word


def _table(verdict: Verdict) -> Table:
    table = Table(box=box.ASCII2)
    table.add_column("Хто", overflow="fold")
    table.add_column("Сертифікат", overflow="fold")
    for heading in ("Час підпису", "Час за позначкою"):
        table.add_column(heading, width=16)
    table.add_column("Рівень", width=6)
    table.add_column("Докази діють до", width=10)
    table.add_column("Висновок", overflow="fold")
    for one in verdict.signed:
        table.add_row(*map(Text, _cells(one)), end_section=True)
    return table


def _cells(one: Signed) -> tuple[str, ...]:
    holder = one.holder
    return (
        "\n".join(map(printable, filter(None, (_KINDS[one.kind], *_named(holder))))),
        "\n".join(map(printable, (holder.serial, holder.issuer))) if holder else "–",
        _moment(one.claimed),
        _moment(one.stamped),
        one.level.value if one.level else "–",
        f"{one.holds_until:%d.%m.%Y}" if one.holds_until else "–",
        one.outcome.value,
    )


def _named(holder: Holder | None) -> tuple[str, ...]:
    if holder is None:
        return ("невідомо хто",)
    apart = holder.organisation if holder.organisation != holder.name else ""
    return holder.name, holder.position, apart, f"ЄДРПОУ {holder.code}" if holder.code else ""


def _told(verdict: Verdict) -> list[str]:
    """Return what is wrong with a file and its signatures, and what else should be known."""
    told = [f"Помилка: {fault}." for fault in verdict.faults]
    told += [f"Зауваження: {remark}." for remark in verdict.remarks]
    for one in verdict.signed:
        place = printable(one.place)
        told += [f"{one.outcome.value.capitalize()}: {place}: {fault}." for fault in one.faults]
        told += [f"Зауваження: {place}: {remark}." for remark in one.remarks]
    return told


def _summary(verdicts: Sequence[Verdict]) -> str:
    found = Counter(one.outcome for one in verdicts)
    number = len(verdicts)
    parts = [f"{one.value}: {found[one]}" for one in Outcome if found[one]]
    return f"Перевірено {number} {plural(number, _FILES)}; {', '.join(parts)}."


def _moment(time: datetime.datetime | None) -> str:
    """Return a time as the table has it: in UTC, so that it is the same on every machine."""
    return f"{time.astimezone(datetime.UTC):%d.%m.%Y %H:%M}" if time else "–"


def verdicts_json(verdicts: Sequence[Verdict]) -> str:
    """Return all that the verdicts hold."""
    return json.dumps([_verdict(one) for one in verdicts], ensure_ascii=False, indent=2)


def _verdict(one: Verdict) -> dict[str, Any]:
    return {
        "file": one.name,
        "sha256": one.sha256,
        "outcome": one.outcome.name.lower(),
        "faults": [*one.faults],
        "remarks": [*one.remarks],
        "signatures": [_signed(each) for each in one.signed],
    }


def _signed(one: Signed) -> dict[str, Any]:
    holder = one.holder
    return {
        "place": one.place,
        "kind": one.kind.name.lower(),
        "outcome": one.outcome.name.lower(),
        "holder": None if holder is None else _holder(holder),
        "level": one.level.value if one.level else None,
        "claimed": _iso(one.claimed),
        "stamped": _iso(one.stamped),
        "holds_until": _iso(one.holds_until),
        "faults": [*one.faults],
        "remarks": [*one.remarks],
    }


def _holder(holder: Holder) -> dict[str, str | None]:
    return {
        "name": holder.name,
        "position": holder.position,
        "organisation": holder.organisation,
        "edrpou": holder.code,
        "certificate": holder.serial,
        "issuer": holder.issuer,
        "since": _iso(holder.since),
        "until": _iso(holder.until),
    }


def _iso(time: datetime.datetime | None) -> str | None:
    return time.astimezone(datetime.UTC).isoformat(timespec="seconds") if time else None
