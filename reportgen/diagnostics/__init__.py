"""What is wrong, where in which source file, and what to do about it.

Anything an author of ``content/`` or of a form can cause is a :class:`Diagnostic`, collected
and shown together. Exceptions are kept for broken environments and for our own bugs.
"""

from __future__ import annotations

from reportgen.diagnostics.catalogue import CATALOGUE
from reportgen.diagnostics.exchange import as_github, as_sarif
from reportgen.diagnostics.finding import (
    BrokenEnvironment,
    Diagnostic,
    Severity,
    Span,
    finding,
    has_errors,
    in_order,
    quoted,
    shortened,
    tame,
)
from reportgen.diagnostics.natural import natural
from reportgen.diagnostics.plurals import plural
from reportgen.diagnostics.reasons import reason
from reportgen.diagnostics.render import as_json, as_text

__all__ = [
    "CATALOGUE",
    "BrokenEnvironment",
    "Diagnostic",
    "Severity",
    "Span",
    "as_github",
    "as_json",
    "as_sarif",
    "as_text",
    "finding",
    "has_errors",
    "in_order",
    "natural",
    "plural",
    "quoted",
    "reason",
    "shortened",
    "tame",
]
