"""What the oldest supported Python cannot do right is not used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import reportgen

#: Possessive repeats and atomic groups: Python 3.11.2, Debian 12's own, matches them wrongly
#: where they hold a look-ahead.
_MISTAKEN = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}


def operators(parsed: object) -> set[str]:
    """Return the names of everything that a parsed expression uses."""
    if isinstance(parsed, (list, tuple)) or type(parsed).__name__ == "SubPattern":
        return set().union(*(operators(one) for one in parsed))  # type: ignore[union-attr]
    return {str(parsed)} if type(parsed).__name__ == "_NamedIntConstant" else set()


def test_expressions_match_alike_on_every_python() -> None:
    judged = 0
    for found in pkgutil.walk_packages(reportgen.__path__, "reportgen."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                parsed = re._parser.parse(value.pattern, value.flags & ~re.DEBUG)  # type: ignore[attr-defined]  # noqa: SLF001
                assert not operators(parsed) & _MISTAKEN, f"{found.name}.{name}"
                judged += 1
    assert judged > 20
