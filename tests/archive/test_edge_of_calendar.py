"""An archive that took in a file with an impossible time is read, checked and added to."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from archived import add, described, faults

from reportgen.archive.description import Description
from reportgen.build.bagging import Filling


@pytest.mark.parametrize("year", [1, 9999])
def test_impossible_times_stop_no_archive(year: int, tmp_path: Path) -> None:
    moment = datetime.datetime(year, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)

    def describe(filling: Filling) -> tuple[Description, str]:
        said, maker = described(filling)
        files = [
            replace(one, signed=tuple(replace(each, claimed=moment) for each in one.signed))
            for one in said.files
        ]
        return replace(said, files=tuple(files)), maker

    add(tmp_path, describe=describe)
    add(tmp_path, "sesiia-6")
    assert faults(tmp_path) == []
    assert f"{year}-12-31T23:59:59Z" in (tmp_path / "index.csv").read_text("utf-8-sig")
