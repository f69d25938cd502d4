"""Ukrainian keys: their signatures are taken, by the same bytes and the certificate's dates."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from dstu_signer import LOCK, NoSignerError, sign_dstu
from pyhanko.pdf_utils.reader import PdfFileReader
from small_project import lay

from reportgen.cli import main
from reportgen.sign.message import is_genuine, read_message

NAME = "biblioteky/2024-h1.pdf"

pytestmark = [pytest.mark.slow, pytest.mark.tool("node"), pytest.mark.tool("npm")]


def signature(data: bytes) -> bytes:
    try:
        return sign_dstu(data)
    except NoSignerError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"пакетів npm не дістати: {error}")


@pytest.mark.tool("qpdf")
def test_signed_by_a_ukrainian_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path)
    assert main(["build", "--root", str(root), "--format", "pdf"]) == 0
    who = ("--name", "Краснопір Вікторія Іванівна", "--serial", "5F14F000")
    assert main(["sign", "prepare", "biblioteky", *who, "--root", str(root)]) == 0
    waiting = root / "to-sign" / NAME
    made = signature(waiting.with_name("2024-h1.pdf.tbs").read_bytes())
    waiting.with_name("2024-h1.pdf.tbs.p7s").write_bytes(made)
    capsys.readouterr()
    assert main(["sign", "finish", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "підпис: Краснопір Вікторія Іванівна, Департамент соціальної політики" in said
    assert "перевірте його на czo.gov.ua/verify" in said
    path = root / "signed" / NAME
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    with path.open("rb") as stream:
        [one] = PdfFileReader(stream).embedded_signatures
        assert bytes(one.pkcs7_content).startswith(made)
    waiting.with_name("2024-h1.pdf.tbs.p7s").write_bytes(signature(b"other bytes"))
    path.unlink()
    assert main(["sign", "finish", "--root", str(root)]) == 1
    assert "це підпис іншого файлу" in capsys.readouterr().err


def test_bytes_are_proven_though_the_key_is_not_reckoned() -> None:
    message = read_message(signature(b"some bytes"))
    assert message.algorithm.name == "ГОСТ 34.311-95"
    assert message.covers(b"some bytes")
    assert not message.covers(b"some byteS")
    assert is_genuine(message) is None


def test_no_address_of_a_registry_is_written_down() -> None:
    assert "://" not in LOCK.read_text("utf-8")
