"""Algorithms of signatures: which can be reckoned here, and what others are called."""

from __future__ import annotations

from typing import Any, Final

#: What to do about signatures whose algorithms no library here knows.
ELSEWHERE: Final = "перевірте файл на czo.gov.ua/verify"
#: Digests that prove nothing any more: two files of one digest can be made.
WEAK: Final = frozenset({"md2", "md5", "sha1"})
_SIGNATURES: Final = frozenset({"rsassa_pkcs1v15", "rsassa_pss", "ecdsa", "ed25519", "ed448"})
_NATIONAL: Final = {
    "1.2.804.2.1.1.1.1.2.1": "ГОСТ 34.311",
    "1.2.804.2.1.1.1.1.2.2": "ДСТУ 7564 «Купина»",
    "1.2.804.2.1.1.1.1.3.1": "ДСТУ 4145",
}


def is_known(algorithm: Any) -> bool:  # noqa: ANN401 - of a library without types
    """Tell whether signatures of an algorithm can be reckoned (an asn1crypto algorithm)."""
    try:
        return algorithm.signature_algo in _SIGNATURES
    except ValueError:
        return False


def called(algorithm: str) -> str:
    """Return what an algorithm is called; Ukrainian ones come as numbers."""
    found = [name for number, name in _NATIONAL.items() if algorithm.startswith(number)]
    return found[0] if found else f"алгоритм {algorithm}"
