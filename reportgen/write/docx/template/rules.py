"""What is wrong with the tags of a Word page, found before anything is filled: all of it at once.

Blocks are followed through the page as Jinja will see them. Names are looked up in the context at
hand; the name of a loop may stand for every item that the loop will meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import jinja2
from jinja2 import nodes

from reportgen.write.docx.template.context import Names, Thing
from reportgen.write.docx.template.language import LOOP, Language
from reportgen.write.docx.template.tags import Fault, Tag
from reportgen.write.docx.xml import w

_MIDDLE: Final = ("elif", "else")
_CLOSING: Final = {"endfor": "for", "endif": "if"}
_WORDS: Final = ("for", "if", *_MIDDLE, *_CLOSING)

_DEEPEST: Final = 20  # blocks in each other
_MOST: Final = 2000  # tags of a part

#: By name, all that it may stand for. Nothing is known inside a loop that does not read.
Scope: TypeAlias = Mapping[str, tuple[Thing, ...]] | None

_LOOP: Final = Names(dict.fromkeys(LOOP))


@dataclass(frozen=True, slots=True)
class _Block:
    """A condition or a loop that has begun; ``item`` is the name that a loop sets."""

    tag: Tag
    scope: Scope
    item: str = ""

    @property
    def end(self) -> str:
        word = "endfor" if self.tag.word == "for" else "endif"
        return f"{{%{self.tag.level} {word} %}}"


def faults(tags: Sequence[Tag], names: Mapping[str, Thing], language: Language) -> Iterator[Fault]:
    """Yield what is wrong with the tags of one part, in their order."""
    if len(tags) > _MOST:
        yield Fault(tags[_MOST].place.text, tags[_MOST].text, f"у шаблоні понад {_MOST} тегів")
        return
    checking = _Checking({name: (thing,) for name, thing in names.items()}, language)
    for tag in tags:
        reasons = [*_misplaced(tag), *checking.tag(tag)]
        yield from (Fault(tag.place.text, tag.text, reason) for reason in reasons)
    for block in checking.blocks:
        within = {"tr": "у цій таблиці", "p": "поруч із ним"}
        where = within.get(block.tag.level, "у цьому абзаці")
        reason = f"не закрито: далі {where} має бути {block.end}"
        yield Fault(block.tag.place.text, block.tag.text, reason)


def _misplaced(tag: Tag) -> Iterator[str]:
    """Yield why a tag of a row or a paragraph may not stand there: neither will be printed."""
    gone = tag.place.row if tag.level == "tr" else tag.place.paragraph
    if not tag.level:
        return
    if gone is None:
        yield "{%tr …%} ставлять у рядку таблиці, а це звичайний абзац"
    elif "".join(one.text or "" for one in gone.iter(w("t"))).strip() != tag.token:
        what = "рядка" if tag.level == "tr" else "абзацу"
        yield f"самого {what} не буде надруковано: лишіть у ньому тільки цей тег"
    elif next(gone.iter(w("sectPr")), None) is not None:
        yield "цим абзацом закінчується розділ документа: поставте тег в інший"


class _Checking:
    """The blocks that are open at a tag, and what is known there."""

    def __init__(self, scope: Scope, language: Language) -> None:
        self.blocks: list[_Block] = []
        self._scope = scope
        self._language = language

    def tag(self, tag: Tag) -> Iterator[str]:
        """Yield what is wrong with the next tag."""
        if tag.word and tag.word not in _WORDS:
            yield f"невідома дія «{tag.word}»; є: {', '.join(_WORDS)}"
        elif tag.word in _CLOSING or tag.word in _MIDDLE:
            yield from self._going_on(tag)
        elif tag.word == "for":
            yield from self._loop(tag)
        else:
            scope = self._known()
            yield from self._expression(tag, scope)
            if tag.word:
                yield from self._open(_Block(tag, scope))

    def _known(self) -> Scope:
        return self.blocks[-1].scope if self.blocks else self._scope

    def _open(self, block: _Block) -> Iterator[str]:
        self.blocks.append(block)
        if len(self.blocks) == _DEEPEST:
            yield f"умов і циклів одне в одному має бути менше за {_DEEPEST}"

    def _going_on(self, tag: Tag) -> Iterator[str]:
        """Yield what is wrong with a tag that goes on with the innermost block or ends it."""
        wanted = _CLOSING.get(tag.word, "if")
        if not self.blocks:
            yield f"перед ним немає {{%{tag.level} {wanted} … %}}"
            return
        opened = self.blocks[-1].tag
        same = opened.word == wanted or tag.word == "else"
        if not (same and opened.level == tag.level and opened.container is tag.container):
            yield (
                f"перед ним відкрито «{opened.text[:60]}» ({opened.place.text}), "
                f"його закриває {self.blocks[-1].end} там само"
            )
        if tag.word == "elif":
            yield from self._expression(tag, self._known())
        elif tag.body:
            yield f"після «{tag.word}» нічого не пишуть"
        if tag.word in _CLOSING and same:
            self.blocks.pop()

    def _expression(self, tag: Tag, scope: Scope) -> Iterator[str]:
        around = ("{% if ", " %}{% endif %}") if tag.word else ("{{ ", " }}")
        try:
            tree = self._language.expression(tag.body.join(around))
        except jinja2.TemplateError as error:
            yield str(error)
        else:
            yield from _unknown(tree, scope)

    def _loop(self, tag: Tag) -> Iterator[str]:
        outer = self._known()
        try:
            tree = self._language.expression(f"{{% for {tag.body} %}}{{% endfor %}}")
        except jinja2.TemplateError as error:
            yield str(error)
            yield from self._open(_Block(tag, None))
            return
        [loop] = tree.find_all(nodes.For)
        item = _root(loop.target)
        within = [block.item for block in self.blocks if block.item]
        missing = list(_unknown(loop.iter, outer))
        yield from missing
        found = _values(loop.iter, outer)
        lists = [one for one in found if isinstance(one, tuple)]
        if not missing and (len(lists) < len(found) or not _is_path(loop.iter)):
            yield "повторюють лише по переліку: tables, table.rows, notes, signatures, texts"
        elif within and _root(loop.iter) != within[-1]:
            yield f"цикл усередині циклу має йти по тому, що є в «{within[-1]}»"
        inner: Scope = None
        if outer is not None and not missing:
            items = tuple(one for several in lists for one in several)
            inner = {**outer, item: items, "loop": (_LOOP,)}
        if loop.test:
            yield from _unknown(loop.test, inner)
        yield from self._open(_Block(tag, inner, item))


def _is_path(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem))


def _root(node: nodes.Node) -> str:
    """Return the first name of a path."""
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        node = node.node
    return str(node.name) if isinstance(node, nodes.Name) else ""


def _unknown(tree: nodes.Node, scope: Scope) -> Iterator[str]:
    """Yield each name in a tree that leads nowhere, with those that are there."""
    if scope is None:
        return
    for node in (tree, *tree.find_all((nodes.Name, nodes.Getattr))):
        if isinstance(node, nodes.Name) and node.name not in scope:
            yield f"немає «{node.name}»; є: {', '.join(scope)}"
        elif isinstance(node, nodes.Getattr):
            holders = _values(node.node, scope)
            known = dict.fromkeys(
                name for one in holders if isinstance(one, Names) for name in one.values
            )
            if holders and node.attr not in known:
                names = f"є: {', '.join(known)}" if known else "далі вже нічого немає"
                yield f"немає «{node.attr}»; {names}"


def _values(node: nodes.Node, scope: Scope) -> tuple[Thing, ...]:
    """Return all that a path may stand for, as far as that is known."""
    if isinstance(node, nodes.Name):
        return (scope or {}).get(node.name, ())
    if isinstance(node, nodes.Getattr):
        return _within(_values(node.node, scope), node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return _within(_values(node.node, scope), node.arg.value)
    return ()


def _within(holders: Sequence[Thing], key: object) -> tuple[Thing, ...]:
    found: list[Thing] = []
    for one in holders:
        if isinstance(one, Names) and key in one.values:
            found.append(one.values[str(key)])
        elif isinstance(one, tuple) and isinstance(key, int) and -1 <= key < len(one):
            found.append(one[key])
    return tuple(found)
