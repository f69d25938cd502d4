"""Signatures that lie beside a file, or hold it: CMS and CAdES, ``.p7s`` and ``.p7m``."""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from asn1crypto import core, pem

from reportgen.model.verdict import Kind, Outcome, Signed, Verdict
from reportgen.verify.cades_evidence import evidence_of
from reportgen.verify.container import Judge, Proven
from reportgen.verify.envelope import envelope_faults
from reportgen.verify.evidence import together, tops
from reportgen.verify.judging import judge_document_stamp, judge_signature, untrusted
from reportgen.verify.message import BrokenMessageError, DigestOf, Message, read_messages
from reportgen.verify.stamp import View
from reportgen.verify.trust import Trust

_ARCHIVE: Final = frozenset({"0.4.0.1733.2.4", "1.2.840.113549.1.9.16.2.48"})
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=\s]+")


def judge_message(
    data: bytes, name: str, trust: Trust, at: datetime.datetime, content: bytes | None
) -> Verdict:
    """Judge all signatures of a message; ``content`` is the file that lies beside it.

    A message may hold what it signs: then that is judged, and must be the file beside, if any.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        der = _unarmoured(data)
        messages = read_messages(der)
    except ValueError:
        return Verdict(
            name, sha256, (), ("це не підпис і не підписаний файл: підписів не знайдено",)
        )
    held = messages[0].content if messages else None
    signed = content if held is None else held
    if signed is None:
        fault = "немає файлу, до якого належить цей підпис: покладіть його поруч"
        return Verdict(name, sha256, (), (fault,))
    faults = []
    if held is not None and content is not None and held != content:
        faults.append("у підпис вкладено не той файл, що лежить поруч")
    judged = judge_messages(der, messages, signed, trust, at)
    return Verdict(name, sha256, tuple(judged), tuple(faults))


def judge_messages(
    der: bytes, messages: Sequence[Message], signed: bytes, trust: Trust, at: datetime.datetime
) -> list[Signed]:
    """Judge each signature of a message over these bytes."""
    evidence = together(evidence_of(one) for one in messages)
    supposed = Trust((*trust.roots, *tops(evidence)))
    judged = []
    for number, message in enumerate(messages, start=1):
        place = f"підпис {number}"

        def judge(roots: Trust, one: Message = message, place: str = place) -> Signed:
            return _judged(der, one, place, _digest_of(signed), View(roots, evidence, evidence, at))

        found = judge(trust)
        judged.append(
            found if found.outcome is not Outcome.UNTRUSTED else untrusted(found, judge(supposed))
        )
    return judged


def part_judge(trust: Trust, at: datetime.datetime) -> Judge:
    """Return what judges messages in a container: signatures, archive time-stamps (RFC 3161)."""

    def judge(place: str, der: bytes, signed: bytes, proven: Proven | None) -> Signed:
        try:
            messages = read_messages(der)
        except BrokenMessageError as error:
            return _broken(place, str(error))
        if len(messages) != 1:
            return _broken(place, "у підписі має бути один підписувач")
        evidence = evidence_of(messages[0])
        moment = proven.moment if proven else None
        until = proven.until if proven else None

        def judged(roots: Trust) -> Signed:
            view = View(roots, evidence, evidence, moment or at, moment, until)
            return _judged(der, messages[0], place, _digest_of(signed), view)

        found = judged(trust)
        if found.outcome is not Outcome.UNTRUSTED:
            return found
        return untrusted(found, judged(Trust((*trust.roots, *tops(evidence)))))

    return judge


def _broken(place: str, fault: str) -> Signed:
    return Signed(place, Kind.SIGNATURE, Outcome.INVALID, None, None, None, None, None, (fault,))


def _judged(der: bytes, message: Message, place: str, digest_of: DigestOf, view: View) -> Signed:
    judging = judge_document_stamp if message.imprint else judge_signature
    found = judging(message, place, digest_of, view)
    if _is_archived(message):
        told = "архівну позначку часу CAdES тут не перевірено"
        found = replace(found, remarks=(*found.remarks, told))
    if found.outcome is not Outcome.VALID:
        return found
    faults = envelope_faults(der, message, (*view.trust.roots, *view.evidence.certificates))
    worst = max([found.outcome, *faults.values()], key=[*Outcome].index)
    return replace(found, outcome=worst, faults=(*found.faults, *faults))


def _is_archived(message: Message) -> bool:
    attributes = message.signer["unsigned_attrs"]
    return attributes is not core.VOID and any(one["type"].dotted in _ARCHIVE for one in attributes)


def _digest_of(signed: bytes) -> DigestOf:
    return lambda name: hashlib.new(name, signed).digest()


def _unarmoured(data: bytes) -> bytes:
    """Return DER: programs of providers also write PEM, or base64 alone.

    Raises:
        ValueError: for an armour that is broken.
    """
    if pem.detect(data):
        return bytes(pem.unarmor(data)[2])
    if _BASE64.fullmatch(data):
        try:
            return base64.b64decode(b"".join(data.split()), validate=True)
        except binascii.Error as error:
            raise ValueError("not base64") from error
    return data
