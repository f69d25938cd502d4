"""Whether a page that is not this version's tells of the same bags, and does nothing but tell.

It is read by a grammar of its own, far narrower than that of browsers: what it does not know (a
comment, an attribute without quotes, a single «<») is a fault. So no browser can see a script
where this reader saw a text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reportgen.archive.index import Kept, bag_view

_MAKER: Final = re.compile(r'<meta name="generator" content="reportgen ([0-9][^"]{0,40})">')
_HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")
_START: Final = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_ATTRIBUTE: Final = r"""\s+[a-zA-Z-]+(?:=(?:"[^"<>]*"|'[^'<>]*'))?"""
_PIECE: Final = re.compile(
    r"<style>(?P<style>[^<]*)</style>"
    rf"|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>(?:{_ATTRIBUTE})*)\s*/?>"
    r"|(?P<text>[^<]+)"
)
_PAIR: Final = re.compile(r"""\s+([a-zA-Z-]+)(?:=(?:"([^"]*)"|'([^']*)'))?""")

#: Within a word these part nothing.
_INLINE: Final = re.compile("a|abbr|b|code|em|i|small|span|strong|su[bp]|time")
_BLOCK: Final = re.compile(
    "html|head|meta|title|body|main|nav|header|footer|section|article|div|p|br|hr|h[1-6]|[uo]l|li"
    "|d[ltd]|table|caption|colgroup|col|thead|tbody|tfoot|t[rhd]"
)
_PLAIN: Final = re.compile(
    "class|id|lang|dir|role|title|scope|headers|colspan|rowspan|span|datetime|(?:aria|data)-[a-z-]+"
)
#: What a style sheet fetches, and how it could write that otherwise.
_FETCHES: Final = re.compile(r"url|@import|image|src|//|http|\\", re.IGNORECASE)
#: A place on the page, or a file of the archive.
_ADDRESS: Final = re.compile(r"#[^\s]*|(?![/\s])(?!.*\.\.)[^:\\#?\x00-\x1f]+")
#: What may stand in each attribute of «meta».
_META: Final = {
    "charset": re.compile(r"utf-8", re.IGNORECASE),
    "http-equiv": re.compile(r"content-security-policy", re.IGNORECASE),
    "name": re.compile(r"[a-z-]+"),
    "content": re.compile(r"(?!.*(?://|http:)).*"),
}


def is_other_page(found: str, wanted: str, bags: Sequence[Kept]) -> bool:
    """Tell whether a page calls itself another version's and tells of the same.

    The same hashes in the same order, and with those of each bag all texts that this version shows
    of its package, decision, files and signers, as often as there are such.

    Raises:
        ValueError: when it could do more than tell, or cannot be read.
    """
    maker, own = _MAKER.search(found), _MAKER.search(wanted)
    if maker is None or own is None or maker[1] == own[1]:
        return False
    text = _text(found)
    hashes = _HASH.findall(text)
    if hashes != _HASH.findall(_text(wanted)):
        return False
    _, _, text = text.partition(hashes[0])  # the journal's head
    for bag in map(bag_view, reversed(bags)):
        part, _, text = text.partition(bag["tagmanifest"])
        if any(_times(one, part) < number for one, number in Counter(_told(bag)).items()):
            return False
    return True


def _told(bag: Mapping[str, Any]) -> Iterator[str]:
    """Yield what any page has to tell of a bag, spaces as `_text` has them."""
    texts = [bag[one] for one in ("id", "title", "session", "decision", "who")]
    for file in bag["files"]:
        texts += [file[one] for one in ("name", "called", "programme")]
        for signed in file["signed"]:
            texts += [*signed["who"].split(", "), signed["serial"]]
    return filter(None, (" ".join(one.split()) for one in texts))


def _times(told: str, text: str) -> int:
    """Return how often a text stands there, and not within a longer word, number or name."""
    alone = rf"(?<!\w)(?<!\w[./-]){re.escape(told)}(?!\w|[./-]\w)"
    return sum(1 for _ in re.finditer(alone, text))


def _text(page: str) -> str:
    """Return what a page shows, every space one space.

    Raises:
        ValueError: when it is not of what such a page is made of.
    """
    start = _START.match(page)
    if start is None:
        raise ValueError(page[:80])
    at, shown, inside = start.end(), [], False
    while at < len(page):
        piece = _PIECE.match(page, at)
        if piece is None:
            raise ValueError(page[at : at + 80])
        at = piece.end()
        if piece["text"] is not None:
            shown.append(html.unescape(piece["text"]) if inside else "")
        elif piece["tag"] is not None:
            tag = piece["tag"].lower()
            _refuse_harm(tag, piece["attributes"], inside=inside)
            inside = inside or tag == "body"
            shown.append("" if _INLINE.fullmatch(tag) else " ")
        elif _FETCHES.search(piece["style"]):
            raise ValueError(piece["style"])
    return " ".join("".join(shown).split())


def _refuse_harm(tag: str, attributes: str, *, inside: bool) -> None:
    """Refuse a tag that could fetch, run, send or hide something.

    Raises:
        ValueError: when it could.
    """
    known = _INLINE.fullmatch(tag) or _BLOCK.fullmatch(tag)
    if not known or (inside and tag in {"meta", "title"}):
        raise ValueError(tag)
    for name, *values in _PAIR.findall(attributes):
        value = html.unescape("".join(values))
        if not _is_harmless(tag, name.lower(), value):
            raise ValueError(f"{tag} {name}")


def _is_harmless(tag: str, name: str, value: str) -> bool:
    if tag == "meta" and name in _META:
        return _META[name].fullmatch(value) is not None
    if tag == "a" and name == "href":
        return _ADDRESS.fullmatch(value) is not None
    return _PLAIN.fullmatch(name) is not None
