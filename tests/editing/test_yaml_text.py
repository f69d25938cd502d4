"""Files of content, changed and written again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overlays import projects

from reportgen.editing import folded, in_braces, parse_yaml

FILES = [file for root in projects() for file in sorted(root.glob("content/**/*.yaml"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_what_is_not_changed_keeps_its_bytes(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert str(parse_yaml(text)) == text


def test_a_change_leaves_remarks_and_order() -> None:
    tree = parse_yaml("# зверху\nb: 1.10  # поряд\na:\n  - x  # у списку\n  - 1431,0\n")
    tree.root["b"] = "1.20"
    tree.root["c"] = in_braces({"general": "9.0", "special": "3.0"})
    tree.remark(tree.root, "c", "нове")
    assert str(tree) == (
        "# зверху\nb: 1.20  # поряд\na:\n  - x  # у списку\n  - 1431,0\n# нове\n"
        "c: {general: 9.0, special: 3.0}\n"
    )


def test_long_texts_are_folded() -> None:
    tree = parse_yaml()
    tree.root["info"] = folded("слово " * 40 + "кінець", indent=2)
    tree.root["short"] = folded("коротко", indent=2)
    tree.root["two"] = folded("перший\nдругий", indent=2)
    lines = str(tree).split("\n")
    assert lines[0] == "info: >-"
    assert all(len(line) <= 110 for line in lines)
    assert lines[-5:] == ["short: коротко", "two: |-", "  перший", "  другий", ""]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
def test_any_text_comes_back(text: str) -> None:
    tree = parse_yaml()
    tree.root["text"] = folded(" ".join([text, *["слово"] * 30]), indent=2)
    tree.root["key"] = text
    again = parse_yaml(str(tree)).root
    assert again["key"] == text
    assert again["text"] == " ".join([text, *["слово"] * 30])
