"""Files made to take all the memory or to be read for ever: told of, while others are verified."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from authority import Authority
from made_signatures import NOW, plain, signed, trusted
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reportgen.model.verdict import Outcome, Verdict
from reportgen.verify import Trust, judge, judging_apart
from reportgen.verify.apart import Bounds

_MB = 1024 * 1024


def _swollen(megabytes: int) -> bytes:
    """Return a container that is a thousand times as large unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip", zipfile.ZIP_STORED)
        with archive.open("дані.bin", "w") as member:
            for _ in range(megabytes):
                member.write(bytes(_MB))
    return out.getvalue()


def _evidence_without_end(authority: Authority) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(plain()))
    stream = generic.StreamObject(stream_data=authority.certificate("issuer"))
    many = generic.ArrayObject([writer.add_object(stream)] * 5_000)
    store = generic.DictionaryObject({generic.NameObject("/Certs"): many})
    writer.root[generic.NameObject("/DSS")] = store
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return signed(out.getvalue(), authority)


def _told(data: bytes, trust: Trust) -> Verdict:
    started = time.process_time()
    verdict = judge(data, "x", trust, NOW)
    assert time.process_time() - started < 5
    return verdict


def test_a_container_that_swells_is_not_unpacked() -> None:
    verdict = _told(_swollen(100), Trust())
    assert verdict.outcome is Outcome.INVALID
    [fault] = verdict.faults
    assert fault.startswith("архів завеликий, щоб його перевіряти (100 МБ, файлів: 2)")


def test_tables_of_data_do_not_swell() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("дані.csv", "".join(f"{one};{one * 7}\n" for one in range(100_000)))
    assert _told(out.getvalue(), Trust()).faults == ("у контейнері немає жодного підпису",)


def test_evidence_without_end_is_not_read(authority: Authority) -> None:
    verdict = _told(_evidence_without_end(authority), trusted(authority))
    assert verdict.faults == ("у файлі забагато доказів для перевірки: таких не буває",)
    assert verdict.outcome is Outcome.INVALID


def test_manifests_without_end_are_not_judged() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(100):
            archive.writestr(f"META-INF/ASiCManifest{number:03}.xml", "<a/>")
    assert _told(out.getvalue(), Trust()).faults == (
        "у контейнері забагато підписів: такого не буває",
    )


@pytest.fixture
def sound(authority: Authority, tmp_path: Path) -> Path:
    path = tmp_path / "звіт.pdf"
    path.write_bytes(signed(plain(), authority))
    return path


def test_a_file_that_fills_the_memory_costs_no_more_than_a_process(
    sound: Path, authority: Authority
) -> None:
    heavy = sound.with_name("важкий.pdf")
    with heavy.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500 * _MB)
    with judging_apart(trusted(authority), NOW, Bounds(memory=450 * _MB)) as judged:
        assert judged(heavy, "важкий.pdf").faults == (
            "перевірка забирає надто багато пам'яті: файл зіпсовано або підмінено",
        )
        assert judged(sound, "звіт.pdf").outcome is Outcome.VALID


def test_a_process_that_falls_is_replaced(
    sound: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with what makes a library of C fall."""
    with judging_apart(trusted(authority), NOW) as judged:
        with monkeypatch.context() as patched:
            patched.setattr("reportgen.verify.apart._work", _fall)
            assert "надто багато пам'яті" in judged(sound, "x").faults[0]
        assert judged(sound, "x").outcome is Outcome.VALID


def _fall(*_: object) -> None:
    """End at once, without an answer."""


def test_a_file_that_takes_too_long_is_given_up(sound: Path) -> None:
    with judging_apart(Trust(), NOW, Bounds(seconds=0)) as judged:
        for _ in range(2):
            assert judged(sound, "x").faults == (
                "перевірка триває понад 0 с: файл зіпсовано або підмінено",
            )
