"""Files that are signed already: what stands in ``signed/``, and whether one may sign on."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path

from pyhanko.pdf_utils.misc import PdfError

from reportgen.build.aside import free_name
from reportgen.build.files import read_regular
from reportgen.diagnostics import reason
from reportgen.model.signing import SigningProfile
from reportgen.model.verdict import Level, Outcome, Verdict
from reportgen.sign.faults import SigningError
from reportgen.sign.fields import states
from reportgen.sign.revision import revision_of
from reportgen.sign.standing import is_signed_at_once
from reportgen.sign.turns import field_names, is_of, next_turn
from reportgen.verify import judge, read_trust

_LARGEST = 1024 * 1024 * 1024  # bytes of a PDF
_AGAIN = "щоб підписати наново, додайте --replace (підписаний файл буде відкладено, не стерто)"
_FOREIGN = "файл у signed не такий, яким його лишило підписування"


def read_pdf(path: Path) -> bytes:
    """Return a PDF's bytes.

    Raises:
        SigningError: when it cannot be read.
    """
    try:
        return read_regular(path, _LARGEST)
    except OSError as error:
        raise SigningError(f"не читається: {reason(error)}") from error


def _standing(
    built: bytes, there: bytes, profile: SigningProfile, roots: Sequence[Path]
) -> Verdict:
    """Return what is found of a signed file; it has to be the built one and sound signatures.

    Raises:
        SigningError: with what is wrong with it.
    """
    if not is_signed_at_once(built, there):
        raise SigningError(f"{_FOREIGN}: між складеним і першим підписом щось дописано")
    trust = read_trust(roots)
    verdict = judge(there, "", trust, datetime.datetime.now(datetime.UTC))
    faults = [*verdict.faults, *(each for one in verdict.signed for each in one.faults)]
    if verdict.outcome is Outcome.INVALID:
        raise SigningError(f"{_FOREIGN}: {faults[0] if faults else verdict.outcome.value}")
    officials = dict(zip(field_names(profile), profile.signers, strict=True))
    for one in verdict.signed:
        signer = officials.get(one.place)
        name = one.holder.name if one.holder else ""
        if signer and signer.official and not is_of(signer.official, name):
            raise SigningError(f"{_FOREIGN}: «{one.place}» — підпис {name or 'невідомо чий'}")
    return verdict


def _is_below(verdict: Verdict, profile: SigningProfile) -> bool:
    """Tell whether no signature of a file has the level of the profile."""
    order = [*Level]
    levels = [order.index(one.level) for one in verdict.signed if one.level]
    return max(levels, default=0) < order.index(profile.level)


def signed_so_far(
    goal: Path, built: bytes, profile: SigningProfile, roots: Sequence[Path], *, replace: bool
) -> tuple[bytes | None, Path | None]:
    """Return the signed file, if it is of the very bytes that were built; else where it would go.

    ``replace`` asks to sign anew what cannot be signed on, and what all have signed at a level
    below the profile's.

    Raises:
        SigningError: when it is of others, and not to be replaced.
    """
    if not os.path.lexists(goal):
        return None, None
    there = read_pdf(goal)
    if there.startswith(built):
        try:
            verdict = _standing(built, there, profile, roots)
            turn = next_turn(there, profile)
        except SigningError as error:
            if not replace:
                raise SigningError(f"{error}; {_AGAIN}") from error
        else:
            if turn or not replace or not _is_below(verdict, profile):
                return there, None
    elif not replace:
        raise SigningError(
            f"уже підписано, але з іншого складання: цифри могли змінитися; {_AGAIN}"
        )
    return None, free_name(goal)


def is_signed(source: Path, goal: Path) -> bool:
    """Tell whether a file is of the very bytes of a built one, and all have signed who were to.

    Whether the signatures hold is for ``verify`` to say.
    """
    try:
        built, there = read_regular(source, _LARGEST), read_regular(goal, _LARGEST)
    except OSError:
        return False
    try:
        fields = states(revision_of(there)) if there.startswith(built) else {}
    except (PdfError, ValueError, KeyError, TypeError, RecursionError):
        return False
    return bool(fields) and all(fields.values())
