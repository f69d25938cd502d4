"""The command line: options in, messages and exit codes out."""

from __future__ import annotations

from reportgen.cli.main import main

__all__ = ["main"]
