"""Fields for signatures, in a PDF whose bytes stay as they are: everything is added behind them.

A field on a page of a tagged file is part of its structure (ISO 14289-1, 7.18): a ``Form`` element
at the end of the document, with the words that a reader says aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from reportgen.sign.faults import SigningError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader

_DEEPEST = 64  # levels of a number tree


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (from 0), in points from the lower left corner."""

    page: int
    left: int
    bottom: int
    right: int
    top: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field to be added; without a box it is not seen. ``words`` are what is read aloud."""

    name: str
    words: str
    box: Box | None


def states(pdf: PdfFileReader | IncrementalPdfFileWriter) -> dict[str, bool]:
    """Return the fields for signatures in their order, and whether each is filled."""
    return {name: value is not None for name, value, _ in enumerate_sig_fields(pdf)}


def add(writer: IncrementalPdfFileWriter, fields: Sequence[Field]) -> None:
    """Add empty fields.

    Raises:
        SigningError: when the file's structure is not such as can be added to.
    """
    for one in fields:
        box = one.box
        corners = (box.left, box.bottom, box.right, box.top) if box else None
        specification = SigFieldSpec(one.name, on_page=box.page if box else 0, box=corners)
        append_signature_field(writer, specification)
        reference = next(
            found for name, _, found in enumerate_sig_fields(writer) if name == one.name
        )
        field = reference.get_object()
        field["/TU"] = pdf_string(one.words)
        if box:
            field["/AP"] = generic.DictionaryObject({pdf_name("/N"): _blank(writer, box)})
            _tag(writer, reference, one.words)
        writer.mark_update(reference)


def _blank(writer: IncrementalPdfFileWriter, box: Box) -> generic.IndirectObject:
    """Return what is seen of a field that nobody has signed yet; an archive wants something."""
    corners = (0, 0, box.right - box.left, box.top - box.bottom)
    stream = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(map(generic.FloatObject, corners)),
            pdf_name("/Resources"): generic.DictionaryObject(),
        },
        stream_data=b"",
    )
    return writer.add_object(stream)


def _tag(writer: IncrementalPdfFileWriter, reference: Any, words: str) -> None:  # noqa: ANN401
    """Make a field part of the structure of its file, if it has one."""
    try:
        root = writer.root["/StructTreeRoot"]
    except KeyError:
        return
    parents = root["/ParentTree"]
    number = max(_last(parents) + 1, int(root.get("/ParentTreeNextKey", 0)))
    field = reference.get_object()
    page = field.raw_get("/P")
    parent, children = _end_of_document(writer, root)
    element = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): parent,
            pdf_name("/Pg"): page,
            pdf_name("/Alt"): pdf_string(words),
            pdf_name("/K"): generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/OBJR"),
                    pdf_name("/Obj"): reference,
                    pdf_name("/Pg"): page,
                }
            ),
        }
    )
    added = writer.add_object(element)
    children.append(added)
    writer.update_container(children)
    _put(writer, parents, number, added)
    root["/ParentTreeNextKey"] = generic.NumberObject(number + 1)
    writer.update_container(root)
    field["/StructParent"] = generic.NumberObject(number)
    shown = page.get_object()
    shown["/Tabs"] = pdf_name("/S")
    writer.update_container(shown)


def _end_of_document(writer: IncrementalPdfFileWriter, root: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the element that holds all of the document, and the list of what is in it."""
    held = root["/K"]
    first = root.raw_get("/K")
    if isinstance(held, generic.ArrayObject):
        if len(held) != 1:
            raise SigningError("структура PDF не така, як у файлів reportgen: підписати не можна")
        first, held = held.raw_get(0), held[0]
    inner = held["/K"]
    if not isinstance(inner, generic.ArrayObject):
        inner = generic.ArrayObject([held.raw_get("/K")])
        held["/K"] = inner
        writer.update_container(held)
    return first, inner


def _last(tree: Any, depth: int = 0) -> int:  # noqa: ANN401 - pyHanko's own
    """Return the greatest key of a number tree (ISO 32000-1, 7.9.7), -1 of an empty one."""
    if depth > _DEEPEST:
        raise SigningError("дерево структури PDF надто глибоке: підписати не можна")
    pairs, kids = tree.get("/Nums", ()), tree.get("/Kids", ())
    if kids:
        return _last(kids[len(kids) - 1], depth + 1)
    return int(pairs[len(pairs) - 2]) if pairs else -1


def _put(writer: IncrementalPdfFileWriter, tree: Any, number: int, value: Any) -> None:  # noqa: ANN401
    """Add what is behind all others to a number tree."""
    pair = [generic.NumberObject(number), value]
    if "/Nums" in tree:
        tree["/Nums"].extend(pair)
        writer.update_container(tree["/Nums"])
    else:
        only = generic.NumberObject(number)
        leaf = generic.DictionaryObject(
            {
                pdf_name("/Limits"): generic.ArrayObject([only, only]),
                pdf_name("/Nums"): generic.ArrayObject(pair),
            }
        )
        tree["/Kids"].append(writer.add_object(leaf))
        writer.update_container(tree["/Kids"])
    writer.update_container(tree)
