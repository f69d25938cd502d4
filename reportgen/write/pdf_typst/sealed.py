"""Keep a template from bringing in other code: Typst would fetch packages from the network."""

from __future__ import annotations

import re

from reportgen.write.frame import FrameError

#: A letter or a digit on either side makes another name; "_" and "-" do not in formulas.
_WORD = r"(?<![^\W_])(?:{})(?![^\W_])"

#: ``import`` and ``include`` can take their address from any expression, ``eval`` can be given
#: either as text, and ``std`` as a whole would hand out ``eval`` under another name.
_FORBIDDEN = re.compile(
    f"{_WORD.format('import|include|eval')}|{_WORD.format('std')}(?!\\s*\\.\\s*[a-z])"
)

#: A line that is a comment, whatever stands above it: it ends neither a string nor raw text nor a
#: longer comment, and holds no character that ends a line for Typst.
_COMMENT = re.compile(r"\s*//[^\"`\n\v\f\r\x85\u2028\u2029]*")


def refuse_packages(template: str) -> None:
    """Refuse a template with ``import``, ``include`` or ``eval``.

    A template is one file, and other files are closed to it, so that these words serve packages
    alone; Typst has no setting that forbids those. What may be text is refused as well: telling
    it from code would take Typst's own parser, and a slip would reach the network.

    Raises:
        FrameError: with the line of the word.
    """
    for number, line in enumerate(template.split("\n"), start=1):
        if _COMMENT.fullmatch(line) and "*/" not in line:
            continue
        if match := _FORBIDDEN.search(line):
            message = (
                f"шаблон PDF має бути одним файлом, без пакетів із мережі: «{match[0]}» тут не"
                " вживають (приберіть це слово; до функцій самого Typst звертайтеся так: calc.max)"
            )
            raise FrameError("document.typ", number, message)
