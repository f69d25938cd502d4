"""Whom a certificate names, and whether it is a person's or an organisation's."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from asn1crypto import core, x509

from reportgen.model.moments import within_calendar
from reportgen.model.verdict import Holder, Kind

# ЄДРПОУ among the attributes of a subject, as Ukrainian providers write it; the numbers are those
# of the requirements on certificates, order 5/21 of 2013, and of certificates in use.
_CODE: Final = "1.2.804.2.1.1.1.11.1.4.2.1"
_STATEMENTS: Final = "1.3.6.1.5.5.7.1.3"  # qcStatements, RFC 3739
_TYPE: Final = "0.4.0.1862.1.6"  # QcType, EN 319 412-5
_SEAL: Final = "0.4.0.1862.1.6.2"
_SIGNATURE: Final = "0.4.0.1862.1.6.1"
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # categories of Unicode


def holder_of(certificate: x509.Certificate) -> Holder:
    """Return whom a certificate names."""
    subject = certificate.subject.native
    organisation = _text(subject.get("organization_name"))
    person = " ".join(filter(None, map(_text, map(subject.get, ("surname", "given_name")))))
    validity = certificate["tbs_certificate"]["validity"]
    return Holder(
        name=_text(subject.get("common_name")) or person or organisation,
        position=_text(subject.get("title")),
        organisation=organisation,
        code=_code(certificate, subject),
        serial=f"{certificate.serial_number:X}",
        issuer=name_of(certificate.issuer),
        since=within_calendar(validity["not_before"].native),
        until=within_calendar(validity["not_after"].native),
    )


def name_of(name: x509.Name) -> str:
    """Return the shortest name that tells an authority from others."""
    parts = name.native
    found = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return _text(found)


def kind_of(certificate: x509.Certificate) -> Kind:
    """Tell a seal from a signature: by what the certificate declares, else by whom it names.

    An organisation's certificate names no person: its common name is the organisation's.
    """
    declared = _declared_types(certificate)
    if _SEAL in declared or _SIGNATURE in declared:
        return Kind.SEAL if _SEAL in declared else Kind.SIGNATURE
    subject = certificate.subject.native
    if any(subject.get(one) for one in ("surname", "given_name", "title")):
        return Kind.SIGNATURE
    organisation = _text(subject.get("organization_name"))
    nameless = _text(subject.get("common_name")) in (organisation, "")
    return Kind.SEAL if organisation and nameless else Kind.SIGNATURE


def _code(certificate: x509.Certificate, subject: dict[str, Any]) -> str:
    """Return ЄДРПОУ: «NTRUA-03192737» of EN 319 412-1, or the Ukrainian attribute."""
    identifier = _text(subject.get("organization_identifier"))
    if identifier:
        return identifier.rpartition("-")[2]
    directory = certificate.subject_directory_attributes_value
    for attribute in directory or ():
        if attribute["type"].dotted == _CODE:
            return _text(attribute["values"].native[0])
    return ""


def _declared_types(certificate: x509.Certificate) -> set[str]:
    """Return what QcType says: which purposes a qualified certificate is for."""
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted != _STATEMENTS:
            continue
        statements = core.SequenceOf.load(extension["extn_value"].native, spec=core.Sequence)
        for statement in statements:
            if statement[0].native == _TYPE:
                return {one.native for one in core.SequenceOf.load(statement[1].dump())}
    return set()


def _text(value: object) -> str:
    """Return a value of a name on one line; a name may hold several of one kind."""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return printable(" ".join(str(value).split())) if value else ""


def printable(text: str) -> str:
    """Return text without characters that command a terminal or turn the line about."""
    return "".join("�" if unicodedata.category(one) in _UNPRINTABLE else one for one in text)
