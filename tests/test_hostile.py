"""Broken and hostile files: a clear finding at the right place, at once and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_project import BASE, EXECUTORS, FORM, PERIOD, PROGRAMME, base, check, lay, write

from reportgen.build.project import open_project
from reportgen.cli import main
from reportgen.cli.messages import show
from reportgen.diagnostics import CATALOGUE, as_json, has_errors, in_order
from reportgen.source.reading import LARGEST_FILE

SECONDS = 4.0  # of the processor; the worst takes 1.4 on a usual machine
MEGABYTES = 600

Files = Mapping[str, str | bytes]


def _filled(unit: str) -> str:
    """Return as much of a text as the largest file holds."""
    return unit * (LARGEST_FILE // len(unit.encode("utf-8")))


def _numbered(template: str, count: int) -> str:
    return "".join(template.format(number) for number in range(count))


def _laughs(width: int, depth: int) -> str:
    """Return aliases of aliases that stand for ``width ** depth`` values."""
    lines = ["a0: &a0 [" + ", ".join(["ха"] * width) + "]\n"]
    lines += [
        f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * width) + "]\n"
        for level in range(1, depth)
    ]
    return "".join(lines)


def _period(old: str, new: str) -> Files:
    text = base(PERIOD)
    assert old in text
    return {PERIOD: text.replace(old, new, 1)}


INFO = "info: Придбано 214 книжок."
ROWS = base(PERIOD)
HEADING = '"Звіт про виконання {{ programme.genitive }} за {{ period }}"'


def _heading(template: str) -> Files:
    return {FORM: base(FORM).replace(HEADING, f"'{template}'")}


#: Name → the files, the code that is found first, and its line and column.
BROKEN: Mapping[str, tuple[Files, str, tuple[int, int]]] = {
    "not UTF-8": ({PERIOD: ROWS.encode("cp1251")}, "file-encoding", (8, 11)),
    "UTF-16": ({PERIOD: ROWS.encode("utf-16")}, "file-encoding", (1, 1)),
    "UTF-16 without a mark": (
        {PERIOD: ROWS.encode("utf-16-le")},
        "file-encoding",
        (1, 1),
    ),
    "a tab": (_period("    actual: 48.5", "\tactual: 48.5"), "yaml-syntax", (7, 1)),
    "NUL": (_period("214", "2\x0014"), "text-control-character", (8, 21)),
    "NUL as a code": (_period(INFO, r'info: "\0"'), "text-control-character", (8, 11)),
    "a command to the terminal": (_period("214", "\x1b[2J"), "text-control-character", (8, 20)),
    "a lone surrogate": (_period(INFO, r'info: "\ud800"'), "yaml-syntax", (8, 14)),
    "a surrogate in bytes": (
        {PERIOD: ROWS.encode().replace(b"214", b"\xed\xa0\x80")},
        "file-encoding",
        (8, 20),
    ),
    "10 000 nested lists": ({PERIOD: "[" * 10_000 + "]" * 10_000}, "yaml-too-deep", (1, 65)),
    "10 000 nested mappings": ({PERIOD: "{a: " * 10_000}, "yaml-too-deep", (1, 257)),
    "10 000 block lists": ({PERIOD: "- " * 10_000}, "yaml-too-deep", (1, 129)),
    "10 000 complex keys": ({PERIOD: "? " * 10_000}, "yaml-too-deep", (1, 129)),
    "2 000 indents": (
        {PERIOD: "".join(f"{' ' * depth}a:\n" for depth in range(2_000))},
        "yaml-too-deep",
        (65, 65),
    ),
    "billion laughs": ({PERIOD: _laughs(10, 9)}, "yaml-aliases", (5, 35)),
    "laughs in rows": (
        {PERIOD: "period: &a {x: 1, y: 2}\nmeasures:\n" + _numbered("  {}: *a\n", 29_000)},
        "yaml-aliases",
        (10_002, 9),
    ),
    "a cycle": ({PERIOD: "&a [*a]\n"}, "yaml-syntax", (1, 5)),
    "thousands of tag directives": (
        {PERIOD: _numbered("%TAG !a{}! x\n", 200_000) + "---\n" + ROWS},
        "yaml-syntax",
        (1, 1),
    ),
    "a call of Python": (
        _period("48.5", "!!python/object/apply:os.system [id]"),
        "yaml-syntax",
        (7, 13),
    ),
    "a merge key": (_period("  1.2:\n", "  1.2:\n    <<: {a: 1}\n"), "yaml-syntax", (12, 5)),
    "several documents": ({PERIOD: ROWS + "---\n" + ROWS}, "yaml-syntax", (15, 1)),
    "a key that is a list": ({PERIOD: ROWS + "[a, b]: 1\n"}, "yaml-syntax", (15, 1)),
    "a key with a colon": ({PERIOD: ROWS + "'a: b': 1\n"}, "key-unknown", (15, 1)),
    "a duplicate key": ({PERIOD: ROWS + "period: 2024\n"}, "yaml-duplicate-key", (15, 1)),
    "an empty file": ({PERIOD: ""}, "yaml-empty", (1, 1)),
    "only comments": ({PERIOD: "# звіту\n# немає\n"}, "yaml-empty", (1, 1)),
    "only a byte order mark": ({PERIOD: "\ufeff"}, "yaml-empty", (1, 1)),
    "a text": ({PERIOD: "Звіт\n"}, "value-type", (1, 1)),
    "a list": ({PERIOD: "- 1\n"}, "value-type", (1, 1)),
    "the largest text": (_period("214", "я" * 2_000_000), "text-too-long", (8, 11)),
    "the largest key": ({PERIOD: ROWS + "я" * 2_000_000 + ": 1\n"}, "yaml-syntax", (15, 1)),
    "the largest amount": (_period("48.5", "9" * 4_000_000), "text-too-long", (7, 13)),
    "an amount of 20 000 digits": (_period("48.5", "9" * 20_000), "amount-invalid", (7, 13)),
    "blanks alone": ({PERIOD: _filled(" ")}, "yaml-empty", (1, 1)),
    "line ends alone": ({PERIOD: _filled("\n")}, "yaml-empty", (1, 1)),
    "commas alone": ({PERIOD: "[" + _filled(",")[1:]}, "yaml-syntax", (1, 2)),
    "too many values": ({PERIOD: _filled("- 1\n")}, "file-too-large", (59_998, 3)),
    "too many values in a line": (
        {PERIOD: "{" + _numbered("k{}: 1,", 200_000) + "}"},
        "file-too-large",
        (1, 288_880),
    ),
    "29 000 duplicate keys": (
        {PERIOD: ROWS + "period: 1\n" * 29_000},
        "yaml-duplicate-key",
        (15, 1),
    ),
    "29 000 unknown keys": ({PERIOD: ROWS + _numbered("k{}: 1\n", 29_000)}, "key-unknown", (15, 1)),
    "11 000 unknown rows": (
        {PERIOD: ROWS + _numbered("  2.{}: {{actual: x}}\n", 11_000)},
        "measure-unknown",
        (15, 3),
    ),
    "11 000 unknown rows in a line": (
        {PERIOD: "measures: {" + _numbered("2.{}: {{actual: x}}, ", 11_000) + "}\n"},
        "key-missing",
        (1, 1),
    ),
    "figures and commas": (
        {PERIOD: "a: {b: " + "1 " * 9_000 + "1," * 60 + "}"},
        "key-missing",
        (1, 1),
    ),
    "a long row of commas": ({PERIOD: "a: {b: " + "1," * 29_500 + "}"}, "key-missing", (1, 1)),
    "a long run of remarks": (
        {PERIOD: ROWS + "a: 1\n" + "  # x\n" * 500_000},
        "key-unknown",
        (15, 1),
    ),
    "29 000 values cut by remarks": (
        {PERIOD: _numbered("k{}: #x\n", 29_000)},
        "key-missing",
        (1, 1),
    ),
    "11 000 repeated rows": (
        {PROGRAMME: base(PROGRAMME) + "      - number: 1.1\n" * 11_000},
        "key-missing",  # of each the text, and the number is not new
        (20, 9),
    ),
    "a long list of unknown bodies": (
        {
            EXECUTORS: _numbered("e{}: {{name: x}}\n", 9_000),
            PROGRAMME: base(PROGRAMME).replace("[biblioteka]", f"[{_numbered('x{},', 20_000)}]"),
        },
        "reference-unknown",
        (4, 11),
    ),
    "an unknown form": (
        {PROGRAMME: base(PROGRAMME).replace("form: prosta", "form: ../../../etc")},
        "form-unknown",
        (6, 7),
    ),
    "a broken form": ({FORM: "form: ["}, "yaml-syntax", (1, 8)),
    "an empty form": ({FORM: ""}, "yaml-empty", (1, 1)),
    "a form of nested lists": ({FORM: "levels: " + "[" * 10_000}, "yaml-too-deep", (1, 72)),
    "a line that does not compile": (_heading("{{ period"), "template-invalid", (10, 26)),
    "a line that loops": (
        _heading("{% for a in form.title %}{% for b in form.title %}x{% endfor %}{% endfor %}"),
        "template-invalid",
        (10, 26),
    ),
    "a line that multiplies": (_heading('{{ "x" * 999999999 }}'), "template-invalid", (10, 26)),
    "a line that pads": (_heading('{{ "%0999999999d" % 1 }}'), "template-invalid", (10, 26)),
    "a line that pads by a test": (
        _heading('{{ "%0999999999d" is divisibleby(3) }}'),
        "template-invalid",
        (10, 26),
    ),
    "a line that grows by a filter": (
        _heading('{{ "x" | center(999999999) }}'),
        "template-invalid",
        (10, 26),
    ),
    "a line that counts": (_heading("{{ 9 ** 9 ** 9 ** 9 }}"), "template-invalid", (10, 26)),
    "a line that doubles": (
        _heading('{% set a = "x" %}' + "{% set a = a ~ a %}" * 40 + "{{ a }}"),
        "template-invalid",
        (10, 26),
    ),
    "a line that calls": (_heading("{{ lipsum(n=100000) }}"), "template-invalid", (10, 26)),
    "a line that looks around": (
        _heading("{{ period.__class__.__mro__ }}"),
        "template-invalid",
        (10, 26),
    ),
    "a line of brackets": (_heading("{{ " + "(" * 1900 + ")" * 1900), "template-invalid", (10, 26)),
    "a line of conditions": (
        _heading("{% if 1 %}" * 150 + "{% endif %}" * 150),
        "template-invalid",
        (10, 26),
    ),
    "a formula of brackets": (
        {FORM: base(FORM).replace("actual / annual_plan", "(" * 245 + "actual" + ")" * 245)},
        "formula-invalid",
        (17, 73),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_at_once_and_in_its_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, code, place = BROKEN[name]
    root = lay(tmp_path, files)
    started = time.process_time()
    found, reports = check(root)
    show(found, open_project(root))
    took = time.process_time() - started
    [first, *_] = [one for one in found if one.code != "font-fallback"]
    assert (first.code, (first.span.line, first.span.column)) == (code, place)
    assert all(report.document is None for report in reports)
    assert len(capsys.readouterr().err) < 300_000
    assert took < SECONDS


@pytest.mark.parametrize("data", [ROWS.replace("\n", "\r\n"), "\ufeff" + ROWS, ROWS.rstrip("\n")])
def test_harmless_differences_are_no_mistake(data: str, tmp_path: Path) -> None:
    found, [report] = check(lay(tmp_path, {PERIOD: data}))
    assert not [one for one in found if one.code != "font-fallback"]
    assert report.document is not None


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _outside(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def _itself(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.skipif(os.name != "posix", reason="таких файлів тут не буває")
@pytest.mark.parametrize("name", [PERIOD, PROGRAMME, EXECUTORS, FORM])
@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (_sparse, {"file-too-large"}),
        (_folder, {"file-unreadable"}),
        (_pipe, {"file-unreadable"}),  # whoever opened it would wait for ever
        (_device, {"file-outside"}),
        (_outside, {"file-outside"}),
        (_nowhere, {"file-missing"}),
        (_itself, {"file-unreadable"}),
    ],
)
def test_whatever_lies_in_place_of_a_file_is_told(
    make: Callable[[Path], None], codes: set[str], name: str, tmp_path: Path
) -> None:
    root = lay(tmp_path)
    (root / name).unlink()
    make(root / name)
    started = time.process_time()
    found, reports = check(root)
    assert time.process_time() - started < SECONDS
    if name == FORM and make in (_folder, _pipe, _device, _nowhere, _itself):
        codes = {"form-unknown", *codes}  # a form is looked for by its file
    assert {one.code for one in found if one.code != "font-fallback"} == codes
    assert all(report.document is None for report in reports)


def test_a_hostile_file_leaves_earlier_outputs_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path)
    arguments = ["build", "--root", str(root), "--format", "html"]
    assert main(arguments) == 0
    before = {path: path.read_bytes() for path in (root / "output").rglob("*") if path.is_file()}
    for name in ("10 000 nested lists", "billion laughs", "NUL", "a line that loops"):
        for file, content in BROKEN[name][0].items():
            write(root / file, content)
        assert main(arguments) == 1
        for file in BROKEN[name][0]:
            write(root / file, base(file))
    after = {path: path.read_bytes() for path in (root / "output").rglob("*") if path.is_file()}
    assert after == before
    assert "Traceback" not in capsys.readouterr().err


_MEASURE = """
import json, sys
from pathlib import Path
from reportgen.cli import main
codes = [main(["check", "--root", root]) for root in sys.argv[1:]]
# Not what `resource` says: that counts the process that started this one, too.
[peak] = [one for one in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in one]
print(json.dumps([codes, int(peak.split()[1])]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="пам'ять тут лічать інакше")
def test_memory_has_a_bound(tmp_path: Path) -> None:
    greedy = [
        "billion laughs",
        "laughs in rows",
        "the largest text",
        "the largest key",
        "line ends alone",
        "commas alone",
        "too many values in a line",
        "11 000 unknown rows in a line",
        "a line that doubles",
        "a line that pads",
    ]
    roots = [lay(tmp_path / str(number), BROKEN[name][0]) for number, name in enumerate(greedy)]
    roots.append(lay(tmp_path / "sparse"))
    _sparse(roots[-1] / PERIOD)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *map(str, roots)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    codes, kilobytes = json.loads(done.stdout.splitlines()[-1])
    assert codes == [1] * len(roots)
    assert kilobytes / 1024 < MEGABYTES


snippets = st.sampled_from(
    [
        *(
            "\n",
            " ",
            "  ",
            "\t",
            ":",
            ": ",
            "- ",
            "-",
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "#",
            "&a ",
            "*a",
        ),
        *(
            "|",
            ">-\n",
            "!",
            "%",
            "@",
            ",",
            "~",
            "null",
            "---\n",
            "...",
            "<<",
            "? ",
            "\\",
            "\r",
            "\0",
        ),
        *(
            "\ufeff",
            "\u00a0",
            "\u2028",
            "\ud7ff",
            "📚",
            "й",
            "0",
            "-1",
            "1e5",
            "1 000,5",
            "{n}",
            "{{ x }}",
        ),
        *(
            "actual",
            "parts:",
            "1.1",
            "info: ",
            "row",
            "merged",
            "money",
            "formula: a/0",
            "task.label",
        ),
        *(
            "true",
            "2024",
            "general",
            "percent",
            "width: 0",
            "declared: 5",
            "reason: так",
            "fund: x",
        ),
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the small project with a few places changed."""
    name = draw(
        st.sampled_from(sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yaml")))
    )
    text = base(name)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        lines = text.splitlines(keepends=True) or [""]
        match draw(
            st.sampled_from(["insert", "delete", "replace", "line twice", "line off", "value"])
        ):
            case "insert":
                text = text[:start] + draw(snippets) + text[start:]
            case "delete":
                text = text[:start] + text[start + draw(st.integers(1, 30)) :]
            case "replace":
                text = text[:start] + draw(snippets) + text[start + draw(st.integers(1, 10)) :]
            case "line twice":
                line = draw(st.integers(0, len(lines) - 1))
                text = "".join([*lines[: line + 1], *lines[line:]])
            case "line off":
                line = draw(st.integers(0, len(lines) - 1))
                text = "".join([*lines[:line], *lines[line + 1 :]])
            case _:
                line = draw(st.integers(0, len(lines) - 1))
                key, colon, _ = lines[line].partition(": ")
                lines[line] = f"{key}{colon}{draw(snippets | st.text(max_size=8))}\n"
                text = "".join(lines)
    return name, text


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("playground"))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(spoilt(), min_size=1, max_size=2))
def test_whatever_is_typed_never_ends_in_a_crash(
    playground: Path, files: list[tuple[str, str]]
) -> None:
    for name, text in files:
        write(playground / name, text.encode("utf-8", "surrogatepass"))
    try:
        found, reports = check(playground)
    finally:
        for name, _ in files:
            write(playground / name, base(name))
    assert in_order(found) == found
    assert {one.code for one in found} <= set(CATALOGUE)
    assert json.loads(as_json(found)) or not found
    for report in reports:
        assert report.document is None or not has_errors(report.found)
    for one in found:
        path = playground / one.span.file
        written = dict(files).get(one.span.file)
        if written is None and path.is_file():
            written = base(one.span.file)
        if written is not None:
            assert one.span.line <= written.replace("\r", "\n").count("\n") + 1
