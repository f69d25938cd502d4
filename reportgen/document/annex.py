"""Annex marks: what makes a report an annex of a decision, «Додаток 1 до рішення …»."""

from __future__ import annotations

from dataclasses import replace

from reportgen.document.blocks import Document, Paragraph, Style
from reportgen.document.plain_table import GENERAL
from reportgen.model.package import Adopted, Package

#: What stands for a date and a number until the council has voted.
BLANK_DATE, BLANK_NUMBER = "__.__.____", "___"


def mark_lines(package: Package, number: int) -> tuple[str, ...]:
    """Return the lines of an annex's mark; the only annex of a decision has no number."""
    return (
        f"Додаток {number}" if len(package.annexes) > 1 else "Додаток",
        f"до рішення {kind_of(package.council)}",
        "від {} № {}".format(*date_and_number(package.adopted)),
        f"({session_line(package)})",
    )


def session_line(package: Package) -> str:
    """Return «35 сесія VIII скликання»."""
    return f"{package.session.number} сесія {package.session.convocation} скликання"


def date_and_number(adopted: Adopted | None) -> tuple[str, str]:
    """Return the date and the number of a decision as printed, blanks before the vote."""
    if adopted is None:
        return BLANK_DATE, BLANK_NUMBER
    return f"{adopted.date:%d.%m.%Y}", adopted.number


def marked(document: Document, lines: tuple[str, ...]) -> Document:
    """Return a document with a mark before everything else."""
    return replace(document, blocks=(Paragraph(lines, Style.ANNEX_MARK, GENERAL), *document.blocks))


def kind_of(council: str) -> str:
    """Return «міської ради» for «Житомирської міської ради»: a decision says of itself whose it is.

    Anything that is not called so keeps its whole name.
    """
    *_, kind, body = ("", "", *council.split())
    return f"{kind} {body}" if kind and body == "ради" else council
