"""A filled wording taken apart into blocks: the document of an act."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from reportgen.diagnostics import Span
from reportgen.document.blocks import Block, Document, Paragraph, Signature, Style, Table
from reportgen.document.typography import typeset
from reportgen.model.council import Council, Official
from reportgen.model.markup import Marked, Run, parse_markup
from reportgen.write.acts.filling import Filled
from reportgen.write.docx.template.context import Thing
from reportgen.write.frame import FrameError

#: What a line begins with → what its paragraph is. All else is running text with small markup.
_MARKS: Final = {
    "^": Style.ANNEX_MARK,
    "#": Style.TITLE,
    "##": Style.SUBTITLE,
    "###": Style.SECTION,
    ">": Style.LINE,
    "~": Style.NOTE,
}


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked for: a wording, its name in messages, and who signs what it becomes.

    ``title``, ``subject`` and ``dated`` are for the document's properties.
    """

    wording: str
    file: str
    title: str
    subject: str
    dated: datetime.date
    signatory: Official


def make_act(act: Act, values: dict[str, Thing], council: Council) -> Document:
    """Return the document of an act, on portrait pages.

    Raises:
        FrameError: when the wording cannot be used.
    """
    filled = Filled(act.wording, values, act.file)
    blocks = tuple(_blocks(filled, Span(act.file)))
    signatory = act.signatory
    name = f"{signatory.given} {signatory.surname}"
    return Document(
        title=act.title,
        author=council.name,
        language="uk",
        dated=act.dated,
        page=replace(council.page, landscape=False),
        numbers=council.numbers,
        blocks=(*blocks, Signature(signatory.position, name, signatory.span)),
        subject=act.subject,
    )


def _blocks(filled: Filled, place: Span) -> Iterator[Block]:
    """Yield the blocks: blank lines part them, and so does another mark."""
    for (mark, _), lines in groupby(_marked_lines(filled.text), lambda one: one[:2]):
        texts = [text for _, _, text in lines]
        if mark is None:
            yield from _running(texts, filled, place)
        else:
            yield _paragraph(texts, _MARKS[mark], filled, place)


def _marked_lines(text: str) -> Iterator[tuple[str | None, int, str]]:
    """Yield of each line its mark, the number of its block, and the rest."""
    block = 0
    for line in text.splitlines():
        stripped = line.strip()
        mark, _, rest = stripped.partition(" ")
        if not stripped:
            block += 1
        elif mark in _MARKS and rest.strip():
            yield mark, block, rest.strip()
        else:
            yield None, block, stripped


def _paragraph(lines: list[str], style: Style, filled: Filled, place: Span) -> Paragraph:
    for line in lines:
        _refuse_table(line, filled, place)
    return Paragraph(tuple(typeset(filled.shown(line)) for line in lines), style, place)


def _running(lines: list[str], filled: Filled, place: Span) -> Iterator[Paragraph | Table]:
    """Yield the paragraphs and items of running text, and a table that stands by itself."""
    table = filled.table(lines[0]) if len(lines) == 1 else None
    if table:
        yield table
        return
    for one in parse_markup("\n".join(lines)):
        _refuse_table(one.text, filled, place)
        marked = Marked(tuple(_run(run, filled, place) for run in one.runs), one.mark)
        yield Paragraph((marked.text,), Style.TEXT, place, None if marked.is_plain else marked)


def _run(run: Run, filled: Filled, place: Span) -> Run:
    if filled.shown(run.link) != run.link:
        raise FrameError(place.file, 1, "в адресі посилання не може бути значень")
    return replace(run, text=typeset(filled.shown(run.text)))


def _refuse_table(text: str, filled: Filled, place: Span) -> None:
    if filled.holds_table(text):
        raise FrameError(place.file, 1, "таблиця має стояти сама, між порожніми рядками")
