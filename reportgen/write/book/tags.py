"""One structure tree for the whole book: the trees of its parts, each as a Part of the Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Page, String

LEAF: Final = 2000  # pairs of a key and what it names, in one leaf of a tree

_Key = TypeVar("_Key", int, Object)

_CELLS = (Name.TH, Name.TD)  # no table stands in a cell: nothing below has identifiers


class Tree:
    """The tree of a file whose parts come one by one.

    Pages tell by a number which entry of the tree's index is theirs, and cells name their headings
    by identifiers. Both begin anew in each part, so they are counted on, and prefixed.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._taken = 0
        self._index: dict[int, Object] = {}
        self._names: list[Object] = []
        self._roles: dict[str, Object] = {}

    def take(self, root: Object, pages: Iterable[Page]) -> list[Object]:
        """Copy a part's tree; return what stands right under its root.

        ``pages`` are those of the part, copied before: so the tree leads to them.
        """
        tree = self._pdf.copy_foreign(root)
        offset = max(self._index, default=-1) + 1
        self._index |= {offset + key: one for key, one in NumberTree(tree.ParentTree).items()}
        for page in pages:
            _count_on(page.obj, offset)
        self._roles |= tree.get("/RoleMap", Dictionary()).items()
        elements = list(tree.K)
        if "/IDTree" in tree and len(NameTree(tree.IDTree)):
            for element in elements:
                self._names += _named_apart(element, f"{self._taken:04}-")
        self._taken += 1
        return elements

    def plant(self, document: Object, parts: Iterable[Object]) -> None:
        """Hang parts into the front's document, whose tree becomes the file's."""
        for part in parts:
            part.S, part.P = Name.Part, document
            document.K.append(part)
        root = document.P
        root.ParentTree = _tree(self._pdf, "/Nums", sorted(self._index.items()))
        root.ParentTreeNextKey = max(self._index) + 1
        root.RoleMap = Dictionary(self._roles)
        if self._names:
            named = sorted(((one.ID, one) for one in self._names), key=lambda pair: bytes(pair[0]))
            root.IDTree = _tree(self._pdf, "/Names", named)
        self._pdf.Root.StructTreeRoot = root


def _count_on(page: Object, offset: int) -> None:
    if "/StructParents" in page:
        page.StructParents += offset
    for annotation in page.get("/Annots", ()):
        if "/StructParent" in annotation:
            annotation.StructParent += offset


def _named_apart(element: Object, prefix: str) -> Iterator[Object]:
    """Prefix the identifiers below an element; yield the elements that have one."""
    if "/ID" in element:
        element.ID = String(prefix + str(element.ID))
        yield element
    for attributes in element.get("/A", ()):
        if "/Headers" in attributes:
            attributes.Headers = Array(String(prefix + str(one)) for one in attributes.Headers)
    if element.S in _CELLS:
        return
    for kid in element.get("/K", ()):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _named_apart(kid, prefix)


def _tree(pdf: pikepdf.Pdf, kind: str, pairs: Sequence[tuple[_Key, Object]]) -> Object:
    """Return a tree of numbers or of names, whose keys are in order.

    PDF/A-1 lets no array have more than 8,191 elements, so the pairs stand in leaves.
    """
    leaves = Array()
    for start in range(0, len(pairs), LEAF):
        leaf = pairs[start : start + LEAF]
        entries = Array(one for pair in leaf for one in pair)
        limits = Array([leaf[0][0], leaf[-1][0]])
        leaves.append(pdf.make_indirect(Dictionary({kind: entries, "/Limits": limits})))
    return pdf.make_indirect(Dictionary(Kids=leaves))
