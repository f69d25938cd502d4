"""The way from a report's page back to the site: in the site's copy only, and not on paper."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_STYLE = (
    "<style>.site-way { margin: .75rem clamp(.75rem, 2.5vw, 2.5rem) 0 }"
    " .site-way a { margin-right: 1.5rem }"
    " @media print { .site-way { display: none } }</style>\n"
)


def with_way_back(page: bytes, links: Iterable[tuple[str, str]]) -> bytes:
    """Return a page with links above its text: each an address from the page, and a name.

    A page without the usual tags, by a council's own template, stays as it is.
    """
    head, body = _HEAD_END.search(page), _BODY.search(page)
    if head is None or body is None:
        return page
    listed = " ".join(
        f'<a href="{html.escape(address)}">{html.escape(name)}</a>' for address, name in links
    )
    way = f'\n<nav class="site-way" aria-label="Сайт">{listed}</nav>'
    before, between, after = (
        page[: head.start()],
        page[head.start() : body.end()],
        page[body.end() :],
    )
    return b"".join((before, _STYLE.encode(), between, way.encode(), after))
