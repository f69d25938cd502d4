"""Names of files: which are meant to be ours although they are spelt otherwise."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from reportgen.diagnostics import Diagnostic, Span, finding, quoted

_CYRILLIC = "авсеікмнорѕтух"
_LOOKS_LIKE = str.maketrans(_CYRILLIC + "_ –—−", "abceikmhopstyx" + "-" * 5)
#: Endings of texts, also misspelt, and what an office program adds to them.
_ENDINGS = re.compile(r"(?:\.txt|[.,]ya?ml?|\.j2|\.jinja2?)+(?:\.(?:docx?|odt|rtf|pdf))?$")
_TWICE = re.compile(r"(\.[a-z0-9]+)\1+$")
_WORD = re.compile(r"\.(?:docm|dotx|dotm|doc|dot|odt|rtf)$")
#: What systems add to the name of a copy: « (1)», « - копія», « - copy».
_COPY = re.compile(r"(?: ?\([0-9]{1,3}\)| [-–—] (?:копія|copy)[^.]{0,9})(?=\.|$)")
#: What editors, office programs and systems leave behind, and what explains a folder to people.
_LEFTOVERS = re.compile(
    r"\..*|~\$.*|#.*#|.*~|.*\.(?:bak|swp|swo|tmp|orig)|thumbs\.db|desktop\.ini|readme.*",
    re.IGNORECASE | re.DOTALL,
)


_NEAR = 0.8  # as alike as «fund» and «funds»
_LONGEST_NAME = 100


def is_leftover(name: str) -> bool:
    """Tell whether a file is surely none of the author's content."""
    return _LEFTOVERS.fullmatch(name) is not None


def bare(name: str) -> str:
    """Return a name as it was meant: small Latin letters, and no ending of a text file.

    Letters of both alphabets look alike on the screen, and Windows hides and adds endings. Word
    has several, but a frame is always a ``.docx``.
    """
    folded = unicodedata.normalize("NFC", name).lower()
    folded = _COPY.sub("", folded).translate(_LOOKS_LIKE)
    return _ENDINGS.sub("", _WORD.sub(".docx", _TWICE.sub(r"\1", folded)))


def meant(name: str, wanted: Iterable[str]) -> str | None:
    """Return the one of the wanted names that ``name`` was meant to be, if any."""
    return next((right for right in wanted if bare(right) == bare(name)), None)


def nearly(name: str, wanted: Iterable[str]) -> str | None:
    """Return the one of the wanted names that ``name`` is, or is but for a letter or two."""
    by_bare = {bare(right): right for right in wanted}
    near = difflib.get_close_matches(bare(name)[:_LONGEST_NAME], by_bare, 1, _NEAR)
    return by_bare[near[0]] if near else None


def misspelt(name: str, wanted: Iterable[str]) -> str | None:
    """Return the same for a name that is one word: «funds-2023» is a name of its own."""
    return nearly(name, wanted) if bare(name).isalpha() else None


def misnamed(place: str, name: str, right: str, *, is_folder: bool = False) -> Diagnostic:
    """Return the finding for what would be passed over because of its name."""
    alien = "".join(dict.fromkeys(char for char in name if char.lower() in _CYRILLIC))
    because = f" (у назві є кирилиця: «{alien}»)" if alien else ""
    what, other = ("теки", "зайву теку") if is_folder else ("файлу", "зайвий файл")
    message = f"{quoted(name)} — не та назва, тому програма {what} не бачить{because}"
    hint = f"має зватися {right}; {other} приберіть"
    return finding("name-invalid", Span(f"{place}/{name}" if place else name), message, hint)


def misplaced(place: str, name: str, home: str) -> Diagnostic:
    """Return the finding for a file that would be passed over because of where it lies."""
    message = f"{quoted(name)} лежить не там, тому програма файлу не бачить"
    return finding("name-invalid", Span(f"{place}/{name}"), message, f"його місце — {home}")
