"""Digests by the numbers that signatures name them with, Ukrainian ones among them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reportgen.sign.gost34311 import gost34311
from reportgen.sign.kupyna import kupyna


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest that can be reckoned here: its usual name, and how."""

    name: str
    reckon: Callable[[bytes], bytes]


#: SHA-1 and MD5 are not among them: who can make two texts of one digest proves nothing.
DIGESTS: Mapping[str, Digest] = {
    "2.16.840.1.101.3.4.2.1": Digest("SHA-256", lambda data: hashlib.sha256(data).digest()),
    "2.16.840.1.101.3.4.2.2": Digest("SHA-384", lambda data: hashlib.sha384(data).digest()),
    "2.16.840.1.101.3.4.2.3": Digest("SHA-512", lambda data: hashlib.sha512(data).digest()),
    "2.16.840.1.101.3.4.2.8": Digest("SHA3-256", lambda data: hashlib.sha3_256(data).digest()),
    "2.16.840.1.101.3.4.2.9": Digest("SHA3-384", lambda data: hashlib.sha3_384(data).digest()),
    "2.16.840.1.101.3.4.2.10": Digest("SHA3-512", lambda data: hashlib.sha3_512(data).digest()),
    "1.2.804.2.1.1.1.1.2.1": Digest("ГОСТ 34.311-95", gost34311),
    "1.2.804.2.1.1.1.1.2.2.1": Digest("Купина-256", lambda data: kupyna(data, 256)),
    "1.2.804.2.1.1.1.1.2.2.2": Digest("Купина-384", lambda data: kupyna(data, 384)),
    "1.2.804.2.1.1.1.1.2.2.3": Digest("Купина-512", lambda data: kupyna(data, 512)),
}
