"""One structure tree for the whole book: the trees of its parts, each as a Part of the Document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

LEAF: Final = 2000  # pairs of a key and what it names, in one leaf of a tree

_Key = TypeVar("_Key", int, Object)

_CELLS = (Name.TH, Name.TD)  # no table stands in a cell: nothing below has identifiers


def join_tags(pdf: pikepdf.Pdf, sources: Sequence[pikepdf.Pdf], firsts: Sequence[int]) -> None:
    """Hang the trees of the parts into that of the front, which is the file's.

    Pages tell by a number which entry of the tree's index is theirs, and cells name their headings
    by identifiers. Both begin anew in each part, so they are counted on, and prefixed.
    """
    root = pdf.Root.StructTreeRoot
    [book] = root.K
    index = dict(NumberTree(root.ParentTree).items())
    names: list[Object] = []
    pages = list(pdf.pages)
    for number, source in enumerate(sources):
        tree = pdf.copy_foreign(source.Root.StructTreeRoot)
        for element in tree.K:
            element.S, element.P = Name.Part, book
            book.K.append(element)
            names += _named_apart(element, f"{number:04}-")
        offset = max(index, default=-1) + 1
        index |= {offset + key: one for key, one in NumberTree(tree.ParentTree).items()}
        for page in pages[firsts[number] : firsts[number + 1]]:
            _count_on(page.obj, offset)
        root.RoleMap = Dictionary({**_roles(root), **_roles(tree)})
    root.ParentTree = _tree(pdf, "/Nums", sorted(index.items()))
    root.ParentTreeNextKey = max(index) + 1
    if names:
        named = sorted(((one.ID, one) for one in names), key=lambda pair: bytes(pair[0]))
        root.IDTree = _tree(pdf, "/Names", named)


def _roles(tree: Object) -> dict[str, Object]:
    return dict(tree.get("/RoleMap", Dictionary()).items())


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
