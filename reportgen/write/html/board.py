"""The board as a page: a template of its own, in a sandbox, everything escaped."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reportgen.write.frame import BOARD_FILES, FrameError
from reportgen.write.html.faults import TEMPLATE, in_ukrainian
from reportgen.write.html.markup import check_page
from reportgen.write.html.style import STYLE_SHEET, check_file


def render_board(board: Mapping[str, Any], template: str, css: str, links: Collection[str]) -> str:
    """Return the page; ``links`` are the addresses of files that it may lead to.

    The template is given plain values only. What it makes of them is checked as the page of a
    report is: nothing in it runs, comes from elsewhere or is hidden.

    Raises:
        FrameError: when the template or the style sheet cannot be used.
    """
    try:
        return _rendered(board, template, css, links)
    except FrameError as error:
        names = dict(zip((TEMPLATE, STYLE_SHEET), BOARD_FILES, strict=True))
        raise FrameError(names[error.file], error.line, *error.messages) from error


def _rendered(board: Mapping[str, Any], template: str, css: str, links: Collection[str]) -> str:
    check_file(css)
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=jinja2.DictLoader({TEMPLATE: template}),
    )
    sheet = Markup(css)  # noqa: S704 - cannot end its element, as checked above
    try:
        page = environment.get_template(TEMPLATE).render(board=board, css=sheet)
    except Exception as error:
        if (fault := in_ukrainian(error)) is None:
            raise
        raise fault from error
    check_page(page, template, links)
    return page
