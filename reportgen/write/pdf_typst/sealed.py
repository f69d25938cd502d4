"""Keep a template from bringing in other code: Typst would fetch packages from the network."""

from __future__ import annotations

import re
from functools import lru_cache

from reportgen.write.frame import FrameError

#: A letter or a digit on either side makes another name; "_" and "-" do not in formulas.
_WORD = r"(?<![^\W_])(?:{})(?![^\W_])"

#: ``import`` and ``include`` can take their address from any expression, ``eval`` can be given
#: either as text, and ``std`` as a whole would hand out ``eval`` under another name.
_FORBIDDEN = re.compile(
    f"{_WORD.format('import|include|eval')}|{_WORD.format('std')}(?!\\s*\\.\\s*[a-z])"
)

#: The day of the build would make each file another; the rest leads a reader into his own machine,
#: or runs there.
_UNFIT = (
    (
        re.compile(_WORD.format("today") + r"|\bdate\s*:\s*auto\b"),
        "дата звіту не може залежати від дня складання: беріть data.dated",
    ),
    (
        re.compile(r"\b(?:file:|javascript:|vbscript:)", re.IGNORECASE),
        "посилання ведуть лише до https:, http:, mailto: чи tel:",
    ),
)

#: A line that is a comment, whatever stands above it: it ends neither a string nor raw text nor a
#: longer comment, and holds no character that ends a line for Typst.
_COMMENT = re.compile(r"\s*//[^\"`\n\v\f\r\x85\u2028\u2029]*")


@lru_cache(maxsize=16)  # one template dresses many reports, each of which asks more than once
def refuse_packages(template: str) -> None:
    """Refuse a template with ``import``, ``include`` or ``eval``, and what ``_UNFIT`` names.

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
        for pattern, reason in _UNFIT:
            if match := pattern.search(line):
                message = f"у шаблоні PDF «{match[0]}» не вживають: {reason}"
                raise FrameError("document.typ", number, message)
