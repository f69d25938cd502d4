"""Reports signed as a department signs them; pyHanko, poppler and qpdf judge what comes of it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from authority import PASSWORD, Authority
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from signed_project import (
    DEPUTY,
    HEAD,
    REPORT,
    SEAL,
    SIGNING,
    built,
    described,
    judged,
    passwords,
    sign,
)
from small_project import PERIOD, write

from reportgen.cli import main
from reportgen.diagnostics import Span
from reportgen.model.council import Official
from reportgen.sign.turns import is_of

__all__ = ["passwords"]
pytestmark = [pytest.mark.usefixtures("passwords"), pytest.mark.slow]

LEVELS = {"B-B": 1, "B-T": 1, "B-LT": 1, "B-LTA": 2}


def signed(root: Path) -> bytes:
    return (root / "signed" / REPORT).read_bytes()


@pytest.fixture(params=["ecdsa", "rsa"])
def authority_of(request: pytest.FixtureRequest) -> Authority:
    name = "authority" if request.param == "ecdsa" else "rsa_authority"
    found: Authority = request.getfixturevalue(name)
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_a_signed_file_is_the_built_one_and_a_signature_that_holds(
    tmp_path: Path, authority_of: Authority, level: str
) -> None:
    root = built(tmp_path, described(authority_of, level=level))
    assert sign(root) == 0
    data, before = signed(root), (root / "output" / REPORT).read_bytes()
    assert data.startswith(before)
    statuses = judged(data, authority_of)
    assert len(statuses) == LEVELS[level]
    assert all(one.intact and one.valid and one.trusted for one in statuses)
    stamp = getattr(statuses[0], "timestamp_validity", None)
    assert (stamp is not None and stamp.valid and stamp.trusted) is (level != "B-B")
    with pikepdf.open(root / "signed" / REPORT) as pdf:
        assert ("/DSS" in pdf.Root) is (level in {"B-LT", "B-LTA"})


def test_several_sign_in_order_and_every_signature_holds(
    tmp_path: Path, authority: Authority
) -> None:
    root = built(tmp_path, described(authority, (HEAD, DEPUTY, SEAL), "B-LTA"))
    assert sign(root) == 0
    statuses = judged(signed(root), authority)
    names = [one.signing_cert.subject.native["common_name"] for one in statuses]
    assert names == [
        "Краснопір Вікторія Іванівна",
        "Шевченко Петро Васильович",
        "Житомирська міська рада",
        "Позначки часу",
    ]
    assert all(one.intact and one.valid and one.trusted for one in statuses)
    assert all(one.docmdp_ok is not False for one in statuses)


@pytest.mark.tool("pdfsig")
@pytest.mark.tool("qpdf")
def test_poppler_and_qpdf_agree(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority, (HEAD, SEAL), "B-T"))
    assert sign(root) == 0
    path = root / "signed" / REPORT
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=False).stdout
    assert said.decode().count("Signature is Valid") == 2
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_another_day_the_next_one_signs(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority, (HEAD, DEPUTY)))
    assert sign(root, "--key", "deputy") == 0
    assert not (root / "signed" / REPORT).exists()
    assert "далі підписує: head" in capsys.readouterr().out
    assert sign(root, "--key", "head") == 0
    first = signed(root)
    assert "далі підписує: deputy" in capsys.readouterr().out
    assert sign(root) == 0
    assert signed(root).startswith(first)
    assert len(judged(signed(root), authority)) == 2
    whole = signed(root)
    assert sign(root) == 0
    assert "вже були підписані 1" in capsys.readouterr().out
    assert signed(root) == whole


def test_what_was_built_anew_is_not_taken_for_what_was_signed(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    assert sign(root) == 0
    old = signed(root)
    path = root / PERIOD
    write(path, path.read_text("utf-8").replace("actual: 18.0", "actual: 19.0"))
    assert sign(root) == 1
    assert "дані змінилися після складання" in capsys.readouterr().err
    assert main(["build", "--root", str(root), "--format", "pdf"]) == 0
    assert sign(root) == 1
    assert "--replace" in capsys.readouterr().err
    assert signed(root) == old
    assert sign(root, "--replace") == 0
    assert signed(root) != old
    assert (root / "signed" / "biblioteky" / "2024-h1.pdf.bak").read_bytes() == old


def test_a_built_file_that_somebody_changed_is_not_signed(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    path = root / "output" / REPORT
    path.write_bytes(path.read_bytes() + b"\n%")
    assert sign(root) == 1
    assert "змінено після складання" in capsys.readouterr().err
    assert not (root / "signed" / REPORT).exists()


def test_a_package_is_signed_whole(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority))
    assert main(["package", "sesiia-5", "--root", str(root)]) == 0
    assert sign(root, "sesiia-5") == 0
    made = {one.name for one in (root / "output/packages/sesiia-5").glob("*.pdf")}
    assert {one.name for one in (root / "signed/packages/sesiia-5").glob("*.pdf")} == made
    assert "book.pdf" in made


def test_any_file_is_signed_by_its_path(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority))
    alien = tmp_path / "lyst.pdf"
    shutil.copy(root / "output" / REPORT, alien)
    assert sign(root, str(alien)) == 0
    assert (root / "signed" / "lyst.pdf").read_bytes().startswith(alien.read_bytes())


MARKS = {"В": HEAD, "Ш": DEPUTY}


@pytest.fixture
def marked(tmp_path: Path, authority: Authority) -> Iterator[pdfium.PdfDocument]:
    signatory = "signatory: krasnopir"
    text = (Path(__file__).parents[1] / "errors/_base" / PERIOD).read_text("utf-8")
    assert "signatory: melnyk" in text
    files = {PERIOD: text.replace("signatory: melnyk", signatory)}
    root = built(tmp_path, described(authority, (HEAD, DEPUTY, SEAL)), files)
    assert sign(root) == 0
    pdf = pdfium.PdfDocument(root / "signed" / REPORT)
    pdf.init_forms()
    yield pdf
    pdf.close()


def boxes(path: Path) -> list[tuple[float, ...]]:
    with pikepdf.open(path) as pdf:
        fields = pdf.Root.AcroForm.Fields
        found = [tuple(float(one) for one in field.Rect) for field in fields]
    return [one for one in found if one[2] > one[0]]


def test_marks_say_who_and_when_beside_the_name_and_cover_nothing(
    tmp_path: Path, marked: pdfium.PdfDocument
) -> None:
    root = tmp_path / "project"
    places = boxes(root / "signed" / REPORT)
    assert len(places) == 3
    with pikepdf.open(root / "signed" / REPORT) as pdf:
        texts = [field.TU for field in pdf.Root.AcroForm.Fields]
    assert str(texts[0]) == "Електронний підпис: Директор, Вікторія КРАСНОПІР"
    bare = pdfium.PdfDocument(root / "output" / REPORT)
    page = bare[len(bare) - 1]
    image = page.render(scale=2, grayscale=True).to_pil()
    height = page.get_height()
    for left, bottom, right, top in places:
        assert 0 < left < right < page.get_width()
        area = image.crop((2 * left, 2 * (height - top), 2 * right, 2 * (height - bottom)))
        assert area.getextrema() == (255, 255)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        apart = places[one][2] <= places[other][0] or places[other][2] <= places[one][0]
        above = places[one][3] <= places[other][1] or places[other][3] <= places[one][1]
        assert apart or above
    text = page.get_textpage()
    name = text.search("КРАСНОПІР").get_next()
    assert name is not None
    line = text.get_charbox(name[0])
    assert places[0][1] < line[1] < places[0][3]
    drawn = marked[len(marked) - 1].render(scale=2, may_draw_forms=True, grayscale=True).to_pil()
    left, bottom, right, top = places[0]
    area = drawn.crop((2 * left, 2 * (height - top), 2 * right, 2 * (height - bottom)))
    assert area.getextrema()[0] < 128


@pytest.mark.tool("pdftotext")
def test_a_mark_is_read_with_its_page(tmp_path: Path, marked: pdfium.PdfDocument) -> None:
    del marked
    path = tmp_path / "project" / "signed" / REPORT
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = told.stdout.decode()
    for part in ("Краснопір Вікторія Іванівна", "Директор", "Сертифікат", "Час підпису"):
        assert part in text
    assert "ЕЛЕКТРОННА ПЕЧАТКА" in text


def test_a_mark_where_no_room_is_left_is_not_seen_and_the_file_is_signed(
    tmp_path: Path, authority: Authority
) -> None:
    root = built(tmp_path, described(authority))
    full = tmp_path / "povna.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(b"0 g 0 0 595 842 re f")
        pdf.save(full)
    assert sign(root, str(full)) == 0
    assert boxes(root / "signed" / "povna.pdf") == []
    assert all(one.intact for one in judged((root / "signed/povna.pdf").read_bytes(), authority))


def test_a_profile_may_ask_for_no_marks(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority) + "    mark: false\n")
    assert sign(root) == 0
    assert boxes(root / "signed" / REPORT) == []


def test_hundreds_are_signed_by_all_cores_and_taken_up_where_they_stopped(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    source = (root / "output" / REPORT).read_bytes()
    names = [f"zvit-{number}.pdf" for number in range(12)]
    for name in names:
        (root / "output" / name).write_bytes(source)
    paths = [str(root / "output" / name) for name in names]
    assert sign(root, *paths[:5], "--jobs", "2") == 0
    before = {one: (root / "signed" / one).read_bytes() for one in names[:5]}
    assert sign(root, *paths, "--jobs", "2") == 0
    out = capsys.readouterr().out
    assert "Підписано 7 файлів; вже були підписані 5." in out
    assert "[12/12" in out
    assert {one: (root / "signed" / one).read_bytes() for one in names[:5]} == before
    assert all(one.intact for one in judged((root / "signed" / names[-1]).read_bytes(), authority))


def test_nothing_of_a_password_is_kept_or_told(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    assert sign(root) == 0
    captured = capsys.readouterr()
    assert PASSWORD not in captured.out + captured.err
    for path in root.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


def test_a_secret_in_the_file_is_refused(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    path = root / SIGNING
    write(path, path.read_text("utf-8").replace("head: {", "head: {password: abc, "))
    assert sign(root) == 1
    err = capsys.readouterr().err
    assert "паролів і PIN-кодів у файлі не тримають" in err
    assert not (root / "signed").exists()


def test_json_of_the_manifest_is_not_touched(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority))
    before = (root / "output" / "manifest.json").read_bytes()
    assert sign(root) == 0
    assert (root / "output" / "manifest.json").read_bytes() == before
    assert json.loads(before)["files"]


def test_the_board_knows_what_all_have_signed(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority, (HEAD, DEPUTY)))

    def standing() -> tuple[str, str | None]:
        capsys.readouterr()
        asked = ("--root", str(root), "--period", "2024-h1", "--on", "2024-07-20")
        assert main(["status", *asked, "--format", "json"]) == 0
        [one] = json.loads(capsys.readouterr().out)["programmes"]
        return one["state"], one["signed"]

    assert standing() == ("built", None)
    assert sign(root, "--key", "head") == 0
    assert standing() == ("built", None)
    assert sign(root) == 0
    assert standing() == ("signed", "signed/biblioteky/2024-h1.pdf")
    page = tmp_path / "board.html"
    asked = ("--root", str(root), "--period", "2024-h1", "--format", "html", "--output", str(page))
    assert main(["status", *asked]) == 0
    assert 'href="project/signed/biblioteky/2024-h1.pdf"' in page.read_text("utf-8")
    path = root / "signed" / REPORT
    path.write_bytes(path.read_bytes()[:-1000] + b"0" * 1000)
    assert standing()[0] in {"built", "signed"}  # and no fault of the program
    write(root / PERIOD, (root / PERIOD).read_text("utf-8").replace("actual: 18.0", "actual: 19.0"))
    assert standing() == ("ready", None)


def painted(data: bytes) -> bytes:
    """Return a file with something drawn over its first page, in a revision behind it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page, _ = writer.find_page_for_modification(0)
    stream = writer.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 50 50 400 200 re f"))
    writer.add_stream_to_page(0, stream)
    assert page is not None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_somebody_has_put_before_the_signatures_is_not_signed(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    """It begins with the built bytes, and shows something else."""
    root = built(tmp_path, described(authority, (HEAD, DEPUTY)))
    planted = painted((root / "output" / REPORT).read_bytes())
    write(root / "signed" / REPORT, planted)
    assert sign(root) == 1
    assert "між складеним і першим підписом щось дописано" in capsys.readouterr().err
    assert signed(root) == planted
    assert sign(root, "--replace", "--key", "head") == 0
    write(root / "signed" / REPORT, painted(signed(root)))
    assert sign(root) == 1
    assert "не такий, яким його лишило підписування" in capsys.readouterr().err


def test_fields_that_others_have_made_are_not_filled(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    root = built(tmp_path, described(authority))
    writer = IncrementalPdfFileWriter(io.BytesIO((root / "output" / REPORT).read_bytes()))
    append_signature_field(writer, SigFieldSpec("Підпис 1", box=(0, 0, 800, 500)))
    out = io.BytesIO()
    writer.write(out)
    alien = tmp_path / "alien.pdf"
    alien.write_bytes(out.getvalue())
    assert sign(root, str(alien)) == 1
    assert "поля підпису, зроблені не тут" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ('#import "@preview/cetz:0.3.0"', "mark.typ:1"),
        ("", "mark.typ"),
        ("a #pagebreak() b", "рівно одну сторінку"),
        ('#read("/etc/passwd")', "mark.typ"),
    ],
)
def test_a_template_of_a_mark_that_cannot_be_used(
    tmp_path: Path,
    authority: Authority,
    capsys: pytest.CaptureFixture[str],
    template: str,
    told: str,
) -> None:
    root = built(tmp_path, described(authority))
    write(root / "templates" / "mark.typ", template)
    assert sign(root) == 1
    assert told in capsys.readouterr().err
    assert not (root / "signed" / REPORT).exists()


def test_a_surname_is_a_word_of_its_own() -> None:
    place = Span("content/registers/officials.yaml")
    ivan = Official("i", "Директор", "Петро", "ІВАН", place)
    assert not is_of(ivan, "Мельниченко Ганна Іванівна")
    assert is_of(ivan, "Іван Петро")
