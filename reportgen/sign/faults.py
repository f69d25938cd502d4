"""Why something was not signed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError


class SigningError(Exception):
    """A file cannot be signed; the message is a Ukrainian sentence for whoever has the key."""


class KeyFaultError(SigningError):
    """The key itself is of no use, so no file can be signed with it."""


@contextmanager
def explained(key: str) -> Iterator[None]:
    """Say in Ukrainian why the library did not sign with a key.

    Raises:
        SigningError: for whatever the library tells.
    """
    try:
        yield
    except TimestampRequestError as error:
        raise SigningError("служба позначок часу не відповіла: перевірте мережу") from error
    except RevokedError as error:
        raise KeyFaultError(f"ключ {key}: сертифікат відкликано") from error
    except (PathError, ValidationError, LibraryError) as error:
        told = told_by(error)
        if "revoked" in told.lower():
            raise KeyFaultError(f"ключ {key}: сертифікат відкликано") from error
        raise SigningError(f"ключ {key}: не підписано: {told}") from error


def told_by(error: BaseException) -> str:
    """Return what an error of a library says, and the one that gave rise to it."""
    texts = [str(one) for one in (error, error.__cause__) if one is not None and str(one)]
    return ": ".join(dict.fromkeys(texts)) or type(error).__name__
