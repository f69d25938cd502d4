"""Roots that a council trusts, out of files of certificates."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import cms, pem, x509

from reportgen.diagnostics import BrokenEnvironment, reason

_SUFFIXES = (".pem", ".cer", ".crt", ".der", ".p7b")
_MOST = 4 * 1024 * 1024  # bytes of one file: a list of all national roots takes some 100 kB


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates behind which nobody else has to stand. Without any, nothing can be trusted."""

    roots: tuple[x509.Certificate, ...] = ()


def read_trust(paths: Iterable[Path]) -> Trust:
    """Return the roots in files of PEM or DER, and in folders of such files.

    Raises:
        BrokenEnvironment: for a file that cannot be read or holds no certificate.
    """
    unique = {one.dump(): one for path in paths for file in _files(path) for one in _read(file)}
    return Trust(tuple(unique.values()))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _SUFFIXES)
    if not inside:
        raise BrokenEnvironment(f"у теці {path} немає сертифікатів ({', '.join(_SUFFIXES)})")
    return inside


def _read(path: Path) -> list[x509.Certificate]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before opening: a pipe would wait for ever
            raise BrokenEnvironment(f"{path}: це не звичайний файл; назвіть файл кореня довіри")
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise BrokenEnvironment(f"{path}: не читається: {reason(error)}") from error
    if len(data) > _MOST:
        raise BrokenEnvironment(f"{path}: завеликий для файлу довірених сертифікатів")
    try:
        return [*_certificates(data)]
    except (ValueError, TypeError) as error:
        message = f"{path}: тут немає сертифіката у PEM чи DER; назвіть файл кореня довіри"
        raise BrokenEnvironment(message) from error


def _certificates(data: bytes) -> Iterator[x509.Certificate]:
    """Yield all certificates, each read to its end: a broken one must be told now, not later."""
    blocks = [data]
    if re.search(rb"-----BEGIN ", data):
        blocks = [der for _, _, der in pem.unarmor(data, multiple=True)]
    for block in blocks:
        for one in _held(block):
            one.subject.native, one["tbs_certificate"]["validity"].native
            yield one


def _held(der: bytes) -> list[x509.Certificate]:
    """Return the certificate, or those of a list such as the national one (``.p7b``)."""
    try:
        return [x509.Certificate.load(der, strict=True)]
    except ValueError:
        message = cms.ContentInfo.load(der, strict=True)
        return [one.chosen for one in message["content"]["certificates"]]
