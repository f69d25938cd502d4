"""A judge is taken only as the very bytes that were named, and told of when it cannot be had."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import judges
import pytest
from judges import Judge, JudgeError, Library, fetch, held

JAR = b"a jar"
JUDGE = Judge("org.example", "judge", "1.0", hashlib.sha256(JAR).hexdigest())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of judges, with no program on this machine."""
    programs, folder = tmp_path / "programs", tmp_path / "judges"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("REPORTGEN_JUDGES", str(folder))
    monkeypatch.setattr(judges, "JUDGES", {"judge": JUDGE})
    return folder


def install(cache: Path, name: str, script: str = "") -> None:
    program = cache.parent / "programs" / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


BRING = """\
for one; do
  case $one in -DoutputDirectory=*) printf "a jar" > "${one#*=}/judge-1.0.jar" ;; esac
done"""


def test_maven_brings_it_once(cache: Path) -> None:
    install(cache, "mvn", BRING)
    assert fetch(JUDGE).read_bytes() == JAR
    install(cache, "mvn", "exit 1")
    assert fetch(JUDGE) == cache / "judge-1.0.jar"
    assert [one.name for one in cache.iterdir()] == ["judge-1.0.jar"]


def test_other_bytes_are_refused_and_not_kept(cache: Path) -> None:
    install(cache, "mvn", BRING)
    with pytest.raises(JudgeError, match="інша контрольна сума"):
        fetch(dataclasses.replace(JUDGE, sha256="0" * 64))
    assert [*cache.iterdir()] == []


def test_why_it_cannot_be_had_is_told(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(JudgeError, match="немає Maven"):
        fetch(JUDGE)
    install(cache, "mvn", "echo; echo '[ERROR] no network'; exit 1")
    assert judges.main() == 1
    assert capsys.readouterr().err == (
        "judge: Maven не привіз judge-1.0.jar: [ERROR] no network\n"
        "judge: немає java: встановіть пакет openjdk-17-jre-headless\n"
    )
    cache.rmdir()
    cache.write_bytes(b"")
    with pytest.raises(JudgeError, match="не записати"):
        fetch(JUDGE)


def test_it_is_held_whole_and_with_java(cache: Path) -> None:
    cache.mkdir()
    jar = cache / "judge-1.0.jar"
    jar.write_bytes(JAR)
    assert held("judge") is None
    install(cache, "java")
    assert held("judge") == jar
    jar.write_bytes(JAR[:-1])
    assert held("judge") is None


BRING_ALL = BRING.replace("judge-1.0.jar", "one.jar")


@pytest.fixture
def library(cache: Path) -> Library:
    """Return a library of one jar, as a pom and a list of sums name it."""
    (pom := cache.parent / "pom.xml").write_text("<project/>", encoding="utf-8")
    (jars := cache.parent / "jars.sha256").write_text(f"{JUDGE.sha256}  one.jar\n", "ascii")
    return Library("library", pom, jars, cache.parent / "Judge.java")


def test_jars_of_a_library_are_brought_once_into_a_folder_of_their_own(
    cache: Path, library: Library
) -> None:
    install(cache, "mvn", BRING_ALL)
    folder = fetch(library)
    assert [one.name for one in folder.iterdir()] == ["one.jar"]
    install(cache, "mvn", "exit 1")
    assert fetch(library) == folder
    library.jars.write_text("", "ascii")
    assert library.file != folder.name


def test_other_jars_of_a_library_are_refused(cache: Path, library: Library) -> None:
    install(cache, "mvn", BRING_ALL)
    (fetch(library) / "another.jar").write_bytes(b"")
    assert [one.name for one in fetch(library).iterdir()] == ["one.jar"]
    library.jars.write_text(f"{'0' * 64}  one.jar\n", "ascii")
    with pytest.raises(JudgeError, match="інша контрольна сума"):
        fetch(library)


def test_a_library_is_held_where_its_program_can_be_compiled(
    cache: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judges, "JUDGES", {"library": library})
    install(cache, "mvn", BRING_ALL)
    fetch(library)
    install(cache, "java")
    assert held("library") is None
    install(cache, "javac")
    assert held("library") == cache / library.file
