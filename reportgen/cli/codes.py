"""Findings chosen by their codes: ``--only`` and ``--skip``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.diagnostics import CATALOGUE, BrokenEnvironment, Diagnostic, quoted
from reportgen.load.words import suggest


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes asked for, all if none is, without those to be left out."""

    only: frozenset[str]
    skip: frozenset[str]

    @classmethod
    def of(cls, only: str, skip: str) -> Codes:
        """Read two lists as they are typed: «text-dash,number-gap».

        Raises:
            BrokenEnvironment: for a code that there is not.
        """
        return cls(_read(only), _read(skip))

    def shows(self, one: Diagnostic) -> bool:
        """Tell whether a finding is one of those to be shown."""
        return (not self.only or one.code in self.only) and one.code not in self.skip


def _read(text: str) -> frozenset[str]:
    codes = frozenset(one.strip("[]") for one in re.split(r"[,\s]+", text.lower()) if one)
    for code in sorted(codes - CATALOGUE.keys()):
        hint = suggest(code, CATALOGUE.keys())
        raise BrokenEnvironment(f"немає коду {quoted(code)}" + (f": {hint}" if hint else ""))
    return codes
