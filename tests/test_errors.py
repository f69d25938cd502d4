"""The catalogue of errors: every code has its examples, each says what it should, word for word.

A case is a folder below ``tests/errors/<code>``, or that folder itself. Its ``content`` and
``templates`` are laid over the small project of ``tests/errors/_base``; ``absent.txt`` lists files
to take away from it; ``expected.txt`` is what a clerk reads. A ``source`` of any format is a
foreign report that is imported; ``form.tsv`` is what a clerk does with an entry form. What no plain
file can show (a pipe, a file of 200 MB) is made by a function of this module.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from returned import told_of
from small_project import COUNCIL, ERRORS, OFFICIALS, PERIOD, base, check, imported, lay, write

from reportgen.build.project import open_project
from reportgen.cli.messages import show
from reportgen.diagnostics import CATALOGUE, Severity
from reportgen.write import fonts

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "errors.md"
CASES = sorted(
    {
        path.parent.relative_to(ERRORS).as_posix()
        for name in ("content", "templates", "absent.txt", "expected.txt", "source.*", "form.tsv")
        for path in ERRORS.glob(f"[!_]*/**/{name}")
    }
)
NAMES = {Severity.ERROR: "Помилка", Severity.WARNING: "Попередження", Severity.NOTE: "Примітка"}


def _windows_1251(root: Path) -> None:
    write(root / PERIOD, base(PERIOD).encode("windows-1251"))


def _utf_16(root: Path) -> None:
    write(root / PERIOD, base(PERIOD).encode("utf-16"))


def _workbook(root: Path) -> None:
    write(root / PERIOD, b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00")


def _bytes(root: Path) -> None:
    write(root / PERIOD, bytes(range(256)) * 8)


def _null(root: Path) -> None:
    write(root / PERIOD, base(PERIOD).replace("214", "2\x0014"))


def _sparse(root: Path) -> None:
    with (root / PERIOD).open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)


def _many_values(root: Path) -> None:
    write(root / PERIOD, base(PERIOD) + "executors: [" + "x, " * 70_000 + "x]\n")


def _long_text(root: Path) -> None:
    write(root / PERIOD, base(PERIOD).replace("214 книжок.", "книжки " + "роман " * 4000))


def _folder(root: Path) -> None:
    (root / OFFICIALS).unlink()
    (root / OFFICIALS).mkdir()


def _pipe(root: Path) -> None:
    (root / PERIOD).unlink()
    os.mkfifo(root / PERIOD)


def _link_to_itself(root: Path) -> None:
    (root / PERIOD).unlink()
    (root / PERIOD).symlink_to(root / PERIOD)


def _link_outside(root: Path) -> None:
    shutil.move(root / PERIOD, root.parent / "2024-h1.yaml")
    (root / PERIOD).symlink_to(root.parent / "2024-h1.yaml")


def _folder_outside(root: Path) -> None:
    shutil.move(root / "content" / "registers", root.parent / "registers")
    (root / "content" / "registers").symlink_to(root.parent / "registers")


def _no_fonts(_root: Path) -> None:
    """The machine's fonts are hidden by the test itself."""


def _font_not_installed(root: Path) -> None:
    write(root / COUNCIL, base(COUNCIL) + "page: {font: Tinos}\n")


MADE: Mapping[str, Callable[[Path], None]] = {
    "file-encoding/bytes": _bytes,
    "file-encoding/utf-16": _utf_16,
    "file-encoding/windows-1251": _windows_1251,
    "file-encoding/workbook": _workbook,
    "file-outside/folder": _folder_outside,
    "file-outside/link": _link_outside,
    "file-too-large/bytes": _sparse,
    "file-too-large/values": _many_values,
    "file-unreadable/folder": _folder,
    "file-unreadable/link-to-itself": _link_to_itself,
    "file-unreadable/pipe": _pipe,
    "font-fallback/no-fonts": _no_fonts,
    "font-missing/not-installed": _font_not_installed,
    "text-control-character/null": _null,
    "text-too-long/info": _long_text,
}
HIDING_FONTS = ("font-fallback/no-fonts", "font-missing/not-installed")


def _lay_case(case: str, folder: Path) -> Path:
    root = lay(folder)
    source = ERRORS / case
    absent = source / "absent.txt"
    for name in absent.read_text(encoding="utf-8").split() if absent.exists() else ():
        (root / name).unlink()
    for name in ("content", "templates"):
        if (source / name).is_dir():
            shutil.copytree(source / name, root / name, dirs_exist_ok=True)
    if case in MADE:
        MADE[case](root)
    return root


@pytest.mark.parametrize("case", CASES)
def test_message(
    case: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    if case.endswith("/pipe") and not hasattr(os, "mkfifo"):
        pytest.skip("ця система не має іменованих каналів")
    root = _lay_case(case, tmp_path)
    typeface = fonts.find_typeface()
    if case in HIDING_FONTS:
        monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path / "fonts",))
    elif typeface is None and case.startswith(("glyph-missing", "figure-too-wide")):
        pytest.skip("на цьому комп'ютері немає шрифту, за яким це видно")

    sources = [*(ERRORS / case).glob("source.*")]
    found = imported(root, *sources) if sources else check(root)[0]
    form = ERRORS / case / "form.tsv"
    if form.is_file():
        fresh = lay(tmp_path / "fresh")
        found = told_of(root, fresh, form.read_text(encoding="utf-8"))
    if case not in HIDING_FONTS:
        found = [one for one in found if one.code != "font-fallback"]
    show(found, open_project(root))
    said = capsys.readouterr().err
    if typeface:
        said = said.replace(f"«{typeface.family}»", "«Liberation Serif»")

    path = ERRORS / case / "expected.txt"
    if pytestconfig.getoption("--golden-update"):
        write(path, said)
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert said == expected, f"{path} differs; look, then run pytest --golden-update"


@pytest.mark.parametrize("case", CASES)
def test_case_shows_its_own_code(case: str) -> None:
    code = case.partition("/")[0]
    said = (ERRORS / case / "expected.txt").read_text(encoding="utf-8")
    codes = re.findall(r"^\S.*?: (?:помилка|попередження|примітка)\[(.+?)\]:", said, re.MULTILINE)
    assert code in codes


def test_every_made_case_is_kept() -> None:
    assert set(MADE) <= set(CASES)


def test_base_has_nothing_to_tell(tmp_path: Path) -> None:
    found, [report] = check(lay(tmp_path))
    assert not [one for one in found if one.code != "font-fallback"]
    assert report.document is not None


def test_every_code_has_cases_and_no_case_lacks_a_code() -> None:
    assert {case.partition("/")[0] for case in CASES} == set(CATALOGUE)
    folders = {path.name for path in ERRORS.iterdir() if path.is_dir()}
    assert folders == {*CATALOGUE, "_base"}


def _explained() -> dict[str, str]:
    """Return the sections of ``docs/errors.md`` by code."""
    parts = re.split(
        r"^## `?([a-z-]+)`?$", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_code_is_explained_in_the_order_of_the_stages() -> None:
    assert list(_explained()) == list(CATALOGUE)


def test_the_contents_name_every_code_once() -> None:
    contents = DOCUMENT.read_text(encoding="utf-8").partition("\n## Зміст\n")[2]
    named = re.findall(r"\[([a-z-]+)\]\(#\1\)", contents.partition("\n## ")[0])
    assert sorted(named) == sorted(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_explanation_tells_the_severity_and_shows_a_real_message(code: str) -> None:
    section = _explained()[code]
    severity = NAMES[Severity(CATALOGUE[code].severity)]
    assert section.strip().startswith(f"**{severity}:** {CATALOGUE[code].title}.")
    examples = re.findall(r"^```text\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert examples
    real = [path.read_text(encoding="utf-8") for path in (ERRORS / code).rglob("expected.txt")]
    for example in examples:
        assert any(example in said for said in real), example
    assert "**Що робити.**" in section
