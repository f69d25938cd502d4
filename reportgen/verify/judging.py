"""One signature or time-stamp judged: who, when, at which level, until when it holds."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from typing import Final

from reportgen.model.moments import likely
from reportgen.model.verdict import Kind, Level, Outcome, Signed
from reportgen.verify.chain import Standing, certify
from reportgen.verify.holder import kind_of
from reportgen.verify.message import DigestOf, Message, integrity
from reportgen.verify.stamp import Stamp, View, brought, judge_stamp

_ORDER: Final = [*Outcome]
_CLOCKS: Final = datetime.timedelta(minutes=5)  # by which honest machines may differ
_UNLIKELY: Final = "час, названий тим, хто підписав, неможливий: його не враховано"
_SIGNING: Final = {"digital_signature", "non_repudiation"}
#: Extended purposes of machines and services (RFC 5280, 4.2.1.12); a person's has any other one.
_SERVICES: Final = {"server_auth", "client_auth", "ocsp_signing", "time_stamping", "code_signing"}


def judge_document_stamp(message: Message, place: str, digest_of: DigestOf, view: View) -> Signed:
    """Judge a time-stamp over a whole document."""
    stamp = judge_stamp(message, digest_of, view)
    return Signed(
        place=place,
        kind=Kind.TIME_STAMP,
        outcome=stamp.outcome,
        holder=message.holder,
        level=None,
        claimed=None,
        stamped=stamp.time,
        holds_until=view.until or stamp.standing.until,
        faults=stamp.faults,
    )


def judge_signature(
    message: Message,
    place: str,
    digest_of: DigestOf,
    view: View,
    claimed: datetime.datetime | None = None,
) -> Signed:
    """Judge a signature or a seal; ``claimed`` is its time where the message does not say it."""
    outcome, fault = integrity(message, digest_of, "data")
    told = message.told_time or claimed
    found = Signed(
        place=place,
        kind=kind_of(message.certificate) if message.certificate else Kind.SIGNATURE,
        outcome=outcome,
        holder=message.holder,
        level=None,
        claimed=likely(told),
        stamped=None,
        holds_until=None,
        faults=(fault,) if fault else (),
        remarks=(_UNLIKELY,) if told and not likely(told) else (),
    )
    if outcome is not Outcome.VALID or message.certificate is None:
        return found
    stamps = [judge_stamp(one, _imprint_of(message), view) for one in message.stamps]
    good = [one for one in stamps if one.outcome is Outcome.VALID]
    times = [one.time for one in good] + [view.stamped]
    proven = min(filter(None, times), default=None)
    evidence = brought(message, view.evidence)
    moment = proven or view.moment
    standing = certify(message.certificate, evidence, moment, view.trust)
    chains = [standing, *(one.standing for one in good[:1])]
    usage = _misused(message)
    poor = [] if good else [one for stamp in stamps for one in stamp.faults]
    faults = tuple(filter(None, (standing.fault, usage, *poor)))
    outcomes = [standing.outcome, *(one.outcome for one in stamps if not good)]
    worst = max([*outcomes, Outcome.INVALID if usage else Outcome.VALID], key=_ORDER.index)
    level = _level(message, chains, proven, view)
    return replace(
        found,
        outcome=worst,
        level=level,
        stamped=proven,
        holds_until=_holds(level, chains, good, view),
        faults=faults,
        remarks=(*found.remarks, *_remarks(found.claimed, proven, standing)),
    )


def untrusted(strict: Signed, supposed: Signed) -> Signed:
    """Return what is known of a signature without a root: all else, as if its own were trusted."""
    if supposed.outcome is Outcome.VALID:
        return replace(supposed, outcome=Outcome.UNTRUSTED, faults=strict.faults)
    return replace(supposed, faults=tuple(dict.fromkeys((*strict.faults, *supposed.faults))))


def _imprint_of(message: Message) -> DigestOf:
    signature = message.signer["signature"].native
    return lambda name: hashlib.new(name, signature).digest()


def _misused(message: Message) -> str:
    """Tell whether a certificate was given for something else than signing."""
    if message.certificate is None:
        return ""
    usage = message.certificate.key_usage_value
    purposes = message.certificate.extended_key_usage_value
    signs = usage is None or usage.native & _SIGNING
    elsewhere = purposes is not None and set(purposes.native) <= _SERVICES
    if signs and not elsewhere:
        return ""
    return "сертифікат видано не для підписування"


def _level(
    message: Message,
    chains: list[Standing],
    proven: datetime.datetime | None,
    view: View,
) -> Level:
    """Return the level that a signature has reached, by what is there and good."""
    if proven is None:
        return Level.B
    if not all(one.complete for one in chains):
        return Level.T
    if view.stamped is None:
        return Level.LT
    certificate = message.certificate
    covered = brought(message, view.covered)
    if certificate and certify(certificate, covered, proven, view.trust).complete:
        return Level.LTA
    return Level.LT


def _holds(
    level: Level, chains: list[Standing], good: list[Stamp], view: View
) -> datetime.datetime | None:
    """Return when the evidence that a signature rests on expires."""
    if view.until:
        return view.until
    ends = [one.until for one in chains if one.until]
    if level is Level.B:
        return min(ends, default=None)
    return max((one.standing.until for one in good if one.standing.until), default=None)


def _remarks(
    claimed: datetime.datetime | None, proven: datetime.datetime | None, standing: Standing
) -> tuple[str, ...]:
    said = []
    if proven is None:
        said.append("час підпису не доведено: позначки часу немає")
    elif claimed and claimed - proven > _CLOCKS:
        said.append("годинник того, хто підписав, поспішав: час підпису пізніший за позначку часу")
    if standing.outcome is not Outcome.INVALID and not standing.complete:
        said.append("чи не відкликано сертифікат, у файлі не сказано")
    return tuple(said)
