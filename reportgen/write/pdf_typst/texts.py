"""Texts as ``document.typ`` is given them: their runs and lists, with over-long words breakable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from reportgen.model.markup import Marked
from reportgen.write.addresses import written
from reportgen.write.breaking import by_runs, with_opportunities
from reportgen.write.fonts import Face, Typeface
from reportgen.write.lists import Group, grouped

#: ``lines`` is the plain text; ``groups`` is there where it has styles or lists.
Content: TypeAlias = dict[str, Any]

#: Between the mark of an item and its text, em; the template has the same.
_BODY_INDENT = 0.4


def plain(lines: Sequence[str], room: float, size: float, face: Face | None) -> Content:
    """Return lines of one style; a line may take ``room`` points.

    Without a face nothing can be measured, and hyphenation is all that is left.
    """
    if face is None:
        return {"lines": lines, "hyphenate": True}
    if all(face.widest_word(line, size) <= room for line in lines):
        return {"lines": lines, "hyphenate": False}
    mended = [with_opportunities(line, room, size, face) for line in lines]
    return {"lines": mended, "hyphenate": True}


def marked(
    paragraphs: Sequence[Marked], room: float, size: float, typeface: Typeface | None
) -> Content:
    """Return paragraphs with their styles and lists."""
    groups = grouped(paragraphs)
    wide = typeface is None or any(
        _face(item, typeface).widest_word(_own(item), size) > _inner(item, room, size, typeface)
        for group in groups
        for item in group.items
    )
    return {
        "lines": [one.text for one in paragraphs],
        "groups": [_group(one, room, size, typeface) for one in groups],
        "hyphenate": wide,
    }


def _group(
    group: Group, room: float, size: float, typeface: Typeface | None
) -> Mapping[str, object]:
    items = [_runs(item, room, size, typeface) for item in group.items]
    return {"kind": group.kind, "start": group.start, "items": items}


def _runs(
    item: Marked, room: float, size: float, typeface: Typeface | None
) -> list[Mapping[str, object]]:
    text = _own(item)
    if typeface:
        inner = _inner(item, room, size, typeface)
        text = with_opportunities(text, inner, size, _face(item, typeface))
    parts = by_runs(text, (run.text for run in item.runs))
    return [
        {"text": part, "bold": run.bold, "italic": run.italic, "link": written(run.link)}
        for part, run in zip(parts, item.runs, strict=True)
    ]


def _own(item: Marked) -> str:
    """Return the text without its mark."""
    return "".join(run.text for run in item.runs)


def _face(item: Marked, typeface: Typeface) -> Face:
    """Return the face by which a paragraph is measured: the wider one if it has a bold run."""
    return typeface.bold if any(run.bold for run in item.runs) else typeface.regular


def _inner(item: Marked, room: float, size: float, typeface: Typeface) -> float:
    """Return what is left of a line beside the mark of an item."""
    mark = typeface.regular.width(item.mark, size) + _BODY_INDENT * size if item.mark else 0.0
    return room - mark
