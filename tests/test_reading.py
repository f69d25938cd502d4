"""Files become text, or a finding says why not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.source import read_source
from reportgen.source.reading import LARGEST_FILE

NOBODY = 65534


def read(root: Path, data: bytes) -> str | None:
    (root / "a.yaml").write_bytes(data)
    text, found = read_source(root / "a.yaml", root)
    assert (text is None) == bool(found)
    return text


@pytest.mark.parametrize(
    "data",
    [
        b"a: 1\nb: 2\n",
        b"a: 1\r\nb: 2\r\n",  # Windows
        b"a: 1\rb: 2\r",  # old Macintosh
        b"\xef\xbb\xbfa: 1\r\nb: 2\n",  # the byte order mark of Notepad, mixed line ends
    ],
)
def test_every_editor_gives_the_same_text(data: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, data) == "a: 1\nb: 2\n"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None
)
@given(st.text(st.characters(include_characters="\n\t", exclude_categories=["Cc", "Cs"])))
def test_text_in_utf_8_comes_out_as_it_is(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text.encode("utf-8")) == text.removeprefix("\ufeff")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None
)
@given(st.binary(max_size=40))
def test_any_bytes_are_text_or_a_finding(tmp_path: Path, data: bytes) -> None:
    text = read(tmp_path, data)
    assert text is None or "\r" not in text


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("", (1, 1)),
        ("назва: ", (1, 8)),  # columns count letters, not bytes
        ("a: 1\r\nb: ґ", (2, 5)),
        ("\ufeffa: ", (1, 4)),  # the mark is not a column
    ],
)
def test_first_byte_that_is_not_utf_8_is_named(
    before: str, place: tuple[int, int], tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_bytes(before.encode("utf-8") + b"\xcf\xf0\n")
    text, [one] = read_source(tmp_path / "a.yaml", tmp_path)
    assert text is None
    assert (one.code, one.span) == ("file-encoding", Span("a.yaml", *place))
    assert "0xCF" in one.message


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    text = read(tmp_path, b"#" * LARGEST_FILE)
    assert text is not None
    assert len(text) == LARGEST_FILE
    assert read(tmp_path, b"#" * (LARGEST_FILE + 1)) is None


def test_a_file_is_named_from_the_root(tmp_path: Path) -> None:
    _, [one] = read_source(tmp_path / "content" / "council.yaml", tmp_path)
    assert (one.code, str(one.span)) == ("file-missing", "content/council.yaml:1:1")


def test_a_link_within_the_project_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    assert read_source(tmp_path / "link.yaml", tmp_path) == ("a: 1\n", [])


def test_a_project_may_itself_lie_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert read_source(tmp_path / "link" / "a.yaml", tmp_path / "link") == ("a: 1\n", [])


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[Path]:
    """A project whose files this process may not read."""
    (tmp_path / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "a.yaml").chmod(0)
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield tmp_path
        return
    os.seteuid(NOBODY)
    try:
        yield tmp_path
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="права на файли тут інші")
def test_a_forbidden_file_is_a_finding(nobody: Path) -> None:
    text, [one] = read_source(nobody / "a.yaml", nobody)
    assert text is None
    assert (one.code, one.message) == ("file-unreadable", "файл не читається: немає дозволу")
