"""What the YAML parser stumbles over, said so that a clerk sees what to put right.

The parser tells where it gave up; the mistake often stands earlier, in an unclosed quote or in the
line above. The text around the place decides what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from reportgen.diagnostics import Diagnostic, Span, finding

_SPECIAL = "*&!|>?-,]}@`%"
_ENTRY = re.compile(r"\s*(?:- |[^\s:]+:(?:\s|$))")
_QUOTE_IT = "почніть текст із нового рядка після «>-» або візьміть його весь у лапки"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the parser was, and the line of text there; lines and columns count from 0."""

    line: int
    column: int
    text: str

    @property
    def before(self) -> str:
        return self.text[: self.column]

    @property
    def char(self) -> str:
        return self.text[self.column : self.column + 1]

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Diagnostic:
    """Return what a parser's error means, at the place where it is to be mended."""
    lines = text.rstrip().split("\n")
    problem = _place(error.problem_mark or error.context_mark, lines)
    context = _place(error.context_mark or error.problem_mark, lines)
    place, message, hint = (
        _blanks(problem, context, lines)
        or _cut_above(problem, lines)
        or _cut_above(context, lines)
        or _known(str(error.problem), problem, context)
    )
    return finding("yaml-syntax", Span(file, place.line + 1, place.column + 1), message, hint)


#: Where to point, what to say, and what to advise.
_Said: TypeAlias = tuple[_Place, str, str]


def _place(mark: yaml.Mark | None, lines: list[str]) -> _Place:
    if mark is None:
        return _Place(0, 0, lines[0])
    if mark.line >= len(lines):  # the end of the file: what is lacking is lacking after the text
        return _Place(len(lines) - 1, len(lines[-1]), lines[-1])
    return _Place(mark.line, mark.column, lines[mark.line])


def _blanks(problem: _Place, context: _Place, lines: list[str]) -> _Said | None:
    """Blanks that only look like blanks: the parser takes them for letters."""
    for number in (context.line, problem.line - 1, problem.line):
        text = lines[number] if 0 <= number < len(lines) else ""
        match = re.match(r"[ \u00a0]*\u00a0|\s*[^\s:]+:\u00a0", text)
        if match:
            message = "тут нерозривний пробіл, а потрібен звичайний"
            return _Place(number, text.index("\u00a0"), text), message, ""
    if problem.char == "\t" or problem.before.endswith("\t"):
        column = problem.column if problem.char == "\t" else problem.column - 1
        place = _Place(problem.line, column, problem.text)
        return place, "відступ зроблено табуляцією", "замініть табуляції пробілами"
    return None


def _cut_above(below: _Place, lines: list[str]) -> _Said | None:
    """Text that goes on below a remark: the number sign in the line above has cut it."""
    text = lines[below.line - 1] if below.line else ""
    cut = re.search(r"[^\s#][ \t]+(#)", text)
    if cut is None or _ENTRY.match(below.text):
        return None
    above = _Place(below.line - 1, cut.start(1), text)
    if below.indent < above.indent + bool(_ENTRY.match(text)):
        return None
    return above, "текст обривається перед решіткою, а далі йде ще рядок", _QUOTE_IT


def _known(said: str, problem: _Place, context: _Place) -> _Said:
    if said in _MEANINGS:
        return _MEANINGS[said](problem, context)
    if re.fullmatch(r"-\s*(?:#.*)?", problem.text[problem.column :]):
        hint = "якщо це сума й коштів не було, пишіть 0.0; якщо текст — впишіть його або приберіть"
        return problem, "замість значення стоїть дефіс", f"{hint} рядок"
    for place in (context, problem):
        if place.char and place.char in _SPECIAL:
            return place, f"текст не може починатися зі знака «{place.char}»", _QUOTE_IT
    if said == "did not find expected node content":
        hint = "впишіть значення, приберіть зайву кому або закрийте дужку"
        return problem, "тут бракує значення", hint
    return problem, f"це не YAML ({said})", ""


def _no_colon(_problem: _Place, key: _Place) -> _Said:
    if re.search(r":\S", key.text[key.column :]):
        return key, "після двокрапки бракує пробілу", "пишіть «ключ: значення»"
    hint = "пишіть «ключ: значення»; рядки довгого тексту мають відступ, більший за відступ ключа"
    return key, "після ключа бракує двокрапки", hint


def _second_colon(problem: _Place, _context: _Place) -> _Said:
    if re.search(r":\s", problem.before):
        return problem, "двокрапка з пробілом усередині тексту", _QUOTE_IT
    start = _Place(problem.line, problem.indent, problem.text)
    hint = "перевірте його відступ, а в рядку вище — двокрапку з пробілом після ключа"
    return start, "цей рядок не на своєму місці", hint


def _no_key(problem: _Place, _context: _Place) -> _Said:
    if re.search(r"[\"']\s*$", problem.before):
        return problem, "після закритих лапок іде ще текст (або лапки вище не закрито)", _QUOTE_IT
    hint = "рядки одного списку мають однаковий відступ"
    return problem, "відступ цього рядка не такий, як у сусідніх", hint


def _no_end(_problem: _Place, quote: _Place) -> _Said:
    return quote, "лапки не закрито", f"поставте такі самі лапки ({quote.char}) у кінці тексту"


def _no_comma(problem: _Place, bracket: _Place) -> _Said:
    closing = {"[": "]", "{": "}"}.get(bracket.char, "]")
    if problem.line > bracket.line:
        hint = f"поставте «{closing}» після останнього значення"
        return bracket, f"дужку «{bracket.char}» не закрито", hint
    hint = "між значеннями ставлять кому; текст із комою чи дужкою беруть у лапки"
    return problem, f"тут бракує коми або «{closing}»", hint


def _bad_escape(problem: _Place, _context: _Place) -> _Said:
    hint = "пишіть «\\\\» або візьміть текст в одинарні лапки"
    return problem, "незрозумілий код зі знаком «\\» у подвійних лапках", hint


def _after_end(problem: _Place, _context: _Place) -> _Said:
    return problem, "після «...» не має бути нічого", ""


#: What the parser says → a function of the place where it gave up and of where it began.
_MEANINGS: Mapping[str, Callable[[_Place, _Place], _Said]] = {
    "could not find expected ':'": _no_colon,
    "mapping values are not allowed in this context": _second_colon,
    "did not find expected key": _no_key,
    "did not find expected '-' indicator": _no_key,
    "found unexpected end of stream": _no_end,
    "did not find expected ',' or ']'": _no_comma,
    "did not find expected ',' or '}'": _no_comma,
    "found unknown escape character": _bad_escape,
    "did not find expected hexdecimal number": _bad_escape,
    "found invalid Unicode character escape code": _bad_escape,
    "did not find expected <document start>": _after_end,
}
