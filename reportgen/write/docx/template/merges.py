"""Merged cells of a filled page: cells of its tables follow those of the document.

Where a merged cell of the document reaches over a place, its tag prints a covered value. Such a
cell of the page joins the one at its left or the one above, if that one shows the same value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.write.docx.template.context import Covered
from reportgen.write.docx.template.printed import Printed
from reportgen.write.docx.template.tags import PLACE, Fault, children
from reportgen.write.docx.xml import VAL, element, put, w

#: What may follow the span of a cell among its properties, by the schema.
_AFTER_SPAN: Final = (
    *("hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText"),
    *("vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange"),
)
_AFTER_MERGE: Final = _AFTER_SPAN[2:]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the page, and the keys of the values in it."""

    element: etree._Element
    own: frozenset[int]
    left: frozenset[int]  # of the values that reach over it from the left
    above: frozenset[int]

    @property
    def shown(self) -> frozenset[int]:
        return self.own | self.left | self.above

    @property
    def span(self) -> int:
        return _number(self.element, "tcPr/gridSpan", 1)


def merge_cells(root: etree._Element, printed: Printed) -> Iterator[Fault]:
    """Merge cells in all tables; yield where that cannot be done."""
    for table in root.iter(w("tbl")):
        over: dict[int, _Cell] = {}  # grid column → the cell that begins there in the row above
        for row in children(table, w("tr")):
            here: dict[int, _Cell] = {}
            column = _number(row, "trPr/gridBefore", 0)
            cells = [_read(one, printed) for one in children(row, w("tc"))]
            for cell in _joined(cells):
                here[column] = cell
                reason = _merged(cell, over.get(column))
                if reason:
                    yield Fault(cell.element.get(PLACE, ""), "", reason)
                column += cell.span
            over = here


def _read(cell: etree._Element, printed: Printed) -> _Cell:
    leaves = (one for one in cell.iter(w("t")) if next(one.iterancestors(w("tc"))) is cell)
    values = printed.within(leaves)
    keys = {
        reach: frozenset(one.key for one in values if one.covered is reach)
        for reach in (None, *Covered)
    }
    return _Cell(cell, keys[None], keys[Covered.LEFT], keys[Covered.ABOVE])


def _joined(cells: Sequence[_Cell]) -> list[_Cell]:
    """Return the cells of a row without those that the cell at their left has taken in."""
    kept: list[_Cell] = []
    for cell in cells:
        if kept and cell.left and cell.left == cell.shown <= kept[-1].shown:
            _widen(kept[-1].element, kept[-1].span + cell.span, cell.element)
            _remove(cell.element)
        else:
            kept.append(cell)
    return kept


def _widen(cell: etree._Element, span: int, taken: etree._Element) -> None:
    put(_properties(cell), element("gridSpan", val=span), *_AFTER_SPAN)
    path, kind, size = f"{w('tcPr')}/{w('tcW')}", w("type"), w("w")
    width, more = cell.find(path), taken.find(path)
    if width is not None and more is not None and width.get(kind) == more.get(kind) == "dxa":
        width.set(size, str(int(width.get(size, "0")) + int(more.get(size, "0"))))


def _merged(cell: _Cell, above: _Cell | None) -> str:
    """Merge a cell with the one above where it must be; return what forbids it."""
    if cell.left - cell.own - cell.above:
        return (
            "це значення накриває клітинка зліва, а поруч зліва її немає: "
            "лишіть колонки в порядку форми або намалюйте для таких рядків окремий"
        )
    if not cell.above:
        return ""
    if cell.own:
        return "тут є значення, накрите клітинкою згори, й інше: розведіть їх по клітинках"
    if above is None or above.span != cell.span or not cell.above <= above.shown:
        return (
            "це значення накриває клітинка згори, а над ним її немає: "
            "у рядках усіх видів воно має стояти в тій самій колонці"
        )
    if above.element.find(f"{w('tcPr')}/{w('vMerge')}") is None:
        put(_properties(above.element), element("vMerge", val="restart"), *_AFTER_MERGE)
    put(_properties(cell.element), element("vMerge", val="continue"), *_AFTER_MERGE)
    _clear(cell.element)
    return ""


def _clear(cell: etree._Element) -> None:
    """Leave one empty paragraph in a cell, which Word wants to be there."""
    first, *others = children(cell, w("p"), w("tbl"))
    for other in others:
        _remove(other)
    for child in list(first):
        if child.tag != w("pPr"):
            first.remove(child)


def _remove(node: etree._Element) -> None:
    holder = node.getparent()
    if holder is not None:
        holder.remove(node)


def _properties(cell: etree._Element) -> etree._Element:
    found = cell.find(w("tcPr"))
    if found is None:
        found = element("tcPr")
        cell.insert(0, found)
    return found


def _number(node: etree._Element, path: str, otherwise: int) -> int:
    found = node.find("/".join(w(step) for step in path.split("/")))
    value = "" if found is None else found.get(VAL, "")
    return int(value) if value.isdecimal() else otherwise
