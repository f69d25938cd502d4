"""Which errors of a file leave the rest of it worth judging.

A value that is not written, or not as an amount is, loads as none: rules see that row without it.
After other errors the model may hold stand-ins, and rules would accuse what nobody has typed.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.diagnostics import Diagnostic, Severity, Span
from reportgen.model.programme import Amount, Text, Value

#: Says only what is not written yet: what a report may lack as long as it is a draft.
LACKING = frozenset(
    (
        *("field-missing", "key-missing", "measure-missing", "value-empty", "fund-missing"),
        *("reason-missing", "status-missing", "parts-missing"),
    )
)
_NO_VALUE = LACKING | {"amount-invalid"}


def are_judged(faults: Iterable[Diagnostic]) -> bool:
    """Tell whether rules can be asked about a report that loaded with these findings."""
    return all(one.code in _NO_VALUE for one in faults if one.severity is Severity.ERROR)


def places_of(faults: Iterable[Diagnostic]) -> frozenset[Span]:
    """Return where the errors stand."""
    return frozenset(one.span for one in faults if one.severity is Severity.ERROR)


def as_read(value: Value, wrong: frozenset[Span]) -> Value:
    """Return a value; for an amount that is wrong or has a wrong part, what stands for none."""
    if isinstance(value, Amount) and not wrong.isdisjoint((value.span, *value.places.values())):
        return Text((), value.span)
    return value
