"""Times as they are printed: by the clocks of Kyiv, whatever the machine's zone is."""

from __future__ import annotations

import datetime
import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.model.kyiv import in_kyiv, shown, shown_day


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ((2024, 2, 16, 9, 30), "16.02.2024 11:30 +02:00"),
        ((2024, 3, 31, 0, 59), "31.03.2024 02:59 +02:00"),
        ((2024, 3, 31, 1, 0), "31.03.2024 04:00 +03:00"),
        ((2024, 10, 27, 0, 59), "27.10.2024 03:59 +03:00"),
        ((2024, 10, 27, 1, 0), "27.10.2024 03:00 +02:00"),
        ((2024, 12, 31, 22, 0), "01.01.2025 00:00 +02:00"),
    ],
)
def test_winter_and_summer(moment: tuple[int, ...], told: str) -> None:
    utc = datetime.datetime(*moment, tzinfo=datetime.UTC)  # type: ignore[arg-type, misc]
    assert shown(utc) == told
    assert shown_day(utc) == told[:10]


@settings(max_examples=50)
@given(st.datetimes(datetime.datetime(1998, 1, 1), datetime.datetime(2024, 12, 31)))  # noqa: DTZ001
def test_tables_of_zones_say_the_same(moment: datetime.datetime) -> None:
    utc = moment.replace(tzinfo=datetime.UTC)
    try:
        zone = ZoneInfo("Europe/Kiev")  # known by this name to old tables, too
    except ZoneInfoNotFoundError:
        pytest.skip("на цій машині немає таблиць часових поясів")
    assert in_kyiv(utc).isoformat() == utc.astimezone(zone).isoformat()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="пояс машини тут не змінити")
def test_the_zone_of_the_machine_is_nothing_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    utc = datetime.datetime(2024, 2, 16, 9, 30, tzinfo=datetime.UTC)
    try:
        for zone in ("Asia/Tokyo", "UTC0"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert shown(utc) == "16.02.2024 11:30 +02:00"
    finally:
        monkeypatch.undo()
        time.tzset()
