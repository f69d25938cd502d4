"""``content/signing.yaml``: keys, services and the profiles by which files are signed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from reportgen.diagnostics import quoted
from reportgen.load.fields import Fields, Found, UnreadableError, any_node
from reportgen.load.scalars import boolean, choice, is_slug, slug, text
from reportgen.load.values import official_of
from reportgen.load.words import suggest
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import Council
from reportgen.model.signing import (
    Carrier,
    Elsewhere,
    Key,
    KeyFile,
    Signer,
    Signing,
    SigningProfile,
    Token,
)
from reportgen.model.verdict import LEVELS, Level
from reportgen.source import Node

FILE = "content/signing.yaml"

_HINT = "ключ — це file: ФАЙЛ.p12, або module:, label: і certificate:, або elsewhere: true"
_SECRET = re.compile(r"pass|secret|пароль|pin", re.IGNORECASE)


def load_signing(root: Path, council: Council, found: Found) -> Signing | None:
    """Load how the council signs; ``None`` where the file is absent or cannot be read."""
    path = root / FILE
    if not path.is_file():
        return None
    node = load_yaml(path, root, found)
    if node is None:
        return None
    with Fields(node, found) as fields:
        service = fields.optional("time_stamps", _address, "")
        trust = tuple(path.parent / one for one in fields.each("trust", text))
        keys = {
            name: key
            for name, _, inner in fields.pairs("keys", required=True)
            if (key := _key(name, inner, path.parent, found))
        }
        profiles = {
            name: profile
            for name, _, inner in fields.pairs("profiles", required=True)
            if (profile := _profile(name, inner, keys, council, found))
        }
        stamped = [one for one in profiles.values() if one.level is not Level.B]
        if stamped and not service:
            message = f"профіль {stamped[0].id}: рівень {stamped[0].level.value} потребує "
            fields.complain(
                "key-missing", f"{message}служби позначок часу", "допишіть «time_stamps: …»"
            )
        if any(one.level in {Level.LT, Level.LTA} for one in stamped) and not trust:
            message = "рівні B-LT і B-LTA потребують кореневих сертифікатів"
            fields.complain("key-missing", message, "допишіть «trust: [файл.pem]»")
    return Signing(service, trust, profiles)


def _address(node: Node) -> str:
    """Convert the address of a service."""
    value = text(node)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not value.isascii():
        hint = "пишіть повністю: http://acsk.example/services/tsp"
        raise UnreadableError("value-type", f"{quoted(value)} — не адреса служби", hint)
    if parts.username or parts.password:
        raise UnreadableError("value-type", "в адресі не може бути імені чи пароля")
    return value


def _key(name: str, node: Node, folder: Path, found: Found) -> Key | None:
    with Fields(node, found) as fields:
        secret = next((one for one in _keys_of(node) if _SECRET.search(one)), None)
        if secret:
            message = f"{quoted(secret)}: паролів і PIN-кодів у файлі не тримають"
            hint = "приберіть його: програма спитає пароль сама або візьме зі змінної середовища"
            fields.report("key-unknown", secret, message, hint)
            fields.node(secret)
        carrier = _carrier(fields, folder)
    if not is_slug(name):
        fields.complain("name-invalid", f"{quoted(name)} — не назва ключа", "як holova-2024")
        return None
    if carrier is None:
        return None
    return Key(name, carrier, fields.span)


def _keys_of(node: Node) -> tuple[str, ...]:
    entries = getattr(node, "entries", {})
    return tuple(str(one) for one in entries)


def _carrier(fields: Fields, folder: Path) -> Carrier | None:
    """Take where a key is: in exactly one of the three kinds of places."""
    file = fields.optional("file", text, "")
    module = fields.optional("module", text, "")
    elsewhere = fields.optional("elsewhere", boolean, default=False)
    if sum((bool(file), bool(module), elsewhere)) != 1:
        if fields.is_mapping:
            fields.complain("value-choice", "не сказано, де ключ", _HINT)
        return None
    if elsewhere:
        return Elsewhere()
    if file:
        return KeyFile(folder / Path(file).expanduser())
    label = fields.required("label", text, "")
    certificate = fields.required("certificate", text, "")
    return Token(Path(module).expanduser(), label, certificate)


def _profile(
    name: str, node: Node, keys: Mapping[str, Key], council: Council, found: Found
) -> SigningProfile | None:
    with Fields(node, found) as fields:
        level = fields.optional("level", choice(LEVELS), Level.LTA)
        mark = fields.optional("mark", boolean, default=True)
        signers = tuple(
            signer
            for one in fields.each("signatures", any_node, required=True)
            if (signer := _signer(one, keys, council, found))
        )
        held = [one.key.id for one in signers]
        if len(held) != len(set(held)):
            fields.complain("value-choice", f"профіль {name}: один ключ підписує двічі")
    if not is_slug(name):
        fields.complain("name-invalid", f"{quoted(name)} — не назва профілю", "як viddil")
        return None
    return SigningProfile(name, level, signers, mark, fields.span) if signers else None


def _signer(node: Node, keys: Mapping[str, Key], council: Council, found: Found) -> Signer | None:
    with Fields(node, found) as fields:
        name = fields.required("key", slug, "")
        official = fields.optional("official", official_of(council), None)
        seal = fields.optional("seal", boolean, default=False)
        if name and name not in keys:
            message = f"ключа {quoted(name)} немає в keys"
            fields.report("reference-unknown", "key", message, suggest(name, keys))
        if fields.is_mapping and seal == ("official" in fields):
            message = "не сказано, хто підписує"
            hint = "official: — посадова особа з officials.yaml, або seal: true — печатка установи"
            fields.complain("value-choice", message, hint)
            return None
    sound = name in keys and (seal or official is not None)
    return Signer(keys[name], official) if sound else None
