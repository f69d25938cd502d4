"""The journal: a chain in which no line can be changed, dropped, moved or added unseen."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.archive.journal import (
    START,
    Journal,
    What,
    as_line,
    line_hash,
    read_journal,
)

TIME = datetime.datetime(2024, 2, 16, 9, 30, tzinfo=datetime.UTC)


def grown(packages: list[str]) -> bytes:
    """Return a journal into which bags of these packages came."""
    data, journal = b"", Journal()
    for number, package in enumerate(packages):
        time = TIME + datetime.timedelta(days=number)
        entry = journal.next_entry(What.ADDED, package, line_hash(package.encode()), time, "Олена")
        data += as_line(entry)
        journal = read_journal(data)
    return data


packages = st.lists(st.sampled_from(["sesiia-1", "sesiia-2", "sesiia-3"]), max_size=6)


def test_a_line_is_plain_json_that_names_the_line_before() -> None:
    first, second = grown(["sesiia-1", "sesiia-1"]).splitlines(keepends=True)
    assert json.loads(first)["previous"] == START
    record = json.loads(second)
    assert record["previous"] == line_hash(first)
    assert (record["number"], record["version"], record["who"]) == (2, 2, "Олена")
    assert record["time"] == "2024-02-17T09:30:00Z"


def test_an_empty_journal_is_sound() -> None:
    assert read_journal(b"") == Journal()
    assert Journal().head == START


@given(packages)
@settings(max_examples=30)
def test_what_was_written_is_read(names: list[str]) -> None:
    journal = read_journal(grown(names))
    assert not journal.faults
    assert [one.package for one in journal.entries] == names
    assert b"".join(map(as_line, journal.entries)) == grown(names)
    assert {one.package for one in journal.latest()} == set(names)


@given(packages.filter(lambda one: len(one) > 1), st.data())
@settings(max_examples=60)
def test_a_changed_byte_is_seen_by_the_chain_or_changes_the_head(
    names: list[str], data: st.DataObject
) -> None:
    written = bytearray(grown(names))
    head = read_journal(bytes(written)).head
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= 1 << data.draw(st.integers(0, 7))
    changed = read_journal(bytes(written))
    assert changed.faults or changed.head != head
    last = bytes(written).rstrip(b"\n").rfind(b"\n") + 1
    assert changed.faults or place >= last


@given(packages.filter(lambda one: len(one) > 1), st.data())
@settings(max_examples=40)
def test_removed_and_moved_lines_are_seen(names: list[str], data: st.DataObject) -> None:
    lines = grown(names).splitlines(keepends=True)
    gone = data.draw(st.integers(0, len(lines) - 2))
    assert read_journal(b"".join(lines[:gone] + lines[gone + 1 :])).faults
    moved = [*lines[:gone], lines[gone + 1], lines[gone], *lines[gone + 2 :]]
    assert read_journal(b"".join(moved)).faults
    assert read_journal(b"".join([*lines, lines[gone]])).faults


def test_a_cut_end_changes_the_head() -> None:
    data = grown(["sesiia-1", "sesiia-2"])
    first = data.splitlines(keepends=True)[0]
    cut = read_journal(first)
    assert not cut.faults
    assert read_journal(data).head not in cut.hashes


@pytest.mark.parametrize("left", [1, 40, -1])
def test_a_torn_line_is_told(left: int) -> None:
    data = grown(["sesiia-1", "sesiia-2"])
    first = data.splitlines(keepends=True)[0]
    torn = data[: len(first) + left] if left > 0 else data[:left]
    journal = read_journal(torn)
    assert journal.torn
    assert "останній рядок журналу обірвано" in journal.faults[-1]
    assert len(journal.entries) == 1


@pytest.mark.parametrize(
    "line",
    [
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"\n",
        b"\xff\n",
        b"[" * 5000 + b"\n",
        b"{" + b'"a":' * 3000 + b"\n",
        b'{"number":1e400}\n',
        b"9" * 9000 + b"\n",
    ],
)
def test_anything_may_stand_in_a_journal(line: bytes) -> None:
    assert "рядок 1 журналу не такий" in read_journal(line).faults[0]


def test_the_same_said_in_other_bytes_is_a_change() -> None:
    line = grown(["sesiia-1"])
    for changed in (
        line.replace(b'":1', b'": 1'),
        line.replace("Олена".encode(), json.dumps("Олена").strip('"').encode()),
        line.replace(b"\n", b"\r\n"),
        line[:-2] + b',"x":1}\n',
        line.replace(b'"number":1', b'"number":true'),
        line.replace(b'"number":1', b'"number":1.0'),
    ):
        assert changed != line
        assert read_journal(changed).faults
