"""What readers could not be sure of, or left out: said once, with the places."""

from __future__ import annotations

from typing import Final

from reportgen.read.source import Place, Remark

_NAMED: Final = 5  # places that are named beside the first


class Remarks:
    """Remarks of one file; a message that is made again adds a place to the first one."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, Place]] = {}

    def add(self, message: str, place: Place) -> None:
        """Remark something: a Ukrainian sentence without a full stop."""
        self._places.setdefault(message, {}).setdefault(place.where, place)

    def all(self) -> tuple[Remark, ...]:
        """Return the remarks in the order of their first places."""
        found = [_remark(message, [*places.values()]) for message, places in self._places.items()]
        return tuple(sorted(found, key=lambda one: (one.place.line, one.place.column)))


def _remark(message: str, places: list[Place]) -> Remark:
    first, *others = places
    if not others:
        return Remark(message, first)
    named = "; ".join(one.where for one in others[:_NAMED])
    more = len(others) - _NAMED
    rest = f" і ще {more}" if more > 0 else ""
    return Remark(f"{message} (також: {named}{rest})", first)
