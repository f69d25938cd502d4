"""The text of a sheet's formula read as a tree, without whatever wrote it."""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.utils import column_index_from_string

from reportgen.proof.formulas import Area, Call, FormulaError, Node, Place

_TOKEN = re.compile(
    r"(?P<figure>[0-9]+(?:\.[0-9]+)?)"
    r'|(?P<text>"(?:[^"]|"")*")'
    r"|(?P<column>[A-Z]{1,3})(?P<row>[1-9][0-9]{0,6})"
    r"|(?P<name>SUM|ROUND|IF|COUNT)\("
    r"|(?P<sign>[-+*/&=<:,()])"
)
_LOOSEST_FIRST = (frozenset("=<"), frozenset("&"), frozenset("+-"), frozenset("*/"))
_LONGEST = 8_192  # characters, as Excel has it
_DEEPEST = 60  # calls and parentheses in each other; Excel has 64


def parsed(formula: str) -> Node:
    """Return the tree of a formula, given without its leading ``=``.

    Raises:
        FormulaError: for anything outside of the language.
    """
    tokens: list[re.Match[str]] = []
    at = 0
    while at < min(len(formula), _LONGEST + 1):
        token = _TOKEN.match(formula, at)
        if token is None:
            raise FormulaError(formula[at:])
        tokens.append(token)
        at = token.end()
    reading = _Reading(tokens)
    node = reading.node(0)
    if at > _LONGEST or reading.at < len(tokens):
        raise FormulaError(formula[:_LONGEST])
    return node


class _Reading:
    """Tokens read from left to right."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def node(self, level: int) -> Node:
        """Read operands of one strength of operators, from the loosest, 0, on."""
        if level == len(_LOOSEST_FIRST):
            return self.operand()
        left = self.node(level + 1)
        while (sign := self.sign()) in _LOOSEST_FIRST[level]:
            self.at += 1
            left = Call(sign, (left, self.node(level + 1)))
        return left

    def sign(self) -> str:
        """Return the sign that comes next, "" where none does."""
        return (self.tokens[self.at]["sign"] or "") if self.at < len(self.tokens) else ""

    def take(self, sign: str) -> None:
        if self.sign() != sign:
            raise FormulaError(sign)
        self.at += 1

    def operand(self) -> Node:
        if self.at == len(self.tokens):
            raise FormulaError
        token = self.tokens[self.at]
        self.at += 1
        if token["figure"]:
            return Decimal(token["figure"])
        if token["text"]:
            return token["text"][1:-1].replace('""', '"')
        if token["column"]:
            return self.area(token)
        return self.within(token)

    def area(self, token: re.Match[str]) -> Area:
        first = last = _place(token)
        if self.sign() == ":":
            self.at += 1
            other = self.tokens[self.at] if self.at < len(self.tokens) else token
            if not other["column"]:
                raise FormulaError(":")
            last = _place(other)
            self.at += 1
        return Area(first, last)

    def within(self, token: re.Match[str]) -> Node:
        """Read what a minus, a parenthesis or a function's name begins."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError("(")
        if token["sign"] == "-":
            operand = self.operand()
            node: Node = Call("-", (Decimal(0), operand))
            if isinstance(operand, Decimal):  # a negative number, and nothing reckoned
                node = -operand
        elif token["sign"] == "(":
            node = self.node(0)
            self.take(")")
        elif token["name"]:
            arguments = [self.node(0)]
            while self.sign() == ",":
                self.at += 1
                arguments.append(self.node(0))
            self.take(")")
            node = Call(token["name"], tuple(arguments))
        else:
            raise FormulaError(token[0])
        self.depth -= 1
        return node


def _place(token: re.Match[str]) -> Place:
    return int(token["row"]) - 1, column_index_from_string(token["column"]) - 1
