"""What a message of CAdES brings along to judge its certificates by (EN 319 122-1)."""

from __future__ import annotations

from typing import Any, Final

from asn1crypto import core, crl, ocsp, x509

from reportgen.verify.evidence import Evidence, together
from reportgen.verify.message import Message

_CERTIFICATES: Final = "1.2.840.113549.1.9.16.2.23"  # of CAdES: certificate-values
_REVOCATIONS: Final = "1.2.840.113549.1.9.16.2.24"  # and revocation-values


def evidence_of(message: Message) -> Evidence:
    """Return all that a message brings along, its time-stamps included."""
    own = Evidence(message.certificates)
    try:
        values = _values(message)
    except (ValueError, TypeError, KeyError):  # evidence that cannot be read is none
        values = Evidence()
    return together((own, values, *map(evidence_of, message.stamps)))


def _values(message: Message) -> Evidence:
    """Return evidence of CAdES (EN 319 122-1, 5.4 and 5.5.2): beside signatures, in attributes."""
    certificates: list[Any] = []
    answers: list[Any] = []
    lists: list[Any] = []
    for choice in _some(message.data["crls"]):
        one = choice.chosen
        if choice.name == "other":
            answers.append(ocsp.OCSPResponse.load(one["other_rev_info"].dump(), strict=True))
        else:
            lists.append(crl.CertificateList.load(one.dump(), strict=True))
    for one in _some(message.signer["unsigned_attrs"]):
        for value in one["values"]:
            if one["type"].dotted == _CERTIFICATES:
                certificates += core.SequenceOf.load(value.dump(), spec=x509.Certificate)
            elif one["type"].dotted == _REVOCATIONS:
                found = _RevocationValues.load(value.dump())
                lists += _some(found["crls"])
                answers += map(_response, _some(found["answers"]))
    return Evidence(tuple(certificates), tuple(answers), tuple(lists))


def _some(values: Any) -> Any:  # noqa: ANN401 - of a library without types
    return () if values is core.VOID else values


def _response(basic: ocsp.BasicOCSPResponse) -> ocsp.OCSPResponse:
    return ocsp.OCSPResponse(
        {
            "response_status": "successful",
            "response_bytes": {"response_type": "basic_ocsp_response", "response": basic},
        }
    )


class _Lists(core.SequenceOf):  # type: ignore[misc]
    _child_spec = crl.CertificateList


class _Answers(core.SequenceOf):  # type: ignore[misc]
    _child_spec = ocsp.BasicOCSPResponse


class _RevocationValues(core.Sequence):  # type: ignore[misc]
    """RevocationValues of EN 319 122-1."""

    _fields = (
        ("crls", _Lists, {"explicit": 0, "optional": True}),
        ("answers", _Answers, {"explicit": 1, "optional": True}),
        ("others", core.Sequence, {"explicit": 2, "optional": True}),
    )
