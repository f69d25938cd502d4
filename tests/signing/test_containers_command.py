"""All formats of a report or a package in one container, signed together."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from authority import Authority
from signed_project import DEPUTY, HEAD, SEAL, built, described, passwords, sign
from small_project import PERIOD, write

from reportgen.cli import main

__all__ = ["passwords"]
pytestmark = [pytest.mark.usefixtures("passwords"), pytest.mark.slow]

PLACE = Path("signed/biblioteky/2024-h1.asice")


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {one for one in archive.namelist() if not one.startswith(("META-INF/", "mimetype"))}


@pytest.fixture
def root(tmp_path: Path, authority: Authority) -> Path:
    root = built(tmp_path, described(authority, (HEAD, DEPUTY), "B-LTA"))
    assert main(["build", "--root", str(root)]) == 0
    return root


def test_a_report_with_all_its_formats_and_data(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(root, "--container", "--key", "head") == 0
    assert "далі підписує: deputy" in capsys.readouterr().out
    first = (root / PLACE).read_bytes()
    assert sign(root, "--container") == 0
    assert len((root / PLACE).read_bytes()) > len(first)
    formats = {f"2024-h1.{one}" for one in ("docx", "xlsx", "pdf", "html")}
    assert names(root / PLACE) == {*formats, "2024-h1.yaml", "programme.yaml"}
    assert main(["verify", str(root / PLACE), "--root", str(root)]) == 0
    assert "Шевченко Петро Васильович" in capsys.readouterr().out
    done = (root / PLACE).read_bytes()
    assert sign(root, "--container") == 0
    assert "вже були підписані 1" in capsys.readouterr().out
    assert (root / PLACE).read_bytes() == done


def test_other_figures_need_another_container(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(root, "--container") == 0
    old = (root / PLACE).read_bytes()
    write(root / PERIOD, (root / PERIOD).read_text("utf-8").replace("actual: 18.0", "actual: 19.0"))
    assert sign(root, "--container") == 1
    assert "дані змінилися після складання" in capsys.readouterr().err
    assert main(["build", "--root", str(root)]) == 0
    assert sign(root, "--container") == 1
    assert "--replace" in capsys.readouterr().err
    assert (root / PLACE).read_bytes() == old
    assert sign(root, "--container", "--replace") == 0
    assert (root / PLACE).with_name("2024-h1.asice.bak").read_bytes() == old


def test_a_package(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority, (SEAL,), "B-T"))
    assert main(["package", "sesiia-5", "--root", str(root)]) == 0
    assert sign(root, "sesiia-5", "--container") == 0
    there = {one.name for one in (root / "output/packages/sesiia-5").iterdir()}
    kept = {one for one in there if not one.endswith(".zip")}
    made = root / "signed/packages/sesiia-5/sesiia-5.asice"
    assert names(made) == {*kept, "sesiia-5.yaml"}


def test_a_dead_service_leaves_nothing(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "content/signing.yaml"
    write(path, path.read_text("utf-8").replace(authority.time_stamps, "http://127.0.0.1:9/tsa"))
    assert sign(root, "--container") == 1
    assert "служба позначок часу не відповіла" in capsys.readouterr().err
    assert not (root / PLACE).exists()


def test_a_revoked_key(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority, ("{key: revoked, seal: true}",), "B-LT"))
    assert sign(root, "--container") == 1
    assert "сертифікат відкликано" in capsys.readouterr().err
    assert not (root / PLACE).exists()
