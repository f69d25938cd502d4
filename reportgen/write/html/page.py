"""Fill ``page.html.j2``: in a sandbox, everything escaped, nothing outside the page."""

from __future__ import annotations

import re
import traceback

import jinja2
import tinycss2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from reportgen.document.blocks import Document
from reportgen.write.frame import Frame, FrameError
from reportgen.write.html.view import view
from reportgen.write.pages import Starts

TEMPLATE = "page.html.j2"
STYLE_SHEET = "page.css"

_ONE_FILE = "Сторінка має бути одним файлом, а посилається на «{}»."

#: Where a page asks for another file: any such attribute but that of a plain link, and CSS.
_OUTSIDE = re.compile(
    r"""<(?!a\s)[a-z][^<>]*?\s(?:src|srcset|href|poster|data|background)\s*=\s*["']?\s*"""
    r"""(?!data:|\#)(?P<attribute>[^"'\s>]+)"""
    r"""|url\(\s*["']?\s*(?!data:)(?P<url>[^"'\s)]+)"""
    r"""|(?P<rule>@import)""",
    re.IGNORECASE,
)


def render_page(
    document: Document,
    frame: Frame,
    held: Starts = frozenset(),
    tall: Starts = frozenset(),
) -> str:
    """Return the page.

    In print a page begins before each row in ``held``; rows in ``tall`` are taller than a page.

    The template is given ``document``, ``blocks`` (see ``view``) and ``css``.

    Raises:
        FrameError: if the template fails, or it or the style sheet asks for another file.
    """
    _refuse_outside(frame.html)
    css = checked_css(frame.css)
    environment = SandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=jinja2.DictLoader({TEMPLATE: frame.html}),
    )
    try:
        template = environment.get_template(TEMPLATE)
        blocks = view(document, {"held": held, "tall": tall})
        return template.render(document=document, blocks=blocks, css=css)
    except jinja2.TemplateSyntaxError as error:
        raise _fault("Помилка в записі шаблону", error, error.lineno) from error
    except jinja2.UndefinedError as error:
        raise _fault("Шаблон звертається до того, чого немає", error, _line(error)) from error
    except jinja2.exceptions.SecurityError as error:
        raise _fault("Шаблон звертається до забороненого", error, _line(error)) from error
    except Exception as error:
        # What else a template can do wrong is as open as Python; a fault of ours would have no
        # line of the template in its traceback.
        if (line := _line(error, default=0)) == 0:
            raise
        raise _fault("Шаблон не вдалося виконати", error, line) from error


def _fault(what: str, error: Exception, line: int) -> FrameError:
    """Return the sentence for an official; Jinja's own words, which are English, go in quotes."""
    words = str(error).rstrip(".")
    return FrameError(TEMPLATE, line, f"{what}: «{words}».")


def _line(error: Exception, default: int = 1) -> int:
    """Return the innermost line of the template in a traceback; Jinja writes them there."""
    for step in reversed(traceback.extract_tb(error.__traceback__)):
        if step.filename in {TEMPLATE, "<template>"}:
            return step.lineno or default
    return default


def _refuse_outside(template: str) -> None:
    """Refuse a template that names another file; what it is filled with cannot bring one in."""
    if match := _OUTSIDE.search(template):
        line = template.count("\n", 0, match.start(match.lastgroup or 0)) + 1
        raise FrameError(TEMPLATE, line, _ONE_FILE.format(match[match.lastgroup or 0]))


def checked_css(css: str) -> Markup:
    """Return the style sheet as it may stand inside ``<style>``.

    Raises:
        FrameError: if it names another file (the page must stay whole wherever it is opened, and
            must not tell anyone that it was), or would end the ``<style>`` element.
    """
    for number, line in enumerate(css.splitlines(), start=1):
        if "</style" in line.lower():
            raise FrameError(STYLE_SHEET, number, "Таблиця стилів не може містити «</style».")
    for rule in tinycss2.parse_stylesheet(css):
        _refuse_references([rule])
    return Markup(css)  # noqa: S704 - cannot end its element, as checked above


def _refuse_references(nodes: list[tinycss2.ast.Node]) -> None:
    """Refuse every address but ``data:`` and every ``@import``, however deeply nested."""
    for node in nodes:
        address = None
        if node.type == "at-rule" and node.lower_at_keyword == "import":
            address = "@import"
        elif node.type == "url":
            address = node.value
        elif node.type == "function" and node.lower_name in {"url", "src", "image", "image-set"}:
            strings = [part.value for part in node.arguments if part.type == "string"]
            address = next((text for text in strings if not text.startswith("data:")), None)
        if address is not None and not address.lower().startswith("data:"):
            raise FrameError(STYLE_SHEET, node.source_line, _ONE_FILE.format(address))
        for inner in ("prelude", "content", "arguments"):
            _refuse_references(getattr(node, inner, None) or [])
