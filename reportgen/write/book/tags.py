"""One structure tree for the whole book: the trees of its parts, each as a Part of the Document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

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
    entries = (one for key in sorted(index) for one in (key, index[key]))
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(entries)))
    root.ParentTreeNextKey = max(index) + 1
    if names:
        root.IDTree = pdf.make_indirect(_name_tree(names))


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


def _name_tree(named: Sequence[Object]) -> Dictionary:
    """Return a tree of names; they have to be in order."""
    ordered = sorted(named, key=lambda element: bytes(element.ID))
    entries = Array(one for element in ordered for one in (element.ID, element))
    limits = Array([ordered[0].ID, ordered[-1].ID])
    return Dictionary(Kids=Array([Dictionary(Names=entries, Limits=limits)]))
