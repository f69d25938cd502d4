"""Taking keys from a mapping: each mistake told once, at its place, with what to do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic
from reportgen.load.fields import Fields, any_node
from reportgen.load.scalars import amount, text
from reportgen.load.words import nearest, suggest
from reportgen.source import Node, parse


def node(source: str) -> Node:
    root, found = parse(source, "a.yaml")
    assert root is not None
    assert not found
    return root


def told(found: list[Diagnostic]) -> list[tuple[str, int, int]]:
    return [(one.code, one.span.line, one.span.column) for one in found]


def test_a_key_that_nobody_asks_for_is_unknown() -> None:
    found: list[Diagnostic] = []
    with Fields(node("name: Програма\nnmae: Програми\nзайве: 1\n"), found) as fields:
        assert fields.required("name", text, "") == "Програма"
    assert told(found) == [("key-unknown", 2, 1), ("key-unknown", 3, 1)]
    assert [one.hint for one in found] == ["можливо, «name»?", "тут можуть бути: name"]


def test_a_missing_key_is_told_at_its_mapping_and_replaced() -> None:
    found: list[Diagnostic] = []
    with Fields(node("# верх\nname: Програма\n"), found) as fields:
        fields.optional("name", text, "")
        assert fields.required("genitive", text, "замість неї") == "замість неї"
        assert fields.optional("amended", text, "типово") == "типово"
    assert told(found) == [("key-missing", 2, 1)]


def test_an_unreadable_value_is_told_and_the_rest_is_read() -> None:
    found: list[Diagnostic] = []
    with Fields(node("plan: сто\nactual: 5,0\n"), found) as fields:
        fields.required("plan", amount, None)
        assert fields.required("actual", amount, None) == 5
    assert told(found) == [("amount-invalid", 1, 7)]


def test_a_missing_mapping_is_one_mistake_not_all_that_it_would_hold() -> None:
    found: list[Diagnostic] = []
    with Fields(node("name: Програма\n"), found) as fields:
        fields.optional("name", text, "")
        with fields.inner("term") as term:
            term.required("from", text, "")
            term.required("to", text, "")
    assert [one.message for one in found] == ["бракує ключа «term»"]


def test_what_is_no_mapping_is_told_once() -> None:
    found: list[Diagnostic] = []
    with Fields(node("просто текст\n"), found) as fields:
        fields.required("name", text, "")
        fields.each("tasks", any_node, required=True)
        list(fields.pairs("measures", required=True))
    assert told(found) == [("value-type", 1, 1)]


def test_of_many_unknown_keys_the_first_are_named_and_the_others_counted() -> None:
    found: list[Diagnostic] = []
    with Fields(node("".join(f"k{number}: 1\n" for number in range(1000))), found):
        pass
    assert len(found) == 21
    assert found[-1].message == "і ще невідомих ключів: 980"


def test_lists_leave_out_what_cannot_be_read() -> None:
    found: list[Diagnostic] = []
    with Fields(node("a: [1, два, 3]\nb: []\nc: 5\n"), found) as fields:
        assert fields.each("a", amount) == (1, 3)
        assert fields.each("b", amount) == ()
        assert fields.each("c", amount) == ()
    assert told(found) == [("amount-invalid", 1, 8), ("value-type", 3, 4)]


def test_a_list_that_must_be_there_is_not_empty() -> None:
    found: list[Diagnostic] = []
    with Fields(node("a: []\n"), found) as fields:
        fields.each("a", amount, required=True)
        fields.each("b", amount, required=True)
    assert told(found) == [("value-empty", 1, 4), ("key-missing", 1, 1)]


def test_pairs_come_in_the_order_of_the_file() -> None:
    found: list[Diagnostic] = []
    with Fields(node("m:\n  1.2: а\n  1.10: б\n  1.1: в\n"), found) as fields:
        pairs = list(fields.pairs("m"))
    assert [(key, span.line) for key, span, _ in pairs] == [("1.2", 2), ("1.10", 3), ("1.1", 4)]
    assert not found


def test_pairs_that_must_be_there_are_not_nothing() -> None:
    found: list[Diagnostic] = []
    with Fields(node("a:\nb: {}\nc: [1]\nd:\n"), found) as fields:
        for key in "abc":
            assert not list(fields.pairs(key, required=True))
        assert not list(fields.pairs("d"))
    assert told(found) == [("value-empty", 1, 3), ("value-empty", 2, 4), ("value-type", 3, 4)]


def test_a_word_in_the_other_alphabet_is_recognised() -> None:
    assert nearest("асtual", ["actual", "annual_plan"]) == "можливо, «actual» латинськими літерами?"
    assert nearest("actaul", ["actual", "annual_plan"]) == "можливо, «actual»?"
    assert nearest("план", ["actual", "annual_plan"]) == ""


def test_a_long_register_is_not_listed() -> None:
    assert suggest("x", [f"executor-{number}" for number in range(100)]) == ""


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=90), st.lists(st.text("abc-", min_size=1, max_size=8), max_size=30))
def test_a_suggestion_is_always_something_known(word: str, known: list[str]) -> None:
    hint = nearest(word, known)
    assert not hint or any(f"«{one}»" in hint for one in known)
