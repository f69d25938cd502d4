"""One signature or time-stamp judged: who, when, at which level, until when it holds."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from typing import Final

from reportgen.model.verdict import Kind, Level, Outcome, Signed
from reportgen.verify.chain import Evidence, Standing, certify, together
from reportgen.verify.holder import holder_of, kind_of
from reportgen.verify.message import DigestOf, Message, integrity
from reportgen.verify.trust import Trust

_ORDER: Final = [*Outcome]
_CLOCKS: Final = datetime.timedelta(minutes=5)  # by which honest machines may differ
_SIGNING: Final = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True, slots=True)
class View:
    """What a signature is judged by.

    ``moment`` is when it has to hold: today, or when a later time-stamp has fixed all of it;
    ``stamped`` is the time of that stamp, if there is one, and ``until`` when the last such stamp
    expires. ``covered`` is the evidence that such a stamp covers.
    """

    trust: Trust
    evidence: Evidence
    covered: Evidence
    moment: datetime.datetime
    stamped: datetime.datetime | None = None
    until: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp judged; ``time`` is what it proves if it is good."""

    outcome: Outcome
    time: datetime.datetime
    standing: Standing
    faults: tuple[str, ...] = ()


def judge_stamp(message: Message, digest_of: DigestOf, view: View) -> Stamp:
    """Judge a time-stamp over what ``digest_of`` reckons (RFC 3161).

    Raises:
        ValueError: for a message that is no time-stamp.
    """
    time: datetime.datetime = message.token["gen_time"].native
    imprint = message.imprint
    if imprint is None:
        raise ValueError("not a time-stamp")
    nothing = Standing(Outcome.INVALID)
    content = message.content or b""
    outcome, fault = integrity(message, lambda name: hashlib.new(name, content).digest(), "tst_info")
    try:
        fits = digest_of(imprint[0]) == imprint[1]
    except ValueError:
        fits, outcome = True, max(outcome, Outcome.UNKNOWN, key=_ORDER.index)
    if not fits:
        return Stamp(Outcome.INVALID, time, nothing, ("позначка часу стоїть не на цих байтах",))
    if outcome is not Outcome.VALID or message.certificate is None:
        return Stamp(outcome, time, nothing, (f"позначка часу: {fault}",))
    usage = message.certificate.extended_key_usage_value
    if usage is None or usage.native != ["time_stamping"]:
        return Stamp(Outcome.INVALID, time, nothing, ("позначку часу поставила не служба часу",))
    standing = certify(message.certificate, _with(message, view.evidence), view.moment, view.trust)
    faults = (f"позначка часу: {standing.fault}",) if standing.fault else ()
    return Stamp(standing.outcome, time, standing, faults)


def judge_document_stamp(message: Message, place: str, digest_of: DigestOf, view: View) -> Signed:
    """Judge a time-stamp over a whole document."""
    stamp = judge_stamp(message, digest_of, view)
    return Signed(
        place=place,
        kind=Kind.TIME_STAMP,
        outcome=stamp.outcome,
        holder=holder_of(message.certificate) if message.certificate else None,
        level=None,
        claimed=None,
        stamped=stamp.time,
        holds_until=view.until or stamp.standing.until,
        faults=stamp.faults,
    )


def judge_signature(message: Message, place: str, digest_of: DigestOf, view: View) -> Signed:
    """Judge a signature or a seal."""
    outcome, fault = integrity(message, digest_of, "data")
    found = Signed(
        place=place,
        kind=kind_of(message.certificate) if message.certificate else Kind.SIGNATURE,
        outcome=outcome,
        holder=holder_of(message.certificate) if message.certificate else None,
        level=None,
        claimed=message.claimed,
        stamped=None,
        holds_until=None,
        faults=(fault,) if fault else (),
    )
    if outcome is not Outcome.VALID or message.certificate is None:
        return found
    stamps = [judge_stamp(one, _imprint_of(message), view) for one in message.stamps]
    good = [one for one in stamps if one.outcome is Outcome.VALID]
    times = [one.time for one in good] + [time for time in (view.stamped,) if time]
    proven = min(times, default=None)
    evidence = _with(message, view.evidence)
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
        remarks=_remarks(found.claimed, proven, standing),
    )


def _imprint_of(message: Message) -> DigestOf:
    signature = message.signer["signature"].native
    return lambda name: hashlib.new(name, signature).digest()


def _with(message: Message, evidence: Evidence) -> Evidence:
    return together((Evidence(message.certificates), evidence))


def _misused(message: Message) -> str:
    """Tell whether a certificate was given for something else than signing."""
    usage = message.certificate.key_usage_value if message.certificate else None
    if usage is None or usage.native & _SIGNING:
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
    covered = _with(message, view.covered)
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
    elif claimed and claimed > proven + _CLOCKS:
        said.append("годинник того, хто підписав, поспішав: час підпису пізніший за позначку часу")
    if standing.outcome is not Outcome.INVALID and not standing.complete:
        said.append("чи не відкликано сертифікат, у файлі не сказано")
    return tuple(said)
