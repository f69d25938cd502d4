"""A mark's template of the council's own is held to memory and time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from authority import Authority
from signed_project import HEAD, REPORT, built, described, passwords, sign
from small_project import write

from reportgen.sign import press_apart
from reportgen.sign.faults import SigningError
from reportgen.sign.mark import Ink, Mark, draw

__all__ = ["passwords"]

SHIPPED = (Path(__file__).parents[2] / "templates/mark.typ").read_bytes()
HUNGRY = b"#let all = range(400000000).map(one => str(one))\n" + SHIPPED
ENDLESS = b"#for a in range(9999) { for b in range(9999) { for c in range(9999) { } } }\n" + SHIPPED
MARK = Mark("Електронна печатка", "Житомирська міська рада", "", "1A2B")


def test_what_is_drawn_apart_is_the_same() -> None:
    with press_apart.pressed_apart(SHIPPED, None) as press:
        apart = Ink(press, None)
        assert draw(MARK, "", apart) == draw(MARK, "", Ink.of(SHIPPED, None))
        with pytest.raises(SigningError, match="не складається"):
            press({})
        assert draw(MARK, "", apart) == draw(MARK, "", Ink.of(SHIPPED, None))


@pytest.mark.parametrize(
    ("there", "written", "said"),
    [
        ("height: auto", "height: mark.height * 1mm", "немає поля «height».* height: auto"),
        ("height: auto", 'height: mark.at("height") * 1mm', "«height».* height: auto"),
        ("mark.title", "mark.titel", r"немає поля «titel»; що дістає шаблон .* docs/uk/sign\.md"),
        ("mark.title", "titel", "немає імені «titel»"),
    ],
)
def test_what_a_template_asks_for_in_vain_is_told_in_ukrainian(
    there: str, written: str, said: str
) -> None:
    template = SHIPPED.decode("utf-8").replace(there, written)
    line = template[: template.index(written)].count("\n") + 1
    with pytest.raises(SigningError, match=rf"mark\.typ:{line}: .*не складається: .*{said}"):
        draw(MARK, "", Ink.of(template.encode(), None))


@pytest.mark.slow
def test_a_template_that_fills_memory_ends_alone() -> None:
    pytest.importorskip("resource")
    with press_apart.pressed_apart(HUNGRY, None) as press:
        for _ in range(2):
            with pytest.raises(SigningError, match="понад 1 ГБ пам'яті"):
                draw(MARK, "", Ink(press, None))


def test_a_template_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press_apart, "_PATIENCE", 4)
    with press_apart.pressed_apart(ENDLESS, None) as press:
        began = time.monotonic()
        with pytest.raises(SigningError, match="чи немає в ньому циклу"):
            draw(MARK, "", Ink(press, None))
        assert time.monotonic() - began < 10


@pytest.mark.slow
@pytest.mark.usefixtures("passwords")
def test_a_hungry_template_leaves_the_file_unsigned(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("resource")
    elsewhere = "  zastupnyk: {elsewhere: true}\n"
    root = built(tmp_path, described(authority, (HEAD,), more=elsewhere))
    path = root / "templates" / "mark.typ"
    write(path, HUNGRY.decode("utf-8"))
    assert sign(root) == 1
    assert "понад 1 ГБ пам'яті" in capsys.readouterr().err
    assert not (root / "signed" / REPORT).exists()
    write(path, SHIPPED.decode("utf-8").replace("#1f4e79", "#aa0000"))
    assert sign(root) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("passwords")
def test_an_own_template_serves_all_cores(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority))
    write(root / "templates/mark.typ", SHIPPED.decode("utf-8").replace("#1f4e79", "#aa0000"))
    paths = [root / "output" / f"zvit-{number}.pdf" for number in range(5)]
    for one in paths:
        one.write_bytes((root / "output" / REPORT).read_bytes())
    assert sign(root, *map(str, paths), "--jobs", "2") == 0
    assert all((root / "signed" / one.name).is_file() for one in paths)
