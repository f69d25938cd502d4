"""Whether a certificate was good at a moment, by evidence at hand alone: nothing is fetched."""

from __future__ import annotations

import datetime
from collections.abc import Coroutine
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeVar

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import load_der_x509_certificate
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator import errors as refused
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import async_validate_path

from reportgen.model.moments import within_calendar
from reportgen.model.verdict import Outcome
from reportgen.verify.algorithms import ELSEWHERE, called, is_known
from reportgen.verify.evidence import Evidence
from reportgen.verify.reasons import of_chain, without_root
from reportgen.verify.trust import Trust

_MOST_PATHS: Final = 8  # ways from a certificate to roots: by cross-certificates there are two
_MOST_CERTIFICATES: Final = 500
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a certificate is worth at a moment.

    ``complete`` tells whether evidence says of each certificate of the chain that it was not
    revoked; ``until`` is when the first of the chain expires.
    """

    outcome: Outcome
    fault: str = ""
    complete: bool = False
    until: datetime.datetime | None = None


def certify(
    certificate: x509.Certificate, evidence: Evidence, moment: datetime.datetime, trust: Trust
) -> Standing:
    """Judge a certificate at a moment."""
    if len(evidence.certificates) > _MOST_CERTIFICATES:
        return Standing(Outcome.INVALID, "у файлі забагато сертифікатів")
    strict = _context(evidence, moment, trust, "hard-fail")
    try:
        paths = [one for one in _finished(_paths(strict, certificate)) if _is_joined(one)]
    except refused.PathError:
        paths = []
    if not paths:
        return Standing(Outcome.UNTRUSTED, without_root(certificate, evidence))
    found = [_along(path, evidence, moment, trust, strict) for path in paths]
    return min(found, key=lambda one: ([*Outcome].index(one.outcome), not one.complete))


def _along(
    path: ValidationPath,
    evidence: Evidence,
    moment: datetime.datetime,
    trust: Trust,
    strict: ValidationContext,
) -> Standing:
    """Judge a way to a root: strictly first, then without answers on revocation."""
    links = [*path.iter_certs(include_root=False)] or [*path.iter_certs(include_root=True)]
    ends = (one["tbs_certificate"]["validity"]["not_after"].native for one in links)
    until = min(map(within_calendar, ends))
    for one in links:
        algorithm = one["signature_algorithm"]
        if not is_known(algorithm):
            named = called(algorithm["algorithm"].native)
            fault = f"{named}: сертифікат засвідчено так, що тут не перевірити; {ELSEWHERE}"
            return Standing(Outcome.UNKNOWN, fault)
    try:
        _finished(async_validate_path(strict, path))
    except refused.InsufficientRevinfoError:
        pass
    except Exception as error:  # noqa: BLE001 - of a key that is none, or of another kind
        return Standing(Outcome.INVALID, of_chain(error, moment))
    else:
        return Standing(
            Outcome.VALID, complete=bool(evidence.answers or evidence.lists), until=until
        )
    try:
        _finished(async_validate_path(_context(evidence, moment, trust, "soft-fail"), path))
    except refused.InsufficientRevinfoError:
        return Standing(Outcome.VALID, until=until)
    except Exception as error:  # noqa: BLE001 - of a key that is none, or of another kind
        return Standing(Outcome.INVALID, of_chain(error, moment))
    return Standing(Outcome.VALID, until=until)


def _context(
    evidence: Evidence, moment: datetime.datetime, trust: Trust, mode: str
) -> ValidationContext:
    """Return what a chain is judged by.

    An answer on revocation is as good when it is given after the moment: a revocation is told with
    its time, and one after the moment does not undo a signature.
    """
    return ValidationContext(
        trust_roots=list(trust.roots),
        other_certs=list(evidence.certificates),
        moment=moment,
        ocsps=list(evidence.answers),
        crls=list(evidence.lists),
        revocation_mode=mode,
        retroactive_revinfo=True,
        allow_fetching=False,
    )


async def _paths(context: ValidationContext, certificate: x509.Certificate) -> list[ValidationPath]:
    found = context.path_builder.async_build_paths_lazy(certificate)
    paths: list[ValidationPath] = []
    async for path in found:
        paths.append(path)
        if len(paths) == _MOST_PATHS:
            await found.cancel()
            break
    return paths


def is_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether one certificate has signed another.

    A signature is whole bytes: where its last bit is 0, libraries let it be called unused.
    """
    if certificate["signature_value"].contents[:1] != b"\0":
        return False
    try:
        below, above = (load_der_x509_certificate(one.dump()) for one in (certificate, issuer))
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _is_joined(path: ValidationPath) -> bool:
    """Tell whether each certificate has signed the next: new keys often come by an old name."""
    links = [*path.iter_certs(include_root=True)]
    known = [one for one in pairwise(links) if is_known(one[1]["signature_algorithm"])]
    return all(is_issued(below, above) for above, below in known)


def _finished(work: Coroutine[Any, Any, _Answer]) -> _Answer:
    """Return what work comes to that may wait for nothing: whoever waits here waits for a network.

    Raises:
        RuntimeError: if it waits nevertheless.
    """
    try:
        work.send(None)
    except StopIteration as done:
        answer: _Answer = done.value
        return answer
    work.close()
    raise RuntimeError("verification must not wait for anything")
