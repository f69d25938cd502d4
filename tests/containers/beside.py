"""A judge of messages by pyHanko alone, for tests of containers; and what containers hold."""

from __future__ import annotations

import asyncio
import datetime
import functools
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

from asn1crypto import cms, core, x509
from authority import PASSWORD, Authority
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign import SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation.generic_cms import (
    async_validate_detached_cms,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from reportgen.model.verdict import Kind, Level, Outcome, Signed
from reportgen.sign.containers import signed_container
from reportgen.verify.container import Judge, Proven

FILES: Mapping[str, bytes] = {
    "Звіт за 2023 рік.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "додатки/таблиця № 1.xlsx": b"PK\3\4 sheets",
    "рішення.docx": b"PK\3\4 words",
    "manifest.json": b"{}\n",
}


def signers(authority: Authority, *names: str) -> list[SimpleSigner]:
    loaded = [
        SimpleSigner.load_pkcs12(str(authority.pfx(one)), passphrase=PASSWORD.encode())
        for one in names
    ]
    return [one for one in loaded if one]


def services(authority: Authority) -> tuple[HTTPTimeStamper, ValidationContext]:
    roots = [*load_certs_from_pemder([str(authority.root)])]
    context = ValidationContext(trust_roots=roots, allow_fetching=True, revocation_mode="hard-fail")
    return HTTPTimeStamper(authority.time_stamps), context


_CONTAINED: dict[tuple[str, Level, tuple[str, ...]], bytes] = {}


def contained(authority: Authority, level: Level, *names: str) -> bytes:
    """Return ``FILES`` in a container, signed once in a run."""
    key = authority.url, level, names
    if key not in _CONTAINED:
        given = signers(authority, *names), level, *services(authority)
        _CONTAINED[key] = signed_container(FILES, *given)
    return _CONTAINED[key]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def judged_by(authority: Authority, at: datetime.datetime) -> Judge:
    """Return a judge that trusts one root; the level is what is there, not what is proven."""
    roots = [*load_certs_from_pemder([str(authority.root)])]

    @functools.cache  # bytes around a message change more often than the message
    def judge(place: str, der: bytes, content: bytes, proven: Proven | None) -> Signed:
        moment = proven.moment if proven else at
        try:
            outcome, stamped = asyncio.run(_checked(der, content, roots, moment))
        except Exception:  # noqa: BLE001 - whatever broken bytes make of a library
            outcome, stamped = Outcome.INVALID, None
        level = Level.LTA if proven else Level.B
        until = proven.until if proven else at + datetime.timedelta(days=1)
        return Signed(place, Kind.SIGNATURE, outcome, None, level, None, stamped, until)

    return judge


async def _checked(
    der: bytes, content: bytes, roots: Sequence[x509.Certificate], moment: datetime.datetime
) -> tuple[Outcome, datetime.datetime | None]:
    data = cms.ContentInfo.load(der, strict=True)["content"]
    held = () if data["crls"] is core.VOID else data["crls"]
    answers = [one.chosen["other_rev_info"] for one in held if one.name == "other"]
    context = ValidationContext(
        trust_roots=roots,
        moment=moment,
        ocsps=answers,
        crls=[one.chosen for one in held if one.name == "crl"],
        retroactive_revinfo=True,
    )
    if data["encap_content_info"]["content_type"].native == "tst_info":
        found = await validate_tst_signed_data(data, context, lambda one: _digest(one, content))
        status = TimestampSignatureStatus(**found)
        sound, stamped = status.valid and status.intact and status.trusted, status.timestamp
    else:
        signed = await async_validate_detached_cms(content, data, context)
        stamp = signed.timestamp_validity
        sound = signed.bottom_line
        stamped = stamp.timestamp if stamp else None
    return (Outcome.VALID if sound else Outcome.INVALID), stamped


def _digest(name: str, content: bytes) -> bytes:
    return hashlib.new(name, content).digest()
