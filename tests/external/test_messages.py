"""Signatures that were touched or are odd: told in a sentence, never a traceback."""

from __future__ import annotations

import datetime
import errno
import os
from pathlib import Path

import pytest
from authority import Authority
from openssl_cms import sign
from small_project import lay

from reportgen.cli import main
from reportgen.sign.expected import Expected
from reportgen.sign.external import CMS, Prepared, finish
from reportgen.sign.message import read_message
from reportgen.sign.refused import RefusedError

pytestmark = pytest.mark.tool("openssl")

ROOM = 4096
GAP = b"<" + b"0" * (2 * ROOM) + b">"
PREPARED = Prepared(b"before " + GAP + b" after", 7, 7 + len(GAP))
NOW = datetime.datetime.now(datetime.UTC)


def test_a_touched_signature_is_refused(authority: Authority) -> None:
    """What is taken all the same are numbers of versions and parameters that say nothing."""
    good = sign(PREPARED.signed_part, authority)
    taken = []
    for place in range(0, len(good), 5):
        touched = bytearray(good)
        touched[place] ^= 1 << place // 5 % 8
        try:
            finish(PREPARED, read_message(bytes(touched)), Expected(), CMS, NOW)
        except RefusedError:
            continue
        taken.append(place)
    assert len(taken) < 5


def test_a_torn_signature_is_refused(authority: Authority) -> None:
    good = sign(PREPARED.signed_part, authority)
    for place in range(0, len(good), 29):
        for torn in (good[:place], good[place + 1 :], good[:place] + good[place + 3 :]):
            with pytest.raises(RefusedError):
                finish(PREPARED, read_message(torn), Expected(), CMS, NOW)


def test_a_full_disk_leaves_nothing_half(
    tmp_path: Path,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = lay(tmp_path)
    where = ("--root", str(root))
    assert main(["build", *where, "--format", "pdf"]) == 0

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert main(["sign", "prepare", "biblioteky", *where]) == 2
    assert "немає місця" in capsys.readouterr().err
    assert not [one for one in (root / "to-sign").rglob("*.*") if one.suffix != ".lock"]
    assert main(["sign", "prepare", "biblioteky", *where]) == 0
    tbs = root / "to-sign" / "biblioteky" / "2024-h1.pdf.tbs"
    tbs.with_name(f"{tbs.name}.p7s").write_bytes(sign(tbs.read_bytes(), authority))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert main(["sign", "finish", *where]) == 2
    assert not [one for one in (root / "signed").rglob("*.*") if one.suffix != ".lock"]
    assert main(["sign", "finish", *where]) == 0
