"""The marks of Word's lists, which no text of the file holds: bullets and running numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from reportgen.read.numerals import numeral
from reportgen.read.package import attribute
from reportgen.read.word_looks import Looks, count, value

_LEVELS: Final = 9
_LEVEL_NUMBER: Final = re.compile(r"%([1-9])")
_SIGN: Final = re.compile("[\ue000-\uf8ff]|^o$")  # a letter of a font of signs


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is marked."""

    start: int
    kind: str  # w:numFmt: decimal, bullet, lowerLetter …
    text: str  # «%1.%2.», or the bullet
    legal: bool = False  # numbers of higher levels are printed in digits


@dataclass(slots=True)
class Marks:
    """The lists of a document, counted as paragraphs are asked for in reading order."""

    looks: Looks
    lists: dict[str, str]  # number of a list → its definition
    levels: dict[str, dict[int, Level]]  # by definition
    starts: dict[tuple[str, int], int]  # where a list starts anew: (its number, level)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)  # by definition
    begun: set[str] = field(default_factory=set)  # lists that have an item

    def next_mark(self, paragraph: etree._Element) -> str:
        """Return what Word draws before a paragraph, with a blank behind it, or ""."""
        given = self.looks.of_paragraph("numPr", paragraph)
        number = "" if given is None else value(given, "numId") or ""
        definition = self.lists.get(number)
        if given is None or definition is None:
            return ""
        depth = min(count(given, "ilvl"), _LEVELS - 1)
        level = self.levels.get(definition, {}).get(depth)
        if level is None:
            return ""
        self._count(number, definition, depth, level)
        return self._drawn(definition, level)

    def _count(self, number: str, definition: str, depth: int, level: Level) -> None:
        counted = self.counted.setdefault(definition, {})
        if number not in self.begun:
            self.begun.add(number)
            for at in range(_LEVELS):
                if (number, at) in self.starts:
                    counted[at] = self.starts[number, at] - 1
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            counted.pop(deeper, None)

    def _drawn(self, definition: str, level: Level) -> str:
        if level.kind == "bullet":
            sign = _SIGN.sub("•", level.text)
            return f"{sign} " if sign.strip() else ""
        levels, counted = self.levels[definition], self.counted[definition]

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = levels.get(at, level)
            kind = "decimal" if level.legal else of.kind
            return numeral(counted.get(at, of.start), kind)

        text = "" if level.kind == "none" else _LEVEL_NUMBER.sub(one, level.text)
        return f"{text} " if text.strip() else ""


def read_marks(root: etree._Element | None, looks: Looks) -> Marks:
    """Return the lists of the part ``numbering.xml``; there may be none."""
    if root is None:
        return Marks(looks, {}, {}, {})
    defined = {attribute(one, "abstractNumId") or "": one for one in root.iter("{*}abstractNum")}
    by_style = {value(one, "styleLink"): key for key, one in defined.items()}
    levels = {key: _levels(one) for key, one in defined.items()}
    for key, one in defined.items():
        linked = by_style.get(value(one, "numStyleLink") or "-")
        if not levels[key] and linked is not None:
            levels[key] = levels[linked]
    numbers = {attribute(one, "numId") or "": one for one in root.iterchildren("{*}num")}
    starts = {
        (number, int(attribute(change, "ilvl") or 0)): count(change, "startOverride")
        for number, one in numbers.items()
        for change in one.iterchildren("{*}lvlOverride")
        if change.find("{*}startOverride") is not None
    }
    lists = {number: value(one, "abstractNumId") or "" for number, one in numbers.items()}
    return Marks(looks, lists, levels, starts)


def _levels(definition: etree._Element) -> dict[int, Level]:
    return {
        int(attribute(one, "ilvl") or 0): Level(
            count(one, "start"),
            value(one, "numFmt") or "decimal",
            value(one, "lvlText") or "",
            one.find("{*}isLgl") is not None,
        )
        for one in definition.iterchildren("{*}lvl")
    }
