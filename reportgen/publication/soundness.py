"""Whether the site's own pages are what a public page must be, whoever has written the templates.

Nothing is loaded from outside, every link within the site leads to something, and the HTML is such
that every reader takes it apart alike.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from reportgen.publication.pages import digest_of

#: Attributes that hold an address; only that of «a» may lead out of the site.
_ADDRESSES: Final = frozenset(
    ("href", "src", "srcset", "poster", "data", "background", "action", "formaction", "ping")
)
_BANNED: Final = frozenset(("base", "embed", "form", "frame", "iframe", "link", "object"))
_GOVERNED: Final = {"script": "search.js", "style": "site.css"}  # tag → template of what is in it
_OUTSIDE: Final = ("https", "http", "mailto", "tel")


def page_faults(path: str, page: bytes, paths: Collection[str], policy: str) -> Iterator[str]:
    """Yield what is wrong with a page, as Ukrainian sentences.

    Args:
        path: of the page, from the site's folder.
        page: its bytes.
        paths: of all files of the site.
        policy: the content security policy that it must have.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(page, transport_encoding="utf-8")
    for (line, _), code, _ in parser.errors:
        yield f"{path}:{line}: це не чинний HTML ({code})."
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    ids = {given for one in elements if (given := one.get("id"))}
    links = _Links(path, paths, ids)
    told = [one.get("content") for one in elements if one.tag == "meta" and _is_policy(one)]
    if told != [policy] or not _rules_from_the_start(elements):
        yield f"{path}: правила Content-Security-Policy немає, воно інше або не перше."
    if not root.get("lang"):
        yield f"{path}: у тегу html немає мови (lang)."
    for one in elements:
        yield from (f"{path}: {fault}" for fault in _faults(one, policy, links))


def _faults(one: Element, policy: str, links: _Links) -> Iterator[str]:
    """Yield what is wrong with one element."""
    if one.tag in _BANNED:
        yield f"тегу «{one.tag}» на сторінці не може бути."
    if one.tag == "meta" and one.get("http-equiv") and not _is_policy(one):
        yield "тегу meta з http-equiv, крім правила безпеки, на сторінці не може бути."
    if one.tag in _GOVERNED and not _is_known(one, policy):
        yield f"вміст тегу «{one.tag}» не той, що у файлі {_GOVERNED[str(one.tag)]}."
    for name, value in one.attrib.items():
        if name.startswith("on") or name == "style":
            yield f"атрибута «{name}» на сторінці не може бути."
        elif name in _ADDRESSES and not links.lead(str(one.tag), name, value):
            yield f"адреса «{value}» нікуди не веде або веде назовні."


def _rules_from_the_start(elements: Iterable[Element]) -> bool:
    """Tell whether the policy stands before all that it is to rule."""
    first = next((one for one in elements if one.tag in _GOVERNED or _is_policy(one)), None)
    return first is not None and _is_policy(first)


def _is_known(element: Element, policy: str) -> bool:
    """Tell whether a script or style is the one whose digest the policy names."""
    return f"'{digest_of(''.join(element.itertext()))}'" in policy and not element.get("src")


def _is_policy(meta: Element) -> bool:
    return (meta.get("http-equiv") or "").lower() == "content-security-policy"


@dataclass(frozen=True, slots=True)
class _Links:
    """Where the links of a page may lead: files of the site, and elements of the page."""

    path: str
    paths: Collection[str]
    ids: Collection[str]

    def lead(self, tag: str, name: str, value: str) -> bool:
        """Tell whether an address leads somewhere; only that of «a» may leave the site."""
        try:
            parts = urlsplit(value)
        except ValueError:
            return False
        if parts.scheme or parts.netloc:
            if (tag, name) == ("a", "href"):
                return parts.scheme.lower() in _OUTSIDE
            return (tag, name) == ("img", "src") and value.lower().startswith("data:image/")
        if not parts.path:
            return parts.fragment in self.ids
        folder = posixpath.dirname(self.path)
        return posixpath.normpath(posixpath.join(folder, unquote(parts.path))) in self.paths
