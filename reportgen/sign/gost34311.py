"""ГОСТ 34.311-95: the digest that Ukrainian keys sign by, with the usual S-boxes, ДКЕ № 1.

The same as GOST R 34.11-94 with a starting value of zeros and other S-boxes. It is here to prove
that a signature made elsewhere is of these very bytes, not to sign anything.
"""

from __future__ import annotations

import struct
from functools import cache, reduce
from operator import getitem, xor

BLOCK = 32  # bytes

#: ДКЕ № 1 (Держспецзв'язку): eight rows of sixteen half-bytes, that of the highest first.
_ROWS = (
    "1 2 3 e 6 d b 8 f a c 5 7 9 0 4",
    "3 8 b 5 6 4 e a 2 c 1 7 9 f d 0",
    "2 8 9 7 5 f 0 b c 1 d e a 3 6 4",
    "f 8 e 9 7 2 0 d c 6 1 5 b 4 3 a",
    "3 8 d 9 6 b f 0 2 5 c a 4 e 1 7",
    "f 6 5 8 e b a 4 c 0 3 7 2 9 1 d",
    "8 0 c 4 9 6 7 b 2 3 1 f 5 e a d",
    "a 9 d 6 e b 4 5 f 1 3 c 7 0 8 2",
)
_WORD = 0xFFFF_FFFF
_HALF = 0xFFFF_FFFF_FFFF_FFFF
#: Which bytes of the third key's constant are ones, of 64 bits from the lowest.
_THIRD = (0xFF00FF00FF00FF00, 0x00FF00FF00FF00FF, 0xFF0000FF00FFFF00, 0xFF00FFFF000000FF)

_Quarters = tuple[int, int, int, int]


def gost34311(data: bytes) -> bytes:
    """Return the digest of some bytes, 32 of them."""
    state = total = 0
    for start in range(0, len(data), BLOCK):
        block = int.from_bytes(data[start : start + BLOCK], "little")
        state = _step(state, block)
        total += block
    state = _step(state, len(data) * 8)
    return _step(state, total & ((1 << 256) - 1)).to_bytes(BLOCK, "little")


def _step(state: int, block: int) -> int:
    """Return the state after one block: keys are made, the state is ciphered and mixed."""
    u, v = _quarters(state), _quarters(block)
    ciphered = 0
    for number in range(4):
        if number:
            u, v = _shifted(u), _shifted(_shifted(v))
        if number == 2:  # noqa: PLR2004 - the third key
            u = (u[0] ^ _THIRD[0], u[1] ^ _THIRD[1], u[2] ^ _THIRD[2], u[3] ^ _THIRD[3])
        quarter = state >> 64 * number & _HALF
        ciphered |= _cipher(quarter, _key(u, v)) << 64 * number
    mixed = _mix(_mix(ciphered, 12) ^ block, 1) ^ state
    return reduce(xor, map(getitem, _mixed_61_times(), mixed.to_bytes(BLOCK, "little")))


def _quarters(value: int) -> _Quarters:
    return (value & _HALF, value >> 64 & _HALF, value >> 128 & _HALF, value >> 192)


def _shifted(y: _Quarters) -> _Quarters:
    """Return A(Y) of the standard."""
    return (y[1], y[2], y[3], y[0] ^ y[1])


def _key(u: _Quarters, v: _Quarters) -> tuple[int, ...]:
    """Return P(U ⊕ V) of the standard as eight words: bytes are dealt out by turns."""
    dealt = bytearray(BLOCK)
    for number in range(4):
        dealt[number::4] = (u[number] ^ v[number]).to_bytes(8, "little")
    return struct.unpack("<8I", dealt)


def _cipher(value: int, key: tuple[int, ...]) -> int:
    """Return 64 bits ciphered by ГОСТ 28147-89, two rounds at a time."""
    high, low = _substituted()
    left, right = value & _WORD, value >> 32
    for first, second in (*(_pairs(key) * 3), *_pairs(key[::-1])):
        turned = left + first
        right ^= high[turned >> 16 & 0xFFFF] | low[turned & 0xFFFF]
        turned = right + second
        left ^= high[turned >> 16 & 0xFFFF] | low[turned & 0xFFFF]
    return left << 32 | right


def _pairs(key: tuple[int, ...]) -> list[tuple[int, int]]:
    return [*zip(key[::2], key[1::2], strict=True)]


@cache
def _substituted() -> tuple[list[int], list[int]]:
    """Return what becomes of the upper and the lower half of a word, turned by 11 bits."""
    rows = [[int(one, 16) for one in row.split()] for row in _ROWS]
    return _half(rows[:4], 16), _half(rows[4:], 0)


def _half(rows: list[list[int]], shift: int) -> list[int]:
    a, b, c, d = rows
    pairs = [c[one >> 4] << 4 | d[one & 15] for one in range(256)]
    upper = [a[one >> 4] << 12 | b[one & 15] << 8 for one in range(256)]
    words = ((first | second) << shift for first in upper for second in pairs)
    return [(one << 11 | one >> 21) & _WORD for one in words]


def _mix(value: int, times: int) -> int:
    """Return ψ of the standard, repeated: a register of sixteen words that feeds itself back."""
    words = [*struct.unpack("<16H", value.to_bytes(BLOCK, "little"))]
    for n in range(times):
        words.append(
            words[n] ^ words[n + 1] ^ words[n + 2] ^ words[n + 3] ^ words[n + 12] ^ words[n + 15]
        )
    return int.from_bytes(struct.pack("<16H", *words[times:]), "little")


@cache
def _mixed_61_times() -> list[list[int]]:
    """Return what becomes of each byte of each place; the whole is their sum, for ψ is linear."""
    tables = []
    for place in range(BLOCK):
        table = [0]
        for bit in range(8):
            moved = _mix(1 << 8 * place + bit, 61)
            table += [one ^ moved for one in table]
        tables.append(table)
    return tables
