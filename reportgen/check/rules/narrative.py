"""Rules over the narrative of a row beside its figures.

Only words that leave no doubt are looked for: a text that says the same in its own way is left
alone rather than accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportgen.check.rules.stated import amounts_of, stated_otherwise, sum_of
from reportgen.check.statements import hryvnias
from reportgen.check.view import Row, View
from reportgen.diagnostics import Diagnostic, finding, quoted, shortened

_NOT_FINANCED = re.compile(
    r"\bне\s+(?:про)?фінанс(?:у|ован)\w*\b(?!\s*\d)"  # «не профінансовано 9,0» is of the rest
    r"|\bкошт(?:и|ів)\b[^.;\n]{0,30}\bне\s+(?:виділ|передбач)\w*"
    r"|\bвідсутн\w+\s+бюджетн\w+\s+призначен\w+|\bбюджетн\w+\s+призначен\w+[^.;\n]{0,30}\bнемає\b",
    re.IGNORECASE,
)
_REASON = re.compile(  # behind it, in the same sentence
    r"[^.;\n]*\b(?:через|внаслідок|[ву]\s+зв['’]язку|з\s+огляду|оскільки|тому\s+що|бо)\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?<!не )(?!заплан|перед?ба|перенес|відклад|відтерм|скас|зупин|призупин|відхил)"
    r"\w{3,}(?:ено|ано|ято|уто|ито)\b|\bвідбу(?:лося|лись|лися|лась|лася|вся)\b"
    r"|\bвзя(?:то|ли|ла|в)\s+участь\b",
    re.IGNORECASE,
)
_SHORTEST_REPEATED = 80  # characters: «Будівництво триває.» is said of many for good reason
_LONGEST_QUOTED = 60

_SUM = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,6}|\d+)(?:,(\d+))?[ \u00a0\u202f]?"
    r"(?:(тис|млн|млрд)\.?[ \u00a0\u202f]?)?(?:грн\b|гривень\b|гривн[іяю]\b)",
    re.IGNORECASE,
)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[А-ЯҐЄІЇ«])|\n")
# Money that is not what the row says was paid: planned, priced or another's.
_OTHER_MONEY = re.compile(
    r"план|передбач|потреб|кошторис|варт[оі]|грант|субвенц|інвест|кредит|рахунок|коштом|залуч|разом"
    r"|загальн",
    re.IGNORECASE,
)
_MONEY_STEMS = ("фінанс", "кошт", "призначен")  # without one `_NOT_FINANCED` finds nothing
_UNIT_STEMS = ("грн", "гривен", "гривн")  # nor `_SUM`
_UNITS = {"": 1, "тис": 10**3, "млн": 10**6, "млрд": 10**9}


def plan_not_financed(view: View) -> Iterator[Diagnostic]:
    """Money is planned, none was paid, and the text says that there is none for it."""
    for row in view.rows:
        said = _without_money(row.text("info")) if _planned_unpaid(row) else None
        if said and not _REASON.match(said.string, said.end()):
            message = f"у рядку «{row.key}» річний обсяг {row.written('annual_plan')}, а в тексті"
            message += f" {quoted(said[0])}"
            hint = "якщо план скасовано, виправте його; якщо ні, поясніть, чому коштів не було"
            related = ((row.place("annual_plan"), "річний обсяг тут"),)
            yield finding("plan-not-financed", row.place("info"), message, hint, related)


def reason_missing(view: View) -> Iterator[Diagnostic]:
    """Money is planned, none was paid, and there is no word why."""
    for row in view.rows:
        if "info" in row.values or not _planned_unpaid(row):
            continue
        if any(one.id == "info" for one in row.table.columns):
            message = f"у рядку «{row.key}» із {row.written('annual_plan')} не профінансовано"
            message += " нічого, а чому, не сказано"
            hint = "допишіть до info причину або що зроблено без коштів"
            yield finding("reason-missing", row.entry.span, message, hint)


def status_missing(view: View) -> Iterator[Diagnostic]:
    """Money is planned, none was paid, the text tells of work, and no status says how far it is."""
    for row in view.rows:
        if row.entry.status is not None or not _planned_unpaid(row):
            continue
        text = row.text("info")
        work = _WORK.search(text)
        if work and not _without_money(text):
            message = f"у рядку «{row.key}» не профінансовано нічого, а в тексті є зроблене"
            message += f" ({quoted(work[0])}); стану виконання не вказано"
            hint = "допишіть status: done, ongoing чи інший, щоб 0,0 % не читали як «не виконано»"
            yield finding("status-missing", row.place("info"), message, hint)


def narrative_repeated(view: View) -> Iterator[Diagnostic]:
    """A long narrative stands under several rows word for word."""
    first: dict[str, Row] = {}
    for row in view.rows:
        text = row.text("info")
        if len(text) < _SHORTEST_REPEATED:
            continue
        known = first.setdefault(" ".join(text.casefold().split()).rstrip(" ."), row)
        if known is not row:
            message = f"у рядках «{known.key}» і «{row.key}» той самий текст:"
            message += f" «{shortened(text, _LONGEST_QUOTED)}»"
            hint = "якщо його скопійовано, напишіть про цей захід окремо"
            related = ((known.place("info"), f"рядок «{known.key}»"),)
            yield finding("narrative-repeated", row.place("info"), message, hint, related)


def narrative_figures(view: View) -> Iterator[Diagnostic]:
    """The text names more money than the row says was paid, or says otherwise than its figures.

    A sum that is one of the row's own, or whose sentence speaks of plans, prices or other people's
    money, is no contradiction.
    """
    unit = hryvnias(view.report.form.unit)
    for row in view.rows:
        actual, text = row.amount("actual"), row.text("info")
        if actual is None or not text:
            continue
        unpaid = _without_money(text) if actual > 0 else None
        if unpaid:
            yield _contradiction(row, quoted(unpaid[0]))
        told = [*stated_otherwise(row, unit)]
        for one in told:
            yield _contradiction(row, quoted(one.said), one.fact)
        for written, named in _sums(text) if unit else ():
            value = named / unit
            known = sum_of(written, unit).is_any({*amounts_of(row)})
            if value > actual and not known and not any(written in one.said for one in told):
                yield _contradiction(row, f"більше: {quoted(written)}")


def _contradiction(row: Row, said: str, fact: str = "") -> Diagnostic:
    fact = fact or f"профінансовано {row.written('actual')}"
    message = f"у рядку «{row.key}» {fact}, а в тексті {said}"
    related = ((row.place("actual"), "профінансовано тут"),)
    hint = "звірте текст із сумами рядка"
    return finding("narrative-figures", row.place("info"), message, hint, related)


def _sums(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the sums of money that a text names as paid: (as written, in hryvnias)."""
    for sentence in _BETWEEN_SENTENCES.split(text) if _has(text, _UNIT_STEMS) else ():
        if _OTHER_MONEY.search(sentence):
            continue
        for one in _SUM.finditer(sentence):
            whole = re.sub(r"\D", "", one[1])
            yield one[0], Decimal(f"{whole}.{one[2] or 0}") * _UNITS[(one[3] or "").lower()]


def _without_money(text: str) -> re.Match[str] | None:
    """Return where a text says that there is no money."""
    return _NOT_FINANCED.search(text) if _has(text, _MONEY_STEMS) else None


def _has(text: str, stems: tuple[str, ...]) -> bool:
    """Tell whether a text has one of the stems: most have none, and patterns take their time."""
    small = text.casefold()
    return any(one in small for one in stems)


def _planned_unpaid(row: Row) -> bool:
    plan = row.amount("annual_plan")
    return plan is not None and plan > 0 and row.amount("actual") == 0


RULES = (
    plan_not_financed,
    reason_missing,
    status_missing,
    narrative_repeated,
    narrative_figures,
)
