"""Findings that are remembered are those that would be found; nothing else is remembered."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import projects, small
from small_project import COUNCIL, EXECUTORS, FORM, PERIOD, PROGRAMME, base, lay, write
from test_errors import CASES, _lay_case

from reportgen.build import checking, fingerprints, records
from reportgen.build.checking import check_reports
from reportgen.build.examine import examine, examine_council
from reportgen.build.fingerprints import Fingerprints, file_digest
from reportgen.build.project import open_project
from reportgen.build.remembered import Memory
from reportgen.cli import main
from reportgen.diagnostics import Diagnostic, Span, finding, in_order
from reportgen.load import load_content
from reportgen.write.fonts import font_files

SLIP = ("Придбано 214", "Придбано  214")
EARLIER = PERIOD.replace("-h1", "-q1")


def found(root: Path, folder: Path | None, *, recall: bool = True) -> list[Diagnostic]:
    """Return all findings about a project, in one process."""
    project = open_project(root)
    memory = Memory(project, folder, recall=recall)
    told: list[Diagnostic] = []
    content = load_content(project.root, told)
    told += examine_council(content, project)
    checks = dict(check_reports(content.sources, content, project, memory, 1))
    return in_order(examine(checks, content, project, told, memory))


@pytest.fixture
def drafted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take down the files of reports that are checked afresh."""
    names: list[str] = []
    make = checking.draft

    def noted(source, *rest, **more):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        names.append(f"{source.slug}/{source.period.id}")
        return make(source, *rest, **more)

    monkeypatch.setattr(checking, "draft", noted)
    return names


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Two programmes, one of them with two periods."""
    root = small(tmp_path / "village", "inshe")
    write(root / EARLIER, base(PERIOD).replace("2024-h1", "2024-q1"))
    return root


@pytest.mark.parametrize("root", projects(), ids=lambda root: root.name)
def test_shipped_projects(root: Path, tmp_path: Path, drafted: list[str]) -> None:
    computed = found(root, None)
    assert found(root, tmp_path / "kept") == computed
    drafted.clear()
    assert found(root, tmp_path / "kept") == computed
    assert drafted == []


@pytest.mark.parametrize("root", projects(), ids=lambda root: root.name)
def test_no_file_is_read_that_has_no_part_in_the_key(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lets a report depend on one more file is told here."""
    digested: set[str] = set()
    opened: set[str] = set()
    watching = [False]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching[0] and event == "open" and isinstance(arguments[0], str):
            opened.add(arguments[0])

    def digest(path: Path) -> str | None:
        digested.add(str(path))
        return file_digest(path)

    make = checking.draft

    def watched(source, *rest, **more):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        watching[0] = True
        try:
            return make(source, *rest, **more)
        finally:
            watching[0] = False

    sys.addaudithook(watch)  # for good: there is no way to take it off, so it sleeps afterwards
    monkeypatch.setattr(fingerprints, "file_digest", digest)
    monkeypatch.setattr(checking, "draft", watched)
    found(root, tmp_path / "kept")
    fonts = {str(path) for path in font_files()}
    others = {one for one in opened - digested - fonts if not one.endswith((".py", ".pyc"))}
    assert any(one.endswith(PERIOD[-5:]) for one in opened)
    assert others == set()


@pytest.mark.parametrize("case", sorted({one.partition("/")[0]: one for one in CASES}.values()))
def test_planted_faults(case: str, tmp_path: Path) -> None:
    if case.endswith("/pipe") and not hasattr(os, "mkfifo"):
        pytest.skip("ця система не має іменованих каналів")
    root = _lay_case(case, tmp_path)
    computed = found(root, tmp_path / "kept")
    assert found(root, tmp_path / "kept") == computed


def test_only_what_depends_on_a_change_is_checked_again(
    village: Path, tmp_path: Path, drafted: list[str]
) -> None:
    form = "templates/prosta/form.yaml"
    both = ["biblioteky/2024-q1", "biblioteky/2024-h1"]
    every = [*both, "inshe/2024-h1"]
    changes: tuple[tuple[str, list[str]], ...] = (
        (PERIOD, ["biblioteky/2024-h1"]),
        (EARLIER, both),
        (PROGRAMME, both),
        *((name, every) for name in (COUNCIL, EXECUTORS, form)),
        ("content/programmes/inshe/2024-h1.yaml", ["inshe/2024-h1"]),
    )
    found(village, tmp_path / "kept")
    for name, expected in changes:
        write(village / name, (village / name).read_bytes() + b"\n")
        drafted.clear()
        assert found(village, tmp_path / "kept") == found(village, None, recall=False)
        assert drafted[: len(expected)] == expected, name
        assert len(drafted) == len(expected) + len(every), name
    write(village / "templates" / "insha" / "form.yaml", base(FORM).replace("prosta", "insha"))
    write(village / "content" / "programmes" / "inshe" / "notes.txt", "нотатки")
    drafted.clear()
    found(village, tmp_path / "kept")
    assert drafted == []


def test_times_do_not_count(village: Path, tmp_path: Path, drafted: list[str]) -> None:
    kept = tmp_path / "kept"
    found(village, kept)
    path = village / PERIOD
    os.utime(path, (1, 1))
    drafted.clear()
    found(village, kept)
    assert drafted == []
    spoilt = path.read_text(encoding="utf-8").replace(*SLIP)
    write(path, spoilt)
    os.utime(path, (1, 1))
    found(village, kept)
    assert drafted == ["biblioteky/2024-h1"]


def _key_of(root: Path) -> str | None:
    project = open_project(root)
    content = load_content(project.root, [])
    prints = Fingerprints(project)
    source = next(one for one in content.sources if one.period.id == "2024-h1")
    keys = prints.of_report(source, content), prints.of_forms(["prosta"])
    return None if None in keys else "".join(map(str, keys))


@settings(max_examples=40)
@given(data=st.data())
def test_every_byte_counts(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = lay(tmp_path_factory.mktemp("byte"), {EARLIER: base(PERIOD)})
    inputs = sorted(
        path
        for path in root.rglob("*.yaml")
        if "content" in path.parts or path.name.startswith("form")
    )
    before = _key_of(root)
    path = data.draw(st.sampled_from(inputs))
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert before
    assert _key_of(root) not in (None, before)


@pytest.mark.parametrize(
    "name", [EARLIER, "content/registers/programmes.yaml", "templates/prosta/form-2020-01-01.yaml"]
)
def test_a_file_that_comes_or_goes_counts(name: str, tmp_path: Path) -> None:
    root = lay(tmp_path)
    before = _key_of(root)
    write(root / name, base(PERIOD))
    there = _key_of(root)
    (root / name).unlink()
    assert there not in (None, before)
    assert _key_of(root) == before


@pytest.mark.parametrize("name", [PERIOD, PROGRAMME, COUNCIL, FORM])
def test_what_a_link_leads_to_is_not_remembered(
    name: str, tmp_path: Path, drafted: list[str]
) -> None:
    root = lay(tmp_path)
    (root / name).rename(root / "aside.yaml")
    (root / name).symlink_to(root / "aside.yaml")
    for _ in range(2):
        drafted.clear()
        assert found(root, tmp_path / "kept") == found(root, None)
        assert len(drafted) == 2


def test_a_file_that_changes_meanwhile_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drafted: list[str]
) -> None:
    root = lay(tmp_path)
    truth = found(root, None)
    make = checking.draft

    def saved_meanwhile(source, *rest, **more):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        write(root / PERIOD, base(PERIOD).replace(*SLIP))
        return make(source, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(checking, "draft", saved_meanwhile)
        assert found(root, tmp_path / "kept") != truth
    write(root / PERIOD, base(PERIOD))
    drafted.clear()
    assert found(root, tmp_path / "kept") == truth
    assert drafted == ["biblioteky/2024-h1"]


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _cut(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-9])


def _other_bytes(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"text-blanks", b"text-commas"))


def _no_text(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(bytes(range(256)))


def _folders(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
        path.mkdir()


def _file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"")


@pytest.mark.parametrize("harm", [_gone, _cut, _other_bytes, _no_text, _folders, _file])
def test_a_damaged_memory_is_none(
    harm: Callable[[Path], None], tmp_path: Path, drafted: list[str]
) -> None:
    root, kept = lay(tmp_path, {PERIOD: base(PERIOD).replace(*SLIP)}), tmp_path / "kept"
    truth = found(root, kept)
    harm(kept)
    drafted.clear()
    assert found(root, kept) == truth
    assert drafted


def _poison(path: Path, at: int, wrong: object) -> None:
    """Change one value of what is remembered of a report, or all of it, and seal it again."""
    lines = path.read_text(encoding="utf-8").split("\n")[1:]
    for number in range(0, len(lines) - 1, 2):
        head = json.loads(lines[number])
        if at < 0:
            head[at + 4] = wrong
        elif at < 8:
            head[3][at] = wrong
        else:
            lines[number + 1] = str(wrong)
        lines[number] = json.dumps(head)
    data = "\n".join(lines).encode()
    path.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


_SPAN = ["content/council.yaml", 1, 1, ""]


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        *((0, [["text-dash", "note", _SPAN, message, "", []]]) for message in (5, "\x1b[2J")),
        *((0, [["text-dash", "note", [*_SPAN[:1], line, 1, ""], "m", "", []]]) for line in "x0"),
        (0, [["no-such", "note", _SPAN, "m", "", []]]),
        *((0, [["text-dash", "note", [file, 1, 1, ""], "m", "", []]]) for file in ("../x", "/x")),
        (1, [["text-dash", _SPAN, [{}]]]),
        (2, [["x", ["a", 1, 1], [{}]]]),
        *((3, form) for form in (5, "../../x", "")),
        *((4, edition) for edition in (5, "../../x", "/form.yaml")),
        (5, 5),
        (6, [1, 2, 3, 4, 5]),
        (7, 5),
        *((8, statement) for statement in ("[]", "{bad", "5", '["a","b",5,[]]')),
        *((-1, value) for value in (None, 5, [None] * 8)),
        *((-2, forms) for forms in ([5], ["../../.."], 5, [["a"]])),
        *((-4, name) for name in ([1], {}, None)),
    ],
)
def test_a_memory_that_somebody_has_made_up_is_none(at: int, wrong: object, tmp_path: Path) -> None:
    root, kept = lay(tmp_path, {PERIOD: base(PERIOD).replace(*SLIP)}), tmp_path / "kept"
    truth = found(root, kept)
    (kept / "_across.jsonl").unlink()
    _poison(kept / "biblioteky.jsonl", at, wrong)
    assert found(root, kept) == truth


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are Unix's")
def test_nothing_behind_links_or_pipes_is_a_memory(tmp_path: Path) -> None:
    root, theirs = lay(tmp_path), tmp_path / "theirs"
    truth = found(root, None)
    for folder in (theirs, theirs / ("a" * 32)):
        write(folder / "theirs.jsonl", b"theirs")
    (tmp_path / "kept").symlink_to(theirs)
    (tmp_path / "check").symlink_to(theirs)
    for folder in (tmp_path / "kept", tmp_path / "check" / ("a" * 32)):
        assert found(root, folder) == truth
    assert sorted(path.name for path in theirs.rglob("*")) == [
        *("a" * 32, "theirs.jsonl", "theirs.jsonl")
    ]
    pipes = tmp_path / "pipes"
    pipes.mkdir()
    os.mkfifo(pipes / "biblioteky.jsonl")
    assert found(root, pipes) == truth


@pytest.mark.skipif(os.name != "posix", reason="links are Unix's")
def test_projects_behind_links_are_not_forgotten(tmp_path: Path) -> None:
    check, theirs = tmp_path / "check", tmp_path / "theirs"
    write(theirs / "theirs.jsonl", b"theirs")
    check.mkdir()
    for at in range(40):
        (check / f"{at:032x}").symlink_to(theirs)
    found(lay(tmp_path), check / ("f" * 32))
    assert (theirs / "theirs.jsonl").is_file()
    assert len([*check.iterdir()]) == 41


@pytest.mark.parametrize("step", ["mkdir", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_cannot_be_written_is_not_remembered(
    step: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    root = lay(tmp_path)
    truth = found(root, None)
    monkeypatch.setattr(records.Path, step, refuse)  # type: ignore[attr-defined]
    assert found(root, tmp_path / "kept") == truth
    assert not [*tmp_path.glob("kept/*")]


def test_fresh_mends_a_wrong_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    root = lay(tmp_path)
    make = checking.checked
    wrong = finding("text-blanks", Span(PERIOD), "такого там немає")

    def lying(draft):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        return replace(make(draft), found=(wrong,))

    with monkeypatch.context() as patch:
        patch.setattr(checking, "checked", lying)
        main(["check", "--root", str(root)])
    told = []
    for arguments in ((), ("--fresh",), ()):
        capsys.readouterr()
        main(["check", "--root", str(root), *arguments])
        told.append("такого там немає" in capsys.readouterr().err)
    assert told == [True, False, False]


def test_memory_does_not_grow(village: Path, tmp_path: Path) -> None:
    kept = tmp_path / "check" / "kept"
    found(village, kept)
    (kept / ".new-left").write_bytes(b"by a run that was killed")
    (kept / "notes.txt").write_bytes(b"nobody knows whose")
    shutil.rmtree(village / "content" / "programmes" / "inshe")
    (village / EARLIER).unlink()
    write(village / PERIOD, base(PERIOD) + "\n")
    found(village, kept)
    left = ["_across.jsonl", "biblioteky.jsonl", "notes.txt"]
    assert sorted(path.name for path in kept.iterdir()) == left
    assert set(records.read_records(kept, "biblioteky")) == {"2024-h1"}
    assert set(records.read_records(kept, "_across")) == {"2024-h1"}


def test_only_projects_of_long_ago_are_forgotten(tmp_path: Path) -> None:
    check = tmp_path / "check"
    for at in range(40):
        folder = check / f"{at:032x}"
        write(folder / "biblioteky.jsonl", b"")
        os.utime(folder, (at, at))
    alien = [*(check / f"alien {at}" for at in range(40)), check / f"{1:032x}"]
    for folder in alien:
        write(folder / "thesis.docx", b"")
        os.utime(folder, (1, 1))
    found(lay(tmp_path), check / ("f" * 32))
    left = {path for path in check.iterdir() if path not in alien}
    assert left == {check / ("f" * 32), *(check / f"{at:032x}" for at in range(9, 40))}
    assert all((folder / "thesis.docx").is_file() for folder in alien)


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def folder(root: Path) -> Path | None:
        return records.records_folder(root, "check")

    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path))
    assert folder(tmp_path / "a") != folder(tmp_path / "b")
    assert str(folder(tmp_path / "a")).startswith(str(tmp_path))
    monkeypatch.setenv("REPORTGEN_CACHE", "")
    assert folder(tmp_path) is None
    monkeypatch.delenv("REPORTGEN_CACHE")
    usual = folder(tmp_path)
    assert usual is not None
    assert "reportgen" in usual.parts
