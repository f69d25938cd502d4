"""Fill ``page.html.j2``: in a sandbox, everything escaped, nothing outside the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from reportgen.document.blocks import Cell, Document, Paragraph, Role, Signature, Style
from reportgen.model.form import Align
from reportgen.model.markup import Marked, Run
from reportgen.write.frame import Frame
from reportgen.write.html.complete import check_complete
from reportgen.write.html.faults import TEMPLATE, in_ukrainian
from reportgen.write.html.markup import check_page
from reportgen.write.html.style import check_file
from reportgen.write.html.titles import titles
from reportgen.write.html.view import CellView, ChartView, ParagraphView, RowView, TableView, view
from reportgen.write.lists import Group
from reportgen.write.pages import Starts

#: Our own values, frozen and without a secret, and what a template reads of them.
_OPEN: Final[Mapping[type, frozenset[str]]] = {
    **{
        kind: frozenset(field.name for field in fields(kind))
        for kind in (
            *(CellView, RowView, TableView, ParagraphView, ChartView),
            *(Cell, Paragraph, Signature),
            *(Group, Marked, Run),
        )
    },
    **{kind: frozenset({"value"}) for kind in (Align, Role, Style)},
}


class _Sandbox(SandboxedEnvironment):
    """Jinja's sandbox, without its questions about values of ours: they took half of the time."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as in Jinja
        """Return an attribute that a template may read."""
        if attribute in _OPEN.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def render_page(
    document: Document,
    frame: Frame,
    held: Starts = frozenset(),
    tall: Starts = frozenset(),
) -> str:
    """Return the page.

    In print a page begins before each row in ``held``; rows in ``tall`` are taller than a page.

    The template is given ``document``, ``blocks`` (see ``view``) and ``css``. What it makes of
    them is checked, whatever it is written like.

    Raises:
        FrameError: if the template fails, it or the style sheet asks for another file, or the
            page does not show the whole document.
    """
    check_file(frame.css)
    told = [titles(table, document.numbers) for table in document.tables]
    blocks = view(document, {"held": held, "tall": tall}, told)
    css = Markup(frame.css)  # noqa: S704 - cannot end its element, as checked above
    try:
        page = (
            _environment(frame.html)
            .get_template(TEMPLATE)
            .render(document=document, blocks=blocks, css=css)
        )
    except Exception as error:
        if (fault := in_ukrainian(error)) is None:
            raise
        raise fault from error
    check_complete(document, told, check_page(page, frame.html))
    return page


@lru_cache(maxsize=4)
def _environment(html: str) -> _Sandbox:
    """Return where a template is rendered: it is compiled once for all reports that it dresses."""
    return _Sandbox(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=jinja2.DictLoader({TEMPLATE: html}),
    )
