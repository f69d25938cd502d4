"""Whom a certificate names, as Ukrainian providers write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from asn1crypto import x509

from reportgen.model.verdict import Holder

#: ЄДРПОУ among the attributes of the subject, in certificates that name no ``NTRUA-``.
_CODE = "1.2.804.2.1.1.1.11.1.4.2.1"
_ATTRIBUTES = "2.5.29.9"
_ORGANISATION_ID = "2.5.4.97"
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # categories of Unicode
_NATIONAL = re.compile(r"[A-Z]{3}UA-")


def holder_of(certificate: x509.Certificate) -> Holder:
    """Return whom a certificate names. Its key is not looked at, so it may be of any kind.

    Raises:
        ValueError: for a certificate that is torn.
    """
    body = certificate["tbs_certificate"]
    subject = dict(_named(body["subject"]))
    issuer = dict(_named(body["issuer"]))
    surname, given = subject.get("2.5.4.4", ""), subject.get("2.5.4.42", "")
    written = _NATIONAL.sub("", subject.get(_ORGANISATION_ID, ""))
    return Holder(
        name=subject.get("2.5.4.3") or f"{surname} {given}".strip(),
        position=subject.get("2.5.4.12", ""),
        organisation=subject.get("2.5.4.10", ""),
        code=written or _code(body["extensions"]),
        serial=f"{body['serial_number'].native:X}",
        issuer=issuer.get("2.5.4.3") or issuer.get("2.5.4.10", ""),
        since=body["validity"]["not_before"].native,
        until=body["validity"]["not_after"].native,
    )


def _named(name: x509.Name) -> Iterator[tuple[str, str]]:
    """Yield the parts of a name by their numbers; of what is there twice the last one counts."""
    for relative in name.chosen:
        for part in relative:
            value: object = part["value"].native
            yield part["type"].dotted, printable(value) if isinstance(value, str) else ""


def _code(extensions: Any) -> str:  # noqa: ANN401 - asn1crypto has no types
    """Return the code among the subject's attributes; other extensions are not even parsed."""
    if not isinstance(extensions, x509.Extensions):
        return ""
    for extension in extensions:
        if extension["extn_id"].dotted == _ATTRIBUTES:
            for attribute in extension["extn_value"].parsed:
                if attribute["type"].dotted == _CODE and len(attribute["values"]):
                    return printable(str(attribute["values"][0].native))
    return ""


def printable(text: str) -> str:
    """Return a text on one line, without what commands a terminal or turns the line about.

    Whoever has a certificate made may have put that into a name.
    """
    line = " ".join(text.split())
    return "".join("�" if unicodedata.category(one) in _UNPRINTABLE else one for one in line)
