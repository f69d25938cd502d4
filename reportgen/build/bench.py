"""What files are signed with: keys held open, services that were asked, marks ready to be drawn."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path

from asn1crypto.x509 import Certificate

from reportgen.build.marking import ink_of
from reportgen.model.signing import Elsewhere, Key, SigningProfile
from reportgen.model.verdict import Level
from reportgen.sign.faults import KeyFaultError, SigningError
from reportgen.sign.keys import Opened, Secret, opened
from reportgen.sign.laying import refuse_other
from reportgen.sign.mark import Ink
from reportgen.sign.services import read_roots, time_stamper, trust_in
from reportgen.sign.stamping import DIGEST, Services

_LONGEST = 600  # seconds that an answer on revocation is used again; services give them for days


@dataclass(frozen=True, slots=True)
class Plan:
    """How files are signed. ``keys`` are those at hand, with their passwords: never printed."""

    profile: SigningProfile
    keys: tuple[Key, ...]
    secrets: tuple[str, ...] = field(repr=False)
    service: str
    roots: tuple[Path, ...]
    template: bytes
    font: str


def secrets_of(profile: SigningProfile, asked: Iterable[str], secret: Secret) -> Mapping[Key, str]:
    """Return the passwords of the keys that are to sign now: all of a profile, or those asked for.

    Every key is opened once, so that a wrong password or another person's key is told before any
    file is touched.

    Raises:
        KeyFaultError: when one cannot be opened, is of another person than the profile has sign
            with it, or none of them is to be had here.
    """
    wanted = set(asked)
    now = datetime.datetime.now(datetime.UTC)
    known = {one.key.id for one in profile.signers}
    if wanted - known:
        names = ", ".join(sorted(wanted - known))
        raise KeyFaultError(f"у профілі {profile.id} немає ключа {names}")
    found: dict[Key, str] = {}
    for key in (one.key for one in profile.signers):
        if (wanted and key.id not in wanted) or isinstance(key.carrier, Elsewhere):
            continue
        found[key] = secret(key)
        with _fitting(key, profile, lambda one: found[one], now):
            pass
    if not found:
        raise KeyFaultError(
            f"профіль {profile.id}: усі його ключі — в інших програмах: "
            "підписуйте командами sign prepare і sign finish"
        )
    return found


@contextmanager
def _fitting(
    key: Key, profile: SigningProfile, secret: Secret, now: datetime.datetime
) -> Iterator[Opened]:
    """Hold a key open that is of those who sign with it by a profile."""
    with opened(key, secret, now) as result:
        for signer in profile.signers:
            if signer.key.id == key.id:
                refuse_other(signer, result.certificate)
        yield result


@dataclass(slots=True)
class Bench:
    """Keys held open for as long as the process lives, and what else every file needs."""

    keys: Mapping[str, Opened]
    ink: Ink
    plan: Plan
    held: ExitStack
    _services: Services | None = None
    _until: float = 0

    @property
    def certificates(self) -> Mapping[str, Certificate]:
        """The certificates of the keys at hand, by the names of these."""
        return {name: one.certificate for name, one in self.keys.items()}

    def services(self) -> Services:
        """Return the services; what they answered is asked for anew after some minutes."""
        if self._services is None or time.monotonic() > self._until:
            plan = self.plan
            stamper, size = time_stamper(plan.service, DIGEST) if plan.service else (None, 0)
            trust = trust_in(read_roots(plan.roots)) if plan.roots else None
            self._services = Services(stamper, size, trust)
            self._until = time.monotonic() + _LONGEST
        return self._services


@lru_cache(maxsize=1)
def open_bench(plan: Plan) -> Bench:
    """Open the keys of a plan once in this process."""
    now = datetime.datetime.now(datetime.UTC)
    secrets = dict(zip(plan.keys, plan.secrets, strict=True))
    with ExitStack() as held:
        keys = {
            one.id: held.enter_context(_fitting(one, plan.profile, secrets.__getitem__, now))
            for one in plan.keys
        }
        if plan.profile.level is not Level.B and not plan.service:
            raise SigningError("немає служби позначок часу")
        ink = held.enter_context(ink_of(plan.template, plan.font))
        kept = held.pop_all()
    # Workers live as long as their pool and are told nothing of its end.
    Finalize(None, kept.close, exitpriority=1)
    return Bench(keys, ink, plan, kept)


@contextmanager
def closing_bench(plan: Plan) -> Iterator[None]:
    """Let the keys go in the end that this process holds open: a token may be wanted by others."""
    try:
        yield
    finally:
        if open_bench.cache_info().currsize:
            open_bench(plan).held.close()
            open_bench.cache_clear()


@contextmanager
def bench_of(plan: Plan) -> Iterator[Bench]:
    """Hold the keys of a plan open for the time of a ``with``.

    Raises:
        KeyFaultError: when one cannot be opened.
    """
    with closing_bench(plan):
        yield open_bench(plan)
