"""What a code means: its entry of ``docs/errors.md``."""

from __future__ import annotations

import re

from reportgen.build.project import shipped_errors
from reportgen.diagnostics import BrokenEnvironment, quoted
from reportgen.load.words import suggest

_SECTION = re.compile(r"^## `?(?P<code>[a-z-]+)`?$", re.MULTILINE)


def explain(code: str) -> str:
    """Return the entry of one code.

    Raises:
        BrokenEnvironment: for a code that there is not, or when the catalogue is not installed.
    """
    try:
        text = shipped_errors().read_text(encoding="utf-8")
    except OSError as error:
        raise BrokenEnvironment("немає переліку помилок: встановіть reportgen наново") from error
    sections = list(_SECTION.finditer(text))
    ends = [*(one.start() for one in sections[1:]), len(text)]
    entries = {one["code"]: (one, end) for one, end in zip(sections, ends, strict=True)}
    wanted = code.strip().strip("[]").lower()
    if wanted not in entries:
        hint = suggest(wanted, entries)
        raise BrokenEnvironment(f"немає коду {quoted(code)}" + (f": {hint}" if hint else ""))
    section, end = entries[wanted]
    return text[section.start() : end].strip()
