"""A time-stamp judged (RFC 3161), and what all is judged by."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Final

from reportgen.model.moments import likely
from reportgen.model.verdict import Outcome
from reportgen.verify.chain import Standing, certify
from reportgen.verify.evidence import Evidence, together
from reportgen.verify.message import DigestOf, Message, integrity
from reportgen.verify.trust import Trust

_ORDER: Final = [*Outcome]


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
    """A time-stamp judged; ``time`` is what it proves if it is good: then it is there."""

    outcome: Outcome
    time: datetime.datetime | None
    standing: Standing
    faults: tuple[str, ...] = ()


def judge_stamp(message: Message, digest_of: DigestOf, view: View) -> Stamp:
    """Judge a time-stamp over what ``digest_of`` reckons (RFC 3161).

    Raises:
        ValueError: for a message that is no time-stamp.
    """
    time = likely(message.token["gen_time"].native)
    imprint = message.imprint
    if imprint is None:
        raise ValueError("not a time-stamp")
    nothing = Standing(Outcome.INVALID)
    if time is None:
        return Stamp(Outcome.INVALID, None, nothing, ("позначка часу називає неможливий час",))
    content = message.content or b""
    outcome, fault = integrity(
        message, lambda name: hashlib.new(name, content).digest(), "tst_info"
    )
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
    standing = certify(
        message.certificate, brought(message, view.evidence), view.moment, view.trust
    )
    faults = (f"позначка часу: {standing.fault}",) if standing.fault else ()
    return Stamp(standing.outcome, time, standing, faults)


def brought(message: Message, evidence: Evidence) -> Evidence:
    """Return the evidence together with what the message itself holds."""
    return together((Evidence(message.certificates), evidence))
