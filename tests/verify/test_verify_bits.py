"""A signature of a certificate has only whole bytes; bits said to be unused are a change."""

from __future__ import annotations

import pytest
from asn1crypto import x509
from authority import SUBJECTS, Authority

from reportgen.verify.chain import is_issued


@pytest.mark.parametrize("which", ["authority", "rsa_authority"])
def test_unused_bits_are_noticed(which: str, request: pytest.FixtureRequest) -> None:
    """Where the last bit is 0 anyway, libraries read a signature with a bit unused all the same."""
    authority: Authority = request.getfixturevalue(which)
    root = x509.Certificate.load(authority.certificate("root"))
    issuer = x509.Certificate.load(authority.certificate("issuer"))
    above = {root.subject.hashable: root, issuer.subject.hashable: issuer}
    seen = 0
    for name in SUBJECTS:
        data = authority.certificate(name)
        below = x509.Certificate.load(data)
        signature = below["signature_value"].contents
        assert is_issued(below, above[below.issuer.hashable])
        if signature[-1] % 2 == 0:
            changed = data[: -len(signature)] + b"\x01" + signature[1:]
            assert not is_issued(x509.Certificate.load(changed), above[below.issuer.hashable])
            seen += 1
    assert seen
