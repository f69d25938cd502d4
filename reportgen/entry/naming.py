"""Names of sheets: none twice, none longer than Excel allows, no sign that it forbids."""

from __future__ import annotations

_ALONE = "Таблиця"  # what has no name of its own
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "() -  -ʼ")


class Names:
    """Names that are taken already."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history"}

    def unique(self, text: str) -> str:
        """Return a name close to the text."""
        plain = " ".join(text.translate(_NOT_IN_NAMES).split()) or _ALONE
        number = 1
        name = _cut(plain, _LONGEST_NAME)
        while name.casefold() in self._taken:
            number += 1
            ending = f" {number}"
            name = _cut(plain, _LONGEST_NAME - len(ending)) + ending
        self._taken.add(name.casefold())
        return name


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
