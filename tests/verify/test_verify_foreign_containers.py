"""Containers as other programs make them: what no signature covers is told of, or refused."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from authority import Authority
from made_signatures import NOW, signer, trusted

from reportgen.model.verdict import Outcome, Verdict
from reportgen.sign.container import enclose
from reportgen.verify import judge

_LIST = "META-INF/manifest.xml"
_ODF = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">%b</m:manifest>'


def _members(authority: Authority) -> dict[str, bytes]:
    """Return members whose manifest does not say that the archive is plain."""
    whole = enclose({"звіт.pdf": b"%PDF-1.7\n"}).prepared()
    manifest = re.sub(
        rb"<asic:ASiCManifestExtensions>.*</asic:ASiCManifestExtensions>",
        b"",
        whole.meta[whole.unsigned],
        flags=re.DOTALL,
    )
    key = signer("head", authority)
    work = key.async_sign_general_data(manifest, "sha256", detached=True, use_cades=True)
    return {
        "mimetype": b"application/vnd.etsi.asic-e+zip",
        "звіт.pdf": b"%PDF-1.7\n",
        "META-INF/ASiCManifest001.xml": manifest,
        "META-INF/signature001.p7s": asyncio.run(work).dump(),
    }


def _zipped(members: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


@pytest.fixture(scope="module")
def members(authority: Authority) -> dict[str, bytes]:
    return _members(authority)


def _judged(data: bytes, authority: Authority) -> Verdict:
    return judge(data, "x.asice", trusted(authority), NOW)


def test_a_foreign_container_is_valid(members: dict[str, bytes], authority: Authority) -> None:
    named = _zipped(members, b"mimetype=application/vnd.etsi.asic-e+zip")
    for data in (_zipped(members), named):
        verdict = _judged(data, authority)
        assert (verdict.outcome, verdict.remarks) == (Outcome.VALID, ())


def test_a_list_of_files_is_told_of(members: dict[str, bytes], authority: Authority) -> None:
    listed = {**members, _LIST: _ODF % b"<m:file-entry/>"}
    verdict = _judged(_zipped(listed), authority)
    assert verdict.outcome is Outcome.VALID
    assert verdict.remarks == (f"перелік файлів «{_LIST}» не охоплено підписом",)


@pytest.mark.parametrize(
    "data",
    [
        b"<html/>",
        b"<",
        _ODF % b"words",
        _ODF % b"<m:file-entry>words</m:file-entry>",
        _ODF % b"<!-- words -->",
        _ODF % b"<m:file-entry><?words?></m:file-entry>",
        b"<!-- words -->" + _ODF % b"<m:file-entry/>",
        b"<?words here?>" + _ODF % b"<m:file-entry/>",
        _ODF % b"<m:file-entry/>" + b"<!-- words -->",
    ],
)
def test_a_list_that_is_none_is_refused(
    data: bytes, members: dict[str, bytes], authority: Authority
) -> None:
    verdict = _judged(_zipped({**members, _LIST: data}), authority)
    assert verdict.outcome is Outcome.INVALID
    assert "це не перелік файлів" in verdict.faults[0]


def test_other_files_beside_signatures_are_refused(
    members: dict[str, bytes], authority: Authority
) -> None:
    verdict = _judged(_zipped({**members, "META-INF/інше.xml": b"<a/>"}), authority)
    assert verdict.faults == (
        "файл «META-INF/інше.xml» не охоплено підписом: його могли докласти будь-коли",
    )


def test_a_folder_holds_no_bytes(members: dict[str, bytes], authority: Authority) -> None:
    verdict = _judged(_zipped({**members, "тека/": b"hidden"}), authority)
    assert verdict.faults == ("тека «тека/» в архіві має вміст: у ній щось приховано",)


def test_a_comment_is_told_of(members: dict[str, bytes], authority: Authority) -> None:
    verdict = _judged(_zipped(members, "Сплатіть \x1b[31m".encode() + b"1" * 99), authority)
    assert verdict.outcome is Outcome.VALID
    [remark] = verdict.remarks
    assert remark.startswith("примітку до архіву ZIP не охоплено підписом: «Сплатіть �[31m111")
    assert remark.endswith("1…»")


@pytest.mark.parametrize("comment", [b"", b"words"])
def test_bytes_behind_the_archive_are_refused(
    comment: bytes, members: dict[str, bytes], authority: Authority
) -> None:
    verdict = _judged(_zipped(members, comment) + b"hidden", authority)
    assert verdict.faults == ("після архіву лежать сторонні байти",)
