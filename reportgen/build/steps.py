"""How a file fares that a program of others signs."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from reportgen.model.verdict import Holder


class State(enum.Enum):
    """What has become of one file."""

    PREPARED = "підготовлено"
    NOT_PREPARED = "не підготовлено"
    SIGNED = "підписано"
    KEPT = "прийнято"
    DONE = "уже зроблено"
    WAITING = "чекає підпису"
    REFUSED = "не прийнято"


@dataclass(frozen=True, slots=True)
class Step:
    """One file's fate; ``said`` are Ukrainian sentences about it."""

    name: str
    state: State
    said: tuple[str, ...] = ()


def whose(holder: Holder) -> str:
    """Return the sentence on whose signature it is."""
    return f"підпис: {', '.join(one for one in (holder.name, holder.organisation) if one)}"
