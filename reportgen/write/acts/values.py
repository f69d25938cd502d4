"""What a wording may name: the package, its annexes, and what their figures come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.compute.consolidated import PERCENT_PLACES, Consolidated, percent
from reportgen.compute.money import Contribution, money_decimals
from reportgen.document.annex import date_and_number, kind_of
from reportgen.document.consolidated_money import precision_note
from reportgen.document.numbers import print_number
from reportgen.document.plain_table import NOTHING
from reportgen.document.programmes_in_brief import brief_table
from reportgen.model.council import Council, NumberStyle, Official
from reportgen.model.meaning import Meaning
from reportgen.model.package import Annex, Package
from reportgen.model.period import Period
from reportgen.write.acts.filling import Placed
from reportgen.write.docx.template.context import Names, Thing

_PROGRAMMES = ("програма", "програми", "програм")
_REPORTS, _PAPERS = ("звіт", "звіти", "звітів"), ("документ", "документи", "документів")

#: How titles of reports begin → the same after «розглянувши» and «взяти до відома».
_ACCUSATIVE = {
    "Звіт": "звіт",
    "Річний звіт": "річний звіт",
    "Інформація": "інформацію",
    "Довідка": "довідку",
    "Аналіз": "аналіз",
}


@dataclass(frozen=True, slots=True)
class Reported:
    """An annex with its title, and what its report says of the programme and its money."""

    annex: Annex
    title: str
    genitive: str
    contribution: Contribution

    @property
    def is_report(self) -> bool:
        """Whether it calls itself a report."""
        return "звіт" in _split(self.title)[0].lower()


def act_values(
    package: Package,
    council: Council,
    reported: Sequence[Reported],
    periods: Sequence[Consolidated],
) -> dict[str, Thing]:
    """Return the values by name. Amounts are printed, in thousands of hryvnias."""
    session = package.session
    date, number = date_and_number(package.adopted)
    width = replace(council.page, landscape=False).text_width
    named = {
        one.period: _period(one, council, width, _papers(reported, one.period)) for one in periods
    }
    decimals = money_decimals(one.contribution for one in reported)
    return {
        "adopted": package.adopted is not None,
        "title": package.title,
        "place": package.place or None,
        "council": Names(
            {"name": council.name, "genitive": council.genitive, "kind": kind_of(council.genitive)}
        ),
        "session": Names(
            {
                "number": session.number,
                "convocation": session.convocation,
                "date": session.date,
            }
        ),
        "decision": Names({"date": date, "number": number}),
        "speaker": _official(package.speaker) if package.speaker else None,
        "signatory": _official(package.signatory),
        "annexes": tuple(_annex(one, council, decimals) for one in reported),
        "annexes_number": len(reported),
        "annexes_counted": _counted(len(reported), _papers(reported)),
        "all_reports": all(one.is_report for one in reported),
        "periods": tuple(named.values()),
        "with_money_number": sum(bool(one.counted) for one in periods),
        "with_money": tuple(named[one.period] for one in periods if one.counted),
    }


def _official(one: Official) -> Names:
    return Names({"position": one.position, "name": f"{one.given} {one.surname}"})


def _papers(reported: Sequence[Reported], period: Period | None = None) -> tuple[str, str, str]:
    """Return what annexes, or those of a period, are called when they are counted."""
    those = (one for one in reported if period in (None, one.annex.period))
    return _REPORTS if all(one.is_report for one in those) else _PAPERS


def _split(title: str) -> tuple[str, str]:
    """Return the words that a title begins with, if they are known, and the rest."""
    known = (one for one in _ACCUSATIVE if title == one or title.startswith(f"{one} "))
    first = next(known, "")
    return first, title.removeprefix(first)


def _accusative(title: str) -> str:
    """Return «звіт про …» of «Звіт про …»; a title that begins otherwise stays as it is."""
    first, rest = _split(title)
    return _ACCUSATIVE.get(first, "") + rest


def _annex(one: Reported, council: Council, decimals: int) -> Names:
    said = one.contribution
    figures = _figures(decimals, council.numbers, _plan(said), _actual(said))
    return Names(
        {
            "number": one.annex.number,
            "name": said.name,
            "title": one.title,
            "accusative": _accusative(one.title),
            "genitive": one.genitive,
            "period": str(one.annex.period),
            "executor": said.executor or None,
            "has_money": said.lacking is None,
            **figures,
        }
    )


def _plan(said: Contribution) -> Decimal | None:
    money = said.money.get(Meaning.ANNUAL_PLAN)
    return money.value if money else None


def _actual(said: Contribution) -> Decimal | None:
    money = said.money.get(Meaning.ACTUAL)
    return money.value if money else None


def _period(
    one: Consolidated, council: Council, width: float, papers: tuple[str, str, str]
) -> Names:
    plan, actual = one.total(Meaning.ANNUAL_PLAN).value, one.total(Meaning.ACTUAL).value
    partial = any(each.is_partial for each in one.counted)
    figures = _figures(one.decimals, council.numbers, plan, actual, partial=partial)
    return Names(
        {
            "name": str(one.period),
            "programmes_number": len(one.reports),
            "programmes_counted": _counted(len(one.reports), _PROGRAMMES),
            "annexes_counted": _counted(len(one.reports), papers),
            "all_reports": papers is _REPORTS,
            "summed_number": len(one.counted),
            "summed_counted": _counted(len(one.counted), _PROGRAMMES),
            "has_money": bool(one.counted),
            **figures,
            "precision": precision_note(one.decimals, one.counted),
            "table": Placed.of(brief_table(council, one, width)),
        }
    )


def _figures(
    decimals: int,
    style: NumberStyle,
    plan: Decimal | None,
    actual: Decimal | None,
    *,
    partial: bool = False,
) -> dict[str, Thing]:
    """Return plan, actual and percent as printed; the percent is nothing where there is none."""
    share = percent({Meaning.ANNUAL_PLAN: plan, Meaning.ACTUAL: actual})
    known = share is not None and not partial
    return {
        "plan": _printed(plan, decimals, style),
        "actual": _printed(actual, decimals, style),
        "percent": _printed(share, PERCENT_PLACES, style) if known else None,
    }


def _printed(value: Decimal | None, decimals: int, style: NumberStyle) -> str:
    return NOTHING if value is None else print_number(value, decimals, style)


def _counted(number: int, forms: tuple[str, str, str]) -> str:
    """Return «1 програма», «2 програми», «5 програм»."""
    last = number % 10
    if number % 100 in range(11, 15) or last in (0, *range(5, 10)):
        return f"{number} {forms[2]}"
    return f"{number} {forms[0] if last == 1 else forms[1]}"
