"""The manifest: what was built from what, in the same words every time."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from overlays import small

from reportgen import __version__
from reportgen.build.manifest import Entry, as_json, digest, read_manifest
from reportgen.cli import main

ENTRY = Entry("0" * 64, "biblioteky", "2024-h1", "prosta", {"b": "2" * 64, "a": "1" * 64})


def test_a_digest_is_sha_256() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_entries_are_written_in_order() -> None:
    one, other = as_json({"b": ENTRY, "a": ENTRY}), as_json({"a": ENTRY, "b": ENTRY})
    assert one == other
    assert one.endswith(b"}\n")
    record = json.loads(one)
    assert record["reportgen"] == __version__
    assert list(record["files"]) == ["a", "b"]
    assert list(record["files"]["a"]["inputs"]) == ["a", "b"]


@pytest.mark.parametrize("entries", [{}, {"b": ENTRY}, {"«а»/\\n": replace(ENTRY, inputs={})}])
def test_it_is_laid_out_as_json_lays_it_out(entries: dict[str, Entry]) -> None:
    record = {"reportgen": __version__, "files": {name: asdict(entries[name]) for name in entries}}
    usual = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert as_json(entries).decode() == usual


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "biblioteky").mkdir()
    (tmp_path / "biblioteky" / "2024-h1.pdf").write_bytes(b"")
    entries = {"biblioteky/2024-h1.pdf": ENTRY, "biblioteky/2024-h1.docx": ENTRY}
    (tmp_path / "manifest.json").write_bytes(as_json(entries))
    # The other file is not there.
    assert read_manifest(tmp_path) == {"biblioteky/2024-h1.pdf": ENTRY}


@pytest.mark.skipif(os.name != "posix", reason="деякі з цих назв тут неможливі")
def test_foreign_names_are_not_carried_on(tmp_path: Path) -> None:
    output, slug, file = tmp_path / "output", "biblioteky", "2024-h1.pdf"
    (output / slug).mkdir(parents=True)
    names = [f"../{slug}/{file}", f"{slug}/../{file}", f"{slug}\\{file}", f"c:/{file}", "notes.pdf"]
    names += [(tmp_path / slug / file).as_posix(), f"{slug}//{file}", f"./{slug}/{file}"]
    for name in names:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(b"")
    (output / "manifest.json").write_bytes(as_json(dict.fromkeys(names, ENTRY)))
    assert read_manifest(output) == {}


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b"\xff",
        b'{"files": []}',
        b'{"files": {"slug/2023.pdf": {}}}',
        b'{"files": {"slug/2023.pdf": 1}}',
    ],
)
def test_a_damaged_manifest_counts_as_none(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "slug").mkdir()
    (tmp_path / "slug" / "2023.pdf").write_bytes(b"")
    (tmp_path / "manifest.json").write_bytes(damaged)
    assert read_manifest(tmp_path) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "\ud800"},
        {"sha256": "WRONG"},
        {"sha256": 5},
        {"sha256": "0" * 64 + "\n"},
        {"programme": None},
        {"period": ["2023"]},
        {"form": "../x"},
        {"inputs": 5},
        {"inputs": ["a"]},
        {"inputs": {"a": 5}},
        {"inputs": {"a": "WRONG"}},
        {"inputs": {"\ud800": "0" * 64}},
        {"more": 1},
        {"programme": "other"},
        {"period": "2024"},
    ],
)
def test_an_entry_that_no_build_has_written_is_not_carried_on(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    (tmp_path / "biblioteky").mkdir()
    (tmp_path / "biblioteky" / "2024-h1.pdf").write_bytes(b"")
    record = {"files": {"biblioteky/2024-h1.pdf": {**asdict(ENTRY), **wrong}}}
    (tmp_path / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    assert read_manifest(tmp_path) == {}


@pytest.mark.skipif(os.name != "posix", reason="ця система не має іменованих каналів")
def test_a_pipe_in_the_place_of_the_manifest_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    assert read_manifest(tmp_path) == {}


def test_a_manifest_larger_than_any_is_none(tmp_path: Path) -> None:
    with (tmp_path / "manifest.json").open("wb") as stream:
        stream.truncate(6 * 1024**3)  # takes no room on the disk
    assert read_manifest(tmp_path) == {}


def test_a_folder_without_a_manifest_has_no_entries(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def built(root: Path, *options: str) -> dict[str, Entry]:
    assert main(["build", "--root", str(root), *options]) == 0
    return read_manifest(root / "output")


def test_a_build_names_every_file_and_all_it_was_made_from(tmp_path: Path) -> None:
    root = small(tmp_path)
    entries = built(root)
    assert sorted(entries) == [
        *(f"biblioteky/2024-h1.{suffix}" for suffix in ("docx", "html", "pdf", "xlsx"))
    ]
    for name, entry in entries.items():
        data = (root / "output" / name).read_bytes()
        assert entry.sha256 == hashlib.sha256(data).hexdigest()
        assert (entry.programme, entry.period, entry.form) == ("biblioteky", "2024-h1", "prosta")
        own = {
            "content/council.yaml",
            "content/registers/executors.yaml",
            "content/registers/funds.yaml",
            "content/registers/officials.yaml",
            "content/programmes/biblioteky/programme.yaml",
            "content/programmes/biblioteky/2024-h1.yaml",
            "templates/prosta/form.yaml",
        }
        shipped = {"templates/frame.docx", "templates/page.html.j2", "templates/page.css"}
        inputs = dict(entry.inputs)
        assert own | shipped | {"templates/document.typ"} <= set(inputs)
        assert all(file.startswith(("content/", "templates/", "font/")) for file in inputs)
        for file in own:
            assert inputs[file] == digest((root / file).read_bytes())


@pytest.mark.skipif(os.name != "posix", reason="ця система не має іменованих каналів")
def test_only_files_that_are_read_are_hashed(tmp_path: Path) -> None:
    root = small(tmp_path)
    os.mkfifo(root / "content" / "registers" / "x.yaml")
    [entry] = built(root, "--format", "html").values()
    assert "content/registers/x.yaml" not in entry.inputs


def test_a_build_of_some_keeps_what_is_known_of_the_others(tmp_path: Path) -> None:
    root = small(tmp_path, "shkoly")
    first = built(root, "--format", "html,xlsx")
    period = root / "content" / "programmes" / "shkoly" / "2024-h1.yaml"
    period.write_text(period.read_text("utf-8").replace("18.0", "19.0"), encoding="utf-8")
    second = built(root, "shkoly", "--format", "html")
    changed = {name for name in second if second[name] != first[name]}
    assert set(second) == set(first)
    assert changed == {"shkoly/2024-h1.html"}


def test_a_file_that_was_removed_leaves_the_manifest(tmp_path: Path) -> None:
    root = small(tmp_path, "shkoly")
    built(root, "--format", "html")
    (root / "output" / "biblioteky" / "2024-h1.html").unlink()
    assert set(built(root, "shkoly", "--format", "html")) == {"shkoly/2024-h1.html"}


def test_a_removed_programme_is_no_input_of_another(tmp_path: Path) -> None:
    alone = built(small(tmp_path / "one"), "--format", "html")
    among = built(small(tmp_path / "two", "shkoly"), "--format", "html")
    name = "biblioteky/2024-h1.html"
    assert among[name] == alone[name]
