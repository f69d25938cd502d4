"""The text of HTML elements as a browser flows it: blanks run together, marks of lists written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import bs4
from bs4.element import CData, NavigableString, PageElement

from reportgen.read.numerals import numeral
from reportgen.read.tidying import tidy

#: Elements that are paragraphs of the page, or hold some.
BLOCKS: Final = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
        ),
        *("dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    )
)
_SILENT: Final = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head"),
        *("select", "textarea", "button", "audio", "video", "canvas", "title"),
    )
)
_BOLD: Final = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD_STYLE: Final = re.compile(r"font-weight:(bold|bolder|[6-9]00)")
_LIGHT_STYLE: Final = re.compile(r"font-weight:(normal|lighter|[1-5]00)")
_HIDDEN_STYLE: Final = re.compile(r"display:none|visibility:(hidden|collapse)")
_NO_MARK: Final = re.compile(r"list-style(-type)?:[^;]*none")
_NUMBERED: Final = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
_BLANKS_IN_LINE: Final = re.compile(" +")
_BREAKS: Final = re.compile(r" *\n[ \n]*")


class Flowed(NamedTuple):
    """Text as it is seen; ``hidden`` tells that there is some that is not."""

    text: str
    bold: bool
    hidden: bool


@dataclass(slots=True)
class Flow:
    """Puts text together; lists are counted once each."""

    numbers: dict[int, dict[int, str]] = field(default_factory=dict)  # list → item → mark
    begun: set[int] = field(default_factory=set)  # items whose mark is drawn

    def text(self, nodes: Iterable[PageElement], parent: bs4.Tag) -> Flowed:
        """Return what nodes of an element show, paragraphs parted by line breaks."""
        above = [parent, *parent.parents]
        bold = any(_is_bold(one) for one in above)
        item = next((one for one in above if one.name == "li"), None)
        pieces = [piece for node in nodes for piece in self._pieces(node, bold=bold)]
        text = "".join(text for text, _ in pieces if text is not None)
        seen = [bold for text, bold in pieces if text and text.strip()]
        hidden = any(text is None for text, _ in pieces)
        if seen and item is not None and id(item) not in self.begun:
            text = self._mark(item) + text.lstrip()
        text = tidy(_BREAKS.sub("\n", _BLANKS_IN_LINE.sub(" ", text)))
        return Flowed(text, bool(seen) and all(seen), hidden)

    def _pieces(self, node: PageElement, *, bold: bool) -> Iterator[tuple[str | None, bool]]:
        """Yield texts and whether they are bold; ``None`` for a hidden one."""
        if isinstance(node, bs4.Tag):
            yield from self._of_element(node, bold=bold)
        elif type(node) in {NavigableString, CData}:
            yield _BLANKS.sub(" ", str(node)), bold

    def _of_element(self, node: bs4.Tag, *, bold: bool) -> Iterator[tuple[str | None, bool]]:
        if node.name in _SILENT:
            return
        if is_hidden(node):
            if node.get_text(strip=True):
                yield None, bold
            return
        if node.name == "br":
            yield "\n", bold
            return
        block = node.name in BLOCKS
        if block:
            yield "\n", bold
        if node.name == "li":
            yield self._mark(node), bold
        inner = _is_bold(node, above=bold)
        for child in node.children:
            yield from self._pieces(child, bold=inner)
        if block:
            yield "\n", bold

    def _mark(self, item: bs4.Tag) -> str:
        """Return the mark of an item, drawn once, with a blank behind it."""
        self.begun.add(id(item))
        above = item.parent
        if above is None or above.name not in {"ul", "ol", "menu"}:
            return ""
        if id(above) not in self.numbers:
            self.numbers[id(above)] = _marks(above)
        return self.numbers[id(above)].get(id(item), "")


def is_hidden(element: bs4.Tag) -> bool:
    """Tell whether an element is not shown, by its own attributes."""
    return element.has_attr("hidden") or bool(_HIDDEN_STYLE.search(_style(element)))


def number_of(element: bs4.Tag, name: str, least: int, most: int, otherwise: int) -> int:
    """Return an attribute as a whole number within bounds."""
    found = re.match(r"\s*(-?\d{1,9})", str(element.get(name, "")), re.ASCII)
    return otherwise if found is None else min(max(int(found[1]), least), most)


def _marks(above: bs4.Tag) -> dict[int, str]:
    items = above.find_all("li", recursive=False)
    if _NO_MARK.search(_style(above)):
        return {}
    if above.name != "ol":
        return {id(item): "• " for item in items}
    step = -1 if above.has_attr("reversed") else 1
    at = number_of(above, "start", -(10**9), 10**9, 1 if step > 0 else len(items))
    kind = _NUMBERED.get(str(above.get("type", "")), "decimal")
    marks = {}
    for item in items:
        at = number_of(item, "value", -(10**9), 10**9, at)
        marks[id(item)] = f"{numeral(at, kind)}. "
        at += step
    return marks


def _is_bold(element: bs4.Tag, *, above: bool = False) -> bool:
    style = _style(element)
    if _BOLD_STYLE.search(style):
        return True
    if _LIGHT_STYLE.search(style):
        return False
    return above or element.name in _BOLD


def _style(element: bs4.Tag) -> str:
    return re.sub(r"\s", "", str(element.get("style", ""))).lower()
