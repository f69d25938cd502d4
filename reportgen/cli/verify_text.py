"""Verdicts to read: a line for each file, and more where there is more to know."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.archive.stamp import TOKEN
from reportgen.diagnostics import plural
from reportgen.model.kyiv import shown, shown_day
from reportgen.model.verdict import Holder, Kind, Outcome, Signed, Verdict
from reportgen.verify.holder import printable

_PLAIN_WIDTH = 140  # characters of the table in a file or a pipe, which have no width of their own
_FILES = ("файл", "файли", "файлів")
_KINDS = {Kind.SIGNATURE: "Підпис", Kind.SEAL: "Печатка", Kind.TIME_STAMP: "Позначка часу"}
_COUNTED = {
    Outcome.VALID: ("дійсний", "дійсні", "дійсних"),
    Outcome.UNTRUSTED: ("без довіри",) * 3,
    Outcome.UNKNOWN: ("не перевірено",) * 3,
    Outcome.INVALID: ("недійсний", "недійсні", "недійсних"),
}


def verdicts_text(verdicts: Sequence[Verdict], *, details: bool) -> str:
    """Return a line for each file, below it what is wrong and what to know, at last the sums.

    The table of signatures stands below each file that is not valid; with ``details``, or where
    there is one file alone, below all.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    alone = details or len(verdicts) == 1
    with console.capture() as captured:
        for verdict in verdicts:
            detailed = bool(verdict.signed) and (alone or verdict.outcome is not Outcome.VALID)
            said = _said(verdict) if detailed else _in_brief(verdict)
            _print(console, f"{printable(verdict.name)}: {said}")
            if detailed:
                console.print(_table(verdict))
            for told in _told(verdict):
                _print(console, f"  {told}")
        _print(console, _summary(verdicts))
    return captured.get().rstrip("\n")


def _print(console: Console, line: str) -> None:
    console.print(line, markup=False, soft_wrap=True)


def _said(verdict: Verdict) -> str:
    if verdict.hashed and verdict.outcome is Outcome.VALID:
        return verdict.states
    if not verdict.signed and not verdict.faults:
        return "підписів немає"
    if verdict.outcome is Outcome.VALID:
        return "дійсний, після підпису не змінено"
    return _word(verdict)


def _word(verdict: Verdict) -> str:
    """Return the outcome of a file, which may be a time-stamp of its own."""
    is_stamp = TOKEN.fullmatch(Path(verdict.name).name) is not None
    return verdict.outcome.said_of(Kind.TIME_STAMP if is_stamp else Kind.SIGNATURE)


def _in_brief(verdict: Verdict) -> str:
    """Return who signed when and at which level, on one line."""
    signatures = [one for one in verdict.signed if one.kind is not Kind.TIME_STAMP]
    if verdict.outcome is not Outcome.VALID or not verdict.signed:
        return _said(verdict)
    return f"{_word(verdict)} — {'; '.join(map(_signer, signatures or verdict.signed))}"


def _signer(one: Signed) -> str:
    name = printable(one.holder.name) if one.holder else "невідомо хто"
    time = one.stamped or one.claimed
    said = (name, shown(time) if time else "", one.level.value if one.level else "")
    return ", ".join(filter(None, said))


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
        shown_day(one.holds_until) if one.holds_until else "–",
        one.outcome.said_of(one.kind),
    )


def _named(holder: Holder | None) -> tuple[str, ...]:
    if holder is None:
        return ("невідомо хто",)
    apart = holder.organisation if holder.organisation != holder.name else ""
    return holder.name, holder.position, apart, f"ЄДРПОУ {holder.code}" if holder.code else ""


def _moment(time: datetime.datetime | None) -> str:
    return shown(time) if time else "–"


def _told(verdict: Verdict) -> list[str]:
    """Return what is wrong with a file and its signatures, and what else should be known."""
    told = [f"Помилка: {fault}." for fault in verdict.faults]
    told += [f"Зауваження: {remark}." for remark in verdict.remarks]
    return told + _of_signatures(verdict.signed)


def _of_signatures(signed: Sequence[Signed]) -> list[str]:
    """Return what is said of signatures; what is said of several stands there once."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in signed:
        word = one.outcome.said_of(one.kind).capitalize()
        said = [(word, fault) for fault in one.faults]
        said += [("Зауваження", remark) for remark in one.remarks]
        for each in said:
            places.setdefault(each, []).append(printable(one.place))
    return [f"{word}: {', '.join(where)}: {what}." for (word, what), where in places.items()]


def _summary(verdicts: Sequence[Verdict]) -> str:
    files = [one for one in verdicts if not one.hashed]
    return " ".join((*_of_files(files), *_of_archive(verdicts, len(verdicts) - len(files))))


def _of_files(files: Sequence[Verdict]) -> Iterator[str]:
    number = len(files)
    if number:
        found = Counter(one.outcome for one in files)
        parts = [
            f"{found[one]} {plural(found[one], _COUNTED[one])}" for one in Outcome if found[one]
        ]
        yield f"Перевірено {number} {plural(number, _FILES)}: {', '.join(parts)}."


def _of_archive(verdicts: Sequence[Verdict], number: int) -> Iterator[str]:
    """Say what became of all that hashes vouch for: bags, the journal, the index."""
    broken = sum(one.hashed and one.outcome is not Outcome.VALID for one in verdicts)
    if number == 1:
        yield f"Пакет {'має вади' if broken else 'цілий'}."
    elif number:
        have = plural(broken, ("має", "мають", "мають"))
        whole = f"{broken} із {number} {have} вади" if broken else "усе ціле"
        yield f"Пакети, журнал і покажчик: {whole}."
