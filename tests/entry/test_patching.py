"""Changes in a tree: remarks stay with what they are about."""

from __future__ import annotations

import pytest

from reportgen.editing import folded, in_braces, parse_yaml
from reportgen.entry.patching import drop, put

TEXT = """\
# зверху
measures:
  1.1.1:
    actual: 1   # у рядку
  # про 1.1.2

  # ще про 1.1.2
  1.1.2:
    info: >-
      довгий текст
      далі
    # про термін
    term: 2022   # при терміні
  # про 1.1.3
  1.1.3:
    plan: '7'  # план
    info: |-
      a

      b
  # про 1.1.4
  1.1.4: {a: 1}  # у дужках
  # про 1.1.5
  1.1.5:
    parts:
      x: {actual: 1}
      y:
        actual: 2
# знизу
conclusion: x
"""
ORDER = ("term", "plan", "actual", "status", "info", "parts")
REMARKS = [line.strip() for line in TEXT.split("\n") if line.strip().startswith("#")]
BLOCK = folded("довге слово " * 20 + "кінець", 6)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n")]


@pytest.mark.parametrize(
    ("row", "key", "value", "above"),
    [
        ("1.1.1", "status", "done", "actual: 1   # у рядку"),
        ("1.1.1", "info", BLOCK, "actual: 1   # у рядку"),
        ("1.1.1", "term", "2023", "1.1.1:"),
        ("1.1.3", "parts", in_braces({"x": "1"}), "b"),
        ("1.1.5", "actual", "5", "1.1.5:"),
        ("1.1.2", "plan", "5", "term: 2022   # при терміні"),
    ],
)
def test_a_new_key_stands_where_it_is_looked_for(
    row: str, key: str, value: object, above: str
) -> None:
    tree = parse_yaml(TEXT)
    put(tree.root["measures"][row], key, value, ORDER)
    new = lines(str(tree))
    at = next(n for n, line in enumerate(new) if line.startswith(f"{key}:") and above in new[n - 1])
    assert at
    rest = iter(new)
    assert all(line in rest for line in lines(TEXT) if line), "lines are gone or out of order"


@pytest.mark.parametrize(
    ("row", "key", "value"),
    [
        ("1.1.2", "term", BLOCK),
        ("1.1.2", "info", "коротко"),
        ("1.1.2", "info", BLOCK),
        ("1.1.3", "plan", "8.5"),
        ("1.1.3", "info", "5"),
        ("1.1.1", "actual", in_braces({"general": "1.0"})),
    ],
)
def test_another_value_leaves_remarks(row: str, key: str, value: object) -> None:
    tree = parse_yaml(TEXT)
    put(tree.root["measures"][row], key, value, ORDER)
    text = str(tree)
    assert [line for line in lines(text) if line in REMARKS] == REMARKS
    assert parse_yaml(text).root["measures"][row][key] == value
    for beside in ("# у рядку", "# при терміні", "# план"):
        assert beside in text


@pytest.mark.parametrize(
    ("row", "key"),
    [("1.1.1", "actual"), ("1.1.2", "info"), ("1.1.2", "term"), ("1.1.3", "info"), ("1.1.4", "a")],
)
def test_what_is_taken_away_leaves_the_remarks_below_it(row: str, key: str) -> None:
    tree = parse_yaml(TEXT)
    drop(tree.root["measures"], row, key)
    text = str(tree)
    assert [line for line in lines(text) if line in REMARKS] == REMARKS
    assert key not in parse_yaml(text).root["measures"][row]
