"""Narratives as they are drawn: paragraphs, and lists whose items stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from reportgen.document.blocks import Block, Cell, Paragraph
from reportgen.model.markup import BULLET, Marked, Run

Kind: TypeAlias = Literal["paragraph", "bullets", "numbers"]


@dataclass(frozen=True, slots=True)
class Group:
    """One paragraph, or the items of one list. ``start`` is the number of the first item."""

    kind: Kind
    start: int
    items: tuple[Marked, ...]


def paragraphs_of(cell: Cell) -> tuple[Marked, ...]:
    """Return the paragraphs of a cell with their styles, where it has any."""
    return cell.marked or tuple(Marked((Run(text),)) for text in cell.paragraphs)


def kind_of(paragraph: Marked) -> Kind:
    """Return what a paragraph is: one by itself, or an item of a list."""
    if not paragraph.mark:
        return "paragraph"
    return "bullets" if paragraph.mark == BULLET else "numbers"


def grouped(paragraphs: Iterable[Marked]) -> tuple[Group, ...]:
    """Return the paragraphs with their lists put together.

    A numbered list goes on as long as it is counted one by one; any other number begins a list of
    its own, so that each item keeps the number that was typed.
    """
    groups: list[Group] = []
    for paragraph in paragraphs:
        joined = _joined(groups[-1], paragraph) if groups else None
        if joined:
            groups[-1] = joined
        else:
            groups.append(_begun(paragraph))
    return tuple(groups)


def text_lists(blocks: Sequence[Block]) -> dict[int, Group]:
    """Return the lists of running text by the first block of each: the next ones are its items."""
    found: dict[int, Group] = {}
    first: int | None = None
    for index, block in enumerate(blocks):
        item = block.marked if isinstance(block, Paragraph) else None
        if item is None or not item.mark:
            first = None
            continue
        joined = _joined(found[first], item) if first is not None else None
        if joined and first is not None:
            found[first] = joined
        else:
            first = index
            found[first] = _begun(item)
    return found


def _begun(paragraph: Marked) -> Group:
    kind = kind_of(paragraph)
    start = int(paragraph.mark.removesuffix(".")) if kind == "numbers" else 1
    return Group(kind, start, (paragraph,))


def _joined(group: Group, paragraph: Marked) -> Group | None:
    """Return the list with one more item, or nothing if the paragraph is none of its items."""
    kind = kind_of(paragraph)
    if kind == "paragraph" or kind != group.kind:
        return None
    if kind == "numbers" and paragraph.mark != f"{group.start + len(group.items)}.":
        return None
    return replace(group, items=(*group.items, paragraph))
