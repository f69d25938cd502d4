"""Why something was not signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError


class SigningError(Exception):
    """A file cannot be signed; the message is a Ukrainian sentence for whoever has the key."""


class KeyFaultError(SigningError):
    """The key itself is of no use, so no file can be signed with it."""


#: What the library tells of a service, in part → what to say.
_SERVICE: Final = {
    "refused our request": "служба позначок часу відмовила: спитайте її надавача, чи вам дозволено",
    "bad nonce": "служба позначок часу відповіла не на цей запит: перевірте її адресу",
}

#: The same of certificates and signatures.
_LIBRARY: Final = {
    "no issuer matching": "не відомо, хто видав сертифікат: додайте кореневі й проміжні "
    "сертифікати надавача до trust у signing.yaml",
    "expired": "термін дії сертифіката в його ланцюжку минув: потрібен новий",
    "no revocation info": "немає відповіді, чи не відкликано сертифікат: перевірте мережу",
}


@contextmanager
def explained(key: str) -> Iterator[None]:
    """Say in Ukrainian why the library did not sign with a key.

    Raises:
        SigningError: for whatever the library tells.
    """
    try:
        yield
    except TimestampRequestError as error:
        raise SigningError(_of_service(told_by(error))) from error
    except RevokedError as error:
        raise KeyFaultError(f"ключ {key}: сертифікат відкликано") from error
    except (PathError, ValidationError, LibraryError) as error:
        told = told_by(error)
        if "revoked" in told.lower():
            raise KeyFaultError(f"ключ {key}: сертифікат відкликано") from error
        said = _said(told, _LIBRARY) or f"не підписано; бібліотека каже: «{told}»"
        raise SigningError(f"ключ {key}: {said}") from error


def _of_service(told: str) -> str:
    """Return what to say of a service of time-stamps that has given none."""
    return _said(told, _SERVICE) or "служба позначок часу не відповіла: перевірте мережу"


def _said(told: str, known: Mapping[str, str]) -> str:
    """Return the Ukrainian sentence for what a library tells, "" for what is not known."""
    return next((said for part, said in known.items() if part in told.lower()), "")


def told_by(error: BaseException) -> str:
    """Return what an error of a library says, and the one that gave rise to it."""
    texts = [str(one) for one in (error, error.__cause__) if one is not None and str(one)]
    return ": ".join(dict.fromkeys(texts)) or type(error).__name__
