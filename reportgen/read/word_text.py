"""The text of a Word paragraph: what a reader sees when the corrections are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from reportgen.read.package import attribute, local_name
from reportgen.read.word_lists import Marks
from reportgen.read.word_looks import Looks

#: Leaves of a run that stand for characters.
_SIGNS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
#: What is left out, and told of.
_LEFT_OUT: Final = {"del": "deleted", "moveFrom": "deleted", "commentReference": "comment"}
_INSERTED: Final = frozenset(("ins", "moveTo"))
_DRAWINGS: Final = frozenset(("drawing", "pict", "object"))
_NOTES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SILENT: Final = frozenset(
    ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "rt", "Fallback")
)

#: What is said of what was found in a paragraph, by what it is.
TOLD: Final = {
    "deleted": "є неприйняті виправлення: вилучений текст пропущено",
    "inserted": "є неприйняті виправлення: вставлений текст узято",
    "vanish": "прихований текст пропущено",
    "box": "напис (текстове поле) прочитано після абзацу, біля якого він стоїть",
    "object": "вбудований об'єкт не прочитано: якщо в ньому таблиця, вставте її як таблицю Word",
    "comment": "примітки рецензентів не прочитано",
}


@dataclass(slots=True)
class Words:
    """A paragraph's text, and what was met on the way."""

    text: str = ""
    plain: bool = False  # some of it is not bold
    met: set[str] = field(default_factory=set)  # keys of TOLD
    boxes: list[etree._Element] = field(default_factory=list)  # contents of text boxes
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote or endnote, id)

    @property
    def bold(self) -> bool:
        """Whether all that is seen is bold."""
        return bool(self.text.strip()) and not self.plain


def words_of(paragraph: etree._Element, looks: Looks, marks: Marks) -> Words:
    """Return the text of a paragraph, the mark of its list before it."""
    words = Words(marks.next_mark(paragraph))
    for child in paragraph:
        _read(child, paragraph, looks, words)
    return words


def _read(one: etree._Element, paragraph: etree._Element, looks: Looks, words: Words) -> None:
    """Add what one element of a paragraph shows."""
    name = local_name(one)
    if name == "r":
        _read_run(one, paragraph, looks, words)
    elif name in _LEFT_OUT:
        words.met.add(_LEFT_OUT[name])
    elif name in _DRAWINGS:
        boxes = [*one.iter("{*}txbxContent")]
        words.boxes += boxes
        words.met |= {"box"} if boxes else {"object"} if name == "object" else set()
    elif name in _NOTES:
        words.notes.append((_NOTES[name], attribute(one, "id") or ""))
    elif name not in _SILENT:
        words.text += _character(one, name)
        words.met |= {"inserted"} if name in _INSERTED else set()
        for child in _chosen(one):
            _read(child, paragraph, looks, words)


def _read_run(run: etree._Element, paragraph: etree._Element, looks: Looks, words: Words) -> None:
    if looks.is_on("vanish", run, paragraph):
        if any(leaf.text for leaf in run.iterchildren("{*}t")):
            words.met.add("vanish")
        return
    before = len(words.text)
    for child in run:
        _read(child, paragraph, looks, words)
    if words.text[before:].strip() and not looks.is_on("b", run, paragraph):
        words.plain = True


def _character(leaf: etree._Element, name: str) -> str:
    """Return the text that an element is by itself."""
    if name == "t":
        return leaf.text or ""
    if name == "sym":
        return _sign(attribute(leaf, "char") or "")
    return _SIGNS.get(name, "")


def _chosen(one: etree._Element) -> Iterator[etree._Element]:
    """Yield what is inside; of several ways to draw the same, the last one if it is the only."""
    fallback = one.find("{*}Fallback") if local_name(one) == "AlternateContent" else None
    if fallback is not None and one.find("{*}Choice") is None:
        yield from fallback
    else:
        yield from one


def _sign(code: str) -> str:
    """Return a sign by its code; those of fonts of signs lie in a private area."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= char <= "\uf8ff" else char


Say = Callable[[str], None]


def tell(words: Words, say: Say) -> None:
    """Say what was met in a paragraph."""
    for key in sorted(words.met):
        say(TOLD[key])
