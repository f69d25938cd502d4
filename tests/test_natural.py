"""Names as people list them, and nouns after numbers."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import natural


def test_nine_comes_before_ten() -> None:
    names = ["10.pdf", "9.pdf", "додаток 10", "Додаток 9", "a/2/б", "a/10/б", "", "x02", "x2"]
    assert sorted(names, key=natural) == [
        *("", "9.pdf", "10.pdf", "a/2/б", "a/10/б", "x02", "x2", "Додаток 9", "додаток 10"),
    ]


@settings(max_examples=50)
@given(st.lists(st.text(max_size=8), unique=True), st.randoms(use_true_random=False))
def test_the_order_is_the_same_from_any_other(names: list[str], by: random.Random) -> None:
    mixed = [*names]
    by.shuffle(mixed)
    assert sorted(mixed, key=natural) == sorted(names, key=natural)
