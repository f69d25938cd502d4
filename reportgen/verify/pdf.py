"""Signatures in a PDF (PAdES, EN 319 142-1)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from reportgen.model.verdict import Kind, Outcome, Signed, Verdict
from reportgen.verify.envelope import envelope_faults
from reportgen.verify.evidence import Evidence, together, tops
from reportgen.verify.holder import kind_of
from reportgen.verify.judging import judge_document_stamp, judge_signature, untrusted
from reportgen.verify.message import BrokenMessageError, Message, integrity, read_message
from reportgen.verify.revisions import Revisions, UnreadablePdfError, read_revisions
from reportgen.verify.slots import MOST_SLOTS, Slot, covered_digest, find_slots
from reportgen.verify.stamp import View
from reportgen.verify.trust import Trust

_NOTHING: Final = Evidence()


@dataclass(frozen=True, slots=True)
class _Found:
    """A signature read from its place; ``broken`` is what is wrong with its bytes."""

    slot: Slot
    message: Message | None
    broken: tuple[str, ...]


def judge_pdf(data: bytes, name: str, trust: Trust, at: datetime.datetime) -> Verdict:
    """Judge all signatures of a PDF; ``at`` is the day on which it has to hold."""
    sha256 = hashlib.sha256(data).hexdigest()
    slots = find_slots(data)
    if len(slots) > MOST_SLOTS:
        return Verdict(name, sha256, (), ("у файлі забагато підписів: такого не буває",))
    found = [_read(data, slot) for slot in slots]
    if any(one.broken for one in found):
        signed = [_unsound(one, f"підпис {number}") for number, one in enumerate(found, start=1)]
        return Verdict(name, sha256, tuple(signed))
    try:
        revisions = read_revisions(data, slots)
    except UnreadablePdfError as error:
        if not slots:
            return Verdict(name, sha256, (), (str(error),))
        signed = [_unsound(one, f"підпис {number}") for number, one in enumerate(found, start=1)]
        return Verdict(name, sha256, tuple(signed), (str(error),))
    if not slots or len(revisions.fields) != len(slots):
        return Verdict(name, sha256, (), revisions.faults)
    judged = _judged(data, found, revisions, trust, at)
    return Verdict(name, sha256, tuple(judged), revisions.faults, remarks=revisions.remarks)


def _read(data: bytes, slot: Slot) -> _Found:
    """Read a signature and reckon whether it is one over these bytes."""
    if slot.faults:
        return _Found(slot, _readable(slot), slot.faults)
    try:
        message = read_message(slot.message)
    except BrokenMessageError as error:
        return _Found(slot, None, (str(error),))
    digest_of = partial(covered_digest, data, slot)
    imprint = message.imprint
    if imprint:
        try:
            same = digest_of(imprint[0]) == imprint[1]
        except ValueError:
            same = True  # a digest unknown here: said later
        content = message.content or b""
        outcome, fault = integrity(
            message, lambda one: hashlib.new(one, content).digest(), "tst_info"
        )
        if not same:
            outcome, fault = Outcome.INVALID, "підписані байти змінено після позначки часу"
    else:
        outcome, fault = integrity(message, digest_of, "data")
    return _Found(slot, message, (fault,) if outcome is Outcome.INVALID else ())


def _readable(slot: Slot) -> Message | None:
    try:
        return read_message(slot.message)
    except BrokenMessageError:
        return None


def _unsound(one: _Found, place: str) -> Signed:
    """Return a signature of a file that is broken somewhere: who it names, and what is wrong."""
    certificate = one.message.certificate if one.message else None
    kind = kind_of(certificate) if certificate else Kind.SIGNATURE
    stamp = one.message is not None and one.message.imprint is not None
    return Signed(
        place=place,
        kind=Kind.TIME_STAMP if stamp else kind,
        outcome=Outcome.INVALID if one.broken else Outcome.UNKNOWN,
        holder=one.message.holder if one.message else None,
        level=None,
        claimed=one.message.claimed if one.message else None,
        stamped=None,
        holds_until=None,
        faults=one.broken or ("далі не перевірено: файл зіпсовано в іншому місці",),
    )


def _judged(
    data: bytes, found: Sequence[_Found], revisions: Revisions, trust: Trust, at: datetime.datetime
) -> list[Signed]:
    """Judge with the roots at hand; where one is missing, as if the file's own were trusted."""
    messages = [one.message for one in found if one.message]
    held = [_held(one) for one in messages]
    everything = together((revisions.evidence, *held))
    strict = _pass(data, found, revisions, View(trust, everything, _covered(revisions, held), at))
    if all(one.outcome is not Outcome.UNTRUSTED for one in strict):
        return _closed(found, strict, everything, trust)
    supposed = Trust((*trust.roots, *tops(everything)))
    view = View(supposed, everything, _covered(revisions, held), at)
    lenient = _pass(data, found, revisions, view)
    pairs = zip(strict, lenient, strict=True)
    judged = [
        one if one.outcome is not Outcome.UNTRUSTED else untrusted(one, other)
        for one, other in pairs
    ]
    return _closed(found, judged, everything, supposed)


def _covered(revisions: Revisions, held: Sequence[Evidence]) -> Evidence:
    return together((revisions.stamped, *held))


def _held(message: Message) -> Evidence:
    inner = [_held(one) for one in message.stamps]
    return together((Evidence(message.certificates), *inner))


def _pass(data: bytes, found: Sequence[_Found], revisions: Revisions, view: View) -> list[Signed]:
    """Judge from the last signature to the first: each time-stamp fixes what stands before it."""
    judged: list[Signed] = []
    for one, field in reversed([*zip(found, revisions.fields, strict=True)]):
        if one.message is None:
            continue
        digest_of = partial(covered_digest, data, one.slot)
        if not field.is_stamp:
            judged.append(judge_signature(one.message, field.name, digest_of, view, field.claimed))
            continue
        stamp = judge_document_stamp(one.message, field.name, digest_of, view)
        judged.append(stamp)
        if stamp.outcome is Outcome.VALID and stamp.stamped:
            time = stamp.stamped
            view = replace(view, moment=time, stamped=time, until=stamp.holds_until)
    return judged[::-1]


def _closed(
    found: Sequence[_Found], judged: Sequence[Signed], evidence: Evidence, trust: Trust
) -> list[Signed]:
    """Look at the envelope of the last signature, which nothing covers any more."""
    *before, last = judged
    one = found[-1]
    if one.message is None or last.outcome not in (Outcome.VALID, Outcome.UNTRUSTED):
        return [*judged]
    known = (*trust.roots, *evidence.certificates)
    faults = envelope_faults(one.slot.message, one.message, known)
    worst = max([last.outcome, *faults.values()], key=[*Outcome].index)
    return [*before, replace(last, outcome=worst, faults=(*last.faults, *faults))]
