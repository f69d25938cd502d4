"""Findings for other programs: SARIF 2.1.0 for code hosts, and annotations of GitHub Actions.

Both want paths from the top of a repository: ``base`` is the project's folder there, "" if the
project is the repository. Columns count characters, not bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from reportgen.diagnostics.catalogue import CATALOGUE
from reportgen.diagnostics.finding import Diagnostic, Severity, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_sarif(found: Sequence[Diagnostic], version: str, base: str = "") -> str:
    """Return findings as a SARIF log of one run; ``version`` is that of the program."""
    codes = sorted({one.code for one in found})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CATALOGUE[code].title},
            "defaultConfiguration": {"level": CATALOGUE[code].severity},
        }
        for code in codes
    ]
    driver = {"name": "reportgen", "version": version, "language": "uk", "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code), base) for one in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(one: Diagnostic, rule: int, base: str) -> dict[str, object]:
    related = [
        {"id": number, **_location(span, base), "message": {"text": note}}
        for number, (span, note) in enumerate(one.related)
    ]
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity.value,
        "message": {"text": _whole(one)},
        "locations": [_location(one.span, base)],
        "relatedLocations": related,
    }


def _location(span: Span, base: str) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(_path(span, base)), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": span.line, "startColumn": span.column},
        }
    }


def as_github(found: Iterable[Diagnostic], base: str = "") -> str:
    """Return findings as workflow commands, a line each, that GitHub shows beside the lines."""
    return "\n".join(_annotation(one, base) for one in found)


def _annotation(one: Diagnostic, base: str) -> str:
    properties = {
        "file": _path(one.span, base),
        "line": str(one.span.line),
        "col": str(one.span.column),
        "title": one.code,
    }
    told = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{_ANNOTATIONS[one.severity]} {told}::{_escaped(_whole(one))}"


def _escaped(text: str, also: str = "") -> str:
    """Return a text as workflow commands want it."""
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _whole(one: Diagnostic) -> str:
    return f"{one.message}. Порада: {one.hint}" if one.hint else one.message


def _path(span: Span, base: str) -> str:
    return f"{base}/{span.file}" if base else span.file
