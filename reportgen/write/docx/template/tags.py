"""Tags in a Word page: found whatever runs Word has parted them into, each with its place.

A tag may not leave its paragraph. It is put into the run where it begins, so that it takes the look
of its first letter, and its quotes are made those of Jinja: Word turns them into «» as one types.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.write.docx.xml import w

#: The place of a cell in the template, kept on it while the page is filled.
PLACE: Final = "place"

_P, _TBL, _TR, _TC, _T = (w(name) for name in ("p", "tbl", "tr", "tc", "t"))
_BOX: Final = w("txbxContent")

#: What may stand between a table and its rows or a cell and its paragraphs, and means nothing here.
_SHELLS: Final = frozenset(
    w(name)
    for name in (
        *("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"),
        *("footnote", "endnote"),
    )
)

_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SIGN: Final = re.compile(r"\{[{%#]|[}%#]\}")
_LEVEL: Final = re.compile(r"(tr|tc|p|r)\s")
_QUOTES: Final = str.maketrans(dict.fromkeys("«»“”„‟", '"') | dict.fromkeys("‘’‚", "'"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands; ``cell`` and what holds it are ``None`` outside tables."""

    text: str  # «таблиця 1, рядок 3, клітинка 2»
    paragraph: etree._Element
    holder: etree._Element  # of the paragraph: a cell, the body
    row: etree._Element | None = None
    table: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: ``{{ body }}``, ``{% word body %}``, ``{%tr word body %}``, ``{%p word body %}``."""

    place: Place
    token: str  # what stands in its place
    text: str  # as it stands in Word
    level: str  # "tr", "p" or "" inside a paragraph
    word: str  # "for", "if", … or "" for what is printed
    body: str

    @property
    def container(self) -> etree._Element:
        """What must hold the tag that closes this one."""
        if self.level == "tr" and self.place.table is not None:
            return self.place.table
        return self.place.holder if self.level else self.place.paragraph


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a tag, and where it stands."""

    place: str
    tag: str
    reason: str

    def __str__(self) -> str:
        tag = f", «{self.tag[:60]}»" if self.tag else ""
        return f"{self.place}{tag}: {self.reason}"


def read_tags(root: etree._Element, where: str, mark: str, tags: list[Tag]) -> Iterator[Fault]:
    """Put «mark, number, mark» in place of each tag of a part, and the tags themselves in ``tags``.

    ``where`` begins each place: what the part is, unless it is the page itself.
    """
    body = root.find(w("body"))
    for place in _walk(root if body is None else body, where):
        yield from _read(place, mark, tags)


def children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names, those in content controls too."""
    for child in node.iterchildren(etree.Element):
        if child.tag in names:
            yield child
        elif child.tag in _SHELLS:
            yield from children(child, *names)


def own(paragraph: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield what a paragraph holds itself, not through a text box in it."""
    for one in paragraph.iter(name):
        if next(one.iterancestors(_P)) is paragraph:
            yield one


def _walk(
    holder: etree._Element,
    prefix: str,
    row: etree._Element | None = None,
    table: etree._Element | None = None,
) -> Iterator[Place]:
    """Yield the paragraphs below an element in their order, tables and text boxes included."""
    counts: Counter[str] = Counter()
    alone = row is not None and sum(1 for _ in children(holder, _P, _TBL)) == 1
    for child in list(children(holder, _P, _TBL)):
        counts[child.tag] += 1
        number = counts[child.tag]
        if child.tag == _TBL:
            yield from _walk_table(child, f"{prefix}таблиця {number}, ")
            continue
        text = prefix.removesuffix(", ") if alone else f"{prefix}абзац {number}"
        yield Place(text, child, holder, row, table)
        for box in own(child, _BOX):
            yield from _walk(box, f"{text}, напис, ")


def _walk_table(table: etree._Element, prefix: str) -> Iterator[Place]:
    for index, row in enumerate(children(table, _TR), start=1):
        for position, cell in enumerate(children(row, _TC), start=1):
            text = f"{prefix}рядок {index}, клітинка {position}"
            cell.set(PLACE, text)
            yield from _walk(cell, f"{text}, ", row, table)


def _read(place: Place, mark: str, tags: list[Tag]) -> Iterator[Fault]:
    leaves = list(own(place.paragraph, _T))
    text = "".join(leaf.text or "" for leaf in leaves)
    owners = [leaf for leaf in leaves for _ in leaf.text or ""]
    pieces: list[tuple[etree._Element, str]] = []
    start = 0
    while found := _SIGN.search(text, start):
        sign = found[0]
        pieces += zip(owners[start : found.start()], text[start : found.start()], strict=True)
        if sign not in _CLOSING:
            yield Fault(place.text, sign, "закриває тег, якого не відкрито")
            return
        closed = _SIGN.search(text, found.end())
        if closed is None or closed[0] != _CLOSING[sign]:
            shown = text[found.start() : closed.end() if closed else None].strip()
            reason = f"тег не закрито: до кінця абзацу немає «{_CLOSING[sign]}»"
            yield Fault(place.text, shown, reason)
            return
        if sign != "{#":
            token = f"{mark}{len(tags)}{mark}"
            tag = _tag(place, token, text[found.start() : closed.end()])
            if isinstance(tag, Fault):
                yield tag
            else:
                pieces.append((owners[found.start()], token))
                tags.append(tag)
        start = closed.end()
    if start:
        pieces += zip(owners[start:], text[start:], strict=True)
        _write(leaves, pieces)


def _write(leaves: list[etree._Element], pieces: list[tuple[etree._Element, str]]) -> None:
    """Give each piece of text its new text; a run that had only the rest of a tag goes."""
    texts: dict[etree._Element, list[str]] = {leaf: [] for leaf in leaves}
    for owner, piece in pieces:
        texts[owner].append(piece)
    for leaf, parts in texts.items():
        run = leaf.getparent()
        if parts or run is None or run.tag != w("r"):
            leaf.text = "".join(parts)
            leaf.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            continue
        run.remove(leaf)
        holder = run.getparent()
        if holder is not None and all(child.tag == w("rPr") for child in run):
            holder.remove(run)


def _tag(place: Place, token: str, text: str) -> Tag | Fault:
    """Return the tag of a text with its signs, or what is wrong with its first word."""
    inside = " ".join(text[2:-2].translate(_QUOTES).split())
    inside = inside.removeprefix("-").removesuffix("-").removeprefix("+").strip()
    level = _LEVEL.match(inside) if text[1] == "%" or text[2:3].isalpha() else None
    if text[1] == "{":
        if level:
            return Fault(place.text, text, "тут друкують просто: {{ … }}, без букв перед іменем")
        return Tag(place, token, text, "", "", inside)
    if level and level[1] not in ("tr", "p"):
        reason = f"«{level[1]}» тут немає: є {{%tr …%}} — рядок таблиці, {{%p …%}} — абзац"
        return Fault(place.text, text, reason)
    if level:
        inside = inside[level.end() :]
    word, _, body = inside.partition(" ")
    return Tag(place, token, text, level[1] if level else "", word, body.strip())
