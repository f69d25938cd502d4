"""``reportgen verify`` as it is typed."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from authority import Authority
from made_signatures import plain, signed

from reportgen.cli import main
from reportgen.model.verdict import Level


@pytest.fixture(scope="module")
def report(authority: Authority) -> bytes:
    return signed(plain(), authority, level=Level.LTA)


@pytest.fixture
def folder(report: bytes, authority: Authority, tmp_path: Path) -> Path:
    """A project's folder: a signed report, and a root that the council trusts."""
    made = tmp_path / "signed"
    made.mkdir()
    (made / "звіт.pdf").write_bytes(report)
    content = tmp_path / "content"
    content.mkdir()
    (content / "root.pem").write_bytes(authority.root.read_bytes())
    return tmp_path


def _verify(folder: Path, *options: str) -> int:
    trust = str(folder / "content" / "root.pem")
    return main(["verify", str(folder / "signed"), "--trust", trust, *options])


def test_who_signed_what_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _verify(folder) == 0
    told = capsys.readouterr().out
    assert "звіт.pdf: дійсний, після підпису не змінено" in told
    assert "директор департаменту" in told
    assert "ЄДРПОУ 03192737" in told
    assert "B-LTA" in told
    assert told.endswith("Перевірено 1 файл: 1 дійсний.\n")


def test_programs_read_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _verify(folder, "--format", "json") == 0
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    [one] = told
    assert (one["outcome"], one["faults"], len(one["sha256"])) == ("valid", [], 64)
    assert (one["remarks"], one["states"]) == ([], "")
    signature, stamp = one["signatures"]
    assert (signature["level"], signature["holder"]["edrpou"]) == ("B-LTA", "03192737")
    assert (signature["kind"], stamp["kind"]) == ("signature", "time_stamp")
    assert signature["holds_until"] == stamp["holds_until"]
    assert signature["claimed"].endswith("+00:00")


def test_a_changed_file_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "signed" / "звіт.pdf"
    data = path.read_bytes()
    path.write_bytes(data[:300] + bytes([data[300] ^ 1]) + data[301:])
    assert _verify(folder) == 1
    told = capsys.readouterr().out
    assert "звіт.pdf: недійсний" in told
    assert "Недійсний: підпис 1: підписані байти змінено після підпису." in told


def test_without_roots_nothing_is_trusted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(folder / "signed"), "--root", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "довіру не встановлено" in told
    lines = [one for one in told.splitlines() if "параметром --trust" in one]
    assert len(lines) == 2  # of the signature and its certificate, of all time-stamps
    assert lines[1].startswith("  Довіру не встановлено: head, Timestamp-")


def test_what_ends_soon_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _verify(folder, "--expires-within", "100") == 0
    assert _verify(folder, "--expires-within", "10000") == 1
    assert "докази діють менше ніж 10000 днів" in capsys.readouterr().err


def test_what_to_do_about_it_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _verify(folder, "--expires-within", "10001") == 1
    told = capsys.readouterr().err
    assert re.search(r"менше ніж 10001 дня, до \d\d\.\d\d\.\d{4}: поновіть", told)
    assert "командою archive renew" in told


def test_a_folder_has_a_line_for_each_good_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "signed" / "звіт.pdf"
    data = path.read_bytes()
    for name in ("10.pdf", "9.pdf"):
        path.with_name(name).write_bytes(data)
    assert _verify(folder) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [Path(one.partition(": ")[0]).name for one in lines[:3]] == [
        "9.pdf",
        "10.pdf",
        "звіт.pdf",
    ]
    assert all(
        re.search(
            r": дійсний — Краснопір Вікторія Іванівна, "
            r"\d\d\.\d\d\.\d{4} \d\d:\d\d \+0[23]:00, B-LTA$",
            one,
        )
        for one in lines[:3]
    )
    assert lines[3:] == ["Перевірено 3 файли: 3 дійсні."]
    assert _verify(folder, "--details") == 0
    assert capsys.readouterr().out.count("директор департаменту") == 3


def test_details_are_told_of_files_that_are_not_good(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "signed" / "звіт.pdf"
    path.with_name("зіпсований.pdf").write_bytes(path.read_bytes()[:-3])
    assert _verify(folder) == 1
    told = capsys.readouterr().out
    assert told.count("| Хто") == 1
    assert told.endswith("Перевірено 2 файли: 1 дійсний, 1 недійсний.\n")


def test_a_file_that_swells_does_not_keep_others_from_being_verified(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(folder / "signed" / "а.asice", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("дані.bin", bytes(40 * 1024**2))
    assert _verify(folder) == 1
    told = capsys.readouterr().out
    assert "архів завеликий, щоб його перевіряти (40 МБ, файлів: 1)" in told
    assert told.endswith("Перевірено 2 файли: 1 дійсний, 1 недійсний.\n")


@pytest.mark.parametrize("head", ["5f0c", "5f0c" * 17, "журнал5f0c5f0c5f0c5f0c"])
def test_a_hash_that_says_too_little_is_refused(
    head: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _verify(folder, "--head", head) == 2
    assert "щонайменше 16 перших знаків хеша" in capsys.readouterr().err


def test_another_day_can_be_asked(folder: Path) -> None:
    assert _verify(folder, "--on", "2031-01-01") == 0
    assert _verify(folder, "--on", "2099-01-01") == 1


def test_a_folder_without_signed_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert main(["verify", str(tmp_path / "немає.pdf")]) == 2
    told = capsys.readouterr().err
    assert "немає підписаних файлів (.pdf, .asice, .asics, .p7s, .p7m)" in told
    assert "немає файлу" in told


def test_links_and_pipes_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed_files = folder / "signed"
    (signed_files / "інший.pdf").symlink_to(signed_files / "звіт.pdf")
    os.mkfifo(signed_files / "труба.pdf")
    assert _verify(folder) == 1
    told = capsys.readouterr().out
    assert "це посилання, а не файл" in told
    assert "це не звичайний файл" in told


def test_a_root_must_be_a_certificate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = folder / "signed" / "звіт.pdf"
    assert main(["verify", str(wrong), "--trust", str(wrong)]) == 2
    assert "тут немає сертифіката" in capsys.readouterr().err


def test_a_folder_of_roots(folder: Path, authority: Authority) -> None:
    roots = folder / "roots"
    roots.mkdir()
    (roots / "корінь.cer").write_bytes(authority.certificate("root"))
    assert main(["verify", str(folder / "signed"), "--trust", str(roots)]) == 0


def test_a_file_cannot_command_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = folder / "signed" / "\x1b[31mзвіт.pdf"
    wrong.write_bytes(b"%PDF-")
    assert _verify(folder) == 1
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("words", [("verify",), ("sign", "keep"), ("sign", "finish"), ("sign",)])
def test_a_name_commands_no_terminal(
    words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name may come from whoever sends a file, and be pasted."""
    for options in ((), ("--on", "\x1b[31m")) if words == ("verify",) else ((),):
        assert main([*words, "\x1b[2J.pdf", *options, "--root", str(folder)]) != 0
        told = capsys.readouterr()
        assert "\x1b" not in told.out + told.err
