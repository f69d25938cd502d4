"""What Word's styles say of a text, as far as a reader of its words wants to know: bold, hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.read.package import attribute

_OFF: Final = frozenset(("0", "false", "off", "none"))
_DEEPEST: Final = 20  # styles based on one another


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a document by id."""

    styles: dict[str, etree._Element]

    def is_on(self, name: str, run: etree._Element, paragraph: etree._Element) -> bool:
        """Tell whether a run is ``b`` (bold) or ``vanish`` (hidden): by itself, or by a style."""
        direct = run.find(f"{{*}}rPr/{{*}}{name}")
        if direct is not None:
            return is_set(direct)
        named = (run.find("{*}rPr/{*}rStyle"), paragraph.find("{*}pPr/{*}pStyle"))
        given = (found for style in named for found in self._given(style, f"rPr/{name}"))
        first = next(given, None)
        return first is not None and is_set(first)

    def of_paragraph(self, name: str, paragraph: etree._Element) -> etree._Element | None:
        """Return a property of a paragraph, its own or its style's."""
        own = paragraph.find(f"{{*}}pPr/{{*}}{name}")
        if own is not None:
            return own
        return next(self._given(paragraph.find("{*}pPr/{*}pStyle"), f"pPr/{name}"), None)

    def _given(self, style: etree._Element | None, path: str) -> Iterator[etree._Element]:
        """Yield what a style and those below it say, the nearest first."""
        deep = "/".join(f"{{*}}{name}" for name in path.split("/"))
        for _ in range(_DEEPEST):
            found = None if style is None else self.styles.get(attribute(style, "val") or "")
            if found is None:
                return
            given = found.find(deep)
            if given is not None:
                yield given
            style = found.find("{*}basedOn")


def read_looks(root: etree._Element | None) -> Looks:
    """Return the styles of the part ``styles.xml``; there may be none."""
    found = () if root is None else root.iter("{*}style")
    return Looks({attribute(one, "styleId") or "": one for one in found})


def is_set(element: etree._Element | None) -> bool:
    """Tell whether a property of two values is there and on."""
    return element is not None and (attribute(element, "val") or "1").lower() not in _OFF


def value(parent: etree._Element, path: str) -> str | None:
    """Return the ``val`` of what a path of local names leads to."""
    found = parent.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return None if found is None else attribute(found, "val")


def count(parent: etree._Element, path: str, least: int = 0) -> int:
    """Return the ``val`` of a path as a number, ``least`` where there is none."""
    given = value(parent, path) or ""
    return max(int(given), least) if given.isascii() and given.isdigit() else least
