"""``content/archive.yaml``: the codes that names and envelopes of the archive order are made of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from reportgen.diagnostics import has_errors, quoted
from reportgen.load.fields import Fields, Found, UnreadableError, take
from reportgen.load.scalars import boolean, is_slug, text, whole
from reportgen.load.yaml_file import load_yaml
from reportgen.model.archive import UKRAINE, Codes
from reportgen.source import Node

FILE: Final = "content/archive.yaml"
_LANGUAGE = re.compile("[a-z]{2}")
_REGISTERED = re.compile("[0-9]{8,10}")
_NUMBER = re.compile("[0-9]{1,6}")


def load_archive_codes(root: Path, found: Found) -> Codes | None:
    """Load the codes; ``None`` with all mistakes told if they cannot be used."""
    node = load_yaml(root / FILE, root, found)
    if node is None:
        return None
    said: Found = []
    with Fields(node, said) as fields:
        codes = Codes(
            country=fields.optional("country", whole(1, 999), UKRAINE),
            institution=fields.required("institution", _registered, ""),
            archive=fields.required("archive", _registered, ""),
            fonds=fields.required("fonds", _number, ""),
            inventory=fields.required("inventory", _number, ""),
            cases=_cases(fields, said),
            language=fields.optional("language", _language, "uk"),
            restricted=fields.optional("restricted", boolean, default=False),
        )
    found += said
    return None if has_errors(said) else codes


def _cases(fields: Fields, found: Found) -> dict[str, str]:
    cases: dict[str, str] = {}
    for name, _, node in fields.pairs("cases", required=True):
        number = take(node, _number, found)
        if not is_slug(name):
            fields.report("name-invalid", "cases", f"{quoted(name)} — не назва пакета")
        elif number is not None:
            cases[name] = number
    return cases


def _registered(node: Node) -> str:
    return _digits(node, _REGISTERED, "код ЄДРПОУ — це 8–10 цифр")


def _number(node: Node) -> str:
    return _digits(node, _NUMBER, "лише цифри, не більше шести: із них складають назви файлів")


def _digits(node: Node, pattern: re.Pattern[str], hint: str) -> str:
    value = text(node)
    if not pattern.fullmatch(value):
        raise UnreadableError("number-invalid", f"{quoted(value)} — не такий номер", hint)
    return value


def _language(node: Node) -> str:
    value = text(node)
    if not _LANGUAGE.fullmatch(value):
        hint = "дві малі латинські літери за ISO 639-1: uk"
        raise UnreadableError("value-choice", f"{quoted(value)} — не код мови", hint)
    return value
