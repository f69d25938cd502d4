"""PDFs signed by another program: what it is given, what is taken back, and what is not."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms, x509
from authority import Authority
from openssl_cms import USUAL, sign
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from small_project import lay

from reportgen.cli import main

pytestmark = pytest.mark.tool("openssl")

NAME = "biblioteky/2024-h1.pdf"
ATTACHED = ("-binary", "-cades", "-nodetach", "-outform", "DER")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay(tmp_path_factory.mktemp("external"))
    assert main(["build", "--root", str(root), "--format", "pdf"]) == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project"))


@pytest.fixture(params=["rsa", "ecdsa"])
def signing(request: pytest.FixtureRequest) -> Authority:
    name = "rsa_authority" if request.param == "rsa" else "authority"
    found: Authority = request.getfixturevalue(name)
    return found


def prepare(root: Path, *asked: object) -> int:
    return main(["sign", "prepare", *map(str, asked or ("biblioteky",)), "--root", str(root)])


def finish(root: Path, *asked: object) -> int:
    return main(["sign", "finish", *map(str, asked), "--root", str(root)])


def given(root: Path, name: str = NAME) -> bytes:
    return (root / "to-sign" / f"{name}.tbs").read_bytes()


def bring(root: Path, signature: bytes, name: str = NAME) -> None:
    (root / "to-sign" / f"{name}.tbs.p7s").write_bytes(signature)


def signed(root: Path, name: str = NAME) -> Path:
    return root / "signed" / name


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder; locks are nobody's content."""
    paths = (one for one in folder.rglob("*") if one.is_file() and one.suffix != ".lock")
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in paths}


def pdfsig(path: Path) -> str:
    command = ["pdfsig", "-nocert", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.tool("pdfsig")
@pytest.mark.tool("qpdf")
@pytest.mark.parametrize("kind", [(), ("--pades",)])
def test_signed_elsewhere(root: Path, signing: Authority, kind: tuple[str, ...]) -> None:
    unsigned = (root / "output" / NAME).read_bytes()
    assert prepare(root, "biblioteky", *kind) == 0
    bring(root, sign(given(root), signing))
    assert finish(root) == 0
    data = signed(root).read_bytes()
    assert data.startswith(unsigned)
    said = pdfsig(signed(root))
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert ("ETSI.CAdES.detached" if kind else "adbe.pkcs7.detached") in said
    subprocess.run(["qpdf", "--check", signed(root)], check=True, capture_output=True)
    [one] = PdfFileReader(BytesIO(data)).embedded_signatures
    context = ValidationContext(trust_roots=[*load_certs_from_pemder([str(signing.root)])])
    status = validate_pdf_signature(one, context)
    assert (status.intact, status.valid) == (True, True)
    assert one.field_name == "Підпис1"
    assert str(status.coverage) == "SignatureCoverageLevel.ENTIRE_FILE"


def test_only_the_signature_is_added(root: Path) -> None:
    """Whoever compares the signed file with the built one finds nothing else that has changed."""
    prepare(root)
    unsigned = PdfFileReader(BytesIO((root / "output" / NAME).read_bytes()))
    prepared = PdfFileReader(BytesIO((root / "to-sign" / NAME).read_bytes()))
    assert prepared.trailer["/Info"] == unsigned.trailer["/Info"]
    assert prepared.root["/Metadata"].data == unsigned.root["/Metadata"].data
    assert prepared.input_version == unsigned.input_version
    assert "/Version" not in prepared.root


def test_the_same_file_is_prepared_the_same(root: Path, tmp_path: Path) -> None:
    prepare(root)
    prepare(root, "biblioteky", "--output", tmp_path / "again")
    assert files(tmp_path / "again") == files(root / "to-sign")


@pytest.mark.tool("pdfsig")
def test_two_sign_one_after_another(root: Path, authority: Authority) -> None:
    prepare(root)
    bring(root, sign(given(root), authority, "head"))
    assert finish(root) == 0
    assert prepare(root, signed(root), "--name", "Шевченко Петро Васильович") == 0
    assert finish(root) == 1  # the deputy has not signed yet
    bring(root, sign(given(root), authority, "deputy"))
    assert finish(root) == 0
    assert pdfsig(signed(root)).count("Signature is Valid") == 2


def test_what_is_done_stays(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(root)
    before = files(root / "to-sign")
    assert prepare(root) == 0
    assert files(root / "to-sign") == before
    bring(root, sign(given(root), authority))
    assert finish(root) == 0
    done = files(root / "signed")
    capsys.readouterr()
    assert finish(root) == 0
    assert f"{NAME}: уже зроблено" in capsys.readouterr().out
    assert prepare(root) == 0
    assert "файл уже підписано" in capsys.readouterr().out
    assert files(root / "signed") == done


@pytest.mark.parametrize(
    "named", [NAME, f"{NAME}.tbs", f"{NAME}.tbs.p7s", f"{NAME}.prepared.json", "biblioteky", "."]
)
def test_a_file_is_named_by_any_beside_it(root: Path, authority: Authority, named: str) -> None:
    prepare(root)
    bring(root, sign(given(root), authority))
    assert finish(root, root / "to-sign" / named) == 0


def test_the_signature_may_lie_elsewhere(root: Path, authority: Authority, tmp_path: Path) -> None:
    prepare(root)
    (tmp_path / "підпис.p7s").write_bytes(sign(given(root), authority))
    assert finish(root, "--cms", tmp_path / "підпис.p7s") == 0


def indefinite(data: bytes, authority: Authority) -> bytes:
    """Return a signature in pieces of unknown length, as programs that stream write it."""
    return sign(data, authority, options=("-binary", "-cades", "-stream", *ATTACHED[2:]))


@pytest.mark.parametrize("form", ["pem", "base64", "attached", "indefinite"])
def test_other_forms_of_a_signature(root: Path, authority: Authority, form: str) -> None:
    prepare(root)
    data = given(root)
    signature = {
        "pem": lambda: sign(data, authority, options=("-binary", "-cades", "-outform", "PEM")),
        "base64": lambda: base64.encodebytes(sign(data, authority)),
        "attached": lambda: sign(data, authority, options=ATTACHED),
        "indefinite": lambda: indefinite(data, authority),
    }[form]()
    assert (form == "indefinite") is (signature[1] == 0x80)
    bring(root, signature)
    assert finish(root) == 0
    [one] = PdfFileReader(BytesIO(signed(root).read_bytes())).embedded_signatures
    status = validate_pdf_signature(one, ValidationContext(trust_roots=[]))
    assert (status.intact, status.valid) == (True, True)
    assert len(signed(root).read_bytes()) == len((root / "to-sign" / NAME).read_bytes())


def faults(root: Path, authority: Authority) -> Iterator[tuple[bytes, str]]:
    data, good = given(root), sign(given(root), authority)
    yield b"", "пошкоджено або це не підпис"
    yield b"hello", "пошкоджено або це не підпис"
    yield good[:-5], "пошкоджено або це не підпис"
    yield good + b"\0", "пошкоджено або це не підпис"
    yield sign(b"other", authority), "це підпис іншого файлу"
    yield sign((root / "to-sign" / NAME).read_bytes(), authority), "підписано сам PDF"
    yield sign(b"other", authority, options=ATTACHED), "лежить інший файл"
    yield sign(data, authority, "head", "deputy"), "підписів у ньому: 2"
    yield sign(data, authority, "expired"), "а підписано"
    yield sign(data, authority, "future"), "а підписано"
    yield sign(data, authority, "deputy"), "підписує Шевченко Петро Васильович, а має"
    yield sign(data, authority, options=("-binary", "-outform", "DER")), "виберіть CAdES"
    yield sign(data, authority, options=(*USUAL, "-nocerts")), "немає сертифіката підписувача"
    yield (
        sign(data, authority, options=("-binary", "-outform", "DER", "-noattr")),
        "без підписаних атрибутів",
    )
    yield sign(data, authority, options=(*USUAL, "-md", "sha1")), "якого тут не обчислити"
    yield forged(good), "не справжній"
    yield stripped(good, authority), "немає сертифіката підписувача"


def forged(signature: bytes) -> bytes:
    """Return a signature whose last bits are others."""
    info = cms.ContentInfo.load(signature)
    [signer] = info["content"]["signer_infos"]
    value = bytearray(signer["signature"].native)
    value[-1] ^= 1
    signer["signature"] = bytes(value)
    data: bytes = info.dump()
    return data


def stripped(signature: bytes, authority: Authority) -> bytes:
    """Return a signature with the certificate of somebody else in place of the signer's."""
    info = cms.ContentInfo.load(signature)
    other = x509.Certificate.load(authority.certificate("deputy"))
    info["content"]["certificates"] = [cms.CertificateChoices("certificate", other)]
    data: bytes = info.dump()
    return data


def test_faults_are_told_and_nothing_is_half_done(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prepare(root, "biblioteky", "--name", "Краснопір Вікторія Іванівна") == 0
    unsigned, prepared = files(root / "output"), files(root / "to-sign")
    for signature, sentence in faults(root, authority):
        bring(root, signature)
        capsys.readouterr()
        assert finish(root) == 1
        assert sentence in capsys.readouterr().err
        assert files(root / "signed") == {}
        assert files(root / "output") == unsigned
        assert files(root / "to-sign") == prepared | {f"{NAME}.tbs.p7s": signature}
    bring(root, sign(given(root), authority))
    assert finish(root) == 0


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("--edrpou", "00000000"), "у сертифікаті ЄДРПОУ 03192737, а має бути 00000000"),
        (("--serial", "1f"), "а має бути 1F"),
        (("--edrpou", "03192737", "--name", "краснопір  вікторія іванівна"), ""),
    ],
)
def test_who_is_expected(
    root: Path,
    authority: Authority,
    capsys: pytest.CaptureFixture[str],
    asked: tuple[str, ...],
    sentence: str,
) -> None:
    prepare(root, "biblioteky", *asked)
    bring(root, sign(given(root), authority))
    assert finish(root) == bool(sentence)
    assert sentence in capsys.readouterr().err


def test_a_room_too_small(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(root, "biblioteky", "--room", 1)
    bring(root, sign(given(root), authority))
    assert finish(root) == 1
    assert "--room 3" in capsys.readouterr().err
    (root / "to-sign" / f"{NAME}.tbs.p7s").unlink()
    assert prepare(root, "biblioteky", "--room", 3) == 0
    bring(root, sign(given(root), authority))
    assert finish(root) == 0


def test_a_signature_that_waits_is_not_made_worthless(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(root)
    bring(root, sign(given(root), authority))
    before = files(root / "to-sign")
    assert prepare(root, "biblioteky", "--room", 64) == 1
    assert "завершіть той" in capsys.readouterr().err
    assert files(root / "to-sign") == before


@pytest.mark.parametrize("place", [0, 100, -100])
def test_a_prepared_file_that_was_changed(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str], place: int
) -> None:
    prepare(root)
    bring(root, sign(given(root), authority))
    path = root / "to-sign" / NAME
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert finish(root) == 1
    assert "змінено після підготовки" in capsys.readouterr().err
    assert files(root / "signed") == {}


@pytest.mark.parametrize(
    "change",
    [{"start": 10}, {"end": 999_999_999}, {"size": 0}, {"kind": "x"}, {"expected": 5}, {"tbs": ""}],
)
def test_a_record_that_was_changed(
    root: Path, authority: Authority, change: dict[str, object]
) -> None:
    prepare(root)
    bring(root, sign(given(root), authority))
    path = root / "to-sign" / f"{NAME}.prepared.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), encoding="utf-8")
    assert finish(root) == 1
    assert files(root / "signed") == {}


def test_files_of_a_batch_mixed_up(
    root: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each signature is told to be of the other file; put right, the batch goes on."""
    other = "інше/звіт.pdf"
    (root / "output" / "інше").mkdir()
    (root / "output" / other).write_bytes((root / "output" / NAME).read_bytes() + b"\n")
    assert prepare(root, "biblioteky", "інше") == 0
    ours, theirs = (sign(given(root, one), authority) for one in (NAME, other))
    bring(root, theirs)
    bring(root, ours, other)
    assert finish(root) == 1
    said = capsys.readouterr().err
    assert f"{NAME}: не прийнято; це підпис файлу {other}.tbs: переплутано файли" in said
    assert f"{other}: не прийнято; це підпис файлу {NAME}.tbs: переплутано файли" in said
    bring(root, ours)
    assert finish(root) == 1
    bring(root, theirs, other)
    assert finish(root) == 0
    assert set(files(root / "signed")) == {NAME, other}


def test_another_file_in_the_place_of_the_signed_one(root: Path, authority: Authority) -> None:
    prepare(root)
    bring(root, sign(given(root), authority))
    signed(root).parent.mkdir(parents=True)
    signed(root).write_bytes(b"%PDF somebody else's")
    assert finish(root) == 1
    assert signed(root).read_bytes() == b"%PDF somebody else's"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("prepare", "nothing"), "немає «nothing»"),
        (("prepare", "biblioteky", "--room", "0"), "потрібне число"),
        (("finish",), "нічого не чекає"),
    ],
)
def test_calls_that_cannot_be_carried_out(
    root: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], sentence: str
) -> None:
    assert main(["sign", *asked, "--root", str(root)]) == 2
    assert sentence in capsys.readouterr().err


def test_a_file_that_is_no_pdf(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (b"", b"hello", (root / "output" / NAME).read_bytes()[:5000]):
        (root / "output" / "x.pdf").write_bytes(data)
        assert prepare(root, root / "output" / "x.pdf") == 1
        assert "x.pdf: не підготовлено" in capsys.readouterr().err
