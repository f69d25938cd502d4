"""What is left of markup in texts: taken for what it meant, bold or a new paragraph."""

from __future__ import annotations

import html
import re
from typing import Final, NamedTuple

#: Markup that is left in texts, and nothing else: «<» and «*» may be meant as they are.
_MARK: Final = re.compile(
    r"(?P<bold>\*\*|<(?P<end>/)?(?:b|strong|h[1-6])\s*>)|(?P<line></?p\s*>|<br\s*/?>)"
    r"|</?(?:i|em|u|s|span|sup|sub)\s*>",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t]+")
_ENTITY: Final = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|laquo|raquo|ndash|mdash|#\d{1,5});")


class Styled(NamedTuple):
    """A text without markup; ``bold`` if all that is seen of it is."""

    text: str
    bold: bool
    goes_on: bool  # what follows on the next line is still bold


def without_markup(marked: str, *, bold: bool = False) -> Styled:
    """Return a text without remnants of markup.

    Texts that only a change to bold or back parts, as «ціль 2**Малий бізнес**» or
    «<b>Мета</b> <b>Завдання</b>», were paragraphs of their own.

    Args:
        marked: The text as it stands in the file, of one line.
        bold: It begins inside of bold text.
    """
    heading = _HEADING.match(marked)
    rest = marked[heading.end() :] if heading else marked
    inside, text = bold or heading is not None, ""
    seen: list[bool] = []
    closed_at = -1  # length of the text where bold last ended
    start = 0
    for match in _MARK.finditer(rest):
        piece, start = rest[start : match.start()], match.end()
        text += _plain(piece)
        seen += [inside] if piece.strip() else []
        if match["line"]:
            text += "\n"
        elif match["bold"]:
            opens = not inside if match["bold"] == "**" else not match["end"]
            ends_here = text.strip() != "" and not text[-1:].isspace()
            if (ends_here and rest[start : start + 1].isupper()) or (
                opens and closed_at > 0 and not text[closed_at:].strip()
            ):
                text = text.rstrip() + "\n"
            closed_at = -1 if opens else len(text)
            inside = opens
    tail = rest[start:]
    seen += [inside] if tail.strip() else []
    return Styled(text + _plain(tail), bool(seen) and all(seen), inside and heading is None)


def _plain(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)
