"""What was read comes over from the other process as it was, and nothing else does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.read.source import (
    Place,
    Remark,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
    UnreadableFileError,
)
from reportgen.read.transport import answer, file_of, refusal

_TEXTS = st.text(max_size=5)
_PLACES = st.builds(Place, _TEXTS, st.integers(1), st.integers(1))
_NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
_SPANS = st.integers(1, 9)
_CELLS = st.builds(
    SourceCell, _TEXTS, _PLACES, _NUMBERS, _SPANS, _SPANS, st.booleans(), _TEXTS, st.booleans()
)
_ROWS = st.builds(
    SourceRow,
    st.lists(st.tuples(st.integers(0, 99), _CELLS), max_size=3).map(tuple),
    _PLACES,
    st.booleans(),
    st.booleans(),
)
_BLOCKS = st.one_of(
    st.builds(SourceParagraph, _TEXTS, _PLACES, st.booleans()),
    st.builds(SourceTable, st.lists(_ROWS, max_size=3).map(tuple), _PLACES, _TEXTS),
)
_FILES = st.builds(
    SourceFile,
    _TEXTS,
    st.lists(_BLOCKS, max_size=3).map(tuple),
    st.lists(st.builds(Remark, _TEXTS, _PLACES), max_size=2).map(tuple),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS | st.just("table"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(("file", "other")), inner, max_size=2)
    ),
    max_leaves=12,
)


@given(_FILES)
@settings(max_examples=50)
def test_a_file_comes_over_as_it_was(file: SourceFile) -> None:
    assert file_of(answer(file)) == file


def test_a_refusal_comes_over_as_one() -> None:
    with pytest.raises(UnreadableFileError, match="порожній"):
        file_of(refusal("файл порожній"))


@given(_JSON)
@settings(max_examples=50)
def test_anything_else_is_no_answer(found: object) -> None:
    try:
        file = file_of(json.dumps({"file": found}).encode())
    except ValueError:
        return
    assert file_of(answer(file)) == file


def test_a_number_must_be_one() -> None:
    cell = SourceCell("", Place("а", 1))
    data = answer(
        SourceFile("а", (SourceTable((SourceRow(((0, cell),), cell.place),), cell.place),))
    )
    for given_value in ('"NaN"', '"Infinity"', "1.5"):
        with pytest.raises(ValueError, match="not a"):
            file_of(data.replace(b"null", given_value.encode()))
