"""Remarks that allow a warning or a note: ``# reportgen: allow text-dash — the adopted name``.

A remark speaks of its own line or, standing alone, of the next one; of a text that goes on below
that line, as after «>-», it speaks to its end. ``# reportgen: allow-file number-gap — …`` above all
that a file says speaks of the whole file. Every remark gives a reason. One that allows nothing is
told of, so that none outlives what it was written for; an error cannot be allowed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import CATALOGUE, Diagnostic, Severity, Span, finding, quoted

_MARK = "reportgen:"
_REMARK = re.compile(rf"(?:^|\s)(#\s*{_MARK})\s*(.*?)\s*$")
_CODE = "[a-z]+(?:-[a-z]+)*"
# What somebody wrote from memory: without the colon, in capitals, without the program's name.
_NEARLY = re.compile(
    rf"(?:^|\s)(#\s*(report[ _-]?gen\s*:?\s*)?allow(?:-file)?\s*:?\s*({_CODE}))",
    re.IGNORECASE,
)
_CODES = rf"{_CODE}(?:\s*,\s*{_CODE})*"
_SAID = re.compile(rf"allow(?:-file)?\s+({_CODES})(?:\s*[—–:]|\s+--?(?=\s|$))?\s*(.*)")
_HOW = "пишіть: # reportgen: allow КОД — причина"
_AT_THE_TOP = "перенесіть його вище за перший ключ файлу або дозвольте лише тут: allow"

_DASHES = re.compile(r"(?:-[ ]+)*")
_KEY = re.compile(r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'#{\[][^:#]*):(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One code that a remark allows, and the lines of the file that it speaks of."""

    code: str
    span: Span
    lines: frozenset[int]


def read_allowances(text: str, file: str) -> tuple[list[Allowance], list[Diagnostic]]:
    """Return what a file's remarks allow, and what is wrong with the remarks."""
    allowed: list[Allowance] = []
    found: list[Diagnostic] = []
    if _MARK not in text and "allow" not in text:
        return allowed, found
    lines = text.split("\n")
    head = next((at for at, line in enumerate(lines) if not _is_idle(line)), len(lines))
    for index, line in enumerate(lines):
        if "#" not in line:  # nearly all: no closer look is needed
            continue
        remark = _REMARK.search(line)
        if remark is None:
            found += _nearly(line, file, index + 1)
            continue
        span = Span(file, index + 1, remark.start(1) + 1)
        codes, message, hint = _said(remark[2])
        whole = remark[2].startswith("allow-file")
        if codes and whole and index >= head:
            message, hint = "дозвіл на весь файл стоїть не на його початку", _AT_THE_TOP
        if message:
            found.append(finding("allow-invalid", span, message, hint))
            continue
        alone = not line[: remark.start(1)].strip()
        covered = range(1, len(lines) + 1) if whole else _covered(lines, index, alone=alone)
        allowed += [Allowance(code, span, frozenset(covered)) for code in codes]
    return allowed, found


def sift(
    found: Iterable[Diagnostic], allowed: Iterable[Allowance]
) -> tuple[list[Diagnostic], set[Allowance]]:
    """Return the findings that nobody allowed, and the allowances that the others used."""
    known = {(one.span.file, line, one.code): one for one in allowed for line in one.lines}
    kept: list[Diagnostic] = []
    used: set[Allowance] = set()
    for one in found:
        allowance = known.get((one.span.file, one.span.line, one.code))
        if allowance is None or one.severity is Severity.ERROR:
            kept.append(one)
        else:
            used.add(allowance)
    return kept, used


def unused(allowed: Iterable[Allowance], used: Collection[Allowance]) -> Iterator[Diagnostic]:
    """Yield a finding for each allowance that no finding needed."""
    for one in allowed:
        if one not in used:
            message = f"тут немає чого дозволяти: «{one.code}» не знайдено"
            hint = "приберіть цей дозвіл або поставте його в рядку над потрібним місцем"
            yield finding("allow-unused", one.span, message, hint)


def _nearly(line: str, file: str, number: int) -> Iterator[Diagnostic]:
    """Yield a finding for a remark that allows nothing, since it is not begun as one."""
    remark = _NEARLY.search(line) if "allow" in line else None
    if remark and (remark[2] or remark[3] in CATALOGUE):
        message = f"це не дозвіл: починати слід з «# {_MARK} allow»"
        yield finding("allow-invalid", Span(file, number, remark.start(1) + 1), message, _HOW)


def _said(text: str) -> tuple[list[str], str, str]:
    """Return the codes that a remark allows, or what is wrong with it and a hint."""
    said = _SAID.fullmatch(text)
    if said is None:
        return [], f"незрозуміла вказівка {quoted(text)}", _HOW
    codes = re.split(r"\s*,\s*", said[1])
    for code in codes:
        if code not in CATALOGUE:
            return [], f"немає повідомлення з кодом «{code}»", "коди перелічено в docs/errors.md"
        if CATALOGUE[code].severity == Severity.ERROR.value:
            hint = "дозволити можна лише попередження або примітку; помилку треба виправити"
            return [], f"«{code}» — помилка, її не можна дозволити", hint
    if not said[2]:
        return [], f"не сказано, чому дозволено «{said[1]}»", _HOW
    return codes, "", ""


def _is_idle(line: str) -> bool:
    """Tell whether a line says nothing: blank, a comment, or the mark that a document begins."""
    return line.strip()[:1] in ("", "#") or line.rstrip() == "---"


def _covered(lines: Sequence[str], index: int, *, alone: bool) -> Iterable[int]:
    """Return the numbers of the lines that a remark on ``lines[index]`` speaks of."""
    first = index
    while alone and first < len(lines) and _is_idle(lines[first]):
        first += 1
    if first == len(lines):
        return [index + 1]
    return [index + 1, *range(first + 1, _end(lines, first) + 1)]


def _end(lines: Sequence[str], first: int) -> int:
    """Return the index behind the last line of the value that begins on ``lines[first]``."""
    line = lines[first]
    indent = len(line) - len(line.lstrip())
    dashes = _DASHES.match(line, indent)
    inner = dashes.end() if dashes else indent
    key = _KEY.match(line, inner)
    value = line[key.end() :] if key else line[inner:]
    if value.strip()[:1] in ("", "#"):  # other keys or a list below: each has its own line
        return first + 1
    depth = inner if key else max(inner - 2, indent)
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or _indent(lines[last]) > depth):
        last += 1
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
