"""Values of content as answers: texts of one shape, whatever the file or a workbook has.

An amount is written without blanks and needless noughts (``1431.5``), a text with a line for each
paragraph, a state by its id, bodies and persons by their ids. "" is no answer. So answers can be
compared, kept and merged.
"""

from __future__ import annotations

from decimal import Decimal

from reportgen.model.markup import BULLET, Marked, Run, parse_markup
from reportgen.model.programme import Amount, Executors, Programmes, Text, Value


def answer_of(value: Value | None, fund: str) -> str:
    """Return a value as an answer; of an amount, the part of a fund, or with "" all of it."""
    match value:
        case Amount(whole, funds):
            if fund:
                return number_text(funds[fund]) if fund in funds else ""
            return number_text(whole)
        case Text(paragraphs, _, marked):
            return "\n".join(map(_typed, marked) if marked else (one.strip() for one in paragraphs))
        case Executors(bodies):
            return ";".join(one.id for one in bodies)
        case Programmes(programmes):
            return ";".join(one.id for one in programmes)
    return ""


def number_text(value: Decimal) -> str:
    """Return a number without exponent and needless noughts."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def narrative_line(line: str) -> str:
    """Return a paragraph of a narrative with the small markup written in one way."""
    return "\n".join(map(_typed, parse_markup(line)))


def _typed(paragraph: Marked) -> str:
    """Return a paragraph as its author types it, with the small markup."""
    mark = {"": "", BULLET: "- "}.get(paragraph.mark, f"{paragraph.mark} ")
    return mark + "".join(map(_typed_run, paragraph.runs))


def _typed_run(run: Run) -> str:
    if run.link:
        return f"[{run.text}]({run.link})"
    sign = "**" if run.bold else "*" if run.italic else ""
    return f"{sign}{run.text}{sign}"


def is_number(answer: str) -> bool:
    """Tell whether an answer is a number."""
    return answer.removeprefix("-").replace(".", "", 1).isdecimal()
