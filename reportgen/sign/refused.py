"""What is wrong with a file or a signature that somebody brought."""

from __future__ import annotations


class RefusedError(Exception):
    """A file is not taken; the message is a Ukrainian sentence for the person who brought it."""
