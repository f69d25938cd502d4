"""Lines of the last period's file, copied into the next one as their fates say."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap

from reportgen.authoring.entries import (
    STEP,
    as_remarks,
    beside,
    emptied,
    entry,
    head,
    is_empty,
    is_figure,
    is_remark,
    on_one_line,
    remark,
)
from reportgen.authoring.fates import Fate, Step
from reportgen.authoring.remarks import Remarks
from reportgen.editing import WAS, parse_yaml
from reportgen.model.form import TableSection


class Copied:
    """The last file's tree; ``gone`` are the keys that the form does not have any more."""

    def __init__(self, text: str, step: Step) -> None:
        self.root = parse_yaml(text).root
        self.gone: dict[str, None] = {}
        self._remarks = Remarks(text)
        self._step = step

    def above(self, mapping: CommentedMap, key: str, at: int, *, ours: bool = False) -> list[str]:
        """Return the remarks above a key, moved to a column."""
        lines = self._remarks.above(mapping, key, ours=ours)
        return [f"{' ' * at}{one}".rstrip() for one in lines]

    def opened(self, mapping: CommentedMap, key: str, at: int) -> list[str]:
        """Return a key that holds others, with its remarks; the keys below are the caller's."""
        return self._remarked(mapping, key, at, head(key, at))

    def carried(self, mapping: CommentedMap, key: str, at: int) -> list[str]:
        """Return a key with its value and remarks as they are."""
        value = mapping[key]
        if isinstance(value, CommentedMap) and value and not value.fa.flow_style():
            below = [line for inner in value for line in self.carried(value, inner, at + STEP)]
            return [*self.opened(mapping, key, at), *below]
        lines = entry(key, value, at)
        if is_empty(value):
            lines = _asked(key, value, at)
        return self._remarked(mapping, key, at, lines, ours=is_empty(value))

    def fields(
        self,
        mapping: CommentedMap,
        at: int,
        tables: Sequence[TableSection],
        besides: Collection[str] = (),
    ) -> dict[str, list[str]]:
        """Return what a row or ``defaults`` give, but for the keys that the caller copies.

        Lines go by the key that they end with; where no key is left, they are all under "".
        """
        copies: dict[str, list[str]] = {}
        shown: dict[str, list[str]] = {}  # what is to be told above a key
        pending: list[str] = []
        for key, value in mapping.items():
            if key in besides:
                continue
            fate = self._step.of_value(tables, key, value)
            if fate is Fate.GONE:
                self.gone[key] = None
                continue
            in_words = fate is Fate.SHOWN or (fate is Fate.EMPTIED and not is_figure(value))
            pending += entry(key, value) if in_words else []
            if fate is Fate.CARRIED:
                copies[key] = self.carried(mapping, key, at)
            elif fate is Fate.EMPTIED:
                copies[key] = head(key, at) if in_words else self._emptied(mapping, key, at)
            if key in copies:
                shown[key], pending = pending, []
        last = next(reversed(copies), "")
        shown[last] = shown.get(last, []) + pending
        copies.setdefault(last, [])
        return {key: self._with(shown[key], copy, at) for key, copy in copies.items()}

    def _with(self, shown: Sequence[str], copy: Sequence[str], at: int) -> list[str]:
        """Return a key's lines with what is told right above the key, below its own remarks."""
        own = sum(1 for _ in itertools.takewhile(is_remark, copy))
        return [*copy[:own], *self._told(shown, at), *copy[own:]]

    def text(self, key: str) -> list[str]:
        """Return a fact or a narrative of the file."""
        if self._step.of_text(self.root[key]) is Fate.CARRIED:
            return self.carried(self.root, key, 0)
        return [*self._told(entry(key, self.root[key]), 0), *head(key)]

    def _told(self, entries: Sequence[str], at: int) -> list[str]:
        """Return entries of the last file as a remark: a text could take it for its own below."""
        if not entries:
            return []
        return [*remark(f"{WAS}за {self._step.last}:", at), *as_remarks(entries, at)]

    def _emptied(self, mapping: CommentedMap, key: str, at: int) -> list[str]:
        """Return a key without its figures, and beside it what they were."""
        value: Any = mapping[key]
        if is_empty(value):
            return self.carried(mapping, key, at)
        if isinstance(value, CommentedMap) and not value.fa.flow_style():
            below = [line for inner in value for line in self._emptied(value, inner, at + STEP)]
            return [*head(key, at), *below]
        return beside(_asked(key, value, at), f"{WAS}{on_one_line(value)} за {self._step.last}")

    def _remarked(
        self, mapping: CommentedMap, key: str, at: int, lines: list[str], *, ours: bool = False
    ) -> list[str]:
        """Return the lines of a key between its remarks."""
        lines = beside(lines, self._remarks.beside(mapping, key, ours=ours))
        return [*self.above(mapping, key, at, ours=ours), *lines]


def _asked(key: str, value: object, at: int) -> list[str]:
    """Return a key to be filled in, for the same funds if it was given by fund."""
    *above, last = head(key, at)
    return (
        [*above, f"{last} {emptied(value)}"] if isinstance(value, CommentedMap) else head(key, at)
    )
