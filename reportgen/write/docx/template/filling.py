"""One part of a Word page filled: docxtpl lifts rows and paragraphs, Jinja runs, values are put in.

Each tag stands on a line of its own while Jinja runs, so that the line of an error is its tag.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import docxtpl
import jinja2
from lxml import etree

from reportgen.write.docx.template.context import Thing
from reportgen.write.docx.template.language import Language, explained
from reportgen.write.docx.template.tags import Fault, Tag
from reportgen.write.docx.xml import parse
from reportgen.write.frame import FrameError

#: A page that comes out larger than this has gone wrong.
_MOST_CHARACTERS: Final = 50_000_000

#: Braces that are no tag's, out of sight of docxtpl and Jinja until the page is read again.
_BRACES: Final = {ord("{"): "&#123;", ord("}"): "&#125;", ord("\n"): " "}


def fill(
    root: etree._Element,
    tags: Sequence[Tag],
    names: Mapping[str, Thing],
    language: Language,
    mark: str,
) -> etree._Element:
    """Return a part with its tags filled; ``mark`` encloses the number of each tag in the part.

    Raises:
        FrameError: when a tag cannot be filled with these values.
    """
    token = re.compile(f"{mark}([0-9]+){mark}")
    order: list[Tag] = []

    def framed(found: re.Match[str]) -> str:
        tag = tags[int(found[1])]
        return f"{{%{tag.level} {found[0]} %}}" if tag.word else f"{{{{ {found[0]} }}}}"

    def spelled(found: re.Match[str]) -> str:
        order.append(tags[int(found[1])])
        return f"\n{order[-1].word} {order[-1].body}"

    text = etree.tostring(root, encoding="unicode").translate(_BRACES)
    lifted = docxtpl.DocxTemplate(None).patch_xml(token.sub(framed, text))
    source = token.sub(spelled, lifted)
    pieces: list[str] = []
    left = _MOST_CHARACTERS
    try:
        for piece in language.from_string(source).generate(names):
            pieces.append(piece)
            left -= len(piece)
            if left < 0:
                raise FrameError("", 1, "шаблон повторює так багато, що документ завеликий")
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError) as error:
        at = _line(error) - 2  # the first tag's words are on the second line
        tag = order[at] if 0 <= at < len(order) else None
        fault = Fault(tag.place.text if tag else "шаблон", tag.text if tag else "", _reason(error))
        raise FrameError("", 1, str(fault)) from error
    return parse("".join(pieces).encode())


def _reason(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateError):
        return explained(error)
    return f"дія не для цих значень ({error})"


def _line(error: Exception) -> int:
    """Return the line of the template at which an error rose; Jinja puts it in the traceback."""
    line = getattr(error, "lineno", None) or 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line)
