"""An explanation in one line, without the names of files: what a published page may tell."""

from __future__ import annotations

from reportgen.diagnostics import shortened
from reportgen.document.explain.tree import Added, Calculated, Explanation, Over, Replaced, Typed
from reportgen.document.explain.words import (
    beginning,
    digits,
    heading_of,
    rows_of,
    why_nothing,
    with_figures,
)
from reportgen.model.council import NumberStyle

_MOST_NAMED = 10
_LONGEST_REASON = 200
_LONGEST = 600  # a formula may be long, and so may its figures


def brief(explanation: Explanation, style: NumberStyle) -> str:
    """Return how a figure is made: «459,1 : 861,0 × 100 = 53,32… → 53,3»; "" if it is typed."""
    match explanation.source:
        case Typed():
            return ""
        case Added() as added:
            text = _added(added, explanation.text, style)
        case Calculated() as calculated:
            text = _calculated(calculated, explanation, style)
        case Replaced(reason=reason, computed=computed):
            instead = f" замість {computed.text}" if computed else ""
            text = f"вписано{instead}: {shortened(reason, _LONGEST_REASON)}"
    return shortened(text.replace("\n", " "), _LONGEST)


def _added(added: Added, printed: str, style: NumberStyle) -> str:
    parts = added.parts
    if not parts:
        return f"немає рядків із такою сумою, тому «{printed}»"
    if added.over is Over.ROWS:
        named = ", ".join(one.name for one in parts[:_MOST_NAMED])
        return f"сума {rows_of(parts)}: {named}{' …' if len(parts) > _MOST_NAMED else ''}"
    by_fund = added.over is Over.FUNDS
    terms = (f"{one.name if by_fund else heading_of(one)} {digits(one, style)}" for one in parts)
    return f"сума {'за джерелами' if by_fund else 'колонок'}: {' + '.join(terms)}"


def _calculated(calculated: Calculated, explanation: Explanation, style: NumberStyle) -> str:
    figures, exact = with_figures(calculated, style), calculated.exact
    if exact is None:
        return f"{figures}: {why_nothing(calculated)}, тому «{explanation.text}»"
    if exact == explanation.value:
        return f"{figures} = {explanation.text}"
    cut = beginning(exact, calculated.decimals + 1, style)
    return f"{figures} = {cut} → {explanation.text}"
