"""Findings for other programs: SARIF by the structure that its standard asks for, and GitHub."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import CATALOGUE, Diagnostic, Span, as_github, as_sarif, finding

_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
_FILES = st.sampled_from(
    ["content/council.yaml", "content/programmes/a/2024.yaml", "content/ї а.yaml"]
)
_SPANS = st.builds(Span, _FILES, st.integers(1, 5000), st.integers(1, 300))
_FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from([*CATALOGUE]),
        _SPANS,
        _TEXTS,
        st.one_of(st.just(""), _TEXTS),
        st.lists(st.tuples(_SPANS, _TEXTS), max_size=2).map(tuple),
    ),
    max_size=6,
)

#: What SARIF 2.1.0 (OASIS, 27 March 2020) demands of the parts that are used here: its sections
#: 3.13 (log), 3.14 (run), 3.18-19 (tool), 3.27 (result), 3.28-30 (places), 3.49 (rules).
_MESSAGE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
    "additionalProperties": False,
}
_PHYSICAL = {
    "type": "object",
    "required": ["artifactLocation"],
    "additionalProperties": False,
    "properties": {
        "artifactLocation": {
            "type": "object",
            "required": ["uri"],
            "additionalProperties": False,
            "properties": {
                "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~%/-]+$"},
                "uriBaseId": {"type": "string"},
            },
        },
        "region": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "startLine": {"type": "integer", "minimum": 1},
                "startColumn": {"type": "integer", "minimum": 1},
            },
        },
    },
}
_LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "physicalLocation": _PHYSICAL,
        "message": _MESSAGE,
    },
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": _MESSAGE,
        "defaultConfiguration": {"type": "object", "properties": {"level": _LEVEL}},
    },
}
_RESULT = {
    "type": "object",
    "required": ["message"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": _LEVEL,
        "message": _MESSAGE,
        "locations": {"type": "array", "items": _LOCATION},
        "relatedLocations": {"type": "array", "items": _LOCATION},
    },
}
_DRIVER = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
        "rules": {"type": "array", "items": _RULE, "uniqueItems": True},
    },
}
_RUN = {
    "type": "object",
    "required": ["tool"],
    "additionalProperties": False,
    "properties": {
        "tool": {
            "type": "object",
            "required": ["driver"],
            "additionalProperties": False,
            "properties": {"driver": _DRIVER},
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": _RESULT},
    },
}
_LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {"type": "array", "items": _RUN},
    },
}


def _results(log: dict[str, Any]) -> Iterator[tuple[str, str, str, int, int]]:
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        [place] = one["locations"]
        where = place["physicalLocation"]
        uri, region = unquote(where["artifactLocation"]["uri"]), where["region"]
        yield one["ruleId"], one["level"], uri, region["startLine"], region["startColumn"]


@given(_FINDINGS, st.sampled_from(["", "рада", "a/b"]))
def test_sarif_has_the_structure_of_the_standard(found: list[Diagnostic], base: str) -> None:
    log = json.loads(as_sarif(found, "0.1.0", base))
    jsonschema.Draft7Validator(_LOG).validate(log)
    assert [*_results(log)] == [
        (
            one.code,
            one.severity.value,
            f"{base}/{one.span.file}" if base else one.span.file,
            one.span.line,
            one.span.column,
        )
        for one in found
    ]


def test_sarif_gives_the_hint_and_related_places() -> None:
    related = ((Span("a.yaml", 2, 3), "уперше тут"),)
    one = finding("yaml-duplicate-key", Span("a.yaml", 5), "двічі", "залиште одне", related)
    [result] = json.loads(as_sarif([one], "0.1.0"))["runs"][0]["results"]
    assert result["message"]["text"] == "двічі. Порада: залиште одне"
    [place] = result["relatedLocations"]
    assert place["message"]["text"] == "уперше тут"
    assert place["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 3}


def _unescaped(text: str) -> str:
    for code, char in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


@given(_FINDINGS)
def test_github_reads_back_what_was_said(found: list[Diagnostic]) -> None:
    lines = as_github(found).split("\n") if found else []
    assert len(lines) == len(found)
    for line, one in zip(lines, found, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) (.+?)::(.*)", line)
        assert match is not None
        said = dict(part.split("=", 1) for part in match[2].split(","))
        assert _unescaped(said["file"]) == one.span.file
        assert (said["line"], said["col"]) == (str(one.span.line), str(one.span.column))
        assert said["title"] == one.code
        assert _unescaped(match[3]).startswith(one.message)


@pytest.mark.parametrize(
    ("code", "command"),
    [("key-unknown", "error"), ("text-cut", "warning"), ("percent-declared", "notice")],
)
def test_github_line(code: str, command: str) -> None:
    one = finding(code, Span("content/a,б.yaml", 3, 5), "100 % є", "так")
    assert as_github([one], "рада") == (
        f"::{command} file=рада/content/a%2Cб.yaml,line=3,col=5,title={code}"
        "::100 %25 є. Порада: так"
    )
