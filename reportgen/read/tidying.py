"""Text as a reader sees it: without what takes no room, and without blanks at the ends."""

from __future__ import annotations

import re
from typing import Final

#: Soft hyphens, marks of direction and joiners, control characters, halves of characters.
_UNSEEN: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINE_END: Final = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")


def seen(text: str) -> str:
    """Return a text without characters that nobody sees; every end of a line is a line feed."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def tidy(text: str) -> str:
    """Return what is seen of a text, no line of it with blanks at its ends; inner ones stay."""
    return "\n".join(line.strip() for line in seen(text).split("\n")).strip()
