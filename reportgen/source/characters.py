"""Characters that no text may hold: what no document can print, and what nobody can see.

An unseen character makes two texts differ that look the same, lets a line break where none is
meant, or turns the text after it around. The soft hyphen alone (U+00AD) is left: it is typography.
"""

from __future__ import annotations

import re

from reportgen.diagnostics import Diagnostic, Span, finding

FORBIDDEN = re.compile(
    "["
    # What XML 1.0 forbids, so that no writer meets it; other control characters.
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff"
    # Other line ends than the line feed.
    "\u2028\u2029"
    # Format characters and others that take no room: joiners, marks of direction, selectors.
    "\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
)

_NAMED = (
    ("\u034f", "невидимий з'єднувач знаків"),
    ("\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069", "невидимий знак напряму письма"),
    ("\u200b", "пробіл нульової ширини"),
    ("\u200c", "невидимий роз'єднувач літер"),
    ("\u200d", "невидимий з'єднувач літер"),
    ("\u2028\u2029", "невидимий кінець рядка чи абзацу"),
    ("\u2060", "невидима заборона переносу"),
    ("\ufe00-\ufe0f", "невидимий добір вигляду знака"),
    ("\ufeff", "мітка порядку байтів"),
)


def forbidden(char: str, span: Span) -> Diagnostic:
    """Return the finding for a character that may not stand here, with its name if it has one."""
    if char == "\t":
        message, hint = "у тексті знак табуляції", "замініть його пробілом"
    else:
        message = f"недозволений знак U+{ord(char):04X}{_name(char)}"
        hint = "видаліть його: такі невидимі знаки потрапляють у текст під час копіювання"
    return finding("text-control-character", span, message, hint)


def _name(char: str) -> str:
    names = (f" ({name})" for chars, name in _NAMED if re.fullmatch(f"[{chars}]", char))
    return next(names, "")
