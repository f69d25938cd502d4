"""Passwords of keys out of the environment, where every program that is started would find them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_VARIABLE = "REPORTGEN_PASSWORD_"
_WITHHELD: ContextVar[Mapping[str, str]] = ContextVar("withheld passwords")


def variable_of(key: str) -> str:
    """Return the variable of the environment that may hold the password of a key."""
    return _VARIABLE + key.upper().replace("-", "_")


def given(key: str) -> str | None:
    """Return the password of a key that the environment held, ``None`` without one."""
    return _WITHHELD.get({}).get(variable_of(key))


@contextmanager
def withheld() -> Iterator[None]:
    """Keep all passwords out of the environment for the time of a ``with``.

    Workers get those that they need through their pipes; other programs (office, Typst) get none.
    """
    taken = {name: value for name, value in os.environ.items() if name.startswith(_VARIABLE)}
    token = _WITHHELD.set(taken)
    try:
        for name in taken:
            del os.environ[name]
        yield
    finally:
        os.environ.update(taken)
        _WITHHELD.reset(token)
