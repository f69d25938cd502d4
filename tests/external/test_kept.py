"""Signatures of whole files, made elsewhere: kept beside the file that they are of."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from authority import Authority
from openssl_cms import USUAL, sign
from small_project import lay

from reportgen.cli import main
from reportgen.sign.detached import belongs
from reportgen.sign.refused import RefusedError

pytestmark = pytest.mark.tool("openssl")

NAME = "biblioteky/2024-h1.pdf"
FILE = b"%PDF-1.7 any file whatever\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two files of one name in its output folder."""
    root = lay(tmp_path)
    for name, data in ((NAME, FILE), ("a/2024-h1.pdf", b"another"), ("book.xlsx", b"a book")):
        (root / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "output" / name).write_bytes(data)
    return root


def keep(root: Path, *asked: object) -> int:
    return main(["sign", "keep", *map(str, asked), "--root", str(root)])


def container(file: bytes, *extra: tuple[str, bytes], kind: str = "e") -> bytes:
    """Return what looks like a container; who judges signatures is verification."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        opened.writestr("mimetype", f"application/vnd.etsi.asic-{kind}+zip")
        opened.writestr("2024-h1.pdf", file)
        for name, data in extra:
            opened.writestr(name, data)
    return held.getvalue()


SIGNATURE = ("META-INF/signature001.p7s", b"signature")


def test_beside_the_file_that_it_is_of(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    brought = root / "2024-h1.pdf.p7s"
    brought.write_bytes(sign(FILE, authority, "head", "deputy"))
    assert keep(root, brought) == 0
    assert "підпис: Шевченко Петро Васильович" in capsys.readouterr().out
    kept = root / "signed" / f"{NAME}.p7s"
    assert kept.read_bytes() == brought.read_bytes()
    assert (root / "signed" / NAME).read_bytes() == FILE
    assert keep(root, brought) == 0
    assert "уже зроблено" in capsys.readouterr().out
    brought.write_bytes(sign(FILE, authority, "seal"))
    assert keep(root, brought) == 0
    second = root / "signed" / "biblioteky" / "2024-h1.pdf.2.p7s"
    assert second.read_bytes() == brought.read_bytes()


def test_a_container(root: Path) -> None:
    brought = root / "2024-h1.asice"
    brought.write_bytes(container(FILE, SIGNATURE))
    assert keep(root, brought) == 0
    assert (root / "signed" / f"{NAME}.asice").read_bytes() == brought.read_bytes()


def test_any_name_when_the_file_is_told(root: Path, authority: Authority) -> None:
    brought = root / "download (1).p7s"
    brought.write_bytes(sign(b"a book", authority))
    assert keep(root, brought) == 1
    assert keep(root, brought, "--of", root / "output" / "book.xlsx") == 0
    assert (root / "signed" / "book.xlsx.p7s").is_file()


def test_a_signature_of_another_file_is_not_kept(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    brought = root / "2024-h1.pdf.p7s"
    brought.write_bytes(sign(b"other", authority))
    assert keep(root, brought) == 1
    assert "це підпис іншого файлу" in capsys.readouterr().err
    (root / "signed" / "biblioteky").mkdir(parents=True)
    (root / "signed" / NAME).write_bytes(b"signed in another way")
    brought.write_bytes(sign(FILE, authority))
    assert keep(root, brought) == 1
    assert (root / "signed" / NAME).read_bytes() == b"signed in another way"
    assert not (root / "signed" / f"{NAME}.p7s").exists()


def test_what_belongs(authority: Authority) -> None:
    attached = (*USUAL, "-nodetach")
    for signature in (sign(FILE, authority), sign(FILE, authority, options=attached)):
        assert [one.code for one in belongs(FILE, signature)] == ["03192737"]
        with pytest.raises(RefusedError, match="іншого файлу"):
            belongs(FILE + b" ", signature)
    assert belongs(FILE, container(FILE, SIGNATURE)) == ()


@pytest.mark.parametrize(
    ("signature", "sentence"),
    [
        (b"", "пошкоджено"),
        (b"\x30\x80\x00", "пошкоджено"),
        (b"PK\x03\x04 torn", "контейнер пошкоджено"),
        (container(b"other", SIGNATURE), "лежить інший файл"),
        (container(FILE), "жодного підпису"),
        (container(FILE, SIGNATURE, kind="x"), "не контейнер ASiC-E"),
    ],
)
def test_what_does_not_belong(signature: bytes, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        belongs(FILE, signature)
