"""What the last period said goes as it is filled in; remarks of persons stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from returned import Book, given_out, opened, taken
from small_project import lay

from reportgen.editing import without_was
from reportgen.source import Mapping, parse

TEXT = """\
measures:
  '1.10':
    actual: 1 # було 2 за 2023 рік
    # перевірити у Олени
    # було за 2023 рік:
    # status: ongoing
    # info: >-
    #   Старий текст: довгий,
    #
    #   у два абзаци.
    # моє: лишити
    status: done
    info: Новий.
  1.2:
    # було за 2023 рік:
    # status: ongoing
    # info: Старе
    info:
# було за 2023 рік:
# conclusion: Старий
conclusion: Новий
"""
ROW = ("measures", "1.10")


def test_entries_go_with_their_block_and_a_persons_remark_stays() -> None:
    filled = {(ROW, "status"), (ROW, "info"), (("measures", "1.2"), "info"), ((), "conclusion")}
    assert without_was(TEXT, filled).splitlines() == [
        "measures:",
        "  '1.10':",
        "    actual: 1 # було 2 за 2023 рік",
        "    # перевірити у Олени",
        "    # було за 2023 рік:",
        "    # моє: лишити",
        "    status: done",
        "    info: Новий.",
        "  1.2:",
        "    # було за 2023 рік:",
        "    # status: ongoing",
        "    info:",
        "conclusion: Новий",
    ]


def test_nothing_filled_changes_nothing() -> None:
    assert without_was(TEXT, set()) == TEXT


def test_a_new_file_keeps_no_old_texts_above_new_ones(tmp_path: Path) -> None:
    report = opened(lay(tmp_path), period="2024-9m")
    assert "# info:" in report.now.text
    book = Book(given_out(report)).typed("1.2", "info", "Нове.").typed("1.2", "status", "виконано")
    received, _ = taken(report, book.data)
    block = received.text.partition("  1.2:")[2]
    assert "Нове." in block
    assert "було за" not in block.partition("info: Нове.")[0]


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL"])
def test_a_text_that_looks_like_nothing_stays_a_text(tmp_path: Path, text: str) -> None:
    report = opened(lay(tmp_path))
    received, found = taken(report, Book(given_out(report)).typed("1.2", "info", text).data)
    assert not found
    assert f"info: '{text}'" in received.text
    node, _ = parse(received.text, "x.yaml")
    assert isinstance(node, Mapping)
