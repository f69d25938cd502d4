"""A container as bytes: one way to write it, names that are safe, what awaits a signature."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Mapping
from urllib.parse import unquote

import pytest
from beside import FILES, members
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportgen.sign.container import (
    ContainerError,
    add_signature,
    enclose,
    read_container,
    write_container,
)
from reportgen.sign.manifests import ASIC

NAMES = st.lists(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).map("{}.pdf".format),
    min_size=1,
    max_size=4,
    unique=True,
)


def deflated(found: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data * 100)
    return stream.getvalue()


def test_members_stand_in_one_order_without_times() -> None:
    data = write_container(enclose(FILES).prepared())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    assert [one.filename for one in infos] == [
        "mimetype",
        "manifest.json",
        "Звіт за 2023 рік.pdf",
        "додатки/таблиця № 1.xlsx",
        "рішення.docx",
        "META-INF/ASiCManifest001.xml",
    ]
    assert {one.date_time for one in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.compress_type for one in infos} == {zipfile.ZIP_STORED}
    assert data[30:69] == b"mimetypeapplication/vnd.etsi.asic-e+zip"


def test_the_order_in_which_files_are_given_changes_nothing() -> None:
    written = {
        write_container(enclose(dict(one)).prepared())
        for one in itertools.permutations(FILES.items())
    }
    assert len(written) == 1


def test_a_manifest_names_all_files_and_the_signature_to_come() -> None:
    container = enclose(FILES).prepared()
    top = etree.fromstring(container.meta[container.unsigned or ""])
    assert top[0].attrib["URI"] == "META-INF/signature001.p7s"
    named = top.findall(f"{{{ASIC}}}DataObjectReference")
    assert {unquote(str(one.attrib["URI"])) for one in named} == set(FILES)
    assert {one.attrib["MimeType"] for one in named} >= {"application/pdf", "application/json"}


def test_another_program_signs_one_manifest_after_another() -> None:
    data = write_container(enclose(FILES).prepared())
    data = add_signature(data, b"first")
    with pytest.raises(ContainerError, match="вже підписано"):
        add_signature(data, b"again")
    data = add_signature(write_container(read_container(data).prepared()), b"second")
    found = members(data)
    assert found["META-INF/signature001.p7s"] == b"first"
    assert found["META-INF/signature002.p7s"] == b"second"
    assert read_container(data).unsigned is None


def test_only_one_manifest_awaits_its_signature() -> None:
    once = enclose(FILES).prepared()
    assert once.prepared() == once


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["../a.pdf"], "не годиться"),
        (["/a.pdf"], "не годиться"),
        (["a//b.pdf"], "не годиться"),
        (["a/./b.pdf"], "не годиться"),
        (["C:a.pdf"], "не годиться"),
        (["a\\b.pdf"], "не годиться"),
        (["a\0.pdf"], "не годиться"),
        (["a\u202efdp.exe"], "не годиться"),
        ([""], "не годиться"),
        (["META-INF/a.xml"], "зайнята"),
        (["meta-inf/a.xml"], "зайнята"),
        (["mimetype"], "зайнята"),
        (["а.pdf", "А.pdf"], "один файл"),
        (["\u0439.pdf", "\u0438\u0306.pdf"], "один файл"),
        (["тека", "тека/а.pdf"], "у файлі, а не в теці"),
        ([], "жодного файлу"),
    ],
)
def test_names_that_are_not_safe_everywhere_are_refused(names: list[str], message: str) -> None:
    with pytest.raises(ContainerError, match=message):
        enclose(dict.fromkeys(names, b""))


@settings(max_examples=40)
@given(names=NAMES, datas=st.lists(st.binary(max_size=20), min_size=4, max_size=4))
def test_what_is_written_is_read_back(names: list[str], datas: list[bytes]) -> None:
    try:
        container = enclose(dict(zip(names, datas, strict=False))).prepared()
    except ContainerError:
        return
    assert read_container(write_container(container)) == container


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\5\6" + bytes(18),
        write_container(enclose(FILES)) + b"\0",
        b"\0" + write_container(enclose(FILES)),
        deflated(members(write_container(enclose(FILES)))),
    ],
)
def test_what_was_not_written_here_gets_no_signature(data: bytes) -> None:
    with pytest.raises(ContainerError):
        read_container(data)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.sign.container._LARGEST", 1000)
    with pytest.raises(ContainerError, match="2 ГБ"):
        write_container(enclose(FILES))
