"""Bags and the archive around them: as RFC 8493 has them, always the same, and only growing."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import re
import stat
import subprocess
import threading
from pathlib import Path

import bagit
import html5lib
import pytest
from archived import FILES, add, archive, described, faults, held, lenient
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.archive.bag import README, TAG_FILES, manifests, read_manifest
from reportgen.archive.bag_inspection import inspect_bag
from reportgen.archive.description import as_json, parse
from reportgen.archive.inspection import inspect
from reportgen.archive.journal import read_journal
from reportgen.archive.reading import Digests, is_sound_name
from reportgen.build.archive_folder import opened
from reportgen.build.bagging import Filling
from reportgen.diagnostics import BrokenEnvironment
from reportgen.model.verdict import Kind, Outcome


def test_a_bag_is_one_by_the_library(tmp_path: Path) -> None:
    add(tmp_path / "a")
    bag = bagit.Bag(str(tmp_path / "a/sesiia-5/v0001"))
    assert bag.validate()
    assert bag.version_info == (1, 0)
    assert sorted(bag.algorithms) == ["sha256", "sha512"]
    assert bag.info["Source-Organization"] == "Вербівська сільська рада"
    assert bag.info["Bagging-Date"] == "2024-02-16"
    assert bag.info["External-Identifier"] == "sesiia-5"
    octets = sum(map(len, FILES.values()))
    assert bag.info["Payload-Oxum"] == f"{octets}.{len(FILES)}"
    assert {one.name for one in Path(bag.path).iterdir()} == {"data", README, *TAG_FILES}


def test_the_same_bags_give_the_same_bytes(tmp_path: Path) -> None:
    assert held(archive(tmp_path / "one")) == held(archive(tmp_path / "other"))


def test_a_whole_archive_is_found_whole(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    verdicts = inspect(folder, lenient)
    assert {one.outcome for one in verdicts} == {Outcome.VALID}
    names = [one.name for one in verdicts]
    assert names[:3] == ["journal.jsonl", "index.csv", "index.html"]
    assert "sesiia-5/v0001/data/book.pdf" in names
    assert "sesiia-5/v0002/data/book.pdf.p7s" in names
    assert "sesiia-5/v0001/data/manifest.json" not in names


def test_a_bag_alone_can_be_inspected(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    names = [one.name for one in inspect(folder / "sesiia-5/v0001", lenient)]
    assert names == ["v0001", "v0001/data/book.pdf", "v0001/data/book.pdf.p7s"]


def test_adding_changes_nothing_that_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    first = add(folder)
    before = held(folder)
    second = add(folder)
    assert (first.bag, second.bag) == ("sesiia-5/v0001", "sesiia-5/v0002")
    after = held(folder)
    derived = {"journal.jsonl", "index.csv", "index.html"}
    assert {name: after[name] for name in before if name not in derived} == {
        name: sha for name, sha in before.items() if name not in derived
    }
    lines = (folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) == 2
    assert read_journal(lines[0]).entries == (first,)


def test_what_is_archived_is_read_only(tmp_path: Path) -> None:
    add(tmp_path / "a")
    for path in (bag := tmp_path / "a/sesiia-5/v0001", *bag.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o222, path


def test_two_at_once_do_not_mix(tmp_path: Path) -> None:
    with opened(tmp_path / "a"), pytest.raises(BrokenEnvironment, match="інша команда"):
        add(tmp_path / "a")
    said: list[object] = []

    def other() -> None:
        try:
            said.append(add(tmp_path / "a"))
        except BrokenEnvironment as error:
            said.append(error)

    threads = [threading.Thread(target=other) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults(tmp_path / "a")
    came = [one for one in said if not isinstance(one, BrokenEnvironment)]
    assert came
    assert len(read_journal((tmp_path / "a/journal.jsonl").read_bytes()).entries) == len(came)


def test_what_cannot_be_described_does_not_come(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    before = held(folder)

    def refuse(_: Filling) -> tuple[object, str]:
        raise BrokenEnvironment("ні")

    for package in ("sesiia-5", "sesiia-9"):
        with pytest.raises(BrokenEnvironment, match=r"^ні$"):
            add(folder, package, describe=refuse)  # type: ignore[arg-type]
    add(folder, "sesiia-9")
    assert not faults(folder)
    assert set(before) <= set(held(folder))


@pytest.mark.parametrize("call", ["write", "fsync", "rename", "ftruncate"])
def test_a_full_disk_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Whichever call fails first, what there was is whole, and the next run completes."""
    real = getattr(os, call)
    for number in range(1, 12):
        folder = tmp_path / f"a{number}"
        add(folder)
        before = held(folder)
        calls = iter(range(1, 1000))

        def failing(*given: object, _calls=calls, _number=number) -> object:  # noqa: ANN001
            if next(_calls) == _number:
                if call == "write":  # a part of it fits
                    real(given[0], given[1][:9])  # type: ignore[index]
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*given)

        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing)
            with contextlib.suppress(BrokenEnvironment):
                add(folder)
        bags = {name: sha for name, sha in before.items() if "/" in name}
        there = held(folder)
        assert {name: there[name] for name in bags} == bags
        assert not read_journal((folder / "journal.jsonl").read_bytes()).torn
        add(folder)
        assert not faults(folder)


def test_a_damaged_archive_takes_nothing_more_before_it_is_looked_at(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    for damaged in (whole[:-5], whole.replace(b"sesiia-6", b"sesiia-7"), whole[10:]):
        journal.write_bytes(damaged)
        with pytest.raises(BrokenEnvironment, match="журнал"):
            add(folder)
        assert journal.read_bytes() == damaged
    journal.unlink()
    with pytest.raises(BrokenEnvironment, match="журналу немає"):
        add(folder)


def test_a_package_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    (tmp_path / "elsewhere").mkdir()
    (folder / "sesiia-8").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BrokenEnvironment, match="посилання"):
        add(folder, "sesiia-8")
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_a_bag_put_there_by_hand_is_not_taken_for_one_of_ours(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    add(tmp_path / "b", "sesiia-7")
    (tmp_path / "b/sesiia-7").rename(folder / "sesiia-7")
    with pytest.raises(BrokenEnvironment, match="а в журналі його немає"):
        add(folder, "sesiia-7")
    with pytest.raises(BrokenEnvironment, match="а в журналі його немає"):
        add(folder)  # nor does anything else come before it is looked at
    assert any("в обхід архіву" in one for one in faults(folder))


def test_the_index_tells_of_every_file_and_signature(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    text = (folder / "index.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 4 + 1 + 4 + 1
    book = rows[1]
    assert (book["Пакет"], book["Версія"], book["Файл"]) == ("sesiia-5", "1", "book.pdf")
    assert book["Підписувач"] == "Краснопір Вікторія Іванівна"
    assert (book["ЄДРПОУ"], book["Сертифікат"], book["Рівень"]) == ("03192737", "1A2B", "B-LTA")
    assert (book["Сторінок"], book["Доказова сила до"]) == ("3", "2030-01-01T00:00:00Z")
    assert book["SHA-256"] == Digests.of(FILES["book.pdf"]).sha256
    assert rows[0]["Програма"] == "Програма «Бібліотеки»"
    assert (rows[0]["Період"], rows[0]["Код періоду"]) == ("перше півріччя 2024 року", "2024-h1")
    assert rows[0]["Стан підпису"] == "без підпису"
    assert rows[0]["SHA-256"] == Digests.of(FILES["01-biblioteky.docx"]).sha256
    journal = read_journal((folder / "journal.jsonl").read_bytes())
    assert (rows[-1]["Пакет"], rows[-1]["SHA-256"]) == ("журнал", journal.head)


def test_the_page_is_sound_and_says_the_same(tmp_path: Path) -> None:
    folder = archive(tmp_path / "a")
    page = (folder / "index.html").read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "http" not in page.replace("http-equiv", "")
    for said in ("Краснопір Вікторія Іванівна", "сертифікат 1A2B", "B-LTA", "01.01.2030"):
        assert said in page
    addresses = [one.partition('"')[0] for one in page.split('href="')[1:]]
    assert all((folder / one).is_file() for one in addresses if not one.startswith("#"))
    assert read_journal((folder / "journal.jsonl").read_bytes()).head in page


#: What a browser is asked of the page: on how many lines hashes stand, whether anything sticks out.
_MEASURE = """<script>
const hashes = [...document.querySelectorAll("td code")].map(one => one.getClientRects()[0]);
const line = parseFloat(getComputedStyle(document.documentElement).lineHeight) * 0.8;
const wide = document.documentElement.scrollWidth > innerWidth;
document.title = Math.max(...hashes.map(one => Math.round(one.height / line))) + " " + wide;
</script>"""


@pytest.mark.tool("chromium")
@pytest.mark.parametrize(("width", "lines"), [(1280, 2), (1000, 4), (800, 2), (500, 2)])
def test_a_hash_stands_on_few_lines(tmp_path: Path, width: int, lines: int) -> None:
    page = (archive(tmp_path / "a") / "index.html").read_text("utf-8")
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    (tmp_path / "page.html").write_text(page.replace("</body>", _MEASURE + "</body>"), "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += [f"--window-size={width},900", (tmp_path / "page.html").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert f"<title>{lines} false</title>" in done.stdout


def test_what_is_said_of_signatures_agrees() -> None:
    """A seal and a time-stamp are feminine, a signature is masculine."""
    words = [Outcome.VALID.said_of(one) for one in Kind]
    assert words == ["дійсний", "дійсна", "дійсна"]
    assert Outcome.INVALID.said_of(Kind.SEAL) == "недійсна"


def test_the_page_is_a_table_for_readers_and_cards_on_a_phone(tmp_path: Path) -> None:
    page = (archive(tmp_path / "a") / "index.html").read_text("utf-8")
    assert "перше півріччя 2024 року" in page
    assert "2024-h1" not in page
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for table in tree.iter("table"):
        headings = [one.text for one in table.iter("th") if one.get("role") == "columnheader"]
        assert len(headings) == 5
        for row in table.find("tbody"):
            assert row.get("role") == "row"
            assert [one.get("data-label") for one in row.iter("td")] == headings[1:]
            assert {one.get("role") for one in row} == {"rowheader", "cell"}
    assert "<script" not in page


def test_texts_of_bags_are_never_markup_or_formulas(tmp_path: Path) -> None:
    def evil(filling: Filling) -> tuple[object, str]:
        from dataclasses import replace  # noqa: PLC0415

        said, maker = described(filling)
        return replace(said, title='=HYPERLINK("http://x")<script>alert(1)</script>'), maker

    add(tmp_path / "a", describe=evil)  # type: ignore[arg-type]
    assert "<script>" not in (tmp_path / "a/index.html").read_text("utf-8")
    assert ";\"'=HYPERLINK" in (tmp_path / "a/index.csv").read_text("utf-8")


def test_descriptions_have_one_form(tmp_path: Path) -> None:
    add(tmp_path / "a")
    data = (tmp_path / "a/sesiia-5/v0001/description.json").read_bytes()
    assert as_json(parse(data)) == data
    for other in (data + b" ", data.replace(b"1A2B", b'1A2B","x":"'), b"[]", b"1", b"[" * 9000):
        with pytest.raises(ValueError):  # noqa: PT011 - that it is refused is all
            parse(other)


names = st.text("abcабв-_.() №", min_size=1, max_size=12).filter(is_sound_name)


@given(st.dictionaries(names, st.binary(max_size=40), max_size=5))
@settings(max_examples=25)
def test_manifests_name_all_files_whatever_they_are_called(files: dict[str, bytes]) -> None:
    payload = {name: Digests.of(data) for name, data in files.items()}
    short, long = manifests(payload).values()
    assert read_manifest(short) == {f"data/{k}": one.sha256 for k, one in payload.items()}
    assert read_manifest(long) == {f"data/{k}": one.sha512 for k, one in payload.items()}


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", "a\nb", "con.pdf", "LPT1", "a.", " a", "a\u0301",
     "a\u202eb", "я" * 100, "a%0ab", "~x", "a:b", "a\0"],
)  # fmt: skip
def test_odd_names_are_refused(name: str) -> None:
    assert not is_sound_name(name)


def test_a_bag_of_nothing_has_no_faults_of_ours(tmp_path: Path) -> None:
    add(tmp_path / "a", files={})
    assert not inspect_bag(tmp_path / "a/sesiia-5/v0001").faults
