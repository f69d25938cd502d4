"""Values of frozen dataclasses to what JSON can hold, and back by their annotations.

A dataclass is the list of its fields in their order, a mapping an object with text keys, a tuple a
list; a decimal and a date are text, a member of an enumeration is its value. Whoever reads what
another version has written gets nonsense or an error: see to it that nobody does.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from reportgen.diagnostics import Diagnostic, Span, finding

T = TypeVar("T")

_AS_THEY_ARE = frozenset((str, int, float, bool))
_FARTHEST = 2**31  # lines of a file, characters of a line
_AS_TEXT: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (Decimal, str),
    (datetime.date, datetime.date.isoformat),
    (enum.Enum, attrgetter("value")),
)


def plain(value: object) -> object:
    """Return a value as lists, objects, texts, numbers and ``None``.

    Raises:
        TypeError: for what has no such form, which is a bug of ours.
    """
    kind: Any = type(value)
    if value is None or kind in _AS_THEY_ARE:
        return value
    if names := _fields(kind):
        return [plain(getattr(value, one)) for one in names]
    if isinstance(value, (tuple, frozenset)):
        return [plain(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    for base, write in _AS_TEXT:
        if isinstance(value, base):
            return write(value)
    raise TypeError(kind.__name__)


@lru_cache(maxsize=64)
def _fields(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any type at all
    known = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    return tuple(one.name for one in known)


def revived(kind: type[T], value: object) -> T:
    """Return the value of a type that `plain` was made of.

    Raises:
        ValueError, TypeError, KeyError, ArithmeticError: when it was made of something else.
    """
    revive: Callable[[object], T] = _reviver(cast("Any", kind))
    return revive(value)


@lru_cache(maxsize=64)
def _reviver(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - an annotation is no type
    origin, inner = get_origin(kind), get_args(kind)
    if origin is types.UnionType:  # of something and nothing: content has no other unions here
        revive = _reviver(next(one for one in inner if one is not type(None)))
        return lambda value: None if value is None else revive(value)
    if origin in (tuple, frozenset):
        return _collection(origin, inner)
    if origin is not None:  # a mapping
        revive = _reviver(inner[1])
        return lambda value: {key: revive(one) for key, one in value.items()}
    if dataclasses.is_dataclass(kind):
        made = _dataclass(kind)
        return _checked(made, _MADE[kind]) if kind in _MADE else made
    if kind in _AS_THEY_ARE:
        return _checked(lambda value: value, lambda value: type(value) is kind)
    revive_text: Callable[[Any], Any]
    revive_text = kind.fromisoformat if issubclass(kind, datetime.date) else kind
    return _checked(kind, Decimal.is_finite) if kind is Decimal else revive_text


def _checked(revive: Callable[[Any], Any], is_sound: Callable[[Any], bool]) -> Callable[[Any], Any]:
    def revive_sound(value: object) -> object:
        revived_one = revive(value)
        if not is_sound(revived_one):
            raise TypeError(type(value).__name__)
        return revived_one

    return revive_sound


def _is_place(span: Span) -> bool:
    """Tell whether a place may be shown: a file of a project's own, as content can have it."""
    parts = span.file.split("/")
    plain_name = span.file.isprintable() and "\\" not in span.file and ":" not in parts[0]
    in_project = not span.file or not {"", ".", ".."}.intersection(parts)
    numbers = (span.line, span.column)
    return plain_name and in_project and all(1 <= one <= _FARTHEST for one in numbers)


def _is_finding(one: Diagnostic) -> bool:
    """Tell whether a finding is as `finding` makes it: of a known code, and safe to be shown."""
    return one == finding(one.code, one.span, one.message, one.hint, one.related)


#: What other processes and people's files must not bring in, though its fields be of their types.
_MADE: Mapping[object, Callable[[Any], bool]] = {Span: _is_place, Diagnostic: _is_finding}


def _collection(origin: Any, inner: tuple[Any, ...]) -> Callable[[Any], Any]:  # noqa: ANN401
    if origin is tuple and inner[-1] is not Ellipsis:  # each place has a type of its own
        each = [_reviver(one) for one in inner]
        return lambda value: tuple(one(part) for one, part in zip(each, value, strict=True))
    revive = _reviver(inner[0])
    return lambda value: origin(map(revive, value))


def _dataclass(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    hints = get_type_hints(kind)
    revivers = [_reviver(hints[one.name]) for one in dataclasses.fields(kind)]
    return lambda value: kind(*(revive(part) for revive, part in zip(revivers, value, strict=True)))
