"""Answers put into the tree of a period's file, as a person would write them there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from reportgen.editing import YamlText, folded, in_braces, parse_yaml, without_was
from reportgen.entry.answers import is_number
from reportgen.entry.key_order import key_order
from reportgen.entry.merging import Change
from reportgen.entry.patching import drop, put
from reportgen.entry.questions import SIGNATORY, Address, Asked, Question
from reportgen.entry.rows import Path
from reportgen.model.report import Report

_STEP = 2  # columns that a level is indented by


def written(
    text: str, changes: Sequence[Change], asked: Mapping[Address, Question], report: Report
) -> str:
    """Return the file's text with all changes; ``asked`` are all questions with answers now."""
    tree = parse_yaml(text)
    writing = _Writing(tree, asked, report)
    done: set[tuple[Path, str]] = set()
    answers = {one.question.address: one.answer for one in changes}
    for change in changes:
        row, key, _ = change.question.address
        if (row, key) not in done:
            done.add((row, key))
            writing.write(row, key, answers)
    filled = {address[:2] for address, answer in answers.items() if answer}
    return without_was(str(tree), filled)


class _Writing:
    """One file in the making."""

    def __init__(self, tree: YamlText, asked: Mapping[Address, Question], report: Report) -> None:
        self._root = tree.root
        self._order = key_order(report)
        self._siblings: dict[tuple[Path, str], list[Question]] = {}
        for address, question in asked.items():
            self._siblings.setdefault(address[:2], []).append(question)

    def write(self, row: Path, key: str, answers: Mapping[Address, str]) -> None:
        """Write what a row has under a key; without an answer the key goes."""
        asked = self._siblings[row, key]
        parts = {one.address.fund: answers.get(one.address, one.answer) for one in asked}
        parts = {fund: answer for fund, answer in parts.items() if answer}
        if key == SIGNATORY and not row:
            self._sign(parts.get("", ""))
            return
        if not parts:
            self._remove(row, key)
            return
        mapping = self._mapping(row)
        indent = _STEP * (len(row) + 1)
        old = mapping.get(key)
        if asked[0].asked is Asked.MONEY:
            places = max(one.places for one in asked)
            value = self._amount(row, {f: _number(a, places) for f, a in parts.items()}, old)
        else:
            value = _value(asked[0], parts[""], indent)
        put(mapping, key, value, self._order.get(row, ()))

    def _amount(self, row: Path, parts: Mapping[str, str], old: Any) -> Any:  # noqa: ANN401
        """Return an amount as one number where its fund goes without saying, else by fund."""
        if isinstance(old, CommentedMap):
            for fund in [one for one in old if one not in parts]:
                del old[fund]
            old.update(parts)
            return old
        [*funds] = parts
        if len(funds) == 1 and funds[0] in ("", self._fund(row)):
            return parts[funds[0]]
        return in_braces(parts)

    def _fund(self, row: Path) -> str:
        """Return the fund that a row's amounts have where they name none."""
        own = self._find(row)
        defaults = self._root.get("defaults")
        found = own.get("fund") if own is not None else None
        if not found and isinstance(defaults, CommentedMap):
            found = defaults.get("fund")
        return str(found or "")

    def _sign(self, ids: str) -> None:
        several = ids.split(";") if ids else []
        order = self._order[()]
        if "signatories" in self._root or len(several) > 1:
            if SIGNATORY in self._root:
                drop(_over(self._root), "", SIGNATORY)
            put(self._root, "signatories", _names(several), order)
        else:
            put(self._root, SIGNATORY, ids, order)

    def _remove(self, row: Path, key: str) -> None:
        mapping = self._find(row)
        if mapping is None or key not in mapping:
            return
        parent = self._find(row[:-1]) if row else None
        if parent is None:
            drop(_over(mapping), "", key)
        else:
            drop(parent, row[-1], key)

    def _find(self, row: Path) -> CommentedMap | None:
        node: Any = self._root
        for key in row:
            node = node.get(key) if isinstance(node, CommentedMap) else None
        return node if isinstance(node, CommentedMap) else None

    def _mapping(self, row: Path) -> CommentedMap:
        """Return the mapping of a row; what is not there yet is made."""
        node = self._root
        for depth, key in enumerate(row):
            inner = node.get(key)
            if not isinstance(inner, CommentedMap):
                inner = CommentedMap()
                put(node, key, inner, self._order.get(row[:depth], ()))
                inner = node[key]
            node = inner
        return node


def _over(mapping: CommentedMap) -> CommentedMap:
    """Return a parent of the tree's top, which has none."""
    parent = CommentedMap()
    parent[""] = mapping
    return parent


def _value(question: Question, answer: str, indent: int) -> Any:  # noqa: ANN401 - a node of the tree
    asked = question.asked
    if asked is Asked.NUMBER or (asked is Asked.FUNDING and is_number(answer)):
        return _number(answer, question.places)
    if asked in (Asked.EXECUTORS, Asked.PROGRAMMES, Asked.FUNDING):
        return _names(answer.split(";"))
    if asked.is_prose:
        is_narrative = asked is Asked.NARRATIVE
        return folded(_paragraphs(answer, with_lists=is_narrative), indent)
    return answer


def _paragraphs(answer: str, *, with_lists: bool) -> str:
    """Return paragraphs parted by blank lines; the items of a list stand line by line."""
    lines = answer.split("\n")
    text = lines[0]
    for before, line in pairwise(lines):
        is_listed = with_lists and _is_item(before) and _is_item(line)
        text += ("\n" if is_listed else "\n\n") + line
    return text


def _is_item(line: str) -> bool:
    mark, _, rest = line.partition(" ")
    return bool(rest) and (mark == "-" or (mark.endswith(".") and mark[:-1].isdecimal()))


def _number(answer: str, places: int) -> str:
    """Return a number with at least so many decimals, those that others like it are typed with."""
    value = Decimal(answer)
    exponent = value.as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    return f"{value:.{max(own, places)}f}"


def _names(ids: Sequence[str]) -> CommentedSeq:
    names = CommentedSeq(ids)
    names.fa.set_flow_style()
    return names
