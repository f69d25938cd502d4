"""Keys on protected carriers, by PKCS#11: the library of the carrier's maker does the signing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pkcs11
from asn1crypto.x509 import Certificate
from pkcs11 import exceptions as faults
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from reportgen.model.signing import Token
from reportgen.sign.faults import KeyFaultError


@contextmanager
def opened_token(carrier: Token, pin: str) -> Iterator[tuple[PKCS11Signer, Certificate]]:
    """Open a session with a token for the time of a ``with``.

    Raises:
        KeyFaultError: when the token or the key is not there, or the PIN is refused. A wrong PIN is
            tried once only: after a few a token locks itself.
    """
    label = carrier.label
    if not carrier.module.is_file():
        raise KeyFaultError(f"токен «{label}»: немає бібліотеки {carrier.module}")
    try:
        session = open_pkcs11_session(
            str(carrier.module), token_criteria=TokenCriteria(label=label), user_pin=pin
        )
    except faults.PinLocked as error:
        message = f"токен «{label}» заблоковано: розблокуйте його програмою виробника"
        raise KeyFaultError(message) from error
    except (faults.PinIncorrect, faults.PinInvalid, faults.PinLenRange) as error:
        message = f"токен «{label}»: не той PIN; після кількох спроб токен заблокується"
        raise KeyFaultError(message) from error
    except pkcs11.PKCS11Error as error:
        told = str(error) or type(error).__name__
        message = f"токен «{label}» не відкрився: чи вставлено його? ({told})"
        raise KeyFaultError(message) from error
    except RuntimeError as error:
        raise KeyFaultError(f"бібліотека {carrier.module} не завантажилась: {error}") from error
    try:
        signer = PKCS11Signer(session, cert_label=carrier.certificate, other_certs_to_pull=None)
        try:
            certificate = signer.signing_cert
        except (pkcs11.PKCS11Error, SigningError) as error:
            message = f"на токені «{label}» немає сертифіката «{carrier.certificate}»"
            raise KeyFaultError(message) from error
        yield signer, certificate
    finally:
        session.close()
