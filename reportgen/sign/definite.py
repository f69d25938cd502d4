"""BER made DER as far as lengths go: some programs write signatures in pieces of unknown length."""

from __future__ import annotations

from asn1crypto import parser

_OCTETS = (0, 4)  # class and tag of an octet string
_DEEPEST = 60  # levels; a signature with all its certificates has twenty


def definite(data: bytes, depth: int = 0) -> bytes:
    """Return a value with all its lengths known and its octet strings in one piece.

    Raises:
        ValueError: when it is torn, or deeper than any signature.
    """
    if depth > _DEEPEST:
        raise ValueError("too deep")
    kind, method, tag, _, content, _ = parser.parse(data, strict=True)
    if method == 0:
        return bytes(parser.emit(kind, method, tag, content))
    parts = []
    start = 0
    while start < len(content):
        length = parser.peek(content[start:])
        parts.append(definite(content[start : start + length], depth + 1))
        start += length
    if (kind, tag) == _OCTETS:
        whole = b"".join(parser.parse(one)[4] for one in parts)
        return bytes(parser.emit(kind, 0, tag, whole))
    return bytes(parser.emit(kind, method, tag, b"".join(parts)))
