"""Files laid out for programs that sign elsewhere."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.files import put_in_place, refuse_links
from reportgen.build.project import SIGNED_FOLDER
from reportgen.build.steps import State, Step
from reportgen.build.waiting import (
    RECORD,
    TO_BE_SIGNED,
    beside,
    clear_signature,
    is_whole,
    read_pdf,
    read_standing,
    read_waiting_record,
)
from reportgen.model.signing import Elsewhere, SigningProfile
from reportgen.sign.expected import Expected
from reportgen.sign.external import Place, prepare, unseen
from reportgen.sign.faults import SigningError
from reportgen.sign.laying import Laid, lay_out
from reportgen.sign.mark import Ink, Mark, draw
from reportgen.sign.record import Record, as_json, record_of, sha256
from reportgen.sign.refused import RefusedError
from reportgen.sign.turns import Turn, fields_of, next_turn

#: A prepared file is not signed yet, and its mark may not say that it is.
_PLACE = {False: "Місце електронного підпису", True: "Місце електронної печатки"}


@dataclass(frozen=True, slots=True)
class ByProfile:
    """By which profile files are signed, and what its marks are drawn with."""

    profile: SigningProfile
    ink: Ink


@dataclass(frozen=True, slots=True)
class Order:
    """How files are to be prepared: see `reportgen.sign.external.prepare`."""

    room: int
    kind: str
    expected: Expected
    moment: datetime.datetime
    by: ByProfile | None = None


def prepare_file(source: Path, name: str, waiting: Path, signed: Path, order: Order) -> Step:
    """Lay out one PDF for a program that signs; what is laid out already stays as it is.

    Raises:
        BrokenEnvironment: when files cannot be written.
    """
    try:
        return _prepare(source, name, waiting, signed / name, order)
    except RefusedError as error:
        return Step(name, State.NOT_PREPARED, (str(error),))


def _prepare(source: Path, name: str, waiting: Path, signed: Path, order: Order) -> Step:
    pdf, there, place = read_pdf(source), read_standing(signed), waiting / name
    turn, by = None, order.by
    if by:
        pdf = there if there.startswith(pdf) else pdf  # the next one signs what others have signed
        turn, order = _asked(pdf, by.profile, order)
        if turn is None:
            return Step(name, State.DONE, ("підписали всі, хто є в профілі",))
    elif len(there) > len(pdf) and there.startswith(pdf):
        again = f"щоб додати ще один підпис, підготуйте {SIGNED_FOLDER}/{name}"
        return Step(name, State.DONE, (f"файл уже підписано; {again}",))
    record = read_waiting_record(place)
    if record is not None and _is_same(record, pdf, order) and is_whole(place):
        return Step(name, State.DONE)
    clear_signature(place, there)
    field, remarks = unseen(pdf), tuple[str, ...]()
    if turn and by:
        field, remarks = _place(pdf, turn, by.ink, order.expected)
    prepared = prepare(pdf, field, order.room, order.kind, order.moment)
    made = record_of(pdf, prepared, field.field, order.kind, order.expected)
    refuse_links(waiting, [name, *(f"{name}{one}" for one in (TO_BE_SIGNED, RECORD))])
    put_in_place(
        {
            place: prepared.pdf,
            beside(place, TO_BE_SIGNED): prepared.signed_part,
            beside(place, RECORD): as_json(made),
        }
    )
    return Step(name, State.PREPARED, remarks)


def _asked(pdf: bytes, profile: SigningProfile, order: Order) -> tuple[Turn | None, Order]:
    """Return whose turn it is by a profile, and the order for that signer."""
    try:
        turn = next_turn(pdf, profile)
    except SigningError as error:
        raise RefusedError(str(error)) from error
    if turn is None:
        return None, order
    if not isinstance(turn.signer.key.carrier, Elsewhere):
        key = turn.signer.key.id
        raise RefusedError(f"черга ключа {key}: підпишіть командою sign, а тоді готуйте далі")
    official = turn.signer.official
    surname = official.surname if official else ""
    return turn, replace(order, expected=replace(order.expected, surname=surname))


def _place(pdf: bytes, turn: Turn, ink: Ink, expected: Expected) -> tuple[Place, tuple[str, ...]]:
    """Return where a signer of a profile signs, with the mark, and what is odd about that.

    The time is in the signature alone.
    """
    official = turn.signer.official
    name = f"{official.given} {official.surname}" if official else expected.name
    laid = Laid((), ())
    if turn.field not in fields_of(pdf):
        laid = lay_out(pdf, turn.profile, {}, ink)
    look = None
    if turn.profile.mark:
        mark = Mark(
            title=_PLACE[turn.signer.is_seal],
            name=expected.name or name,
            position=official.position if official else "",
            serial=expected.serial,
        )
        look = draw(mark, "", ink)
    return Place(turn.field, laid.fields, look), laid.remarks


def _is_same(record: Record, pdf: bytes, order: Order) -> bool:
    """Tell whether a file was prepared of these bytes in just this way."""
    room = (record.end - record.start - 2) // 2
    asked = (sha256(pdf), order.kind, order.room, order.expected)
    return asked == (record.unsigned, record.kind, room, record.expected)
