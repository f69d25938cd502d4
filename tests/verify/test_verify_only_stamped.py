"""A time-stamp alone is no signature: anybody can have one, of any file."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile

from authority import Authority
from made_signatures import NOW, plain, stamped_by_hand, trusted
from pyhanko.sign import timestamps

from reportgen.model.verdict import Outcome
from reportgen.sign.container import enclose, write_container
from reportgen.verify import judge

_FAULT = "підписів немає: сама позначка часу не каже, хто підписав"
_IN_PLACE = "на місці підпису стоїть позначка часу"
_DATA = b"%PDF-1.7\n"


def _token(authority: Authority, data: bytes) -> bytes:
    service = timestamps.HTTPTimeStamper(authority.time_stamps)
    found = asyncio.run(service.async_timestamp(hashlib.sha256(data).digest(), "sha256"))
    return bytes(found.dump())


def test_of_a_pdf(rsa_authority: Authority) -> None:
    data = stamped_by_hand(plain(), rsa_authority, NOW)
    verdict = judge(data, "x.pdf", trusted(rsa_authority), NOW)
    assert (verdict.outcome, verdict.faults) == (Outcome.INVALID, (_FAULT,))


def test_beside_a_file(authority: Authority) -> None:
    verdict = judge(_token(authority, _DATA), "x.p7s", trusted(authority), NOW, _DATA)
    assert (verdict.outcome, verdict.faults[-1]) == (Outcome.INVALID, _FAULT)


def test_under_a_manifest(authority: Authority) -> None:
    made = enclose({"звіт.pdf": _DATA}).prepared()
    data = write_container(made.signed(_token(authority, made.meta[made.unsigned])))
    verdict = judge(data, "x.asice", trusted(authority), NOW)
    assert (verdict.outcome, verdict.faults) == (Outcome.INVALID, (_FAULT,))
    assert verdict.signed[0].faults == (_IN_PLACE,)


def test_in_a_simple_container(authority: Authority) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-s+zip")
        archive.writestr("звіт.pdf", _DATA)
        archive.writestr("META-INF/signature.p7s", _token(authority, _DATA))
    verdict = judge(out.getvalue(), "x.asics", trusted(authority), NOW)
    assert (verdict.outcome, verdict.faults) == (Outcome.INVALID, (_FAULT,))
    assert verdict.signed[0].faults == (_IN_PLACE,)
