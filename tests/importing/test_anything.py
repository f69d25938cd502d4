"""Whatever a file holds, an import ends: with content and findings, or with findings alone."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imports import import_into
from plain import HEADINGS
from small_project import BASE

from reportgen.build.project import open_project
from reportgen.importing import Imported
from reportgen.model.period import Period
from reportgen.read.source import (
    Place,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
)
from reportgen.source import parse

PERIOD = Period.parse("2024-9m")

words = st.sampled_from(
    [
        *("", "1. Завдання", "1.1. Захід", "1.2 Захід", "2.1. Захід", "в т.ч. субвенція", "Усього"),
        *("Вербівська публічна бібліотека", "Відділ архіву, клуб", "12,5", "–", "#ДЕЛ/0!", "2024"),
        *("1 431,0 тис. грн", "Разом", "текст: з # і «лапками»", "- пункт\n• ще", "Олена МЕЛЬНИК"),
        *(
            "за 9 місяців 2024 року",
            "Стан виконання",
            "№ з/п",
            "{{ x }}",
            "(продовження)",
        ),
    ]
)
seen = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co", "Mn"))
texts = words | st.text(seen, max_size=12)  # readers leave out what nobody sees
spans = st.sampled_from([1, 1, 1, 1, 2, 3, 9])


@st.composite
def sources(draw: st.DrawFn) -> SourceFile:
    """Paragraphs and tables of anything, mostly with a header somewhere."""
    blocks: list[SourceParagraph | SourceTable] = []
    line = 0
    for _ in range(draw(st.integers(1, 3))):
        line += 1
        blocks.append(SourceParagraph(draw(texts), Place(f"рядок {line}", line)))
        rows = []
        for number in range(draw(st.integers(0, 8))):
            line += 1
            place = Place(
                draw(st.sampled_from([f"рядок {line}", f"сторінка 1, рядок {line}"])), line
            )
            headed = number == 0 and draw(st.booleans())
            drawn = [*HEADINGS] if headed else draw(st.lists(texts, max_size=9))
            cells, at = [], 0
            for text in drawn:
                columns = 1 if headed else draw(spans)
                cells.append((at, SourceCell(text, place, None, columns, draw(spans))))
                at += columns
            rows.append(SourceRow(tuple(cells), place))
        blocks.append(SourceTable(tuple(rows), Place(f"рядок {line}", line)))
    return SourceFile("zvit.html", tuple(blocks))


@settings(max_examples=60, suppress_health_check=[*HealthCheck])
@given(
    source=sources(),
    form=st.sampled_from(["prosta", ""]),
    slug=st.sampled_from(["x", "biblioteky"]),
)
def test_an_import_of_anything_ends(source: SourceFile, form: str, slug: str) -> None:
    made = import_into(source, open_project(Path(BASE)), PERIOD, slug, form)
    if not isinstance(made, Imported):
        assert made[-1].code == "import-no-table"
        return
    for name, text in made.files.items():
        node, found = parse(text, name)
        assert node is not None
        assert not [one for one in found if one.code.startswith("yaml")], (name, text)
