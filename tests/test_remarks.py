"""Looking for remarks only where there are some finds all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.source import builder, parse
from reportgen.source.remarks import remarked_lines

_LINES = [
    *("", "  ", "# примітка", "#5 знизу", "    #7 глибше", "  # reportgen: allow x — y", "a:"),
    *("b: текст #35", "c: >- # голова", "    рядок #1", "    рядок", "d: 'у лапках #3'", "e: #6"),
    *("f: [1, 2 #3", "  , 4]", "- g", "  h: i # j", 'k: "л #1"', "m: |", "n: 5 # сума"),
]


@settings(max_examples=150)
@given(lines=st.lists(st.sampled_from(_LINES), max_size=12))
def test_all_are_found(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = parse(text, "x.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "remarked_lines", lambda _: [1])
        patch.setattr(builder, "remark_near", lambda *_: True)
        assert parse(text, "x.yaml") == found


def test_lines_with_remarks() -> None:
    text = "# one\na: b#no\n  # two\nc: # three\n# reportgen: allow x — y\nd: 'e' #4"
    assert remarked_lines(text) == [1, 3, 4, 6]
