"""What a page shows: the tables with the text of each cell, and the text around them.

The elements have to be nested as HTML wants them, so that a browser moves none of them: what is
read here is what stands on the page. Remarks, captions and attributes are not shown; the title of a
cell is kept beside its text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from reportgen.model.markup import BULLET

#: (text, columns, rows, title) of a cell.
Spot: TypeAlias = tuple[str, int, int, str]

_DEPTH: Final = 60  # far more than a page needs, far less than readers can bear

_VOID: Final = frozenset(("br", "wbr", "hr", "img", "source", "meta", "col"))
#: What is part of a line of text, and holds nothing but such parts.
_INLINE: Final = frozenset(
    re.findall(
        r"\w+",
        """span br wbr code a b strong i em u small mark sub sup cite abbr time bdi
        picture source img""",
    )
)
_LINES: Final = (_INLINE - _VOID) | {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
#: Element → the only ones it may stand in.
_INSIDE: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("td", "th"), frozenset({"tr"})),
    "tr": frozenset({"thead", "tbody", "tfoot"}),
    **dict.fromkeys(("thead", "tbody", "tfoot", "colgroup", "caption"), frozenset({"table"})),
    "col": frozenset({"colgroup"}),
    "li": frozenset({"ul", "ol"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dl"})),
    **dict.fromkeys(("head", "body"), frozenset({"html"})),
    "html": frozenset(),
}
#: Elements that hold the ones above and no text: a browser would move it out of them.
_HOLDERS: Final = frozenset(
    ("html", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "dl")
)
_HEAD: Final = frozenset(("meta",))  # and style and title, which do not come here
_BLANKS: Final = re.compile(r"[ \t\n\f\r]+")


class UnfitError(Exception):
    """What may not be in the page; ``found`` is what to look for in the template."""

    def __init__(self, message: str, found: str) -> None:
        super().__init__(message)
        self.found = found


class Shown:
    """Takes a page piece by piece, in its order, and knows what it shows.

    ``tables`` holds for each table its rows, each with its own cells; ``pictures`` the alternative
    texts of pictures; ``around`` is the text outside of tables. Items of lists begin with their
    marks.
    """

    def __init__(self) -> None:
        self.tables: list[list[list[Spot]]] = []
        self.pictures: list[str] = []
        self._open: list[str] = []
        self._numbers: list[int] = []  # of the next item, in each open list
        self._around: list[str] = []
        self._texts = [self._around]  # the last one is written to

    @property
    def around(self) -> str:
        """Return the text outside of tables."""
        return squeezed("".join(self._around))

    def text(self, written: str) -> None:
        """Take what stands between two tags.

        Raises:
            UnfitError: if there can be no text here.
        """
        if self._open and self._open[-1] in {*_HOLDERS, "head"}:
            if stray := squeezed(written):
                message = (
                    f"Текст «{stray[:40]}» стоїть просто в <{self._open[-1]}>: там йому не місце."
                )
                raise UnfitError(message, stray[:40])
            return
        self._texts[-1].append(html.unescape(written) if "&" in written else written)

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element.

        Raises:
            UnfitError: if it may not stand here.
        """
        self._check_place(name)
        if name not in _INLINE or name == "br":
            self._texts[-1].append("\n")
        if name == "img":
            self.pictures.append(squeezed(html.unescape(attributes.get("alt", ""))))
        if name in _VOID:
            return
        self._open.append(name)
        if name == "table":
            self.tables.append([])
        elif name == "tr":
            self.tables[-1].append([])
        elif name in {"td", "th"}:
            self._texts.append([])
            columns, rows = (int(attributes.get(key, "1")) for key in ("colspan", "rowspan"))
            title = html.unescape(attributes.get("title", ""))
            self.tables[-1][-1].append(("", columns, rows, title))
        elif name == "caption":
            self._texts.append([])
        elif name in {"ul", "ol"}:
            self._numbers.append(int(attributes.get("start", "1")))
        elif name == "li":
            self._texts[-1].append(
                f"{BULLET} " if self._open[-2] == "ul" else f"{self._numbers[-1]}. "
            )
            self._numbers[-1] += 1

    def end(self, name: str) -> None:
        """Take the end of an element.

        Raises:
            UnfitError: if it is not the one begun last.
        """
        if not self._open or self._open[-1] != name:
            first = f": спершу закрийте <{self._open[-1]}>" if self._open else ""
            raise UnfitError(f"</{name}> не на місці{first}.", f"</{name}")
        self._open.pop()
        if name not in _INLINE:
            self._texts[-1].append("\n")
        if name in {"td", "th"}:
            row = self.tables[-1][-1]
            row[-1] = (squeezed("".join(self._texts.pop())), *row[-1][1:])
        elif name == "caption":
            self._texts.pop()
        elif name in {"ul", "ol"}:
            self._numbers.pop()

    def finish(self) -> None:
        """Take the end of the page.

        Raises:
            UnfitError: if an element is open.
        """
        if self._open:
            raise UnfitError(f"<{self._open[-1]}> не закрито.", f"<{self._open[-1]}")

    def _check_place(self, name: str) -> None:
        parent = self._open[-1] if self._open else ""
        if len(self._open) >= _DEPTH:
            message = f"Завелика вкладеність: понад {_DEPTH} елементів один в одному."
            raise UnfitError(message, f"<{name}")
        if name == "table" and "table" in self._open:
            raise UnfitError("Таблиця стоїть у таблиці: звіт таких не має.", "<table")
        inside = _INSIDE.get(name)
        fit = (
            parent in inside or not (parent or inside)
            if inside is not None
            else parent not in _HOLDERS
            and (parent != "head" or name in _HEAD)
            and (parent not in _LINES or name in _INLINE)
        )
        if not fit:
            where = f"у <{parent}>" if parent else "тут"
            raise UnfitError(f"<{name}> не може стояти {where}.", f"<{name}")


def squeezed(text: str) -> str:
    """Return the text with its blanks as HTML shows them: one at a time, and none outside."""
    return _BLANKS.sub(" ", text).strip(" ")
