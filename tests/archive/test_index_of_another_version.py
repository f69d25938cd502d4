"""An archive outlives the version that wrote its index: that is no damage, and hides none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from archived import archive, loosen

from reportgen.archive.index_check import Checked
from reportgen.archive.index_check import check_index as check
from reportgen.archive.inspection import read_archive
from reportgen.archive.keeping import kept

Check: TypeAlias = Callable[[str, bytes, bytes], Checked]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = archive(tmp_path_factory.mktemp("index"))
    loosen(folder)
    return folder


@pytest.fixture(scope="module")
def check_index(whole: Path) -> Check:
    bags = kept(whole, read_archive(whole).journal)
    return lambda name, data, right: check(name, data, right, bags)


def without(data: bytes, column: str) -> bytes:
    """Return the table as a version wrote it that did not have the column."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    at = rows[0].index(column)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([*row[:at], *row[at + 1 :]] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def test_a_table_with_fewer_columns_is_told_of_and_is_no_fault(
    whole: Path, check_index: Check
) -> None:
    right = (whole / "index.csv").read_bytes()
    checked = check_index("index.csv", without(right, "Код періоду"), right)
    assert not checked.faults
    assert "складено не так, як складає ця версія" in checked.remarks[0]


@pytest.mark.parametrize("digit", ["0", "1"])
def test_a_changed_hash_in_it_is_a_fault(whole: Path, check_index: Check, digit: str) -> None:
    right = (whole / "index.csv").read_bytes()
    old = without(right, "Код періоду").decode()
    rows = old.split("\n")
    at = next(i for i, row in enumerate(rows) if "journal.jsonl" in row)
    head = next(one for one in rows[at].split(";") if len(one) == 64)
    other = ("1" if digit == "0" else "0") + head[1:]
    changed = old.replace(head, other if other != head else "2" + head[1:])
    assert check_index("index.csv", changed.encode(), right).faults


@pytest.mark.parametrize(
    "damage",
    [
        lambda rows: rows[:-1],  # the journal's last line is told there
        lambda rows: rows[:1],
        lambda rows: [*rows, rows[-1]],
        lambda rows: [rows[0], *reversed(rows[1:])],
    ],
)
def test_rows_cannot_be_taken_from_it(whole: Path, check_index: Check, damage: object) -> None:
    right = (whole / "index.csv").read_bytes()
    rows = without(right, "Посада").decode().rstrip("\n").split("\n")
    changed = "\n".join(damage(rows)) + "\n"  # type: ignore[operator]
    assert check_index("index.csv", changed.encode(), right).faults


def test_the_same_columns_must_be_the_same_bytes(whole: Path, check_index: Check) -> None:
    right = (whole / "index.csv").read_bytes()
    assert check_index("index.csv", right + b"\n", right).faults
    assert check_index("index.csv", right.replace(b"\n", b"\r\n"), right).faults
    assert check_index("index.csv", b"", right).faults
    assert check_index("index.csv", b"\xff\xfe", right).faults


def test_a_page_of_another_version(whole: Path, check_index: Check) -> None:
    right = (whole / "index.html").read_bytes()
    other = right.replace(b'content="reportgen ', b'content="reportgen 9')
    assert other != right
    checked = check_index("index.html", other.replace(b"<h1", b"<h1 lang='uk'"), right)
    assert not checked.faults
    assert "вірте index.csv" in checked.remarks[0]
    assert check_index("index.html", right.replace(b"<h1", b"<h1 lang='uk'"), right).faults


def test_hashes_on_such_a_page_are_held(whole: Path, check_index: Check) -> None:
    right = (whole / "index.html").read_bytes()
    other = right.replace(b'content="reportgen ', b'content="reportgen 9')
    hashes = set(re.findall(rb"\b[0-9a-f]{64}\b", right))
    assert hashes
    for found in hashes:
        changed = other.replace(found, (b"1" if found[:1] == b"0" else b"0") + found[1:])
        assert check_index("index.html", changed, right).faults


def renamed(data: bytes, columns: dict[str, str], cells: tuple[str, str] = ("", "")) -> bytes:
    """Return the table with other names of columns, and one text put for another."""
    head, *rows = data.decode("utf-8-sig").split("\n")
    named = [columns.get(one, one) for one in head.split(";")]
    rest = "\n".join(rows)
    return "\n".join([";".join(named), rest.replace(*cells) if cells[0] else rest]).encode()


def with_column(data: bytes, name: str, cell: str = "щось") -> bytes:
    """Return the table as a version wrote it that has one column more."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([*row, cell if number else name] for number, row in enumerate(rows))
    return out.getvalue().encode()


@pytest.mark.parametrize("essential", ["Пакет", "Рішення", "Підписувач", "Сертифікат", "Файл"])
@pytest.mark.parametrize("name", ["{} ", "{}ч", "", None])
def test_essential_columns_are_there_under_their_names(
    whole: Path, check_index: Check, essential: str, name: str | None
) -> None:
    right = (whole / "index.csv").read_bytes()
    if name is None:
        assert check_index("index.csv", without(right, essential), right).faults
    else:
        changed = renamed(right, {essential: name.format(essential)})
        assert check_index("index.csv", changed, right).faults


@pytest.mark.parametrize(
    "name", ["Посада ", " Посада", "", "посада", "Пасада", "Поса\u200bда", "=1", "\tx"]
)
def test_other_columns_have_plain_names(whole: Path, check_index: Check, name: str) -> None:
    right = (whole / "index.csv").read_bytes()
    assert check_index("index.csv", renamed(right, {"Посада": name}), right).faults
    assert check_index("index.csv", with_column(right, name), right).faults


def test_columns_that_nobody_could_compare_are_told_of(whole: Path, check_index: Check) -> None:
    right = (whole / "index.csv").read_bytes()
    checked = check_index("index.csv", with_column(right, "Том"), right)
    assert not checked.faults
    assert "колонок «Том» ця версія не знає: їх не звірено" in checked.remarks[0]
    checked = check_index("index.csv", renamed(right, {"Посада": "Ким є", "Вид": "Рід"}), right)
    assert "колонок «Рід», «Ким є» ця версія не знає: їх не звірено" in checked.remarks[0]
    assert check_index("index.csv", with_column(right, "Том", "=1+1"), right).faults


def test_a_forged_table_does_not_pass_as_another_version_s(whole: Path, check_index: Check) -> None:
    right = (whole / "index.csv").read_bytes()
    old = without(right, "Код періоду")
    for text, other in (("Краснопір", "Зловмисник"), ("№ 7", "№ 666"), ("1A2B", "1A2C")):
        assert text in old.decode()
        assert check_index("index.csv", old.decode().replace(text, other).encode(), right).faults


def other_page(whole: Path) -> tuple[str, bytes]:
    """Return a page that calls itself another version's, and this version's."""
    right = (whole / "index.html").read_bytes()
    return right.decode().replace('content="reportgen ', 'content="reportgen 9'), right


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Краснопір Вікторія", "Підробна Вікторія"),
        ("№ 7 від", "№ 77 від"),
        ("№ 7 від", "№ 666 від"),
        ("сертифікат 1A2B", "сертифікат 1A2BFF"),
        ("сертифікат 1A2B", "сертифікат <i>1A2B</i>FF"),
        ("директор департаменту", "прибиральник"),
        (">book.pdf<", ">kniga.pdf<"),
        ("Олена Мельник", "Ніхто"),
    ],
)
def test_texts_of_such_a_page_are_held(
    whole: Path, check_index: Check, text: str, other: str
) -> None:
    page, right = other_page(whole)
    assert text in page
    once = other.join(page.rsplit(text, 1))
    for changed in (page.replace(text, other), once):
        assert check_index("index.html", changed.encode(), right).faults
    hidden = page.replace(text, other).replace("<body>", f'<body title="{text}"><!-- {text} -->')
    assert check_index("index.html", hidden.encode(), right).faults


def test_bags_of_such_a_page_are_held(whole: Path, check_index: Check) -> None:
    page, right = other_page(whole)
    changed = page.replace("sesiia-6/v0001", "sesiia-9/v0001")
    assert check_index("index.html", changed.encode(), right).faults


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=x></SCRIPT>",
        "<!--><script>alert(1)</script>-->",
        "<script/x>1</script>",
        "<p onclick='x'>1</p>",
        "<p/onclick=x>1</p>",
        "<p onclick=x>1</p>",
        "<p style='background: url(x)'>1</p>",
        "<iframe></iframe>",
        "<object data='x'></object>",
        "<embed src='x'>",
        "<img src='x'>",
        "<svg></svg>",
        "<form action='x'></form>",
        "<base href='x/'>",
        "<link rel='stylesheet' href='x.css'>",
        "<meta http-equiv='refresh' content='0;x.html'>",
        "<meta charset='iso-2022-jp'>",
        "<a href='http://evil.example/'>1</a>",
        "<a href='//evil.example/'>1</a>",
        "<a href='/\\evil.example/'>1</a>",
        "<a href='java&#115;cript:alert(1)'>1</a>",
        "<a href='javascript&colon;alert(1)'>1</a>",
        "<a href=' &#47;/evil.example'>1</a>",
        "<a href='../evil.html'>1</a>",
        "<a href='x' ping='x'>1</a>",
        "<style>@import 'x';</style>",
        "<style>p { background: url(x) }</style>",
        "<style>p { background: u\\72l(x) }</style>",
        "<style>p { background: image-set('x' 1x) }</style>",
        "<?xml version='1.0'?>",
        "<![CDATA[x]]>",
        "1 < 2",
        "</style",
    ],
)
def test_such_a_page_does_nothing(whole: Path, check_index: Check, harm: str) -> None:
    page, right = other_page(whole)
    assert not check_index("index.html", page.encode(), right).faults
    for place in ("</main>", "</head>", "<body>"):
        changed = page.replace(place, f"{harm}{place}" if place != "<body>" else place + harm)
        assert check_index("index.html", changed.encode(), right).faults


def test_such_a_page_may_look_otherwise(whole: Path, check_index: Check) -> None:
    page, right = other_page(whole)
    page = page.replace("Краснопір Вікторія", "<b>Краснопір</b>\n  Вікторія")
    page = page.replace(
        "<main>", '<main class="x"><header><p>Архів ради &amp; її книг</p></header>'
    )
    page = page.replace("</style>", "p { color: red }\n</style>")
    checked = check_index("index.html", page.encode(), right)
    assert not checked.faults
    assert "решту не звірено" in checked.remarks[0]
    assert "версія програми" not in checked.remarks[0]


def test_the_page_tells_the_time_of_kyiv(whole: Path) -> None:
    page = (whole / "index.html").read_text("utf-8")
    assert "16.02.2024 11:30 +02:00" in page  # 09:30 UTC in the journal
