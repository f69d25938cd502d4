"""YAML becomes plain values that know where they were written; what is not plain is refused."""

from __future__ import annotations

import unicodedata
from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic, Span, as_text
from reportgen.source import Mapping, Node, Scalar, Sequence, parse, yaml_nodes
from reportgen.source.characters import FORBIDDEN

Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node | None) -> Plain:
    """Return a tree without its places."""
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(entries):
            return {key: plain(value) for key, value in entries.items()}
    raise AssertionError(node)


def tree(text: str) -> Plain:
    node, found = parse(text, "a.yaml")
    assert not found
    return plain(node)


def refused(text: str) -> Diagnostic:
    node, [one] = parse(text, "a.yaml")
    assert node is None
    return one


def test_scalars_are_never_guessed() -> None:
    text = "number: 1.10\ncode: 0217\nflag: no\ndate: 2023-12-21\ntime: 1:20\nfloat: 1e3\n"
    assert tree(text) == {
        "number": "1.10",
        "code": "0217",
        "flag": "no",
        "date": "2023-12-21",
        "time": "1:20",
        "float": "1e3",
    }


def test_no_value_is_empty_text_however_it_is_written() -> None:
    assert tree("a:\nb: ~\nc: null\nd: ''\n") == {"a": "", "b": "", "c": "", "d": ""}


def test_a_quoted_null_is_a_word() -> None:
    assert tree("a: 'null'\nb: \"~\"\n") == {"a": "null", "b": "~"}


def test_everything_knows_its_place() -> None:
    node, _ = parse(
        dedent("""\
            # коментар
            назва: Програма
            заходи:
              - {номер: 1.1, сума: 5}
            """),
        "a.yaml",
    )
    assert isinstance(node, Mapping)
    assert node.span == Span("a.yaml", 2, 1)
    assert node.key_spans == {"назва": Span("a.yaml", 2, 1), "заходи": Span("a.yaml", 3, 1)}
    assert node.entries["назва"].span == Span("a.yaml", 2, 8)
    listed = node.entries["заходи"]
    assert isinstance(listed, Sequence)
    [measure] = listed.items
    assert isinstance(measure, Mapping)
    assert measure.span == Span("a.yaml", 4, 5)
    assert measure.entries["сума"].span == Span("a.yaml", 4, 24)


def test_a_value_that_the_end_of_the_file_cuts_off_has_its_place_there() -> None:
    node, _ = parse("? назва\n\n\n", "a.yaml")
    assert isinstance(node, Mapping)
    assert node.entries["назва"] == Scalar("", Span("a.yaml", 1, 8))


def test_columns_count_characters_beyond_the_basic_plane_once() -> None:
    node, _ = parse("{📚📚: а, б: в}", "a.yaml")
    assert isinstance(node, Mapping)
    assert node.key_spans["б"].column == 9


def test_duplicate_key_points_at_both_places_and_the_first_stays() -> None:
    text = "plan: 100.0\nfact: 7.0\nplan: 200.0\n"
    node, found = parse(text, "a.yaml")
    assert plain(node) == {"plan": "100.0", "fact": "7.0"}
    [one] = found
    assert as_text(one, lambda _file, line: text.splitlines()[line - 1]) == (
        "a.yaml:3:1: помилка[yaml-duplicate-key]: ключ «plan» записано двічі\n"
        "    3 | plan: 200.0\n"
        "      | ^\n"
        "  a.yaml:1:1: уперше тут\n"
        "  порада: залиште одне з двох; кожен новий пункт списку починайте з «- »"
    )


def test_every_duplicate_is_told() -> None:
    _, found = parse("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n", "a.yaml")
    assert [(one.span.line, one.span.column) for one in found] == [(2, 1), (3, 11), (4, 1)]


def test_a_few_aliases_are_welcome() -> None:
    assert tree("a: &plan [1, 2]\nb: *plan\nc: [*plan, *plan]\n") == {
        "a": ["1", "2"],
        "b": ["1", "2"],
        "c": [["1", "2"], ["1", "2"]],
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# коментар\n", "---\n", "~\n", "--- # порожньо\n"])
def test_a_file_without_values_is_empty(text: str) -> None:
    assert refused(text).code == "yaml-empty"


def test_the_deepest_nesting() -> None:
    assert tree("[" * 64 + "]" * 64)
    assert refused("[" * 65 + "]" * 65).code == "yaml-too-deep"
    assert refused("- " * 65 + "a").code == "yaml-too-deep"
    assert refused("".join(f"{' ' * depth}a:\n" for depth in range(66))).code == "yaml-too-deep"


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\0", "U+0000"),
        ("\x1b", "U+001B"),  # begins a command to the terminal
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),  # YAML takes these three for line ends, and lines would be miscounted
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\u034f", "U+034F"),
        ("\u200b", "U+200B"),
        ("\u200e", "U+200E"),
        ("\u200f", "U+200F"),
        ("\u2060", "U+2060"),
        ("\u202e", "U+202E"),  # turns the text after it around
        ("\u2066", "U+2066"),
        ("\ufeff", "U+FEFF"),
        ("\ufffe", "U+FFFE"),  # not in XML, so not in DOCX and XLSX
        ("\ud800", "U+D800"),
    ],
)
def test_invisible_characters_are_refused_where_they_stand(char: str, name: str) -> None:
    one = refused(f"a: 1\nb: слово {char} слово\n")
    assert (one.code, one.span) == ("text-control-character", Span("a.yaml", 2, 10))
    assert one.message.partition(" (")[0] == f"недозволений знак {name}"


@pytest.mark.parametrize("code", [r"\0", r"\e", r"\x07", r"\u2028", r"\uFEFF", r"\N", r"\L"])
def test_an_escape_brings_in_no_more_than_a_letter_would(code: str) -> None:
    one = refused(f'a: 1\nb: "слово {code}"\n')
    assert (one.code, one.span) == ("text-control-character", Span("a.yaml", 2, 4))


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u00ad"])
def test_typographers_blanks_are_text(space: str) -> None:
    assert tree(f"a: 1{space}000\n") == {"a": f"1{space}000"}


def test_a_tab_parts_but_is_no_text() -> None:
    assert tree("a:\t1\n") == {"a": "1"}
    one = refused("a: 1\nb: до\tпісля\n")
    assert (one.code, one.span) == ("text-control-character", Span("a.yaml", 2, 6))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: !!python/object:os.system b\n", (1, 4)),
        ("a: !secret b\n", (1, 4)),
        ("a: !!float 5\n", (1, 4)),
        ("a: 1\nb: !!binary aGk=\n", (2, 4)),
        ("!!map\na: 1\n", (1, 1)),
        ("a: 1\n<<: {b: 2}\n", (2, 1)),
        ("%YAML 1.1\n---\na: 1\n", (1, 1)),
        ("a: 1\n---\nb: 2\n", (2, 1)),
        ("[a, b]: 1\n", (1, 1)),
        ("? {a: 1}\n: 1\n", (1, 3)),
        ("a: *b\n", (1, 4)),
        ("&a [*a]\n", (1, 5)),
        ("a: &b {c: *b}\n", (1, 11)),
    ],
)
def test_finer_points_of_yaml_are_refused(text: str, place: tuple[int, int]) -> None:
    one = refused(text)
    assert (one.code, one.span) == ("yaml-syntax", Span("a.yaml", *place))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\n\tb: 2\n", (2, 1)),  # the tab itself
        ("a: б: в\n", (1, 5)),  # the second colon
        ("a:\n  b: 1\n   c: 2\n", (3, 4)),  # the line that stands too far right
        ("a:\n    b: 1\n   c: 2\n", (3, 4)),
        ('a: 1\nb: "два\nc: 3\n', (2, 4)),  # the quote that is open, not the end of the file
        ("a: [1, 2\nb: 3\n", (1, 4)),  # the bracket
        ("a: {b: 1\nc: 3\n", (1, 4)),
        ("a: 1\nb 2\nc: 3\n", (2, 1)),  # the line without a colon, not the one after it
        ("a: 1\nb:2\nc: 3\n", (2, 1)),
        ("a: 1\nb:\u00a02\nc: 3\n", (2, 3)),  # the blank that only looks like one
        ("a: @кафедра\n", (1, 4)),
        ("a: [\n\n", (1, 5)),  # the end of the text, not of the file
        ("a: 'б' в\n", (1, 8)),
        ("a: б #1\n  в\n", (1, 6)),  # the remark that the text is cut by
        ("a:\n  б: в\n    г #1\n    д\n    е\n  є: 1\n", (3, 7)),
        ("a: -\n", (1, 4)),
    ],
)
def test_a_slip_is_shown_where_it_is_to_be_mended(text: str, place: tuple[int, int]) -> None:
    one = refused(text)
    assert (one.code, one.span) == ("yaml-syntax", Span("a.yaml", *place))
    assert "not" not in one.message  # said in Ukrainian, not in the parser's words


def test_without_the_fast_parser_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: [1, {б: в}]\nc: >-\n  текст: із\n  двокрапкою\n"
    fast = parse(text, "a.yaml")
    monkeypatch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
    assert parse(text, "a.yaml") == fast
    assert refused("a: б: в\n").code == "yaml-syntax"
    assert refused('a: "\\ud800"\n').code in ("yaml-syntax", "text-control-character")


def test_every_format_character_but_the_soft_hyphen_is_refused() -> None:
    latin = (
        *range(0x0600),
        *range(0x2000, 0x2070),
        *range(0xFE00, 0x10000),
        *range(0xE0000, 0xE0100),
    )
    for char in map(chr, latin):
        if unicodedata.category(char) == "Cf" and char != "\u00ad":
            assert refused(f"a: слово{char}\n").code == "text-control-character"


def test_each_unseen_character_is_told_with_its_name() -> None:
    node, found = parse("a: сло\u200bво\nb: \u200eслово\n", "a.yaml")
    assert node is None
    assert [(one.span.line, one.span.column, one.message) for one in found] == [
        (1, 7, "недозволений знак U+200B (пробіл нульової ширини)"),
        (2, 4, "недозволений знак U+200E (невидимий знак напряму письма)"),
    ]


def test_of_many_unseen_characters_the_first_are_told() -> None:
    _, found = parse("a: " + "і\u200b" * 1000 + "\n", "a.yaml")
    assert len(found) == 20


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: Рішення сесії #35 від 12.03.2024\n", (1, 18)),
        ("a: Рішення\n  сесії #35\nb: 1\n", (2, 9)),
        ("- Слово\t#1\n", (1, 9)),
        ("a: 📚 слово #1\n", (1, 12)),
        ("a: [Перше # друге\n  ]\n", (1, 11)),
        ("a: COVID test #2\n", (1, 15)),
        ("a: COVID-19 # dose 2\n", (1, 13)),
        # A sign that is glued to what follows is text after whatever it stands.
        ("a: 12 #5 осіб\n", (1, 7)),
        ("a: 20–23.06.2023 #5\n", (1, 18)),
        ("a: № #5\n", (1, 6)),
        ("a: 48.5 #тис\n", (1, 9)),
        # The text goes on below.
        ("a: Рішення сесії\n   #35 від\nb: 1\n", (2, 4)),
        ("a: Рішення сесії\n\n   # 35 від\n", (3, 4)),
        ("a: 12\n  #5\n", (2, 3)),
        ("- Слово\n  #5\n- x\n", (2, 3)),
        ("a:\n  b: >-\n     Слово\n   #5 далі\n  c: 1\n", (4, 4)),
        ("a: |\n  Слово\n\n #5\n", (4, 2)),
        # It begins with the sign.
        ("a: >- #Рішення №5\n  далі\n", (1, 7)),
        ("a: #5 виплата\n  далі\n", (1, 4)),
        ("a:\n  #5 виплата\n  далі\n", (2, 3)),
        ("'a' : #5 виплата\n  далі\n", (1, 7)),
        ("a: #5 виплата\nb: 1\n", (1, 4)),
        ("- #5 виплата\n- 1\n", (1, 3)),
    ],
)
def test_a_text_that_a_remark_follows_is_told_of(text: str, place: tuple[int, int]) -> None:
    node, [one] = parse(text, "a.yaml")
    assert node is not None
    assert (one.code, one.span) == ("text-cut", Span("a.yaml", *place))


@pytest.mark.parametrize(
    "text",
    [
        "a: 48.5 # тис. грн\n",
        "a: 1 431,0 # тис. грн\n",
        "a: 2023-12-21 # дата рішення\n",
        "a: dsp # департамент\n",
        "a: [dsp, mcss] # виконавці\n",
        "a: [dsp, # департамент\n  mcss]\n",
        "a: done # виконано\n",
        "a: actual / annual_plan * 100 # формула\n",
        "a: # примітка\n  b: 1\n",
        "a: Слово#1\n",
        "a: 'Слово #1' # примітка\n",
        "a: >- # примітка\n  Слово #1\n",
        "# примітка\na: Слово\n# примітка\n",
        "a:\n  b: Слово\n  #c: Слово\n#  d: 1\n",
        "a:\n  b: >-\n    Слово\n  #c: Слово\n",
        "a:\n  #b: 1\nc: 1\n",
        "a:\n- Слово\n#- Друге\n",
        "a: #примітка\n  b: 1\n",
        "a: 12\n   # осіб\n   #----\n",
        "a: 12 ##\n",
        "a: Слово # reportgen: ok\n",
        "a: Слово # yaml-language-server: $schema=x\n",
    ],
)
def test_other_remarks_are_welcome(text: str) -> None:
    assert tree(text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("{a: 861,0, b: 389,5}", [5, 15]),
        ("{a: 861,0}", [5]),
        ("{a: 1 861,0 , b: x}", [5]),
        ("{a: 1, b: -2,50}", [11]),
        ("{a: 20, 0}", [5]),
        ("{a: 20,0 грн}", [5]),
        ("{a: 20,0 тис. грн, b: 1}", [5]),
    ],
)
def test_a_decimal_comma_within_braces_is_one_finding(text: str, columns: list[int]) -> None:
    _, found = parse(text, "a.yaml")
    assert [(one.code, one.span.column) for one in found] == [
        ("amount-invalid", column) for column in columns
    ]


def test_numbers_may_be_keys_within_braces() -> None:
    assert tree("{1: a, 2: b}") == {"1": "a", "2": "b"}
    assert tree("{1: 5,2: 6, 3: {}}") == {"1": "5", "2": "6", "3": {}}
    assert tree("{1: [5,6], 2: }") == {"1": ["5", "6"], "2": ""}


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cn"]).filter(
        lambda char: not FORBIDDEN.match(char)
    )
)
trees = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(trees.filter(lambda value: value not in ("", [], {})))
def test_what_is_written_is_read(value: Plain) -> None:
    """PyYAML writes, we read; it quotes what would not be plain text."""
    quoted = yaml.safe_dump(value, allow_unicode=True, default_style='"', width=10_000)
    assert tree(quoted.replace("!!str ", "")) == value


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab:-[]{}#&*!|>'\"%@`?,\\ \n\t~<0.у—\u00a0"), max_size=40))
def test_any_text_is_a_tree_or_one_finding(text: str) -> None:
    node, found = parse(text, "a.yaml")
    if node is None:
        assert len(found) == 1
    else:
        codes = {one.code for one in found}
        assert codes <= {"yaml-duplicate-key", "text-cut", "amount-invalid"}
    lines = text.split("\n")
    for one in found:
        assert 1 <= one.span.line <= len(lines)
        assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1
