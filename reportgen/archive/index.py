"""The index of an archive: a row for each signature of each file of each bag, as CSV and as a page.

It is made of the bags' descriptions and the journal alone, whole each time: the same bags give the
same bytes. So inspection makes it anew and compares.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportgen import __version__
from reportgen.archive.bag import TAG_MANIFESTS
from reportgen.archive.description import Description, Held
from reportgen.archive.journal import Entry, Journal, What, as_time
from reportgen.model.kyiv import shown
from reportgen.model.period import Period
from reportgen.model.verdict import Signed

CSV, HTML = "index.csv", "index.html"

COLUMNS: Final = (
    *("Пакет", "Версія", "Подія", "Внесено", "Рішення", "Сесія", "Про що"),
    *(
        "Файл",
        "Назва в пакеті",
        "Програма",
        "Період",
        "Код періоду",
        "Сторінок",
        "Байтів",
        "SHA-256",
    ),
    *("Стан підпису", "Вид", "Підписувач", "Посада", "Організація", "ЄДРПОУ", "Сертифікат"),
    *("Видавець", "Рівень", "Час за підписувачем", "Час за позначкою", "Доказова сила до"),
)
_OF_FILE: Final = COLUMNS.index("Стан підпису")  # columns that no signature has a part in
WHAT: Final = {What.ADDED: "внесено", What.RENEWED: "поновлено позначки часу"}
OF_JOURNAL: Final = "журнал"  # in the place of a package
_BOM: Final = "\ufeff"  # without it Excel takes Cyrillic for something else
_FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
)  # a spreadsheet would reckon it
_NOT_SIGNED: Final = "без підпису"
_DAMAGED: Final = "пакет зіпсовано"


@dataclass(frozen=True, slots=True)
class Kept:
    """A bag of the archive: its line of the journal, and what it holds; ``None`` if damaged."""

    entry: Entry
    description: Description | None


def as_csv(bags: Iterable[Kept], journal: Journal, stamps: Mapping[str, str]) -> bytes:
    """Return the table; its last rows are the head of the journal and its time-stamps by file.

    So the journal's last line, which no other follows, is held too, and what a time-stamp does not
    sign of itself.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for bag in bags:
        if bag.description is None:
            writer.writerow(_damaged_row(bag.entry))
            continue
        for held in bag.description.files:
            for signed in held.signed or (None,):
                writer.writerow([harmless(one) for one in _row(bag.description, held, signed)])
    number = str(len(journal.entries))
    writer.writerow(_journal_row(number, "останній рядок", "journal.jsonl", journal.head))
    for name in sorted(stamps):
        writer.writerow(_journal_row(number, "позначка часу", name, stamps[name]))
    return (_BOM + out.getvalue()).encode()


def _journal_row(number: str, what: str, name: str, sha256: str) -> list[str]:
    """Return the row of a hash that is of no bag."""
    return _filled(
        {"Пакет": OF_JOURNAL, "Версія": number, "Подія": what, "Файл": name, "SHA-256": sha256}
    )


def _damaged_row(entry: Entry) -> list[str]:
    """Return the row of a bag that cannot tell of itself: what the journal knows of it."""
    return _filled(
        {
            "Пакет": entry.package,
            "Версія": str(entry.version),
            "Подія": WHAT[entry.what],
            "Внесено": as_time(entry.time),
            "Файл": TAG_MANIFESTS[0],
            "SHA-256": entry.tagmanifest,
            "Стан підпису": _DAMAGED,
        }
    )


def _filled(said: Mapping[str, str]) -> list[str]:
    return [said.get(one, "") for one in COLUMNS]


def view(bags: Sequence[Kept], journal: Journal) -> dict[str, Any]:
    """Return what the template of the page prints: texts alone, the newest bag first."""
    said = [one.description for one in bags]
    return {
        "maker": f"reportgen {__version__}",
        "council": next((one.council for one in reversed(said) if one), ""),
        "head": journal.head,
        "entries": len(journal.entries),
        "bags": [bag_view(one) for one in reversed(bags)],
    }


def bag_view(bag: Kept) -> dict[str, Any]:
    """Return what the page tells of one bag."""
    entry, said = bag.entry, bag.description
    return {
        "id": entry.bag,
        "package": entry.package,
        "version": entry.version,
        "what": WHAT[entry.what],
        "time": _shown(entry.time),
        "who": entry.who,
        "title": said.title if said else _DAMAGED,
        "session": said.session if said else "",
        "decision": said.decision if said else "",
        "tagmanifest": entry.tagmanifest,
        "files": [_file_view(bag, one) for one in said.files] if said else [],
    }


def _file_view(bag: Kept, held: Held) -> dict[str, Any]:
    return {
        "address": f"{bag.entry.bag}/data/{held.name}",
        "name": held.name,
        "called": held.called if held.called != held.name else "",
        "programme": held.programme,
        "period": _in_words(held.period),
        "pages": str(held.pages) if held.pages else "",
        "sha256": held.sha256,
        "state": held.outcome.value if held.outcome else _NOT_SIGNED,
        "signed": [_signed_view(one) for one in held.signed],
    }


def _signed_view(signed: Signed) -> dict[str, str]:
    holder = signed.holder
    who = (holder.name, holder.position, holder.organisation) if holder else ()
    return {
        "kind": signed.kind.value,
        "who": ", ".join(filter(None, who)),
        "serial": holder.serial if holder else "",
        "level": signed.level.value if signed.level else "",
        "time": _shown(signed.stamped or signed.claimed),
        "until": _shown(signed.holds_until),
        "state": signed.outcome.said_of(signed.kind),
    }


def _row(said: Description, held: Held, signed: Signed | None) -> Iterator[str]:
    yield from (said.package, str(said.version), WHAT[said.what], as_time(said.time))
    yield from (said.decision, said.session, said.title)
    yield from (held.name, held.called if held.called != held.name else "")
    yield from (held.programme, _in_words(held.period), held.period)
    yield from (str(held.pages or ""), str(held.size), held.sha256)
    if signed is None:
        yield held.outcome.value if held.outcome else _NOT_SIGNED
        yield from [""] * (len(COLUMNS) - _OF_FILE - 1)
        return
    holder = signed.holder
    yield from (signed.outcome.value, signed.kind.value)
    if holder:
        yield from (holder.name, holder.position, holder.organisation, holder.code)
        yield from (holder.serial, holder.issuer)
    else:
        yield from [""] * 6
    yield signed.level.value if signed.level else ""
    for moment in (signed.claimed, signed.stamped, signed.holds_until):
        yield as_time(moment) if moment else ""


def _in_words(period: str) -> str:
    """Return a period as people read it; "" of a file that is about none."""
    try:
        return Period.parse(period).in_words
    except ValueError:  # "", or of a description that was changed
        return period


def _shown(moment: datetime.datetime | None) -> str:
    """Return a moment by the clocks of Kyiv, whatever the machine's zone is."""
    return shown(moment) if moment else ""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
