"""What a heading of figures means, in the words that offices usually have for it.

The words are data: of a heading in any form, and of a short one such as «Факт» or «%».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reportgen.model.form import Column

_MEANINGS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "programme plan": r"орієнтовн|відповідно до програм|\bза програм|передбачен\w* програм",
        "annual plan": (
            r"річн|\bна рік\b|\bна 20\d\d|змінами|урахуванням змін|уточнен|затверджен|^\W*план\W*$"
        ),
        "actual": r"^\W*факт|профінансован|касов|проведен\w* видатк|^\W*виконано\b|\(факт\)",
        "percent": r"відсот|^\W*%|%\s*викон|виконання\W*%",
    }.items()
}


def by_meaning(headings: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Yield (place, column) for headings that alone have a meaning which one column alone has.

    ``headings`` are the lowest cells by place, «» where there is none.
    """
    theirs = [_meaning(one) for one in headings]
    whole = (" ".join(one.heading) if one.kind.is_figure else "" for one in columns)
    ours = [_meaning(one) for one in whole]
    shares, counts = Counter(ours), Counter(theirs)
    for place, one in enumerate(theirs):
        if one and counts[one] == 1 and shares[one] == 1:
            yield place, ours.index(one)


def _meaning(text: str) -> str:
    """Return what a heading means; «» if it says nothing, or several things."""
    found = [name for name, words in _MEANINGS.items() if words.search(text)]
    return found[0] if len(found) == 1 else ""
