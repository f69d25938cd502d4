"""One table to a listener where the template had to draw it in pieces, each under its heading.

A page begins where this program wants it only between two tables. The headings of the second piece
are then what Typst makes of a heading that it repeats by itself: nothing to be heard.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection
from typing import Final

from reportgen.write.pdf_typst.tree import Tree

_NUMBERED: Final = re.compile(rb"(\d+) (\d+) 0 R")
_INDEX: Final = re.compile(rb"/ParentTree<</Nums\[([^]]*)\]")
_STREAM: Final = re.compile(
    rb"(?P<head>\d+ 0 obj\n<<)/Length \d+(?P<rest>[^>]*/FlateDecode>>\nstream\n)"
    rb"(?P<data>.*)(?P<end>\nendstream\nendobj\s*)\Z",
    re.DOTALL,
)
_MARKED: Final = re.compile(rb"/\w+<</MCID (\d+)[^>]*>>BDC")
_UNHEARD: Final = b"/Artifact<</Type/Layout>>BDC"


def join_piece(tree: Tree, table: int, piece: int, *, headed: bool) -> None:
    """Append to a table the groups of rows of another one, which goes, with its heading."""
    kids = tree.kids(piece)
    headings = kids[:headed]
    marks = [mark for one in headings for mark in tree.marks(one)]
    for page in {page for page, _ in marks}:
        _silence(tree, page, {mark for its_page, mark in marks if its_page == page})
    for kid in kids:
        if kid not in headings:
            tree.move(kid, table)
    tree.drop(piece)


def _silence(tree: Tree, page: int, marks: Collection[int]) -> None:
    """Let pieces of a page's content be heard nowhere."""

    def unheard(match: re.Match[bytes]) -> bytes:
        return _UNHEARD if int(match[1]) in marks else match[0]

    content = _number(tree[page], rb"/Contents (\d+) 0 R")
    stream = _STREAM.match(tree[content])
    index = _INDEX.search(tree[tree.root])
    if stream is None or index is None:
        raise ValueError("Typst has come to write pages otherwise")
    data = zlib.compress(_MARKED.sub(unheard, zlib.decompress(stream["data"])))
    head = b"%b/Length %d%b" % (stream["head"], len(data), stream["rest"])
    tree[content] = b"".join((head, data, stream["end"]))
    lists = {int(key): int(one) for key, one in _NUMBERED.findall(index[1])}
    entry = lists[_number(tree[page], rb"/StructParents (\d+)")]
    begin, _, rest = tree[entry].partition(b"[")
    named = rest[: rest.index(b"]")]
    pieces = re.findall(rb"\d+ 0 R|null", named)
    kept = (b"null" if mark in marks else one for mark, one in enumerate(pieces))
    tree[entry] = b"%b[%b%b" % (begin, b" ".join(kept), rest[len(named) :])


def _number(body: bytes, pattern: bytes) -> int:
    match = re.search(pattern, body)
    if match is None:
        raise ValueError("Typst has come to write pages otherwise")
    return int(match[1])
