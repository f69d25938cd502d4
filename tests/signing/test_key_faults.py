"""Keys, tokens and services that fail: a clear message, the file as it was, nothing half."""

from __future__ import annotations

import datetime
import errno
import io
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from authority import Authority
from cryptography.hazmat.primitives import serialization
from signed_project import (
    DEPUTY,
    HEAD,
    REPORT,
    SIGNING,
    built,
    described,
    judged,
    passwords,
    sign,
)
from small_project import write

from reportgen.build import files as files_of_build

__all__ = ["passwords"]
pytestmark = [pytest.mark.usefixtures("passwords"), pytest.mark.slow]


@pytest.fixture
def refused(tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Return what lays a project and signs it in vain."""
    return Refused(tmp_path, authority, capsys)


@dataclass
class Refused:
    folder: Path
    authority: Authority
    capsys: pytest.CaptureFixture[str]
    code: int = 0

    def __call__(
        self,
        signatures: tuple[str, ...] = (HEAD,),
        level: str = "B-B",
        edit: Callable[[str], str] = str,
        what: tuple[str, ...] = (),
    ) -> str:
        """Return what is told, once it is sure that nothing was signed."""
        root = built(self.folder, edit(described(self.authority, signatures, level)))
        before = (root / "output" / REPORT).read_bytes()
        self.capsys.readouterr()
        self.code = sign(root, *what)
        assert self.code in {1, 2}
        assert (root / "output" / REPORT).read_bytes() == before
        assert [one for one in (root / "signed").rglob("*") if one.name != ".reportgen.lock"] in (
            [],
            [root / "signed" / "biblioteky"],
        )
        told = self.capsys.readouterr()
        assert "Traceback" not in told.err
        return told.err + told.out


def test_a_wrong_password(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_PASSWORD_HEAD", "не той")
    assert "head.p12: не той пароль" in refused()


def test_no_password_and_nobody_to_ask(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPORTGEN_PASSWORD_HEAD")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "дайте його у змінній REPORTGEN_PASSWORD_HEAD" in refused()


def test_no_file_of_a_key(refused: Refused) -> None:
    assert "не читається" in refused(edit=lambda text: text.replace("head.p12", "none.p12"))


def test_a_file_that_is_no_key(refused: Refused, authority: Authority) -> None:
    assert "не файл PKCS#12" in refused(
        edit=lambda text: text.replace(str(authority.pfx("head")), str(authority.root))
    )


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("expired", "сертифікат діяв до"),
        ("future", "чи вірний час на комп'ютері?"),
    ],
)
def test_a_certificate_that_does_not_hold_today(refused: Refused, who: str, told: str) -> None:
    assert told in refused((f"{{key: {who}, seal: true}}",))


@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_a_revoked_certificate(refused: Refused, level: str) -> None:
    assert "сертифікат відкликано" in refused(("{key: revoked, seal: true}",), level)


@pytest.mark.parametrize("what", [(), ("--container",)])
def test_another_persons_key(
    refused: Refused, monkeypatch: pytest.MonkeyPatch, what: tuple[str, ...]
) -> None:
    """It is told before any file is touched, as a mistake in the settings."""
    opened: list[object] = []
    monkeypatch.setattr("reportgen.build.bench.open_bench", opened.append)
    told = refused((HEAD, "{key: deputy, official: krasnopir}"), what=what)
    assert (
        "нічого не підписано: ключ deputy: сертифікат видано на «Шевченко Петро Васильович», "
        "а підписує КРАСНОПІР" in told
    )
    assert refused.code == 2
    assert not opened


def test_a_profile_that_nobody_has(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    capsys.readouterr()
    for typed, said in (
        ("vidil", "немає профілю «vidil»; можливо, viddil; є: viddil"),
        ("рада", "немає профілю «рада»; є: viddil"),
    ):
        assert sign(root, profile=typed) == 2
        assert said in capsys.readouterr().err


def test_a_root_that_others_trust(refused: Refused, rsa_authority: Authority) -> None:
    told = refused(
        level="B-LT",
        edit=lambda text: text.replace(str(refused.authority.root), str(rsa_authority.root)),
    )
    assert "не підписано" in told.lower()


@pytest.mark.parametrize("level", ["B-T", "B-LTA"])
def test_a_dead_time_stamping_service(refused: Refused, level: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dead = f"http://127.0.0.1:{port}/tsa"
    told = refused(level=level, edit=lambda text: text.replace(refused.authority.time_stamps, dead))
    assert "служба позначок часу не відповіла" in told


def test_a_service_that_is_none(refused: Refused) -> None:
    with _answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") as address:
        told = refused(
            level="B-T", edit=lambda text: text.replace(refused.authority.time_stamps, address)
        )
    assert "служба позначок часу не відповіла" in told


def test_a_clock_that_is_wrong(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamp tells the true time; a machine an hour behind would sign with another."""
    real = datetime.datetime

    class Behind(real):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return real.now(tz) - datetime.timedelta(hours=1)

    monkeypatch.setattr("reportgen.sign.services.datetime.datetime", Behind)
    assert "годинник" in refused(level="B-T")


def test_levels_above_the_first_need_their_services(refused: Refused) -> None:
    told = refused(level="B-T", edit=lambda text: text.split("\n", 1)[1])
    assert "потребує служби позначок часу" in told


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_gives_out_in_the_middle(
    refused: Refused, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    real = os.fsync

    def failing(handle: int) -> None:
        if "signed" in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(fault, os.strerror(fault))
        real(handle)

    monkeypatch.setattr(files_of_build.os, "fsync", failing)
    told = refused()
    assert ("на диску немає місця" in told) is (fault == errno.ENOSPC)


def test_a_file_that_is_no_pdf(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    broken = tmp_path / "broken.pdf"
    for data in (
        b"",
        b"%PDF-1.7\n%%EOF",
        b"\0" * 4000,
        (root / "output" / REPORT).read_bytes()[:900],
    ):
        broken.write_bytes(data)
        assert sign(root, str(broken)) == 1
        told = capsys.readouterr().err
        assert "не PDF, або його пошкоджено" in told
        assert "Traceback" not in told
    assert not (root / "signed" / "broken.pdf").exists()


def test_an_encrypted_file(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    closed = tmp_path / "closed.pdf"
    with pikepdf.open(root / "output" / REPORT) as pdf:
        pdf.save(closed, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert sign(root, str(closed)) == 1
    assert "зашифровано" in capsys.readouterr().err


def test_one_bad_file_stops_no_other(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no")
    assert sign(root, str(bad), str(root / "output" / REPORT)) == 1
    assert "Підписано 1 файл" in capsys.readouterr().out
    assert (root / "signed" / REPORT).is_file()


def test_killed_in_the_middle_it_leaves_whole_files(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority))
    source = (root / "output" / REPORT).read_bytes()
    names = [f"zvit-{number}.pdf" for number in range(30)]
    for name in names:
        (root / "output" / name).write_bytes(source)
    paths = [str(root / "output" / name) for name in names]
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "sign",
        *paths,
        "--root",
        str(root),
        "--jobs",
        "2",
    ]
    sound: set[bytes] = set()  # files that stay as they are need not be judged again
    for wait in (0.2, 0.6, 0.2):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # the first file is signed
        threading.Event().wait(wait)
        process.kill()
        process.communicate()
        for data in {one.read_bytes() for one in (root / "signed").glob("*.pdf")} - sound:
            assert all(one.intact and one.valid for one in judged(data, authority))
            sound.add(data)
    assert sound
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    there = [*(root / "signed").glob("zvit-*.pdf")]
    assert len(there) == len(names)
    assert not [one for one in (root / "signed").iterdir() if one.name.startswith(".reportgen-")]


MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "4321"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[str]:
    """Yield keys for ``signing.yaml``: the head's lies on a token, one for all tests here."""
    folder = tmp_path_factory.mktemp("token")
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n", "ascii")
    for name in ("head", "issuer"):
        (folder / f"{name}.der").write_bytes(authority.certificate(name))
    private = serialization.load_der_private_key(authority.key("head"), None)
    (folder / "head.pem").write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    label = "Головний токен"
    fill = Path(__file__).with_name("fill_token.py")
    certificates = (folder / "head.der", folder / "issuer.der")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings))
        opened = ("--label", label, "--so-pin", "87654321", "--pin", PIN)
        run("softhsm2-util", "--init-token", "--free", *opened)
        named = ("--token", label, "--label", "head", "--id", "A1", "--pin", PIN)
        run("softhsm2-util", "--import", folder / "head.pem", *named)
        run(sys.executable, fill, MODULE, label, PIN, *certificates)
        yield (
            f"  token: {{module: {MODULE}, label: {label}, certificate: head}}\n"
            f"  nokey: {{module: {MODULE}, label: {label}, certificate: nobody}}\n"
        )


@pytest.fixture(autouse=True)
def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_PASSWORD_TOKEN", PIN)


def run(*command: object) -> None:
    subprocess.run([str(one) for one in command], check=True, capture_output=True)


BY_TOKEN = "{key: token, official: krasnopir}"  # noqa: S105 - no password


@pytest.mark.tool("softhsm2-util")
def test_a_key_on_a_token_signs(tmp_path: Path, authority: Authority, token: str) -> None:
    root = built(tmp_path, described(authority, (BY_TOKEN, DEPUTY), "B-LTA", token))
    for name in ("a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf"):
        shutil.copy(root / "output" / REPORT, root / "output" / name)
    paths = [str(one) for one in sorted((root / "output").glob("?.pdf"))]
    assert sign(root, *paths, "--jobs", "2") == 0
    for name in ("a.pdf", "e.pdf"):
        statuses = judged((root / "signed" / name).read_bytes(), authority)
        assert [one.intact and one.valid and one.trusted for one in statuses] == [True] * 3


@pytest.mark.tool("softhsm2-util")
def test_a_wrong_pin_is_tried_once(
    refused: Refused, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_PASSWORD_TOKEN", "0000")
    told = refused((BY_TOKEN,), edit=_with(token))
    assert "не той PIN; після кількох спроб токен заблокується" in told


@pytest.mark.tool("softhsm2-util")
def test_a_token_that_is_not_there(refused: Refused, token: str) -> None:
    absent = token.replace("label: Головний", "label: Інший")
    assert "чи вставлено його?" in refused((BY_TOKEN,), edit=_with(absent))


@pytest.mark.tool("softhsm2-util")
def test_a_certificate_that_a_token_has_not(
    refused: Refused, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_PASSWORD_NOKEY", PIN)
    told = refused(("{key: nokey, seal: true}",), edit=_with(token))
    assert "немає сертифіката «nobody»" in told


def test_a_library_that_is_not_there(refused: Refused) -> None:
    lost = "  token: {module: /nowhere/lib.so, label: a, certificate: b}\n"
    assert "немає бібліотеки /nowhere/lib.so" in refused((BY_TOKEN,), edit=_with(lost))


def test_a_locked_token(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    """SoftHSM never locks itself, so what a real one answers is put in its place."""
    from pkcs11 import exceptions  # noqa: PLC0415 - an extra

    def locked(*_: object, **__: object) -> None:
        raise exceptions.PinLocked

    monkeypatch.setattr("reportgen.sign.tokens.open_pkcs11_session", locked)
    here = f"  token: {{module: {__file__}, label: a, certificate: b}}\n"
    assert "заблоковано" in refused((BY_TOKEN,), edit=_with(here))


def _with(keys: str) -> Callable[[str], str]:
    return lambda text: text.replace("profiles:", f"{keys}profiles:")


class _answering:  # noqa: N801 - used as a function
    """A server that answers everybody alike."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._server = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        threading.Thread(target=self._serve, daemon=True).start()
        return f"http://127.0.0.1:{self._server.getsockname()[1]}/"

    def __exit__(self, *_: object) -> None:
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(self._answer)


ONE_KEY = "keys: {a: {file: x}}"
TWICE = "{key: a, seal: true}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("keys: {}\nprofiles: {}\n", "у «keys» нічого немає"),
        ("keys: {a: {}}\nprofiles: {p: {signatures: []}}\n", "не сказано, де ключ"),
        ("keys: {a: {file: x, elsewhere: true}}\nprofiles: {p: {signatures: []}}\n", "де ключ"),
        ("time_stamps: ftp://x\nkeys: {}\nprofiles: {}\n", "не адреса служби"),
        ("time_stamps: http://u:p@x/\nkeys: {}\nprofiles: {}\n", "імені чи пароля"),
        (
            f"{ONE_KEY}\nprofiles: {{p: {{level: B-B, signatures: [{{key: b, seal: true}}]}}}}\n",
            "ключа «b» немає в keys",
        ),
        (
            "keys: {a: {file: x}}\nprofiles: {p: {level: B-B, signatures: [{key: a}]}}\n",
            "не сказано, хто підписує",
        ),
        (
            f"{ONE_KEY}\nprofiles: {{p: {{level: B-X, signatures: [{{key: a, seal: true}}]}}}}\n",
            "тут не буває",
        ),
        (
            f"{ONE_KEY}\nprofiles: {{p: {{level: B-B, signatures: [{TWICE}, {TWICE}]}}}}\n",
            "один ключ підписує двічі",
        ),
    ],
)
def test_what_is_wrong_in_the_file_is_told(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    root = built(tmp_path, described(authority))
    write(root / SIGNING, text)
    assert sign(root, profile="p") == 1
    assert told in capsys.readouterr().err
