"""Signatures beside files: made by OpenSSL and pyHanko, in all spellings, and by unknown keys."""

from __future__ import annotations

import asyncio
import base64
import subprocess
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core, pem
from authority import Authority
from made_signatures import NOW, plain, signed, signer, trusted
from pyhanko.sign import timestamps

from reportgen.model.verdict import Level, Outcome
from reportgen.verify import Trust, judge

_DATA = "Звіт про виконання програми\n".encode()


def made(authority: Authority, level: Level = Level.B, *, detached: bool = True) -> bytes:
    """Return a signature by pyHanko, as CAdES."""
    stamper = None if level is Level.B else timestamps.HTTPTimeStamper(authority.time_stamps)
    work = signer("head", authority).async_sign_general_data(
        _DATA, "sha256", detached=detached, timestamper=stamper, use_cades=True
    )
    return bytes(asyncio.run(work).dump())


@pytest.mark.parametrize("level", [Level.B, Level.T])
def test_a_signature_beside_a_file(authority: Authority, level: Level) -> None:
    verdict = judge(made(authority, level), "x.p7s", trusted(authority), NOW, _DATA)
    assert (verdict.outcome, verdict.faults) == (Outcome.VALID, ())
    assert verdict.signed[0].level is level
    changed = judge(made(authority, level), "x.p7s", trusted(authority), NOW, _DATA + b" ")
    assert changed.signed[0].faults == ("підписані байти змінено після підпису",)


def test_the_file_is_found_by_its_name(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "звіт.pdf").write_bytes(_DATA)
    beside = tmp_path / "звіт.pdf.p7s"
    beside.write_bytes(made(authority))
    assert judge(beside, "звіт.pdf.p7s", trusted(authority), NOW).outcome is Outcome.VALID
    (tmp_path / "звіт.pdf").unlink()
    assert judge(beside, "x", trusted(authority), NOW).faults == (
        "немає файлу, до якого належить цей підпис: покладіть його поруч",
    )


def test_a_signature_may_hold_its_file(authority: Authority) -> None:
    data = made(authority, detached=False)
    assert judge(data, "x.p7m", trusted(authority), NOW).outcome is Outcome.VALID
    other = judge(data, "x.p7m", trusted(authority), NOW, b"other")
    assert other.faults == ("у підпис вкладено не той файл, що лежить поруч",)


def test_all_spellings_are_read(authority: Authority) -> None:
    data = made(authority)
    for spelt in (pem.armor("PKCS7", data), base64.b64encode(data), base64.encodebytes(data)):
        assert judge(spelt, "x.p7s", trusted(authority), NOW, _DATA).outcome is Outcome.VALID


@pytest.mark.tool("openssl")
@pytest.mark.parametrize("name", ["authority", "rsa_authority"])
def test_openssl_signs_and_agrees(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Two signers in one message: OpenSSL adds one after the other."""
    authority: Authority = request.getfixturevalue(name)
    (tmp_path / "x").write_bytes(_DATA)
    chain = pem.armor("CERTIFICATE", authority.certificate("issuer"))
    (tmp_path / "chain.pem").write_bytes(chain)
    call = ["openssl", "cms", "-sign", "-binary", "-cades", "-outform", "DER"]
    call += ["-in", "x", "-out", "x.p7s", "-certfile", "chain.pem", "-md", "sha256"]
    for who in ("head", "seal"):
        certificate = pem.armor("CERTIFICATE", authority.certificate(who))
        key = pem.armor("PRIVATE KEY", authority.key(who))
        (tmp_path / f"{who}.pem").write_bytes(certificate + key)
        call += ["-signer", f"{who}.pem"]
    subprocess.run(call, cwd=tmp_path, check=True, capture_output=True)
    verdict = judge(tmp_path / "x.p7s", "x.p7s", trusted(authority), NOW)
    assert [one.outcome for one in verdict.signed] == [Outcome.VALID, Outcome.VALID]
    asked = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "x.p7s"]
    asked += ["-content", "x", "-CAfile", str(authority.root), "-purpose", "any"]
    for data, expected in ((_DATA, 0), (_DATA + b"!", 4)):
        (tmp_path / "x").write_bytes(data)
        done = subprocess.run(asked, cwd=tmp_path, check=False, capture_output=True)
        ours = judge(tmp_path / "x.p7s", "x.p7s", trusted(authority), NOW).outcome
        assert (done.returncode, ours is Outcome.VALID) == (expected, expected == 0)


@pytest.mark.tool("pdfsig")
@pytest.mark.parametrize("level", [Level.B, Level.LTA])
def test_poppler_agrees_on_integrity(level: Level, authority: Authority, tmp_path: Path) -> None:
    data = signed(plain(), authority, level=level)
    for changed in (data, data[:300] + bytes([data[300] ^ 1]) + data[301:]):
        (tmp_path / "x.pdf").write_bytes(changed)
        told = subprocess.run(
            ["pdfsig", "-nocert", "x.pdf"], cwd=tmp_path, capture_output=True, check=False
        ).stdout.decode()
        sound = told.count("Signature is Valid") == 1  # it knows no stamps over documents
        assert sound == (judge(changed, "x", trusted(authority), NOW).outcome is Outcome.VALID)


def _by_national_key(data: bytes, digest: str = "sha256") -> bytes:
    """Return a signature that names ДСТУ 4145 for its algorithm, and perhaps ГОСТ 34.311."""
    found = cms.ContentInfo.load(data)
    info = found["content"]["signer_infos"][0]
    number = {"algorithm": "1.2.804.2.1.1.1.1.3.1.1"}
    info["signature_algorithm"] = algos.SignedDigestAlgorithm(number)
    if digest != "sha256":
        info["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": digest})
    return bytes(found.dump(force=True))


def test_a_national_key_is_not_reckoned_but_told(authority: Authority) -> None:
    forged = _by_national_key(made(authority))
    one = judge(forged, "x.p7s", trusted(authority), NOW, _DATA).signed[0]
    assert one.outcome is Outcome.UNKNOWN
    assert one.faults[0].startswith("ДСТУ 4145: байти ті самі, що підписано")
    assert one.faults[0].endswith("перевірте файл на czo.gov.ua/verify")
    assert one.holder is not None
    assert one.holder.code == "03192737"
    other = judge(forged, "x.p7s", trusted(authority), NOW, b"other").signed[0]
    assert other.outcome is Outcome.INVALID


def test_a_national_digest_is_not_reckoned(authority: Authority) -> None:
    forged = _by_national_key(made(authority), "1.2.804.2.1.1.1.1.2.1")
    one = judge(forged, "x.p7s", trusted(authority), NOW, b"other").signed[0]
    assert (one.outcome, one.faults) == (
        Outcome.UNKNOWN,
        ("ГОСТ 34.311: тут не обчислюється; перевірте файл на czo.gov.ua/verify",),
    )


def test_what_is_laid_into_the_envelope_is_told(
    authority: Authority, rsa_authority: Authority
) -> None:
    """No signature covers certificates and attributes beside it."""
    with_attribute = cms.ContentInfo.load(made(authority))
    info = with_attribute["content"]["signer_infos"][0]
    beside = {"type": "1.2.3.4", "values": [core.Integer(1)]}
    info["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(beside)])
    verdict = judge(with_attribute.dump(), "x", trusted(authority), NOW, _DATA)
    assert verdict.signed[0].faults == ("до підпису докладено дані, яких він не охоплює",)
    stranger = cms.ContentInfo.load(made(authority))
    certificate = rsa_authority.certificate("ocsp")
    held = [one.chosen.dump() for one in stranger["content"]["certificates"]]
    chosen = [cms.CertificateChoices.load(one) for one in (*held, certificate)]
    stranger["content"]["certificates"] = cms.CertificateSet(chosen)
    verdict = judge(stranger.dump(), "x", trusted(authority), NOW, _DATA)
    assert verdict.outcome is Outcome.INVALID
    assert "«OCSP» у підписі ніхто не ручається" in verdict.signed[0].faults[0]


def test_nobody_trusted_is_told(authority: Authority) -> None:
    verdict = judge(made(authority), "x", Trust(), NOW, _DATA)
    assert (verdict.outcome, verdict.signed[0].level) == (Outcome.UNTRUSTED, Level.B)
