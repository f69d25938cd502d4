"""Names of files: which are meant to be ours although they are spelt otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reportgen.diagnostics import Diagnostic, Span, finding, quoted

_CYRILLIC = "авсеікмнорѕтух"
_LOOKS_LIKE = str.maketrans(_CYRILLIC + "_ –—−", "abceikmhopstyx" + "-" * 5)
_ENDINGS = re.compile(r"(?:\.txt|\.ya?ml|\.j2)+$")
#: What editors, office programs and systems leave behind, and what explains a folder to people.
_LEFTOVERS = re.compile(
    r"\..*|~\$.*|#.*#|.*~|.*\.(?:bak|swp|swo|tmp|orig)|thumbs\.db|desktop\.ini|readme.*",
    re.IGNORECASE | re.DOTALL,
)


def is_leftover(name: str) -> bool:
    """Tell whether a file is surely none of the author's content."""
    return _LEFTOVERS.fullmatch(name) is not None


def bare(name: str) -> str:
    """Return a name as it was meant: small Latin letters, and no ending of a text file.

    Letters of both alphabets look alike on the screen, and Windows hides and adds endings.
    """
    folded = unicodedata.normalize("NFC", name).lower().translate(_LOOKS_LIKE)
    return _ENDINGS.sub("", folded)


def meant(name: str, wanted: Iterable[str]) -> str | None:
    """Return the one of the wanted names that ``name`` was meant to be, if any."""
    return next((right for right in wanted if bare(right) == bare(name)), None)


def misnamed(place: str, name: str, right: str) -> Diagnostic:
    """Return the finding for a file that would be passed over because of its name."""
    alien = "".join(dict.fromkeys(char for char in name if char.lower() in _CYRILLIC))
    because = f" (у назві є кирилиця: «{alien}»)" if alien else ""
    message = f"{quoted(name)} — не та назва, тому програма файлу не бачить{because}"
    hint = f"має зватися {right}; зайвий файл приберіть"
    return finding("name-invalid", Span(f"{place}/{name}"), message, hint)
