"""Whose signature a file waits for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.model.verdict import Holder

_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´‘", "'"))


@dataclass(frozen=True, slots=True)
class Expected:
    """What the signer's certificate must say; "" where anything will do.

    ``name`` is the holder's, ``code`` the ЄДРПОУ of the organisation, ``serial`` the number of the
    certificate, hexadecimal; ``surname`` must be a part of the name.
    """

    name: str = ""
    code: str = ""
    serial: str = ""
    surname: str = ""


def misfit(expected: Expected, holder: Holder) -> str:
    """Return why a certificate is not the expected one, "" if it is."""
    if expected.serial and _number(expected.serial) != _number(holder.serial):
        return f"підписано сертифікатом {holder.serial}, а має бути {_number(expected.serial)}"
    if expected.code and expected.code.strip() != holder.code:
        found = holder.code or "не вказано"
        return f"у сертифікаті ЄДРПОУ {found}, а має бути {expected.code.strip()}"
    if expected.name and _plain(expected.name) != _plain(holder.name):
        return f"підписує {holder.name or '(без імені)'}, а має {expected.name.strip()}"
    if expected.surname and not set(words_of(expected.surname)) <= set(words_of(holder.name)):
        return f"підписує {holder.name or '(без імені)'}, а має {expected.surname}"
    return ""


def _number(serial: str) -> str:
    return re.sub(r"[\s:.-]", "", serial).upper().removeprefix("0X").lstrip("0")


def _plain(name: str) -> str:
    return " ".join(name.translate(_APOSTROPHES).casefold().split())


def words_of(name: str) -> list[str]:
    """Return the words of a name, for comparison."""
    return _plain(name).split()
