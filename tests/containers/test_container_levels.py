"""Containers of every level hold by the word of DSS and of OpenSSL, and by our own reader."""

from __future__ import annotations

import datetime
import itertools
import subprocess
from pathlib import Path

import pytest
from asn1crypto import pem
from authority import Authority
from beside import FILES, contained, judged_by, members, services, signers
from dss import validate

from reportgen.model.verdict import Kind, Level, Outcome
from reportgen.sign.container import (
    ContainerError,
    add_signature,
    enclose,
    read_container,
    write_container,
)
from reportgen.sign.containers import renewed_container, signed_container, signed_further
from reportgen.verify.container import judge_container

NOW = datetime.datetime.now(datetime.UTC)
WHO = {"head": "Краснопір Оксана Іванівна", "seal": "Житомирська міська рада"}


@pytest.fixture(params=["authority", "rsa_authority"])
def any_authority(request: pytest.FixtureRequest) -> Authority:
    found: Authority = request.getfixturevalue(request.param)
    return found


@pytest.mark.slow
@pytest.mark.judge("dss")
def test_dss_finds_every_level(any_authority: Authority, tmp_path: Path) -> None:
    asked: dict[Path, tuple[Level, tuple[str, ...]]] = {}
    for level, names in itertools.product(Level, [("head",), ("head", "seal")]):
        path = tmp_path / f"{level.value}, {len(names)}.asice"
        path.write_bytes(contained(any_authority, level, *names))
        asked[path] = level, names
    renewed = tmp_path / "поновлений.asice"
    once = renewed_container(path.read_bytes(), *services(any_authority))
    renewed.write_bytes(renewed_container(once, *services(any_authority)))
    asked[renewed] = Level.LTA, ("head", "seal")
    judged = validate(asked, [any_authority.root], online=True)
    for path, (level, names) in asked.items():
        found = judged[path]
        assert set(found.contents) == set(FILES)
        assert found.levels == [f"CAdES-BASELINE-{level.value[2:]}"] * len(names)
        assert [one.signer for one in found.signatures] == [WHO[one] for one in names]
        assert all(set(one.files) > set(FILES) for one in found.signatures)
        assert {one.verdict for one in found.stamps} <= {"PASSED"}
        assert not [one for one in (*found.signatures, *found.stamps) if one.warnings]
    assert [one.level for one in judged[renewed].stamps].count("CONTAINER_TIMESTAMP") == 3


@pytest.mark.slow
@pytest.mark.judge("dss")
def test_evidence_holds_years_later_without_any_network(
    authority: Authority, tmp_path: Path
) -> None:
    """The signer's certificate ends in two years, the time-stamps' in eight."""
    path = tmp_path / "lta.asice"
    path.write_bytes(contained(authority, Level.LTA, "head", "seal"))
    later = NOW + datetime.timedelta(days=5 * 365)
    judged = validate([path], [authority.root], at=later)[path]
    assert judged.levels == ["CAdES-BASELINE-LTA"] * 2


@pytest.mark.tool("openssl")
def test_openssl_verifies_the_signature_of_the_manifest(
    any_authority: Authority, tmp_path: Path
) -> None:
    found = members(contained(any_authority, Level.T, "head"))
    (tmp_path / "signature").write_bytes(found["META-INF/signature001.p7s"])
    (tmp_path / "manifest").write_bytes(found["META-INF/ASiCManifest001.xml"])
    (tmp_path / "issuer").write_bytes(any_authority.certificate("issuer"))
    command = ["openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER"]
    command += ["-in", "signature", "-content", "manifest", "-CAfile", str(any_authority.root)]
    done = subprocess.run(
        [*command, "-out", "verified"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "verified").read_bytes() == found["META-INF/ASiCManifest001.xml"]


@pytest.mark.slow
@pytest.mark.tool("openssl")
@pytest.mark.judge("dss")
def test_a_signature_made_by_another_program_is_put_in(
    any_authority: Authority, tmp_path: Path
) -> None:
    prepared = enclose(FILES).prepared()
    assert prepared.unsigned
    (tmp_path / "manifest").write_bytes(prepared.meta[prepared.unsigned])
    for name in ("head", "issuer"):
        certificate = pem.armor("CERTIFICATE", any_authority.certificate(name))
        (tmp_path / name).write_bytes(certificate)
    (tmp_path / "key").write_bytes(pem.armor("PRIVATE KEY", any_authority.key("head")))
    command = ["openssl", "cms", "-sign", "-binary", "-cades", "-md", "sha256", "-outform", "DER"]
    command += ["-signer", "head", "-certfile", "issuer", "-inkey", "key", "-in", "manifest"]
    subprocess.run([*command, "-out", "cms"], cwd=tmp_path, capture_output=True, check=True)
    path = tmp_path / "openssl.asice"
    cms = (tmp_path / "cms").read_bytes()
    path.write_bytes(add_signature(write_container(prepared), cms))
    [judged] = validate([path], [any_authority.root], online=True).values()
    assert judged.levels == ["CAdES-BASELINE-B"]
    verdict = judge_container("а.asice", path.read_bytes(), judged_by(any_authority, NOW))
    assert verdict.outcome is Outcome.VALID


@pytest.mark.parametrize("level", Level)
def test_our_reader_takes_every_level(authority: Authority, level: Level) -> None:
    data = contained(authority, level, "head", "seal")
    verdict = judge_container("а.asice", data, judged_by(authority, NOW))
    assert (verdict.outcome, verdict.faults) == (Outcome.VALID, ())
    places = [one.place for one in verdict.signed]
    assert places[:2] == ["META-INF/signature001.p7s", "META-INF/signature002.p7s"]
    stamps = [one for one in verdict.signed if one.kind is Kind.TIME_STAMP]
    assert len(stamps) == (level is Level.LTA)


def test_a_reader_judges_each_layer_by_the_one_around_it(authority: Authority) -> None:
    """When all certificates of signers have expired, only what archive time-stamps cover holds."""
    later = NOW + datetime.timedelta(days=4 * 365)
    judge = judged_by(authority, later)
    level = {one: contained(authority, one, "head") for one in (Level.LT, Level.LTA)}
    assert judge_container("а", level[Level.LT], judge).outcome is Outcome.INVALID
    assert judge_container("а", level[Level.LTA], judge).outcome is Outcome.VALID
    renewed = renewed_container(level[Level.LTA], *services(authority))
    verdict = judge_container("а", renewed, judge)
    assert [one.outcome for one in verdict.signed] == [Outcome.VALID] * 3
    assert verdict.signed[0].holds_until == verdict.signed[1].holds_until


def test_a_second_signer_comes_later(authority: Authority) -> None:
    head, seal = signers(authority, "head", "seal")
    once = signed_container(FILES, [head], Level.LT, *services(authority))
    both = signed_further(once, [seal], Level.LTA, *services(authority))
    verdict = judge_container("а.asice", both, judged_by(authority, NOW))
    assert [one.outcome for one in verdict.signed] == [Outcome.VALID] * 3
    with pytest.raises(ContainerError, match="закрито архівною позначкою"):
        signed_further(both, [head], Level.B)


@pytest.mark.parametrize("level", [Level.T, Level.LT, Level.LTA])
def test_levels_ask_for_their_services(authority: Authority, level: Level) -> None:
    stamps, _ = services(authority)
    for given in [(), (stamps,)][: 1 if level is Level.T else 2]:
        with pytest.raises(ValueError, match=level.value):
            signed_container(FILES, signers(authority, "head"), level, *given)


def test_what_has_no_archive_time_stamp_is_not_renewed(authority: Authority) -> None:
    with pytest.raises(ContainerError, match="немає архівної позначки"):
        renewed_container(contained(authority, Level.B, "head"), *services(authority))


def test_signing_leaves_all_bytes_but_those_of_signatures(authority: Authority) -> None:
    prepared = enclose(FILES).prepared()
    found = read_container(contained(authority, Level.B, "head"))
    assert found.files == prepared.files
    assert {**found.meta, **prepared.meta} == found.meta
