"""The files of the site's templates: a council may have its own of each in ``templates/site``."""

from __future__ import annotations

from typing import Final

FOLDER: Final = "site"
LAYOUT: Final = "layout.html.j2"
STYLE: Final = "site.css"
SCRIPT: Final = "search.js"

#: Pages by their part of the site: the path of each, and its template.
PAGES: Final = {
    "programmes": ("index.html", "index.html.j2"),
    "executors": ("executors.html", "executors.html.j2"),
    "periods": ("periods.html", "periods.html.j2"),
    "data": ("data/index.html", "data.html.j2"),
}

#: The template of each programme's page.
PROGRAMME: Final = "programme.html.j2"

TEMPLATES: Final = (LAYOUT, *(name for _, name in PAGES.values()), PROGRAMME, STYLE, SCRIPT)
