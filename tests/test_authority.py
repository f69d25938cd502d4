"""The authority of the tests answers as real ones do."""

from __future__ import annotations

import subprocess
import urllib.request
from pathlib import Path

import pytest
from authority import ALGORITHMS, PASSWORD, SOUND, Authority, running


@pytest.mark.tool("openssl")
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_openssl_trusts_its_signers_and_knows_who_was_revoked(
    tmp_path: Path, algorithm: str
) -> None:
    with running(tmp_path, algorithm) as authority:
        for name in ("issuer", *SOUND, "revoked"):
            (tmp_path / f"{name}.der").write_bytes(authority.certificate(name))
        crl = tmp_path / "issuer.crl"
        address = f"{authority.url}/{algorithm}/crls/issuer/latest.crl"
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - on loopback
            crl.write_bytes(answer.read())
        assert [_is_trusted(authority, tmp_path, one) for one in SOUND] == [True] * len(SOUND)
        assert not _is_trusted(authority, tmp_path, "revoked")


@pytest.mark.tool("openssl")
def test_a_key_file_opens_by_the_password(authority: Authority) -> None:
    command = ("openssl", "pkcs12", "-noout", "-passin", f"pass:{PASSWORD}", "-in")
    assert subprocess.run([*command, authority.pfx("head")], check=False).returncode == 0


def _is_trusted(authority: Authority, folder: Path, who: str) -> bool:
    for name in ("issuer", who):
        pem = ("-in", folder / f"{name}.der", "-inform", "DER", "-out", folder / f"{name}.pem")
        subprocess.run(["openssl", "x509", *pem], check=True)
    crl = ("-crl_check", "-CRLfile", folder / "issuer.crl")
    chain = ("-CAfile", authority.root, "-untrusted", folder / "issuer.pem")
    command = ["openssl", "verify", *crl, *chain, folder / f"{who}.pem"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
