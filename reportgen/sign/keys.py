"""Keys opened: PKCS#12 files and tokens; what their certificates say of the signer."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import assert_never

from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign import Signer
from pyhanko.sign.signers import SimpleSigner

from reportgen.diagnostics import reason
from reportgen.model.signing import Elsewhere, Key, KeyFile, Token
from reportgen.sign.faults import KeyFaultError
from reportgen.sign.given import read_given

_LARGEST = 1024 * 1024  # bytes of a PKCS#12 file; one with its chain takes a hundredth
_USES = {"digital_signature", "non_repudiation"}

#: Gives the password or PIN of a key; asked for once.
Secret = Callable[[Key], str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A key that is ready to sign, with its own certificate."""

    key: Key
    signer: Signer
    certificate: Certificate


@contextmanager
def opened(key: Key, secret: Secret, now: datetime.datetime) -> Iterator[Opened]:
    """Open a key for the time of a ``with``; ``now`` is aware.

    Raises:
        KeyFaultError: when it cannot be opened, or its certificate does not hold ``now`` or is not
            one to sign with.
    """
    match key.carrier:
        case KeyFile():
            result = _of_file(key, key.carrier, secret(key))
            _check(result, now)
            yield result
        case Token():
            try:
                from reportgen.sign.tokens import opened_token  # noqa: PLC0415 - an extra
            except ImportError as error:
                message = "для токенів потрібен пакет python-pkcs11: встановіть reportgen[token]"
                raise KeyFaultError(message) from error
            with opened_token(key.carrier, secret(key)) as (signer, certificate):
                result = Opened(key, signer, certificate)
                _check(result, now)
                yield result
        case Elsewhere():
            raise KeyFaultError(
                f"ключ {key.id} — в іншій програмі: підписуйте командами sign prepare і sign finish"
            )
        case _:
            assert_never(key.carrier)


def _of_file(key: Key, carrier: KeyFile, password: str) -> Opened:
    path = carrier.path
    try:
        data = read_given(path, _LARGEST)
    except OSError as error:
        raise KeyFaultError(f"ключ {key.id}: {path} не читається: {reason(error)}") from error
    try:
        private, certificate, _ = pkcs12.load_key_and_certificates(data, password.encode())
    except ValueError as error:
        message = "не той пароль" if "password" in str(error).lower() else "це не файл PKCS#12"
        raise KeyFaultError(f"ключ {key.id}: {path}: {message}") from error
    except Exception as error:
        message = "ключ такого виду тут не відкрити; ключі ДСТУ 4145 — через sign prepare"
        raise KeyFaultError(f"ключ {key.id}: {path}: {message}") from error
    if private is None or certificate is None:
        raise KeyFaultError(f"ключ {key.id}: у {path} немає ключа з сертифікатом")
    signer = SimpleSigner.load_pkcs12_data(data, (), password.encode())
    return Opened(key, signer, signer.signing_cert)


def _check(opened: Opened, now: datetime.datetime) -> None:
    """Refuse a certificate that does not hold, before anything is signed with it."""
    name, certificate = opened.key.id, opened.certificate
    if certificate.not_valid_before > now:
        since = certificate.not_valid_before
        raise KeyFaultError(
            f"ключ {name}: сертифікат діятиме з {since:%d.%m.%Y}; чи вірний час на комп'ютері?"
        )
    if certificate.not_valid_after < now:
        until = certificate.not_valid_after
        raise KeyFaultError(f"ключ {name}: сертифікат діяв до {until:%d.%m.%Y}; потрібен новий")
    usage = certificate.key_usage_value
    if usage is not None and not _USES & set(usage.native):
        raise KeyFaultError(f"ключ {name}: його сертифікат не для підпису; візьміть ключ підпису")
