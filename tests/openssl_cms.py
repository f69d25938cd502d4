"""Signatures by OpenSSL: a program that shares nothing with ours."""

from __future__ import annotations

import subprocess
from pathlib import Path

from asn1crypto import pem
from authority import Authority

#: A detached CAdES in DER, as programs of Ukrainian keys make by a click.
USUAL = ("-binary", "-cades", "-outform", "DER")


def sign(
    data: bytes, authority: Authority, *signers: str, options: tuple[str, ...] = USUAL
) -> bytes:
    """Return the CMS of some bytes by the authority's signers."""
    arguments: list[str | Path] = []
    for who in signers or ("head",):
        arguments += ["-signer", _certificate(who, authority), "-inkey", _key(who, authority)]
    command = ["openssl", "cms", "-sign", *options, *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def _certificate(who: str, authority: Authority) -> Path:
    path = authority.folder / f"{who}.crt.pem"
    path.write_bytes(pem.armor("CERTIFICATE", authority.certificate(who)))
    return path


def _key(who: str, authority: Authority) -> Path:
    path = authority.folder / f"{who}.key.pem"
    path.write_bytes(pem.armor("PRIVATE KEY", authority.key(who)))
    return path
