"""Word files (.docx, .docm, .dotx): the body in order, as Word shows it.

Page headers and footers are no part of it. Where Word draws something that the text lacks, as the
numbers of lists, it is written into the text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from reportgen.read.package import Package, attribute, local_name
from reportgen.read.remarks import Remarks
from reportgen.read.source import Place, SourceBlock, SourceFile, SourceParagraph
from reportgen.read.tidying import tidy
from reportgen.read.word_lists import Marks, read_marks
from reportgen.read.word_looks import Looks, read_looks
from reportgen.read.word_table import is_shell, read_table
from reportgen.read.word_text import Words, tell, words_of

_DROPPED = frozenset(("del", "moveFrom", "sdtPr", "sdtEndPr", "sectPr", "tcPr", "tblPr", "trPr"))
_MACROS = "макроси файлу не прочитано й не виконано"


@dataclass(slots=True)
class Body:
    """What the parts of one document are read with, and what was said of them."""

    looks: Looks
    marks: Marks
    notes: dict[tuple[str, str], str]  # text of footnotes and endnotes, by (kind, id)
    remarks: Remarks
    lines: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    paragraphs: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    tables: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def blocks(self, parent: etree._Element) -> Iterator[SourceBlock]:
        """Yield the paragraphs and tables of a body, in order."""
        for one in parent:
            match local_name(one):
                case "p":
                    yield from self._paragraph(one)
                case "tbl" if is_shell(one):
                    place = Place("таблиця-рамка навколо іншої таблиці", next(self.lines))
                    self.remarks.add("таблицю, що лише обводить іншу, розібрано", place)
                    for cell in one.iterchildren("{*}tr"):
                        yield from self.blocks(cell)
                case "tbl":
                    yield read_table(one, next(self.tables), self)
                case "altChunk":
                    place = Place("вставлений документ", next(self.lines))
                    self.remarks.add("вставлений у файл інший документ не прочитано", place)
                case name if name not in _DROPPED:
                    yield from self.blocks(one)

    def words(self, paragraph: etree._Element, place: Place) -> Words:
        """Return a paragraph's text, with remarks on what it does not show."""
        words = words_of(paragraph, self.looks, self.marks)
        tell(words, lambda message: self.remarks.add(message, place))
        for note in words.notes:
            text = self.notes.get(note, "")
            self.remarks.add(f"виноску не внесено в текст: «{text}»", place)
        return words

    def _paragraph(self, paragraph: etree._Element) -> Iterator[SourceBlock]:
        place = Place(f"абзац {next(self.paragraphs)}", next(self.lines))
        words = self.words(paragraph, place)
        text = tidy(words.text)
        if text:
            yield SourceParagraph(text, place, words.bold)
        for box in words.boxes:
            yield from self.blocks(box)


def read_word(package: Package, name: str) -> SourceFile:
    """Return a Word file.

    Raises:
        UnreadableFileError: when a part is missing or dangerous.
    """
    main = package.main()
    looks = read_looks(_part(package, main, "styles"))
    marks = read_marks(_part(package, main, "numbering"), looks)
    body = Body(looks, marks, _notes(package, main), Remarks())
    blocks = tuple(
        block for root in package.xml(main).iterchildren("{*}body") for block in body.blocks(root)
    )
    if package.has_macros:
        body.remarks.add(_MACROS, Place("увесь файл", 1))
    return SourceFile(name, blocks, body.remarks.all())


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    part = package.related(main, kind)
    return None if part is None or not package.holds(part) else package.xml(part)


def _notes(package: Package, main: str) -> dict[tuple[str, str], str]:
    return {
        (kind, attribute(note, "id") or ""): tidy("".join(str(t.text or "") for t in texts))
        for kind in ("footnote", "endnote")
        if (root := _part(package, main, f"{kind}s")) is not None
        for note in root.iterchildren(f"{{*}}{kind}")
        if (texts := [*note.iter("{*}t")])
    }
