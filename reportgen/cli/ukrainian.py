"""Messages of argparse in Ukrainian."""

from __future__ import annotations

import re

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"бракує: \1"),
    (r"unrecognized arguments: (.+)", r"незрозумілі параметри: \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1: немає \2; є: \3"),
    (r"argument (.+?): expected one argument", r"\1: бракує значення"),
    (r"argument (.+?): expected at most one argument", r"\1: забагато значень"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1: значення \2 тут зайве"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


def translated(message: str) -> str:
    """Return argparse's message in Ukrainian; one that is not known stays as it is."""
    for pattern, replacement in _MESSAGES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(replacement)
    return message
