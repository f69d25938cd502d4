"""Wordings of acts: what they may say, what they may not, and what becomes of values in them."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import ROOT
from small_project import lay, write

from reportgen.build.formats import produce
from reportgen.build.project import find_frame, open_project
from reportgen.cli import main
from reportgen.compute.consolidated import consolidate
from reportgen.compute.money import Contribution, Measure, Money
from reportgen.diagnostics import Span
from reportgen.document.blocks import Document, Paragraph, Signature, Style, Table
from reportgen.load import load_content
from reportgen.model.council import Council, Official
from reportgen.model.meaning import Meaning
from reportgen.model.package import Adopted, Annex, Package, Session
from reportgen.model.period import Period
from reportgen.write.acts import Act, Reported, act_values, make_act
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import FrameError

PLACE = Span("content/packages/sesiia-5.yaml")
DAY = datetime.date(2024, 2, 15)
YEAR = Period.parse("2023")
FILE = "templates/decision/decision.j2"
SIGNATORY = Official("h", "Міський голова", "Ім'я", "ПРІЗВИЩЕ", PLACE)


def _council() -> Council:
    council = load_content(ROOT, []).council
    assert council
    return council


COUNCIL = _council()


def contribution(name: str = "Програма", plan: str = "10", actual: str = "5") -> Contribution:
    money = {Meaning.ANNUAL_PLAN: Money(Decimal(plan)), Meaning.ACTUAL: Money(Decimal(actual))}
    measure = Measure("1", name, (), money)
    return Contribution("p", name, "", YEAR, PLACE, 1, (measure,), money)


def _package(annex: Annex, title: str = "Про звіти") -> Package:
    return Package(
        id="sesiia-5",
        council=COUNCIL.genitive,
        title=title,
        place="",
        session=Session("35", "VIII", DAY),
        adopted=Adopted("1013", DAY),
        speaker=None,
        signatory=SIGNATORY,
        annexes=(annex,),
        consolidated=True,
        span=PLACE,
    )


def act(wording: str, *, name: str = "Програма", title: str = "Про звіти") -> Document:
    """Return what becomes of a wording."""
    said = contribution(name)
    annex = Annex(1, "p", YEAR, PLACE)
    package = _package(annex, title)
    values = act_values(
        package,
        COUNCIL,
        [Reported(annex, f"Звіт {name}", name, said)],
        [consolidate(YEAR, [said])],
    )
    return make_act(Act(wording, FILE, title, "35 сесія", DAY, SIGNATORY), values, COUNCIL)


def fault(wording: str) -> str:
    with pytest.raises(FrameError) as caught:
        act(wording)
    return f"{caught.value.line}: {caught.value}"


def paragraphs(document: Document) -> list[tuple[Style, str]]:
    return [
        (one.style, "|".join(one.lines)) for one in document.blocks if isinstance(one, Paragraph)
    ]


def test_marks_make_styles() -> None:
    wording = "^ Проєкт\n\n# А\n# Б\n\n## В\n### Г\n> Ґ\n> Д\n\nслова\nдалі\n\n~ примітка\n#тут"
    assert paragraphs(act(wording)) == [
        (Style.ANNEX_MARK, "Проєкт"),
        (Style.TITLE, "А|Б"),
        (Style.SUBTITLE, "В"),
        (Style.SECTION, "Г"),
        (Style.LINE, "Ґ|Д"),
        (Style.TEXT, "слова далі"),
        (Style.NOTE, "примітка"),
        (Style.TEXT, "#тут"),
    ]


def test_signatory_comes_last() -> None:
    assert act("слова").blocks[-1] == Signature("Міський голова", "Ім'я ПРІЗВИЩЕ", PLACE)


def test_points_and_bold() -> None:
    document = act("1. Перше **важливе**.\n- а;\n- б.\n2. Друге.")
    said = [one for one in document.blocks if isinstance(one, Paragraph)]
    assert [one.marked.mark for one in said if one.marked] == ["1.", "•", "•", "2."]
    assert said[0].marked
    assert [run.text for run in said[0].marked.runs if run.bold] == ["важливе"]


def test_a_number_may_head_a_point() -> None:
    [point] = paragraphs(
        act("{% for one in annexes %}\n{{ loop.index }}. {{ one.name }}\n{% endfor %}")
    )
    assert point == (Style.TEXT, "1. Програма")


def test_lines_of_tags_alone_part_nothing() -> None:
    wording = "> а\n{% if adopted %}\n> б\n{% endif %}\n  {# пояснення #}\n> в"
    assert paragraphs(act(wording)) == [(Style.LINE, "а|б|в")]


def test_figures_are_printed() -> None:
    wording = (
        "{% for one in periods %}{{ one.plan }} {{ one.actual }} {{ one.percent }}{% endfor %}"
    )
    assert paragraphs(act(wording)) == [(Style.TEXT, "10,0 5,0 50,0")]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Звіт про виконання паспорта", "звіт про виконання паспорта 1 звіт"),
        ("Річний звіт про програму", "річний звіт про програму 1 звіт"),
        ("Інформація про завдання", "інформацію про завдання 1 документ"),
        ("Звітність", "Звітність 1 документ"),
    ],
)
def test_an_annex_is_called_what_it_calls_itself(title: str, said: str) -> None:
    annex = Annex(1, "p", YEAR, PLACE)
    reported = [Reported(annex, title, "Програми", contribution())]
    values = act_values(_package(annex), COUNCIL, reported, [])
    wording = "{% for one in annexes %}{{ one.accusative }} {{ annexes_counted }}{% endfor %}"
    document = make_act(Act(wording, FILE, "Про", "35 сесія", DAY, SIGNATORY), values, COUNCIL)
    assert paragraphs(document) == [(Style.TEXT, said)]


def test_periods_and_marks_are_typeset() -> None:
    document = act("«{{ title }}» № 5\n\n## за 2023 рік", title="Про «Зелене»")
    assert paragraphs(document) == [
        (Style.TEXT, "«Про „Зелене“» №\u00a05"),
        (Style.SUBTITLE, "за\u00a02023\u00a0рік"),
    ]


def test_a_table_stands_by_itself() -> None:
    document = act("{% for one in periods %}\n\n{{ one.table }}\n\n{% endfor %}")
    [table] = [one for one in document.blocks if isinstance(one, Table)]
    assert [cell.text for cell in table.body[-1].cells] == ["Усього", "10,0", "5,0", "50,0"]
    assert sum(one.width for one in table.columns) == pytest.approx(document.page.text_width)
    assert not document.page.landscape


@pytest.mark.parametrize(
    "name",
    [
        "# Заголовок",
        "**жирне** і *похиле*",
        "- пункт",
        "1. пункт",
        "> рядок",
        "{{ council.name }}",
        "{% for x in y %}",
        "рядок\n\n# другий",
        "[клац](https://example.org)",
        "\ue0000\ue001",
        "\ue002",
        "<b>&amp;</b>",
    ],
)
def test_values_are_text_and_nothing_else(name: str) -> None:
    wording = "{{ annexes[0].name }}\n\n### {{ annexes[0].name }}"
    blocks = act(wording, name=name).blocks
    one_line = " ".join(name.split("\n")) if "\n" not in name else "рядок # другий"
    assert [one.lines for one in blocks if isinstance(one, Paragraph)] == [(one_line,)] * 2
    assert all(one.marked is None for one in blocks if isinstance(one, Paragraph))


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("а\n{{ nema }}", "2: немає «nema»"),
        ("\n\n{{ council.head }}", "3: немає «head»; є: name, genitive, kind"),
        ("{{ title", "1: Помилка в записі шаблону: запис обривається"),
        ("а\n{% for one in annexes %}", "2: Помилка в записі шаблону: «for» не закрито"),
        ("{{ ''.__class__ }}", "немає «__class__»"),
        ("{{ title.upper() }}", "дія «()» тут недозволена"),
        ("{{ 'а' * 1000000000 }}", "дія «*» тут недозволена"),
        ("{{ range(9) }}", "недозволена"),
        (f"\n{{% for a in '{'x' * 100}' %}}{'ж' * 40_000}{{% endfor %}}", "2: цикл має йти за тим"),
        ("а\n{% set x = 1 %}", "2: дія «assign» тут недозволена"),
        ("{% include 'frame.docx' %}", "недозволена"),
        ("{% extends 'x' %}", "недозволена"),
        ("{% import 'x' as y %}", "недозволена"),
        ("{% macro m() %}{% endmacro %}", "недозволена"),
        ("{{ title | replace('а', 'б') }}", "«replace» тут вживають без дужок"),
        ("{{ title | e }}", "немає фільтра «e»; є: date, lower, upper"),
        ("{{ session }}", "тут немає тексту"),
        ("{{ session.date }}", "дату друкують так"),
        ("{{ speaker }}", "тут немає тексту"),
        ("а {{ periods[0].table }}", "таблиця має стояти сама"),
        ("# {{ periods[0].table }}", "таблиця має стояти сама"),
        ("[тут](https://a.b/{{ title }})", "адресі"),
        ("а\ue000б", "U+E000"),
        ("а" * 50_001, "довший за 50000"),
        ("{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "вкладеність"),
        (
            "{% for a in annexes %}\n{% for b in annexes %}{% endfor %}{% endfor %}",
            "2: цикл у циклі",
        ),
    ],
)
def test_what_a_wording_may_not(wording: str, said: str) -> None:
    assert said in fault(wording)


def test_own_wording_replaces_the_shipped_one(tmp_path: Path) -> None:
    root = lay(tmp_path, {"content/packages/p.yaml": _PACKAGE, FILE: "# НАШЕ {{ title }}\n"})
    assert main(["package", "p", "--root", str(root)]) == 0
    with pdfplumber.open(root / "output/packages/p/decision.pdf") as pdf:
        assert pdf.pages[0].extract_text().startswith("НАШЕ Про звіт")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (FILE, "а\n{{ nema }}\n", f"{FILE}:2:1: помилка[template-invalid]: немає «nema»"),
        (FILE, b"\xff\xfe", f"{FILE}:1:1: помилка[template-invalid]"),
        ("templates/note/Note.j2", "а", "templates/note/Note.j2:1:1: помилка[name-invalid]"),
        (FILE, "# Ω\U0001f600", "помилка[glyph-missing]"),
    ],
)
def test_a_wrong_wording_stops_the_package(
    file: str, text: str | bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, {"content/packages/p.yaml": _PACKAGE, file: text})
    assert main(["package", "p", "--root", str(root)]) == 1
    assert said in capsys.readouterr().err
    assert not (root / "output").exists()


def test_a_link_out_of_templates_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, {"content/packages/p.yaml": _PACKAGE})
    write(tmp_path / "secret", "таємне")
    (root / "templates/decision").mkdir()
    (root / FILE).symlink_to(tmp_path / "secret")
    assert main(["package", "p", "--root", str(root)]) == 1
    assert "помилка[file-outside]" in capsys.readouterr().err


_PACKAGE = """title: Про звіт про виконання програми
session: {number: 5, convocation: VIII, date: 2024-08-30}
signatory: melnyk
annexes:
  - {programme: biblioteky, period: 2024-h1}
"""


@pytest.mark.parametrize("number", [*range(44, 53), 90])
def test_a_signatory_is_never_alone_on_a_page(number: int) -> None:
    typeface = find_typeface()
    if typeface is None:
        pytest.skip("на цьому комп'ютері немає шрифту, за яким це видно")
    document = act("# РІШЕННЯ\n\n" + "\n".join(f"{one}. Пункт." for one in range(1, number + 1)))
    frame, _ = find_frame(open_project(ROOT), "")
    pdf = produce("pdf", document, frame, typeface, "typst")
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        last = opened.pages[-1].extract_text()
    assert "ПРІЗВИЩЕ" in last
    assert f"{number}. Пункт." in last


@settings(max_examples=40)
@given(st.text(max_size=60), st.sampled_from(["", "# ", "> ", "- ", "1. ", "~ "]))
def test_any_name_is_shown_as_it_is(name: str, mark: str) -> None:
    blocks = act(f"{mark}[{{{{ annexes[0].name }}}}]", name=name).blocks
    [text] = ["".join(one.lines) for one in blocks if isinstance(one, Paragraph)]
    shown = "".join(" " if one in "\r\n\v\f\x85\u2028\u2029" else one for one in name)
    assert "".join(shown.split()) in "".join(text.split())


@settings(max_examples=60)
@given(st.text("{}%# аb.|()[]1\n'_", max_size=60))
def test_any_wording_is_drawn_or_refused(wording: str) -> None:
    refused: FrameError | None = None
    try:
        assert isinstance(act(wording).blocks[-1], Signature)
    except FrameError as error:
        refused = error
    assert refused is None or (refused.messages and refused.line >= 1)
