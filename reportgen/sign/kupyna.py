"""«Купина» (ДСТУ 7564:2014): the newer digest that Ukrainian keys sign by.

It is here to prove that a signature made elsewhere is of these very bytes, not to sign anything.
"""

from __future__ import annotations

from functools import cache

#: The four substitutions of the standard; a row of the state takes that of its number by four.
_BOXES = (
    bytes.fromhex(
        "a8435f066b756c5971df879517f0d8096df31dcbc94d2caf79e097fd6f4b4539"
        "3edda34fb4b69a0e1fbf15e149d293c692729e61d163faeef419d5ad58a4bba1"
        "dcf2833742e47a329cccab4a8f6e04272ee7e25a9616232bc265660fbca94741"
        "3448fcb76a88a55386f95bdb387bc31e2233242836c7b23b8e77baf5149f0855"
        "9b4cfe605cda1846cd7d21b03f1b89ffeb84693a9dd7d3706740b5de5d3091b1"
        "781101e5006898a0c502a6742d0ba276b3becebdaee98a311cecf19994aaf626"
        "2fefe88c3503d47ffb05c15e90203d82f7ea0a0d7ef8501ac40757b83c62e3c8"
        "ac526410d0d9130c122951b9cfd6738d8154c0ed4e44a72a8525e6ca7c8b5680"
    ),
    bytes.fromhex(
        "cebbeb92eacb13c1e93ad6b2d29017f8421556b4651c8843c55c36baf557678d"
        "31f664589ef422aa750f02b1df6d734d7c262ef7085d443e9f14c8ae5410d8bc"
        "1a6b69f3bd33abfad19b684e169591ee4c638e5bcc3c19a181497bd96f3760ca"
        "e72b48fd9645fc41120d79e5898ce32030dcb76c4ab53f97d4622d06a4a5835f"
        "2adac9007ea255bf11d59ccf0e0a3d517d931bfec44709860b8f9d6a07b9b098"
        "1832714bef3b70a0e440ffc3a9e678f98b46801e38e1b8a8e00c23761d252405"
        "f16e94289a84e8a34f77d385e252f282507a2f7453b361af3935decd1f99acad"
        "722cddd087be5ea6ec04c60334fbdb59b6c201f05aeda766217f8a27c7c029d7"
    ),
    bytes.fromhex(
        "93d99ab5982245fcba6adf029fdc51594a172bc294f4bba362e471d4cd7016e1"
        "493cc0d85c9bad8553a17ac82de0d172a62cc4e37678b7b4093b0e414cdeb290"
        "25a5d7031100c32e92ef4e129d7dcb3510d54f9e4da955c6d07b1897d336e648"
        "56818f77cc9cb9e2acb82f15a47cda381e0b05d6146e6c7e66fdb1e560af5e33"
        "87c9f05d6d3f888dc7f71de9eced802927cf99a8500f3724283095d23e5b4083"
        "b369571f071c8abc20ebce8eabee31a273f9ca3a1afb0dc1fefaf26fbd96dd43"
        "52b608f3aebe19893226b0ea4b6484826bf579bf015f75631b233d682a65e891"
        "f6ff1358f1470a7fc5a7e7615a0646444204a0db398654aa8c34218bf80c7467"
    ),
    bytes.fromhex(
        "688dca4d734b4e2ad45226b3541e191f2203463d2d4a5383138ab7d52579f5bd"
        "582f0d02ed519e11f23e555ed1163c66705df34540cce8945608ce1a3ad2e1df"
        "b5386e0ee5f4f986e94fd68523cf32993114aeeec848d330a19241b118c42c71"
        "724415fd37be5faa9b88d8ab899cfa60eabc620c24a6a8ec6720db7c28ddac5b"
        "347e10f17b8f63a0059a437721bf2709c39fb6d729c2ebc0a48b8c1dfbffc1b2"
        "972ef865f67507044933e4d9b9d042c76c90008e6f5001c5da473fcd69a2e27a"
        "a7c6930f0a06e62b96a31caf6a128439e7b082f7fe9d875c8135deb4a5fc80ef"
        "cbbb6b76ba5a7d780b95e3ad74983b36646ddcf059a94c177f91b8c9571be061"
    ),
)
#: What a byte of each row gives to the rows of its column, from the first row on.
_MIXING = (1, 1, 5, 1, 8, 6, 7, 4)
_POLYNOMIAL = 0x11D
_ROWS = 8
_HALF = 0xFFFF_FFFF_FFFF_FFFF
_LENGTH = 12  # bytes of the message's length at its end
_SHORT = 256  # bits of a digest whose state is the smaller one


def kupyna(data: bytes, bits: int) -> bytes:
    """Return the digest of some bytes: 256, 384 or 512 bits of it."""
    columns, rounds = (8, 10) if bits <= _SHORT else (16, 14)
    size = columns * _ROWS
    zeros = -(len(data) + 1 + _LENGTH) % size
    padded = b"".join((data, b"\x80", bytes(zeros), (len(data) * 8).to_bytes(_LENGTH, "little")))
    state = [size] + [0] * (columns - 1)
    for start in range(0, len(padded), size):
        block = _columns(padded[start : start + size])
        summed = _p([a ^ b for a, b in zip(state, block, strict=True)], rounds)
        mixed = _q(block, rounds)
        state = [a ^ b ^ c for a, b, c in zip(state, summed, mixed, strict=True)]
    last = [a ^ b for a, b in zip(state, _p(state, rounds), strict=True)]
    return b"".join(one.to_bytes(_ROWS, "little") for one in last)[-bits // 8 :]


def _columns(block: bytes) -> list[int]:
    return [int.from_bytes(block[at : at + _ROWS], "little") for at in range(0, len(block), _ROWS)]


def _p(state: list[int], rounds: int) -> list[int]:
    """Return T⊕ of the standard."""
    for turn in range(rounds):
        state = _round([one ^ at << 4 ^ turn for at, one in enumerate(state)])
    return state


def _q(state: list[int], rounds: int) -> list[int]:
    """Return T+ of the standard."""
    top = len(state) - 1
    for turn in range(rounds):
        state = _round(
            [
                (one + (0x00F0F0F0F0F0F0F3 | ((top - at) << 4 ^ turn) << 56)) & _HALF
                for at, one in enumerate(state)
            ]
        )
    return state


def _round(state: list[int]) -> list[int]:
    """Return the columns with their bytes substituted, their rows shifted and mixed."""
    a, b, c, d, e, f, g, h = _tables()
    last = 7 if len(state) == _ROWS else 11  # how far the last row is shifted
    return [
        a[state[at] & 255]
        ^ b[state[at - 1] >> 8 & 255]
        ^ c[state[at - 2] >> 16 & 255]
        ^ d[state[at - 3] >> 24 & 255]
        ^ e[state[at - 4] >> 32 & 255]
        ^ f[state[at - 5] >> 40 & 255]
        ^ g[state[at - 6] >> 48 & 255]
        ^ h[state[at - last] >> 56]
        for at in range(len(state))
    ]


@cache
def _tables() -> list[list[int]]:
    """Return, for each row, the column that each byte of it gives."""
    return [[_mixed(_BOXES[row % 4][one], row) for one in range(256)] for row in range(_ROWS)]


def _mixed(byte: int, row: int) -> int:
    column = 0
    for at in range(_ROWS):
        column |= _product(byte, _MIXING[(row - at) % _ROWS]) << _ROWS * at
    return column


def _product(first: int, second: int) -> int:
    """Return the product in the field of 256 elements."""
    product = 0
    for bit in range(_ROWS):
        if second >> bit & 1:
            product ^= first
        first <<= 1
        if first > 255:  # noqa: PLR2004 - a byte
            first ^= _POLYNOMIAL
    return product
