"""What is said of the parts of an archive that are whole: in words, with what to note down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportgen.archive.journal import Journal
from reportgen.archive.reading import Digests
from reportgen.diagnostics import plural

_ENTRIES: Final = ("запис", "записи", "записів")
_FILES: Final = ("файл", "файли", "файлів")
#: What is said of an index that is just what bags and journal make of it.
OF_INDEX: Final = "покажчик збігається з пакетами й журналом"


def of_journal(journal: Journal, head: str) -> str:
    """Return what a whole journal says of itself.

    ``head`` is the beginning of the hash that somebody has noted, "" if nobody has.
    """
    number = len(journal.hashes)
    told = f"журнал цілий: {number} {plural(number, _ENTRIES)}, останній рядок {journal.head}"
    places = [place for place, one in enumerate(journal.hashes, 1) if head and one.startswith(head)]
    return f"{told}; записаний вами рядок — № {places[0]}" if places else told


def of_bag(payload: Mapping[str, Digests]) -> str:
    """Return what a whole bag says of itself."""
    number = len(payload)
    return f"пакет цілий: {number} {plural(number, _FILES)}, усі хеші збігаються"
