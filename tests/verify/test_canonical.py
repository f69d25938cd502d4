"""DER has one spelling: X.690, clauses 8 to 11."""

from __future__ import annotations

import pytest
from asn1crypto import core
from hypothesis import given, settings
from hypothesis import strategies as some

from reportgen.verify.canonical import der_length, is_canonical

_VALUES = some.recursive(
    some.one_of(
        some.integers(-(2**70), 2**70).map(lambda one: core.Integer(one).dump()),
        some.booleans().map(lambda one: core.Boolean(one).dump()),
        some.binary(max_size=300).map(lambda one: core.OctetString(one).dump()),
        some.text(max_size=40).map(lambda one: core.UTF8String(one).dump()),
        some.just(core.Null().dump()),
    ),
    lambda inner: some.lists(inner, max_size=4).map(
        lambda parts: core.Sequence(contents=b"".join(parts)).dump()
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(_VALUES)
def test_what_a_library_writes_is_canonical(data: bytes) -> None:
    assert is_canonical(data)
    assert der_length(data + b"\0\0") == len(data)
    assert not is_canonical(data + b"\0")
    assert not is_canonical(data[:-1])


@pytest.mark.parametrize(
    "data",
    [
        b"\x30\x80\x00\x00",  # of no definite length
        b"\x30\x81\x00",  # a length that fits one byte in two
        b"\x30\x82\x00\x80" + b"\x04\x7e" + b"a" * 126,
        b"\x02\x00",
        b"\x02\x02\x00\x01",
        b"\x02\x02\xff\x80",
        b"\x01\x01\x01",
        b"\x05\x01\x00",
        b"\x03\x02\x01\xff",
        b"\x24\x03\x04\x01a",  # a string in parts
        b"\x06\x02\x2a\x86",
        b"\x1f\x01\x00",
        b"",
        b"\x30" * 200,
    ],
)
def test_other_spellings_are_not(data: bytes) -> None:
    assert not is_canonical(data)
