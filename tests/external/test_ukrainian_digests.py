"""ГОСТ 34.311-95 and «Купина» against what other programs reckon."""

from __future__ import annotations

import pytest

from reportgen.sign.digests import DIGESTS
from reportgen.sign.gost34311 import gost34311
from reportgen.sign.kupyna import kupyna

#: By the tests of the npm package gost89.
GOST = {
    b"123123": "34d4da2c04e9c1ceb933282069c864617d94ed7cc5c0a9840c0c1a99629df637",
    b"12345678901234567890123456789011": (
        "7686f3f4b113aadc97bca9ea054f41821f0676c5c28ffb987e41797a568e1ed4"
    ),
    bytes(range(32)): "811cb06a8ee423182d9cc9d281f783908f4cfbaf47a68be8415d3499674a3063",
}

#: Of the bytes 0, 1, 2, … by BouncyCastle.
GOST_LENGTHS = {
    0: "da37bdf41145e39e34111775b40646e8059c2e969c1460bb98abccb26f0f76a5",
    1: "267a02fc973147e189849143b52c606cdce3392f3d614f3eb93d0e6b820e09aa",
    31: "695e4c73aa9d4884c3b9c74c8b77d0239e84e8bce0a9117ee6368144cf388cf9",
    33: "1b2968cb9d37a2108fec6ac9f8feba278dac9cd2a11e6a4746a5b2c076714f69",
    64: "c03ee3bc611ae3acb822664325b3ec6e6278ddc93c9bcd7e757813d0e31fe281",
    255: "77ceccc3a4ee2bd2b74226053336ce8f482cc8708aa37e1363c5cd294ed530eb",
}

#: Bits of the digest and bytes 0, 1, 2, … of the message, by BouncyCastle; those of 64 and 128
#: bytes stand in the standard too.
KUPYNA = {
    (256, 0): ("cd5101d1ccdf0d1d1f4ada56e888cd724ca1a0838a3521e7131d4fb78d0f5eb6"),
    (384, 0): (
        "e445d452aecd46c3298343314ef04019bcfa3f04265a9857f91be91fce197096"
        "187ceda78c9c1c021c294a0689198538"
    ),
    (512, 0): (
        "656b2f4cd71462388b64a37043ea55dbe445d452aecd46c3298343314ef04019"
        "bcfa3f04265a9857f91be91fce197096187ceda78c9c1c021c294a0689198538"
    ),
    (256, 64): ("08f4ee6f1be6903b324c4e27990cb24ef69dd58dbe84813ee0a52f6631239875"),
    (256, 51): ("6f8f0a3f8261af77581ab01cb89d4cb5ed87ca1d9954f11d5586e94b45c82fb8"),
    (256, 52): ("8b6fe2ba77e684b2a1ac82232f4efc49f681cd18c82a0cfff530186a2fc642d2"),
    (384, 95): (
        "d9021692d84e5175735654846ba751e6d0ed0fac36dfbc0841287dcb0b5584c7"
        "5016c3decc2a6e47c50b2f3811e351b8"
    ),
    (512, 128): (
        "76ed1ac28b1d0143013ffa87213b4090b356441263c13e03fa060a8cada32b97"
        "9635657f256b15d5fca4a174de029f0b1b4387c878fcc1c00e8705d783fd7ffe"
    ),
    (256, 200): ("3ed578fb131e56c7c5f1961031adedbb9fdb6f6b75b84c91faaab584bc2b8e95"),
    (512, 255): (
        "7c21bf05389bd4fa1447967f04c6c113ee8538b25a5929266b42b3448a7c0d9b"
        "05f7b67045f8e1064ebcdda8c3212d0e448a501e8f2d17fdd794321f180a49f8"
    ),
    (384, 115): (
        "819f24ad56ce42c76a59adc36672e71b15fbd5d3e1ddfae96fd88bd860fe4a1c"
        "dae8d2465b5e9238fd3eb695a69b4b2f"
    ),
    (512, 116): (
        "306bb714aed5988733a6011062004452c55b19c315797f822744025d4de8bab8"
        "8d3cdb9db9c965d5db4866dcedd485b407a95f2c2e6340774d8993b9d9fe505e"
    ),
}


@pytest.mark.parametrize("data", GOST)
def test_gost_34311(data: bytes) -> None:
    assert gost34311(data).hex() == GOST[data]


@pytest.mark.parametrize("length", GOST_LENGTHS)
def test_gost_34311_of_any_length(length: int) -> None:
    assert gost34311(bytes(range(length))).hex() == GOST_LENGTHS[length]


@pytest.mark.parametrize(("bits", "length"), KUPYNA)
def test_kupyna(bits: int, length: int) -> None:
    assert kupyna(bytes(range(length)), bits).hex() == KUPYNA[bits, length]


def test_each_digest_has_its_own_number_and_length() -> None:
    lengths = {one.name: len(one.reckon(b"")) * 8 for one in DIGESTS.values()}
    assert len(lengths) == len(DIGESTS)
    for name, bits in lengths.items():
        assert name == "ГОСТ 34.311-95" or name.endswith(str(bits))
