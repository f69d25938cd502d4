"""Rows that say where money comes from: «у т. ч. загальний фонд», «кошти міського бюджету»."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportgen.importing.grid import GridRow
from reportgen.importing.likeness import one_line
from reportgen.model.form import Kind, TableSection, Total
from reportgen.read.source import SourceCell

_WHICH = r"(?:[ву]\s+тому\s+числі|[ву]\s*т\.?\s*ч\.?|[зі]з?\s+них)"
_FROM = r"(?:(?:за\s+рахунок|з|із|зі|по)\s+)?(?:кошт\w*\s+)?"
_SOURCE = (
    r"(?:(?:загальн|спеціальн)\w+\s+фонд|бюджет|фонд\w*\s+розвитк"
    r"|(?:міськ|місцев|державн|обласн|районн|сільськ|селищн)\w+\s+бюджет"
    r"|(?:інш|власн|залучен|позабюджетн|небюджетн|грантов)\w+\s+(?:джерел|кошт|надходжен)"
    r"|субвенці|дотаці|грант)\w*"
)
_FUND_ROW = re.compile(
    rf"[-–—•\s]*(?:{_WHICH}\s*[:;,.]?|{_WHICH}?\s*[:,]?\s*(?:{_FROM}{_SOURCE}|кошти)\b.{{0,60}})",
    re.IGNORECASE,
)
_WORD = re.compile(r"\b(?:інш|[^\W\d]{4})")
_NO_SOURCE = re.compile(rf"{_WHICH}|за\s+рахунок|\bкошт\w*", re.IGNORECASE)


def leading(row: GridRow) -> SourceCell | None:
    """Return the cell that names a row: the first with a letter or a digit."""
    cells = (cell for _, cell in row.filled)
    return next((one for one in cells if any(char.isalnum() for char in one.text)), None)


class FundNames:
    """How the council's funds, ``funds`` by id, are named in rows."""

    def __init__(self, funds: Mapping[str, str]) -> None:
        self._stems = {fund: _stems(name) for fund, name in funds.items()}

    def fund(self, text: str) -> str:
        """Return the one fund that a text names and nothing else; «» if it is none or several."""
        stems = _stems(_NO_SOURCE.sub(" ", text))
        named = [
            fund for fund, whole in self._stems.items()
            if stems == whole or (len(stems) > 1 and stems <= whole)
        ]  # fmt: skip
        return named[0] if len(named) == 1 else ""

    def is_source(self, text: str) -> bool:
        """Tell whether a row of such a name is about a source of money, of the register or not."""
        return bool(self.fund(text)) or _FUND_ROW.fullmatch(one_line(text)) is not None

    def total(self, text: str, section: TableSection) -> Total | None:
        """Return the total over the table that a row of a fund's name prints: the form's, if any.

        ``None`` is for sources that are none of the register's funds.
        """
        fund = self.fund(text)
        if not fund:
            return None
        ours = (one for one in section.totals if not one.level and fund in one.funds)
        return next(ours, None) or total_over(section, text, (fund,))


def total_over(section: TableSection, label: str, funds: tuple[str, ...] = ()) -> Total:
    """Return the total over all rows that a foot without the form's own words stands for."""
    money = tuple(one.id for one in section.fields if one.kind is Kind.MONEY and not one.formula)
    return Total(one_line(label), money, "", funds, "", section.span)


def _stems(text: str) -> frozenset[str]:
    """Return what the words of a text begin with, whatever their endings."""
    return frozenset(_WORD.findall(text.casefold()))
