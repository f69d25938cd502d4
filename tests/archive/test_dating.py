"""Times of journal lines against the time-stamps over them."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from archived import TIME

from reportgen.archive.dating import disagreements, undated, undated_remark
from reportgen.archive.journal import Entry, Journal, What, as_line, line_hash, read_journal

HOUR = datetime.timedelta(hours=1)
MONTH = datetime.timedelta(days=30)


def lines(*times: datetime.datetime, stamp: bool = True) -> tuple[Entry, ...]:
    data, journal = b"", Journal()
    for number, time in enumerate(times):
        digest = line_hash(b"%d" % number)
        entry = journal.next_entry(What.ADDED, "sesiia-5", digest, time, "Олена")
        data += as_line(replace(entry, stamp=stamp))
        journal = read_journal(data)
    assert not journal.faults
    assert [one.stamp for one in journal.entries] == [stamp] * len(times)
    return journal.entries


def test_only_a_line_that_was_to_be_stamped_says_so() -> None:
    [with_one], [without] = lines(TIME), lines(TIME, stamp=False)
    assert b'"who":"\xd0\x9e\xd0\xbb\xd0\xb5\xd0\xbd\xd0\xb0","stamp":true}' in as_line(with_one)
    assert b'stamp"' not in as_line(without)
    assert read_journal(as_line(without).replace(b"}", b',"stamp":false}')).faults


def test_what_was_stamped_at_once_agrees() -> None:
    entries = lines(TIME, TIME + MONTH)
    stamps = {1: TIME + HOUR, 2: TIME + MONTH + HOUR}
    assert not [*disagreements(entries, stamps, 1), *disagreements(entries, stamps, 2)]
    assert undated(entries, stamps) == []


@pytest.mark.parametrize("apart", [-MONTH, MONTH, datetime.timedelta(days=1, seconds=1)])
def test_a_stamp_far_from_its_line_is_told_of(apart: datetime.timedelta) -> None:
    [said] = disagreements(lines(TIME), {1: TIME + apart}, 1)
    assert "рядок 1 журналу датовано 16.02.2024 09:30 UTC" in said
    assert "більше ніж на добу" in said


def test_a_stamp_older_than_the_line_before_is_told_of() -> None:
    entries = lines(TIME + HOUR, TIME + HOUR)
    [said] = disagreements(entries, {2: TIME}, 2)
    assert "раніше, ніж датовано попередній рядок" in said


def test_stamps_in_another_order_than_lines_are_told_of() -> None:
    entries = lines(TIME, TIME)
    [said] = disagreements(entries, {1: TIME + 2 * HOUR, 2: TIME + HOUR}, 2)
    assert "журнал переписано" in said


def test_one_stamp_is_over_all_lines_of_a_run_but_not_over_those_of_a_month_before() -> None:
    entries = lines(TIME, TIME + MONTH, TIME + MONTH)
    assert undated(entries, {3: TIME + MONTH}) == [1]
    assert undated(entries, {1: TIME}) == [2, 3]
    assert undated(entries, {}) == [1, 2, 3]
    assert "на рядках 2, 3 журналу немає своєчасної позначки" in undated_remark([2, 3])
    assert "на рядку 1 журналу" in undated_remark([1])


def test_a_line_of_no_service_needs_a_stamp_only_where_there_were_some_before() -> None:
    entries = lines(TIME, TIME + MONTH, TIME + 2 * MONTH, stamp=False)
    assert undated(entries, {}) == []
    assert undated(entries, {2: TIME + MONTH}) == [3]
