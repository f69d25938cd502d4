"""Keys of this machine and keys of other programs sign one file by one profile."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from authority import PASSWORD, Authority
from openssl_cms import sign
from signed_project import HEAD, REPORT, built, described, judged

from reportgen.cli import main


@pytest.mark.tool("openssl")
@pytest.mark.tool("pdftotext")
def test_by_a_profile_the_file_shows_who_signs_and_only_that_person_may(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key of this machine signs first, then one that lives elsewhere; both have their marks."""
    elsewhere = "  zastupnyk: {elsewhere: true}\n"
    second = "{key: zastupnyk, official: shevchenko}"
    root = built(tmp_path, described(authority, (HEAD, second), "B-B", elsewhere))
    asked = ("biblioteky", "--root", str(root), "--profile", "viddil")
    assert main(["sign", "prepare", *asked]) == 1
    assert "черга ключа head" in capsys.readouterr().err
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_PASSWORD_HEAD", PASSWORD)
        assert main(["sign", *asked]) == 0
    assert main(["sign", "prepare", *asked]) == 0
    waiting = root / "to-sign" / REPORT
    to_be_signed = waiting.with_name(f"{waiting.name}.tbs")
    for who, code in (("head", 1), ("deputy", 0)):
        cms = sign(to_be_signed.read_bytes(), authority, who)
        to_be_signed.with_name(f"{to_be_signed.name}.p7s").write_bytes(cms)
        assert main(["sign", "finish", "--root", str(root)]) == code
    assert "а має ШЕВЧЕНКО" in capsys.readouterr().err
    statuses = judged((root / "signed" / REPORT).read_bytes(), authority)
    assert [one.intact and one.valid for one in statuses] == [True, True]
    shown = subprocess.run(
        ["pdftotext", "-layout", root / "signed" / REPORT, "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "Петро ШЕВЧЕНКО" in shown
    assert "Заступник міського голови" in shown
    assert main(["sign", "prepare", *asked]) == 0
    assert "підписали всі" in capsys.readouterr().out
