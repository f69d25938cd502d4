"""The user guide: what it shows can be typed in and gives what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.cli import main
from reportgen.cli.options import parse_options
from reportgen.source import parse
from reportgen.write.fonts import find_typeface

ROOT = Path(__file__).resolve().parent.parent
GUIDE = sorted((ROOT / "docs" / "uk").glob("*.md"))

#: Told apart by the first line: a whole file, lines of a shipped one, lines to add at its end.
_WHOLE, _EXCERPT, _ADDED = "", ": уривок", ": допишіть"
_NAMED = re.compile(rf"# ((?:content|templates)/\S+\.yaml)({_EXCERPT}|{_ADDED}|)\n")
_PLACE = re.compile(
    r"^((?:content|templates)/\S+\.yaml):(\d+):\d+: .*\n *\d+ \| (.*)$", re.MULTILINE
)
_HEAD = re.compile(r"\n(?=(?:content|templates)/\S+:\d+:\d+: )")
_CALL = re.compile(r"(?:(?:python3|py) build\.py|(?:\S*/)?reportgen)(?: |$)")
#: What else a reader may be told to type; nothing of it is ours to check.
_FOREIGN = (
    "cp ",
    "python3 -m venv ",
    "sudo apt install ",
    "~/reportgen/bin/python -m pip install ",
)


def blocks(language: str) -> Iterator[str]:
    """Yield the fenced blocks of one language, with the indent of a list taken away."""
    for page in GUIDE:
        text = page.read_text(encoding="utf-8")
        for indent, body in re.findall(
            rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL
        ):
            yield re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)


def named(kind: str) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of the YAML blocks that are told to be of this kind."""
    for block in blocks("yaml"):
        match = _NAMED.match(block)
        if match and match[2] == kind:
            yield match[1], block if kind == _WHOLE else block[match.end() :]


def calls() -> Iterator[str]:
    """Yield every command line, of blocks and within sentences, ours or not."""
    for block in blocks("sh"):
        yield from block.splitlines()
    for page in GUIDE:
        for code in re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8")):
            if _CALL.match(code) and " " in code:
                yield code


def put(root: Path, file: str, text: str) -> None:
    """Write a file of an example, or what is added at its end."""
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    with (root / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped content, free to be spoilt."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path


@pytest.fixture
def examples(copy: Path) -> Path:
    """The shipped content with all examples of the guide, in the order of its pages."""
    for file, text in (*named(_WHOLE), *named(_ADDED)):
        put(copy, file, text)
    return copy


def test_there_is_a_guide() -> None:
    assert len(GUIDE) >= 7
    assert list(named(_WHOLE))
    assert list(named(_EXCERPT))


@pytest.mark.parametrize("block", [*blocks("yaml")])
def test_yaml_is_yaml(block: str) -> None:
    node, found = parse(block, "docs/uk")
    assert node is not None
    assert not found


@pytest.mark.parametrize(("file", "text"), [*named(_EXCERPT)])
def test_excerpt_stands_in_the_file(file: str, text: str) -> None:
    assert text in (ROOT / file).read_text(encoding="utf-8")


def test_examples_build(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slugs = {Path(file).parent.name for file, _ in named(_WHOLE) if "/programmes/" in file}
    code = main(["build", *sorted(slugs), "--root", str(examples), "--format", "pdf,html"])
    assert code == 0, capsys.readouterr().err


def test_form_is_sound_after_each_step(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, text in (*named(_WHOLE), *named(_ADDED)):
        if file.startswith("templates/"):
            put(copy, file, text)
            code = main(["form", "check", Path(file).parent.name, "--root", str(copy)])
            assert code == 0, capsys.readouterr().err


@pytest.mark.parametrize("block", [one for one in blocks("text") if _PLACE.search(one)])
def test_message_is_what_a_reader_gets(
    block: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Put the lines that a message quotes in their places: the same message must come."""
    of_form = block.startswith("templates/")  # forms of the guide's own
    root: Path = request.getfixturevalue("examples" if of_form else "copy")
    for file, number, line in _PLACE.findall(block):
        path = root / file
        lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else [""]
        lines[int(number) - 1] = line
        path.write_text("\n".join(lines), encoding="utf-8")
    form = block.split("/")[1]
    main([*(("form", "check", form) if of_form else ("check",)), "--root", str(root)])
    shown = capsys.readouterr().err
    if typeface := find_typeface():  # the guide was written where this one is installed
        shown = shown.replace(f"«{typeface.family}»", "«Liberation Serif»")
    told = block.split("\nСкладено", maxsplit=1)[0].strip()
    codes = re.findall(r"\[([a-z-]+)\]: ", told)
    said = [one for one in _HEAD.split(shown.strip()) if any(f"[{code}]" in one for code in codes)]
    if request.config.getoption("--golden-update"):
        for page in GUIDE:
            text = page.read_text(encoding="utf-8")
            page.write_text(text.replace(told, "\n".join(said)), encoding="utf-8")
    else:
        assert told == "\n".join(said)


_BEGINNING = 10  # lines of it that the guide shows
#: A call of ``why`` and, below it, what it prints: the beginning, where the last line is «…».
_WHY = re.compile(r"```sh\npython3 build\.py why (.+)\n```\n\n```text\n((?:.+\n)+?)(…\n)?```")


@pytest.mark.parametrize("page", [one for one in GUIDE if _WHY.search(one.read_text("utf-8"))])
def test_why_prints_what_the_guide_shows(
    page: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page.read_text(encoding="utf-8")
    for call, told, cut in _WHY.findall(text):
        assert main(["why", *shlex.split(call), "--root", str(ROOT)]) == 0
        printed = capsys.readouterr().out
        if request.config.getoption("--golden-update"):
            shown = "".join(printed.splitlines(keepends=True)[:_BEGINNING]) if cut else printed
            head = f" why {call}\n```\n\n```text\n"
            text = text.replace(head + told, head + shown)
            page.write_text(text, encoding="utf-8")
        elif cut:
            assert printed.startswith(told)
        else:
            assert printed == told


@pytest.mark.parametrize("line", sorted(set(calls())))
def test_command_line_is_understood(line: str) -> None:
    match = _CALL.match(line)
    if match is None:
        assert line.startswith(_FOREIGN)
        return
    arguments = shlex.split(line[match.end() :])
    if arguments == ["test"] or {"-h", "--help"}.intersection(arguments):
        return
    options = parse_options(arguments or ["build"])
    known = {path.name for path in (ROOT / "content" / "programmes").iterdir()}
    known.update(Path(file).parent.name for file, _ in named(_WHOLE))
    known.update(re.findall(r" import .*--programme ([a-z-]+)", "\n".join(calls())))
    assert known.issuperset(getattr(options, "programmes", ()))
    forms = {path.parent.name for path in (ROOT / "templates").glob("*/form.yaml")}
    forms.update(file.split("/")[1] for file, _ in named(_WHOLE) if file.startswith("templates/"))
    assert getattr(options, "form", "") in {"", *forms}


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_nothing_is_told_twice(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    files = re.findall(r"^## .*(`[a-z.]+\.yaml`)$", text, re.MULTILINE)
    assert len(files) == len(set(files))


def test_list_is_what_it_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--root", str(ROOT)]) == 0
    assert capsys.readouterr().out in [*blocks("text")]


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file) if file else page
        assert target.is_file(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in map(_anchor, headings), link


def _anchor(heading: str) -> str:
    """Return a heading's address as Git hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
