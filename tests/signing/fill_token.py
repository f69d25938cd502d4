"""Put certificates on a token, in a process of its own: ``MODULE LABEL PIN CERT…``.

A library of tokens is initialised once in a process; the tests' own must not keep it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pkcs11
from pkcs11.util.x509 import decode_x509_certificate


def main(module: str, label: str, pin: str, *certificates: str) -> None:
    """Fill a token; each certificate, DER, is called as its file."""
    token = pkcs11.lib(module).get_token(token_label=label)
    with token.open(user_pin=pin, rw=True) as session:
        for path in map(Path, certificates):
            described = decode_x509_certificate(path.read_bytes())
            described[pkcs11.Attribute.LABEL] = path.stem
            described[pkcs11.Attribute.TOKEN] = True
            session.create_object(described)


if __name__ == "__main__":
    main(*sys.argv[1:])
