"""Why something was not signed."""

from __future__ import annotations


class SigningError(Exception):
    """A file cannot be signed; the message is a Ukrainian sentence for whoever has the key."""


class KeyFaultError(SigningError):
    """The key itself is of no use, so no file can be signed with it."""
