"""Files that were laid out for programs of others, taken back with their signatures."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from reportgen.build.files import put_in_place, refuse_links
from reportgen.build.steps import State, Step, whose
from reportgen.build.waiting import (
    SIGNATURE,
    beside,
    continues,
    read_prepared,
    read_signature,
    read_standing,
)
from reportgen.sign.external import finish
from reportgen.sign.message import read_message
from reportgen.sign.record import sha256
from reportgen.sign.refused import RefusedError
from reportgen.sign.standing import is_signed_at_once

_MOST_COMPARED = 20  # other files of a batch that a wrong signature is tried on


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
