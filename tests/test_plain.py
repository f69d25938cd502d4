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
from reportgen.diagnostics import CATALOGUE, Diagnostic, Severity, Span, finding
from reportgen.model.council import Decision
from reportgen.model.period import Part, Period
from reportgen.model.programme import Term

_TEXT = st.text(max_size=6)
_PLAIN = st.text("abc'є\u00a0 ", max_size=6)  # what a finding may say
_FILES = st.sampled_from(["", "a.yaml", "content/програми/a b.yaml"])
_SPANS = st.builds(Span, _FILES, st.integers(1, 9), st.integers(1, 9))
_PERIODS = st.builds(Period, st.integers(2000, 2099), st.sampled_from(Part))
_AMOUNTS = st.decimals(-(10**9), 10**9, places=3)
_SUMS = st.builds(Sum, _AMOUNTS, st.builds(Unit, _TEXT, st.just(1000), st.integers(0, 3)), _SPANS)
_WORDS = st.lists(_TEXT, max_size=2).map(tuple)
_LINES = st.builds(
    Line, _TEXT, _TEXT, _WORDS, _WORDS, st.dictionaries(_TEXT, _SUMS, max_size=2), _SPANS
)
_NOTES = st.lists(st.tuples(_SPANS, _PLAIN), max_size=2).map(tuple)
_DECISIONS = st.builds(Decision, st.dates(), _TEXT, _SPANS)
_VALUES = {
    Diagnostic: st.builds(
        finding, st.sampled_from(sorted(CATALOGUE)), _SPANS, _PLAIN, _PLAIN, _NOTES
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


@pytest.mark.parametrize("value", ["NaN", "Infinity", "x", None])
def test_an_amount_is_finite(value: object) -> None:
    with pytest.raises((TypeError, ValueError, ArithmeticError)):
        revived(Decimal, value)


def test_what_has_no_form_is_a_bug_of_ours() -> None:
    with pytest.raises(TypeError, match="object"):
        plain(object())


_PLACE = ["content/council.yaml", 1, 1, ""]


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (0, "no-such"),
        (0, 5),
        (1, "fatal"),
        (1, "error"),  # not the severity of this code
        *((2, [file, 1, 1, ""]) for file in ("/etc/passwd", "../a", "a/../b", "a//b", "C:/a", 5)),
        *((2, [file, 1, 1, ""]) for file in ("a\\b", "a\x1b[31m", "\u202e", None)),
        *((2, ["a.yaml", line, 1, ""]) for line in ("x", True, 0, -1, 10**30, 1.0, None)),
        (2, ["a.yaml", 1, 1, 5]),
        *((3, message) for message in (5, None, "m\x1b[2J", "m\n::error ::x", "x" * 10_000)),
        (4, ["x"]),
        (5, [[_PLACE, 5]]),
        (5, {"x": 1}),
    ],
)
def test_a_finding_that_nobody_makes_is_refused(at: int, wrong: object) -> None:
    right: list[object] = ["text-dash", "note", _PLACE, "message", "hint", [[_PLACE, "there"]]]
    assert isinstance(revived(Diagnostic, right), Diagnostic)
    right[at] = wrong
    with pytest.raises((TypeError, ValueError, KeyError, AttributeError)):
        revived(Diagnostic, right)


@pytest.mark.parametrize("value", [None, 5, "x", [], ["x"], {}, [1, 2, 3, 4, 5, 6, 7]])
def test_nonsense_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        revived(Diagnostic, value)
