"""Mend the tags of a PDF that WeasyPrint is about to write.

What WeasyPrint 70 does, and PDF/UA or a screen reader would not have:

- a table is another one on each page (see ``joining``);
- a heading cell does not say whether it heads a row or a column, and the lists of headings that
  data cells carry miss row headings that are merged over several rows;
- a page number is tagged as text that belongs nowhere;
- a hyphen at the end of a line is taken for one of the word's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import pydyf

from reportgen.document.blocks import Document, Table
from reportgen.write.pdf_weasyprint.joining import Joiner
from reportgen.write.pdf_weasyprint.layout import TablePart

#: A pydyf dictionary or stream; the package has no types.
Object: TypeAlias = Any


def mend_tags(pdf: Object, document: Document, parts: Sequence[TablePart]) -> None:
    """Give heading cells their scope, tables their summary, and page numbers no place.

    ``document`` is the one that was printed, and ``parts`` are those of its tables. A table is one
    over all its pages, and its headings are heard once; a template that prints other tables has
    them page by page. Captions stand in nobody's way on paper, so that only a listener gets them.
    """
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    tables = [element for element, _ in _walk(pdf, root, ()) if element["S"] == "/Table"]
    joiner = Joiner(pdf)
    if len(tables) == len(parts):
        for table, part in zip(tables, parts, strict=True):
            block = document.blocks[part.block]
            if isinstance(block, Table):
                summary = pydyf.String(block.caption)
                table["A"] = pydyf.Dictionary({"O": "/Table", "Summary": summary})
        joiner.join_tables(tables, parts)
    joiner.join_pages(pdf.objects[_number(root["K"][0])])
    elements = list(_walk(pdf, root, ()))
    for element, ancestors in elements:
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if "/THead" in ancestors else "/Row"
            element.pop("ID", None)
        elif element["S"] == "/TD":
            element["A"].pop("Headers", None)
    _mark_artifacts(pdf, root, {element.number for element, _ in elements})


def _walk(
    pdf: Object, parent: Object, ancestors: tuple[str, ...]
) -> Iterator[tuple[Object, tuple[str, ...]]]:
    """Yield every element below ``parent`` with the tags that it stands in."""
    for child in parent["K"]:
        if not isinstance(child, int):  # a number is a piece of a page's content
            element = pdf.objects[_number(child)]
            if element.get("Type") == "/StructElem":
                yield element, ancestors
                yield from _walk(pdf, element, (*ancestors, element["S"]))


def _mark_artifacts(pdf: Object, root: Object, in_tree: set[int]) -> None:
    """Mark content whose tag is not in the tree, such as page numbers, as an artifact."""
    mapping = pdf.objects[_number(root["ParentTree"])]["Nums"]
    pages = [pdf.objects[_number(page)] for page in pdf.page_references]
    for page, content in zip(pages, mapping[1::2], strict=False):  # annotations follow pages
        astray = {mark for mark, tag in enumerate(content) if _number(tag) not in in_tree}
        for mark in astray:
            content[mark] = "null"
        stream = pdf.objects[_number(page["Contents"])].stream
        for index, operand in enumerate(stream):
            if isinstance(operand, dict) and operand.get("MCID") in astray:
                stream[index - 1] = "/Artifact"
                stream[index] = pydyf.Dictionary({"Type": "/Pagination"})


def soften_hyphens(pdf: Object) -> None:
    """Let a hyphen that ends a line be read as U+00AD, as ISO 32000-1, 14.8.2.2.3 asks.

    So search and copying find the whole word. Only for a document whose own text has no U+2010,
    the character that WeasyPrint breaks words with.
    """
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"endcmap" in stream.stream:
            stream.stream = [
                part.replace(b"> <2010>", b"> <00ad>") if isinstance(part, bytes) else part
                for part in stream.stream
            ]


def _number(reference: bytes | str) -> int:
    return int(reference.split()[0])
