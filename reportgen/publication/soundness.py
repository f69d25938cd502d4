"""Whether the site's own pages are what a public page must be, whoever has written the templates.

Nothing is loaded from outside, every link within the site leads to something, and the HTML is such
that every reader takes it apart alike.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

#: Attributes that hold an address; only that of «a» may lead out of the site.
_ADDRESSES: Final = frozenset(
    ("href", "src", "srcset", "poster", "data", "background", "action", "formaction", "ping")
)
_BANNED: Final = frozenset(("base", "embed", "form", "frame", "iframe", "link", "object"))
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
    if told != [policy]:
        yield f"{path}: немає правила Content-Security-Policy {{{{ policy }}}} або воно інше."
    if not root.get("lang"):
        yield f"{path}: у тегу html немає мови (lang)."
    for one in elements:
        if one.tag in _BANNED:
            yield f"{path}: тегу «{one.tag}» на сторінці не може бути."
        for name, value in one.attrib.items():
            if name.startswith("on"):
                yield f"{path}: атрибута «{name}» на сторінці не може бути."
            elif name in _ADDRESSES and not links.lead(one.tag, name, value):
                yield f"{path}: адреса «{value}» нікуди не веде або веде назовні."


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
