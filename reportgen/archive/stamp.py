"""Time-stamps of the journal's end (RFC 3161): they prove that its lines were there at that time.

``journal.0007.tsr`` is a time-stamp response over the first seven lines, in DER, as ``openssl ts``
reads it. Whoever writes the journal anew cannot have such a token for what they have written.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.archive.reading import read_whole
from reportgen.diagnostics import plural, reason
from reportgen.model.moments import likely
from reportgen.model.verdict import Holder, Kind, Outcome, Signed, Verdict

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

TOKEN: Final = re.compile(r"journal\.([0-9]{4,9})\.tsr")
_LARGEST: Final = 256 * 1024  # bytes


def token_name(lines: int) -> str:
    """Return the file of the token over so many first lines."""
    return f"journal.{lines:04}.tsr"


def stamped(journal: bytes, stamper: TimeStamper) -> bytes:
    """Return the response of a time-stamping service for a journal as it is.

    Raises:
        OSError: when the service does not answer, or refuses.
    """
    from asn1crypto.tsp import TimeStampResp  # noqa: PLC0415 - only who stamps or judges needs it

    digest = hashlib.sha256(journal).digest()
    token = asyncio.run(stamper.async_timestamp(digest, "sha256"))
    response = TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
    data: bytes = response.dump()
    return data


def moment_of(response: bytes) -> datetime.datetime:
    """Return the time that a response of a service gives.

    Raises:
        ValueError: when it is none.
    """
    from asn1crypto.tsp import TimeStampResp  # noqa: PLC0415

    token = TimeStampResp.load(response, strict=True)["time_stamp_token"]["content"]
    time = likely(token["encap_content_info"]["content"].parsed["gen_time"].native)
    if time is None:
        raise ValueError("служба часу назвала неможливий час")
    return time


def stamps_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each token that lies in an archive, by its file."""
    found: dict[str, str] = {}
    for path in folder.iterdir():
        if _named(path):
            with contextlib.suppress(OSError):  # a link, a pipe: inspection tells of it
                found[path.name] = hashlib.sha256(read_whole(path, _LARGEST)).hexdigest()
    return found


def stamped_lines(folder: Path) -> list[int]:
    """Return how many lines each token of an archive says that it is over."""
    return [lines_of(path.name) for path in folder.iterdir() if _named(path)]


def lines_of(name: str) -> int:
    """Return how many lines a token is over, by its name; 0 for a file that is none."""
    found = TOKEN.fullmatch(name)
    return int(found[1]) if found else 0


def judge_stamps(folder: Path, journal: bytes, roots: Sequence[bytes]) -> list[Verdict]:
    """Return what is found of each token that lies in an archive."""
    found = sorted((int(name[1]), path) for path in folder.iterdir() if (name := _named(path)))
    return [_judged(path, lines, journal, roots) for lines, path in found]


def _named(path: Path) -> re.Match[str] | None:
    return TOKEN.fullmatch(path.name)


def _judged(path: Path, lines: int, journal: bytes, roots: Sequence[bytes]) -> Verdict:
    try:
        data = read_whole(path, _LARGEST)
    except OSError as error:
        return Verdict(path.name, "", (), (f"{path.name} не читається: {reason(error)}",))
    sha256 = hashlib.sha256(data).hexdigest()
    parts = journal.split(b"\n")[:-1]
    if len(parts) < lines:
        given = f"{lines} {plural(lines, ('рядок', 'рядки', 'рядків'))}"
        fault = f"позначка засвідчує {given} журналу, а в ньому {len(parts)}: кінець відрізано"
        return Verdict(path.name, sha256, (), (fault,))
    first = b"".join(part + b"\n" for part in parts[:lines])
    try:
        signed = _signed(data, first, path.name, roots)
    except Exception:  # noqa: BLE001 - a hostile token makes the library fail in any way
        fault = "файл позначки часу зіпсовано: його не вдається прочитати"
        return Verdict(path.name, sha256, (), (fault,))
    return Verdict(path.name, sha256, (signed,))


def _signed(data: bytes, journal: bytes, place: str, roots: Sequence[bytes]) -> Signed:
    from asn1crypto import x509  # noqa: PLC0415
    from asn1crypto.tsp import TimeStampResp  # noqa: PLC0415
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    response = TimeStampResp.load(data, strict=True)
    token = response["time_stamp_token"]["content"]
    time = moment_of(data)
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(one) for one in roots],
        moment=time,
        best_signature_time=time,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status: dict[str, Any] = asyncio.run(
        validate_tst_signed_data(
            token, context, lambda algorithm: hashlib.new(algorithm, journal).digest()
        )
    )
    faults = []
    if response.copy().dump(force=True) != data:
        faults.append("файл позначки змінено")
    if not (status["intact"] and status["valid"]):
        faults.append("позначка засвідчує інший журнал: його переписано чи змінено")
    certificate = status["signing_cert"]
    trusted = status.get("validation_path") is not None
    outcome = Outcome.VALID if trusted else Outcome.UNTRUSTED
    return Signed(
        place=place,
        kind=Kind.TIME_STAMP,
        outcome=Outcome.INVALID if faults else outcome,
        holder=_holder(certificate),
        level=None,
        claimed=None,
        stamped=time,
        holds_until=certificate.not_valid_after.astimezone(datetime.UTC),
        faults=tuple(faults),
    )


def _holder(certificate: Any) -> Holder:  # noqa: ANN401 - of a library without types
    subject = certificate.subject.native
    return Holder(
        name=str(subject.get("common_name", "")),
        position="",
        organisation=str(subject.get("organization_name", "")),
        code=str(subject.get("organization_identifier", "")).rpartition("-")[2],
        serial=f"{certificate.serial_number:X}",
        issuer=str(certificate.issuer.native.get("common_name", "")),
        since=certificate.not_valid_before.astimezone(datetime.UTC),
        until=certificate.not_valid_after.astimezone(datetime.UTC),
    )
