"""Values to what JSON holds and back."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.build.plain import plain, revived
from reportgen.check import Passport, Statement
from reportgen.check.allowed import Allowance
from reportgen.check.statements import Line, Sum, Unit
from reportgen.diagnostics import Diagnostic, Severity, Span
from reportgen.model.council import Decision
from reportgen.model.period import Part, Period
from reportgen.model.programme import Term

_TEXT = st.text(max_size=6)
_SPANS = st.builds(Span, _TEXT, st.integers(1, 9), st.integers(1, 9))
_PERIODS = st.builds(Period, st.integers(2000, 2099), st.sampled_from(Part))
_AMOUNTS = st.decimals(-(10**9), 10**9, places=3)
_SUMS = st.builds(Sum, _AMOUNTS, st.builds(Unit, _TEXT, st.just(1000), st.integers(0, 3)), _SPANS)
_WORDS = st.lists(_TEXT, max_size=2).map(tuple)
_LINES = st.builds(
    Line, _TEXT, _TEXT, _WORDS, _WORDS, st.dictionaries(_TEXT, _SUMS, max_size=2), _SPANS
)
_NOTES = st.lists(st.tuples(_SPANS, _TEXT), max_size=2).map(tuple)
_DECISIONS = st.builds(Decision, st.dates(), _TEXT, _SPANS)
_VALUES = {
    Diagnostic: st.builds(
        Diagnostic, _TEXT, st.sampled_from(Severity), _SPANS, _TEXT, _TEXT, _NOTES
    ),
    Allowance: st.builds(Allowance, _TEXT, _SPANS, st.frozensets(st.integers(1, 99))),
    Statement: st.builds(
        Statement, _TEXT, _TEXT, _PERIODS, st.lists(_LINES, max_size=2).map(tuple)
    ),
    Passport: st.builds(
        Passport, _TEXT, _TEXT, st.none() | _DECISIONS, st.none() | st.just(Term(1, 2)), _SPANS
    ),
}


@pytest.mark.parametrize("kind", _VALUES)
@settings(max_examples=20)
@given(data=st.data())
def test_what_is_written_is_read(kind: type, data: st.DataObject) -> None:
    value = data.draw(_VALUES[kind])
    again = revived(kind, json.loads(json.dumps(plain(value))))
    assert again == value
    assert plain(again) == plain(value)  # places, too, which do not count in comparing


def test_scalars_have_one_form() -> None:
    assert plain((Decimal("1.10"), datetime.date(2024, 1, 2), Severity.NOTE, None, "x")) == [
        *("1.10", "2024-01-02", "note", None, "x")
    ]
    assert plain(frozenset((3, 1, 2))) == [1, 2, 3]


def test_what_has_no_form_is_a_bug_of_ours() -> None:
    with pytest.raises(TypeError, match="object"):
        plain(object())


@pytest.mark.parametrize("value", [None, 5, "x", [], ["x"], {}, [1, 2, 3, 4, 5, 6, 7]])
def test_nonsense_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        revived(Diagnostic, value)
