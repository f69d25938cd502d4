"""Which item of a programme a row is, where its number and its text say different things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from overlays import ROOT

from reportgen.diagnostics import Span
from reportgen.importing.branches import Branch
from reportgen.importing.matching import match_rows
from reportgen.load import load_form
from reportgen.model.form import GivenBy, Kind
from reportgen.model.programme import Amount, Item
from reportgen.read.source import Place, SourceCell

SPAN = Span("programme.yaml", 1, 1)


@pytest.mark.parametrize(
    ("known", "read", "doubtful"),
    [
        ("Грошова виплата", "Ремонт дахів у гуртожитках та заміна вікон", True),
        ("Лікування", "Придбання шкільного автобуса", True),
        ("Надання допомоги мешканцям", "Матеріальна допомога громадянам", False),
    ],
)
def test_an_equal_plan_does_not_outweigh_quite_another_text(
    known: str, read: str, *, doubtful: bool
) -> None:
    form = load_form(ROOT / "templates" / "zhytomyr-measures" / "form.yaml", [])
    assert form
    [section] = form.tables
    plan = next(
        one for one in section.fields if one.given is GivenBy.PROGRAMME and one.kind is Kind.MONEY
    )
    level = section.rows[0]
    amount = Amount(Decimal("906.6"), {}, SPAN)
    item = Item(level.id, "1.1.1", "1.1.1", 1, known, {plan.id: amount}, (), SPAN)
    place = Place("Лист1!C11", 11)
    branch = Branch(level, "1.1.1", read, place)
    branch.cells = {plan.id: SourceCell("906,6", place, Decimal("906.6"))}
    match = match_rows([branch], [item], [], [plan])[branch]
    assert (match.item, match.doubtful) == (item, doubtful)
