"""An archive outlives the version that wrote its index: that is no damage, and hides none."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from archived import archive, loosen

from reportgen.archive.index_check import check_index


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = archive(tmp_path_factory.mktemp("index"))
    loosen(folder)
    return folder


def without(data: bytes, column: str) -> bytes:
    """Return the table as a version wrote it that did not have the column."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    at = rows[0].index(column)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([*row[:at], *row[at + 1 :]] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def test_a_table_with_fewer_columns_is_told_of_and_is_no_fault(whole: Path) -> None:
    right = (whole / "index.csv").read_bytes()
    checked = check_index("index.csv", without(right, "Код періоду"), right)
    assert not checked.faults
    assert "інша версія програми" in checked.remarks[0]


@pytest.mark.parametrize("digit", ["0", "1"])
def test_a_changed_hash_in_it_is_a_fault(whole: Path, digit: str) -> None:
    right = (whole / "index.csv").read_bytes()
    old = without(right, "Код періоду").decode()
    rows = old.split("\n")
    at = next(i for i, row in enumerate(rows) if "journal.jsonl" in row)
    head = next(one for one in rows[at].split(";") if len(one) == 64)
    other = ("1" if digit == "0" else "0") + head[1:]
    changed = old.replace(head, other if other != head else "2" + head[1:])
    assert check_index("index.csv", changed.encode(), right).faults


@pytest.mark.parametrize(
    "damage",
    [
        lambda rows: rows[:-1],  # the journal's last line is told there
        lambda rows: rows[:1],
        lambda rows: [*rows, rows[-1]],
        lambda rows: [rows[0], *reversed(rows[1:])],
    ],
)
def test_rows_cannot_be_taken_from_it(whole: Path, damage: object) -> None:
    right = (whole / "index.csv").read_bytes()
    rows = without(right, "Посада").decode().rstrip("\n").split("\n")
    changed = "\n".join(damage(rows)) + "\n"  # type: ignore[operator]
    assert check_index("index.csv", changed.encode(), right).faults


def test_the_same_columns_must_be_the_same_bytes(whole: Path) -> None:
    right = (whole / "index.csv").read_bytes()
    assert check_index("index.csv", right + b"\n", right).faults
    assert check_index("index.csv", right.replace(b"\n", b"\r\n"), right).faults
    assert check_index("index.csv", b"", right).faults
    assert check_index("index.csv", b"\xff\xfe", right).faults


def test_a_page_of_another_version(whole: Path) -> None:
    right = (whole / "index.html").read_bytes()
    other = right.replace(b'content="reportgen ', b'content="reportgen 9')
    assert other != right
    checked = check_index("index.html", other.replace(b"<h1", b"<h1 lang='uk'"), right)
    assert not checked.faults
    assert "вірте index.csv" in checked.remarks[0]
    assert check_index("index.html", right.replace(b"<h1", b"<h1 lang='uk'"), right).faults


def test_hashes_on_such_a_page_are_held(whole: Path) -> None:
    right = (whole / "index.html").read_bytes()
    other = right.replace(b'content="reportgen ', b'content="reportgen 9')
    hashes = set(re.findall(rb"\b[0-9a-f]{64}\b", right))
    assert hashes
    for found in hashes:
        changed = other.replace(found, (b"1" if found[:1] == b"0" else b"0") + found[1:])
        assert check_index("index.html", changed, right).faults
