"""What a form knows of itself: kept on a sheet that no clerk sees, compared when it comes back.

The sheet has a record in each row: its kind and its fields. A workbook may come from anywhere, so
nothing of it is believed but which cells answer which questions, and those are looked up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.entry.answers import number_text
from reportgen.entry.cells import Cell, Content, LaidSheet, Live
from reportgen.entry.questions import Address
from reportgen.entry.rows import outline_rows
from reportgen.model.report import Report

SHEET = "_reportgen"
MARK = "reportgen:"  # before the key of a sheet, in its corner
_VERSION = "1"

#: Where a cell is found: the keys of its sheet, its row and its column.
Site = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """One form as it was given out.

    ``outline`` are its rows and columns with digests of what they ask; ``asked`` is the question at
    each site with the answer that the period's file had, ``known`` what other cells said, ``live``
    those with formulas of ours, ``texts`` what stands
    around the rows.
    """

    programme: str
    period: str
    form: str
    edition: str
    file: str  # the digest of the period's file, "" if there was none
    outline: Mapping[str, str]
    sheets: Mapping[str, str]  # names by key
    asked: Mapping[Site, tuple[Address, str]]
    known: Mapping[Site, str]
    live: frozenset[Site]
    texts: frozenset[str]
    council: str = ""  # its id; forms that are out for long do not say it


def identity_of(report: Report, file: str, sheets: Sequence[LaidSheet]) -> Identity:
    """Return what a form must know; ``file`` is the digest of the period's file."""
    sited = [(site, cell) for sheet in sheets for site, cell in _sited(sheet)]
    return Identity(
        programme=report.programme.slug,
        period=report.period.period.id,
        form=report.form.id,
        edition=report.form.adopted.valid_from.isoformat(),
        file=file,
        outline=outline_of(report),
        sheets={one.key: one.name for one in sheets if one.key},
        asked={
            site: (cell.question.address, cell.question.answer)
            for site, cell in sited
            if cell.question
        },
        known={
            site: content_text(cell.content)
            for site, cell in sited
            if not (cell.question or cell.free or isinstance(cell.content, Live))
        },
        live=frozenset(site for site, cell in sited if isinstance(cell.content, Live)),
        texts=frozenset(text for sheet in sheets for text in _around(sheet)),
        council=report.council.id,
    )


def outline_of(report: Report) -> dict[str, str]:
    """Return the rows and columns of a report with digests of what they ask for."""
    found: dict[str, str] = {}
    for table in report.form.outlines:
        for row in outline_rows(report, table):
            texts = [one.text for one in (*row.above, row.item)]
            found[json.dumps(row.path, ensure_ascii=False)] = digest("\n".join(texts))
        for column in table.fields:
            if column.given:
                asked = f"{column.kind.value} {column.decimals} {column.given.value}"
                found[f"{table.id}.{column.id}"] = digest(asked)
    return found


def digest(text: str) -> str:
    """Return a digest that tells texts apart."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:24]


def content_text(content: Content) -> str:
    """Return what a cell holds as text."""
    value = content.cached if isinstance(content, Live) else content
    return number_text(value) if isinstance(value, Decimal) else value


def _sited(sheet: LaidSheet) -> Iterator[tuple[Site, Cell]]:
    for cell in sheet.cells:
        if cell.row in sheet.rows and cell.column in sheet.columns:
            yield (sheet.key, sheet.rows[cell.row], sheet.columns[cell.column]), cell


def _around(sheet: LaidSheet) -> Iterator[str]:
    """Yield what stands around the rows of a sheet, and notes that the form itself brings."""
    for cell in sheet.cells:
        if cell.note:
            yield cell.note
        if not (cell.row in sheet.rows and cell.column in sheet.columns):
            yield content_text(cell.content)


def records(identity: Identity) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the hidden sheet."""
    yield "reportgen-entry", _VERSION
    yield (
        "of",
        identity.programme,
        identity.period,
        identity.form,
        identity.edition,
        identity.file,
        identity.council,
    )
    yield from (("outline", *one) for one in identity.outline.items())
    yield from (("sheet", *one) for one in identity.sheets.items())
    for site, (address, answer) in identity.asked.items():
        yield "asked", *site, json.dumps(address, ensure_ascii=False), answer
    yield from (("known", *site, text) for site, text in identity.known.items())
    yield from (("live", *site) for site in sorted(identity.live))
    yield from (("text", text) for text in sorted(identity.texts))


def identity_from(rows: Sequence[Sequence[str]]) -> Identity:
    """Return the identity that the rows of a hidden sheet tell.

    Raises:
        ValueError: when they tell none, or that of another version.
    """
    if not rows or tuple(rows[0][:2]) != ("reportgen-entry", _VERSION):
        raise ValueError("no entry form of this version")
    found: dict[str, list[tuple[str, ...]]] = {}
    for kind, *fields in rows[1:]:
        found.setdefault(kind, []).append(tuple(fields))
    of = (*found.get("of", [()])[0], *[""] * 6)[:6]
    programme, period, form, edition, file, council = of
    return Identity(
        programme,
        period,
        form,
        edition,
        file,
        outline={one[0]: one[1] for one in found.get("outline", ())},
        sheets={one[0]: one[1] for one in found.get("sheet", ())},
        asked={
            (one[0], one[1], one[2]): (_address(one[3]), one[4] if len(one) > 4 else "")  # noqa: PLR2004
            for one in found.get("asked", ())
        },
        known={
            (one[0], one[1], one[2]): one[3] if len(one) > 3 else ""  # noqa: PLR2004
            for one in found.get("known", ())
        },
        live=frozenset((one[0], one[1], one[2]) for one in found.get("live", ())),
        texts=frozenset(one[0] for one in found.get("text", ()) if one),
        council=council,
    )


def _address(text: str) -> Address:
    try:
        row, key, fund = json.loads(text)
        return Address(tuple(map(str, row)), str(key), str(fund))
    except (TypeError, RecursionError) as error:
        raise ValueError(text) from error
