"""Files for programs that sign elsewhere: laid out, and taken back with their signatures."""

from __future__ import annotations

import datetime
import enum
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from reportgen.build.files import put_in_place, refuse_links
from reportgen.build.waiting import (
    RECORD,
    SIGNATURE,
    TO_BE_SIGNED,
    beside,
    clear_signature,
    continues,
    is_whole,
    read_pdf,
    read_prepared,
    read_signature,
    read_standing,
    read_waiting_record,
)
from reportgen.model.signing import Elsewhere, SigningProfile
from reportgen.model.verdict import Holder
from reportgen.sign.expected import Expected
from reportgen.sign.external import Place, finish, prepare, unseen
from reportgen.sign.faults import SigningError
from reportgen.sign.laying import Laid, lay_out
from reportgen.sign.mark import Ink, Mark, draw
from reportgen.sign.message import read_message
from reportgen.sign.record import Record, as_json, record_of, sha256
from reportgen.sign.refused import RefusedError
from reportgen.sign.standing import is_signed_at_once
from reportgen.sign.turns import Turn, fields_of, next_turn

#: Where files wait for their signatures, and where they lie with them.
WAITING_FOLDER, SIGNED_FOLDER = "to-sign", "signed"

#: A prepared file is not signed yet, and its mark may not say that it is.
_PLACE = {False: "Місце електронного підпису", True: "Місце електронної печатки"}
_MOST_COMPARED = 20  # other files of a batch that a wrong signature is tried on


class State(enum.Enum):
    """What has become of one file."""

    PREPARED = "підготовлено"
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


@dataclass(frozen=True, slots=True)
class Order:
    """How files are to be prepared: see `reportgen.sign.external.prepare`."""

    room: int
    kind: str
    expected: Expected
    moment: datetime.datetime
    profile: SigningProfile | None = None
    ink: Ink | None = None


def prepare_file(source: Path, name: str, waiting: Path, signed: Path, order: Order) -> Step:
    """Lay out one PDF for a program that signs; what is laid out already stays as it is.

    Raises:
        BrokenEnvironment: when files cannot be written.
    """
    try:
        return _prepare(source, name, waiting, signed / name, order)
    except RefusedError as error:
        return Step(name, State.REFUSED, (str(error),))


@dataclass(frozen=True, slots=True)
class Folders:
    """Where files wait, where signed ones go, and where built ones lie."""

    waiting: Path
    signed: Path
    built: Path


def finish_file(name: str, folders: Folders, cms: Path | None, moment: datetime.datetime) -> Step:
    """Put the signature that lies beside a prepared file into it, and the file into ``signed``.

    Raises:
        BrokenEnvironment: when the signed file cannot be written.
    """
    try:
        return _finish(name, folders, cms, moment)
    except RefusedError as error:
        return Step(name, State.REFUSED, (str(error),))


def owner(name: str, others: Iterable[str], waiting: Path, cms: Path | None) -> str:
    """Return which other prepared file a signature is of, "" if it is none of them."""
    try:
        message = read_message(read_signature(cms or beside(waiting / name, SIGNATURE)))
    except RefusedError:
        return ""
    for other in islice((one for one in others if one != name), _MOST_COMPARED):
        try:
            _, prepared = read_prepared(waiting / other)
        except RefusedError:
            continue
        if message.covers(prepared.signed_part):
            return other
    return ""


def _prepare(source: Path, name: str, waiting: Path, signed: Path, order: Order) -> Step:
    pdf, there, place = read_pdf(source), read_standing(signed), waiting / name
    turn = None
    if order.profile:
        pdf = there if there.startswith(pdf) else pdf  # the next one signs what others have signed
        turn, order = _asked(pdf, order.profile, order)
        if turn is None:
            return Step(name, State.DONE, ("підписали всі, хто є в профілі",))
    elif len(there) > len(pdf) and there.startswith(pdf):
        again = f"щоб додати ще один підпис, підготуйте {SIGNED_FOLDER}/{name}"
        return Step(name, State.DONE, (f"файл уже підписано; {again}",))
    record = read_waiting_record(place)
    if record is not None and _is_same(record, pdf, order) and is_whole(place):
        return Step(name, State.DONE)
    clear_signature(place, there)
    field, remarks = _place(pdf, turn, order) if turn else (unseen(pdf), ())
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


def _place(pdf: bytes, turn: Turn, order: Order) -> tuple[Place, tuple[str, ...]]:
    """Return where a signer of a profile signs, with the mark, and what is odd about that.

    The time is in the signature alone.
    """
    official, expected = turn.signer.official, order.expected
    name = f"{official.given} {official.surname}" if official else expected.name
    laid = Laid((), ())
    if turn.field not in fields_of(pdf):
        laid = lay_out(pdf, turn.profile, {}, order.ink)
    look = None
    if turn.profile.mark and order.ink:
        mark = Mark(
            title=_PLACE[turn.signer.is_seal],
            name=expected.name or name,
            position=official.position if official else "",
            serial=expected.serial,
        )
        look = draw(mark, "", order.ink)
    return Place(turn.field, laid.fields, look), laid.remarks


def _is_same(record: Record, pdf: bytes, order: Order) -> bool:
    """Tell whether a file was prepared of these bytes in just this way."""
    room = (record.end - record.start - 2) // 2
    asked = (sha256(pdf), order.kind, order.room, order.expected)
    return asked == (record.unsigned, record.kind, room, record.expected)


def _finish(name: str, folders: Folders, cms: Path | None, moment: datetime.datetime) -> Step:
    place, signed = folders.waiting / name, folders.signed
    record, prepared = read_prepared(place)
    there = read_standing(signed / name)
    if continues(there, prepared):
        return Step(name, State.DONE)
    if there and sha256(there) != record.unsigned:
        raise RefusedError(f"{signed / name} — уже інший файл: приберіть його звідти")
    source = read_standing(folders.built / name)
    if source and record.unsigned not in (sha256(source), sha256(there)):
        raise RefusedError("у теці складених лежить інший файл, ніж готували: підготуйте наново")
    given = cms or beside(place, SIGNATURE)
    if cms is None and not os.path.lexists(given):
        return Step(name, State.WAITING, (f"бракує {name}{SIGNATURE}",))
    message = read_message(read_signature(given))
    finished = finish(prepared, message, record.expected, record.kind, moment)
    if not is_signed_at_once(finished.pdf[: record.size], finished.pdf):
        raise RefusedError("до підготовленого PDF дописано зайве: підготуйте його наново")
    refuse_links(signed, [name])
    put_in_place({signed / name: finished.pdf})
    return Step(name, State.SIGNED, (whose(finished.holder), *finished.remarks))


def whose(holder: Holder) -> str:
    """Return the sentence on whose signature it is."""
    return f"підпис: {', '.join(one for one in (holder.name, holder.organisation) if one)}"
