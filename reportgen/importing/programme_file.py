"""``programme.yaml`` made of an import, or extended by it: what is there already stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from reportgen.diagnostics import quoted
from reportgen.editing import in_braces, parse_yaml
from reportgen.importing.amounts import NotANumberError, read_number
from reportgen.importing.defaults import common_values
from reportgen.importing.findings import Findings
from reportgen.importing.likeness import same
from reportgen.importing.outline import Entry
from reportgen.importing.passport import Passport, named_term
from reportgen.importing.values import Content, shown
from reportgen.importing.yaml_values import node, remark
from reportgen.model.form import Form, GivenBy, Shown

_BEFORE = 12  # characters shown before a difference
_STEP = 4  # columns by which an item of a list stands further right than its list's key


class ProgrammeFile:
    """The file of one programme: its text, and what to tell of it."""

    def __init__(self, form: Form, findings: Findings) -> None:
        self._form = form
        self._findings = findings
        self._defaults: Mapping[str, Any] = {}  # of the file that is there

    def made(
        self,
        passport: Passport,
        executor: str,
        texts: Mapping[str, str],
        outlines: Mapping[str, Sequence[Entry]],
        fund: str,
    ) -> str:
        """Return a new file; ``fund`` is that of all money which names none."""
        text = parse_yaml()
        root = text.root
        for key, value in self._passport(passport, executor).items():
            root[key] = node(value, 0) if isinstance(value, str) else value
        root["form"] = self._form.id
        for key, told in texts.items():
            root[key] = node(told, 0)
        common = common_values(self._form, outlines, GivenBy.PROGRAMME)
        defaults: dict[str, Any] = {key: node(one, 2) for key, one in common.items()}
        if fund:
            defaults["fund"] = fund
        if defaults:
            root["defaults"] = CommentedMap(defaults)
        for table in self._form.outlines:
            entries = outlines.get(table.id, ())
            if entries:
                root[table.levels[0].plural] = self._items(entries, 0, common)
        if passport.genitive and not passport.name:
            note = "назву в називному відмінку складено з родового: перевірте"
            remark(root, "name", [note], 0)
        return str(text)

    def extended(
        self, old: str, texts: Mapping[str, str], outlines: Mapping[str, Sequence[Entry]]
    ) -> str:
        """Return a file that is there with what it lacks; differences are told, not changed."""
        text = parse_yaml(old)
        before = str(text)
        defaults = text.root.get("defaults")
        self._defaults = defaults if isinstance(defaults, Mapping) else {}
        for key, told in texts.items():
            if key not in text.root:
                text.root[key] = node(told, 0)
        for table in self._form.outlines:
            if outlines.get(table.id):
                self._extend(text.root, outlines[table.id], 0)
        return old if str(text) == before else str(text)

    def _passport(self, passport: Passport, executor: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        values["name"] = passport.name or passport.genitive
        values["genitive"] = passport.genitive or passport.name
        if passport.decision:
            day, number = passport.decision
            values["decision"] = in_braces(
                {"date": day.isoformat(), "number": DoubleQuotedScalarString(number)}
            )
        if passport.amended:
            values["amended"] = "true"
        if executor:
            values["executor"] = executor
        if term := named_term(passport):
            years = {"from": str(term.first), "to": str(term.last)}
            values["term"] = in_braces(years)
        return values

    def _items(
        self, entries: Sequence[Entry], indent: int, common: Mapping[str, Content]
    ) -> CommentedSeq:
        """Return entries as items of a new list; those that stand elsewhere stay there."""
        for one in entries:
            if one.known:
                self._tell_moved(one)
        new = (one for one in entries if not one.known)
        return CommentedSeq([self._item(one, indent + _STEP, common) for one in new])

    def _item(self, entry: Entry, indent: int, common: Mapping[str, Content]) -> CommentedMap:
        item = CommentedMap()
        if entry.id:
            item["id"] = entry.id
        if entry.number:
            item["number"] = entry.number
        if entry.text:
            item["text"] = node(entry.text, indent)
        for key, value in entry.given.items():
            if common.get(key) != value:
                item[key] = node(value, indent)
        if entry.children:
            plural = entry.children[0].level.plural
            items = self._items(entry.children, indent, common)
            if items:
                item[plural] = items
        keys = [*item]
        if len(keys) > 1 and entry.level.shown is not Shown.ROW:  # rows have theirs in the period
            remark(item, keys[1], entry.doubts, indent)
        return item

    def _extend(self, holder: CommentedMap, entries: Sequence[Entry], indent: int) -> None:
        plural = entries[0].level.plural
        listed = holder.get(plural)
        if not isinstance(listed, list):
            items = self._items(entries, indent, {})
            if items:
                holder[plural] = items
            return
        at = 0
        for entry in entries:
            place = _place(listed, entry)
            if place is None and entry.known:
                self._tell_moved(entry)
                continue
            if place is None and _holds_known_alone(entry):
                self._tell_not_added(entry)
                continue
            if place is None:
                listed.insert(at, self._item(entry, indent + _STEP, {}))
                self._tell_new(entry)
                at += 1
                continue
            at = place + 1
            self._compare(listed[place], entry, indent + _STEP)

    def _compare(self, item: CommentedMap, entry: Entry, indent: int) -> None:
        if entry.known and entry.text and not same(entry.known.text, entry.text):
            self._tell_other(entry, *_where_they_differ(entry.text, entry.known.text))
        for key, value in entry.given.items():
            if key in item or key in self._defaults:
                old = _plain(item.get(key, self._defaults.get(key)))
                if _other(old, value):
                    self._tell_other(entry, f"{key}: {quoted(shown(value))}", quoted(shown(old)))
            elif entry.known and key not in entry.known.values:
                item[key] = node(value, indent)
        if entry.children:
            self._extend(item, entry.children, indent)

    def _tell_new(self, entry: Entry) -> None:
        name = quoted(entry.number or entry.text)
        message = f"{name} у programme.yaml не було: додано"
        self._findings.tell("import-differs", entry.place, message, "перевірте, чи це не описка")

    def _tell_not_added(self, entry: Entry) -> None:
        """Tell of a new group of rows that stand elsewhere in the programme already."""
        rows = ", ".join(one.number or one.id for one in entry.children)
        message = f"{quoted(entry.number or entry.text)} у programme.yaml не додано: "
        message += f"усі його рядки вже є в програмі ({rows})"
        hint = "якщо їх перенесено сюди, перенесіть їх у programme.yaml самі"
        self._findings.tell("import-differs", entry.place, message, hint)

    def _tell_moved(self, entry: Entry) -> None:
        message = f"{quoted(entry.number or entry.id)}: у програмі стоїть в іншому місці"
        hint = "у програмі лишено, як було"
        self._findings.tell("import-differs", entry.place, message, hint)

    def _tell_other(self, entry: Entry, theirs: str, ours: str) -> None:
        message = f"{quoted(entry.number or entry.id)}: у джерелі {theirs}, у програмі {ours}"
        hint = "у програмі лишено, як було"
        self._findings.tell("import-differs", entry.place, message, hint)


def _holds_known_alone(entry: Entry) -> bool:
    """Tell whether nothing in a group is new to the programme."""
    return bool(entry.children) and all(
        one.known or _holds_known_alone(one) for one in entry.children
    )


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Return the parts of two texts that differ, with a few characters before them."""
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    first = next((at for at, (mine, theirs) in pairs if mine != theirs), shorter)
    start = max(0, first - _BEFORE)
    cut = "…" if start else ""
    return quoted(cut + one[start:]), quoted(cut + other[start:])


def _place(listed: Sequence[Mapping[str, Any]], entry: Entry) -> int | None:
    """Return where an item of the programme stands in the file's list."""
    if entry.known is None:
        return None
    for at, item in enumerate(listed):
        own = str(item.get("id") or item.get("number") or "")
        if own == (entry.id or entry.number):
            return at
    return None


def _plain(value: Any) -> Content:  # noqa: ANN401 - a node of the library
    if isinstance(value, Mapping):
        return {str(key): str(part) for key, part in value.items()}
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _other(old: Content, new: Content) -> bool:
    """Tell whether two values differ in more than the way they are written."""
    if isinstance(old, str) and isinstance(new, str):
        try:
            return read_number(old) != read_number(new)
        except NotANumberError:
            return not same(old, new)
    if isinstance(old, dict) and isinstance(new, dict):
        parts = old.keys() | new.keys()
        return any(_other(old.get(one, "0"), new.get(one, "0")) for one in parts)
    return sorted(_listed(old)) != sorted(_listed(new))


def _listed(value: Content) -> list[str]:
    """Return ids, or what money by fund comes to, as a list."""
    if isinstance(value, dict):
        try:
            return [
                str(sum((read_number(one) or Decimal(0) for one in value.values()), Decimal(0)))
            ]
        except NotANumberError:
            return [*value.values()]
    return [value] if isinstance(value, str) else value
