"""What is to be told of the passport, the period and the signatures that were found."""

from __future__ import annotations

import re

from reportgen.importing.findings import Findings
from reportgen.importing.understanding import Understood
from reportgen.model.period import Period

_PRINTED = re.compile(r"\bprogramme\s*\.\s*([a-z]+)")
_NAMES = {
    "name": "назви програми",
    "decision": "дати й номера рішення",
    "executor": "відповідального виконавця",
    "term": "терміну дії",
}


def tell_of_frame(
    understood: Understood, period: Period, findings: Findings, *, is_new: bool
) -> None:
    """Tell what is doubtful around the tables; ``is_new`` is a programme without a passport."""
    form, passport = understood.choice.form, understood.passport
    place = passport.place
    if understood.choice.rival:
        fits, rival = round(100 * understood.choice.score), understood.choice.rival
        message = f"узято форму «{form.id}» (збіг {fits} %); майже так само підходить «{rival}»"
        findings.tell("import-form", place, message, "якщо форма інша, вкажіть її в --form")
    if passport.period and passport.period != period:
        message = f"у заголовку період «{passport.period}», а просили {period.id}"
        findings.tell("import-period", place, message, "перевірте, чи файл той")
    if form.signature and not understood.signed:
        message = "підпису не знайдено"
        hint = "впишіть у файл періоду signatory: позначку з officials.yaml"
        findings.tell("import-passport", place, message, hint)
    if is_new:
        _tell_of_passport(understood, findings)


def _tell_of_passport(understood: Understood, findings: Findings) -> None:
    form, passport = understood.choice.form, understood.passport
    given = {
        "name": passport.name or passport.genitive,
        "decision": passport.decision,
        "executor": passport.executor,
        "term": passport.term,
    }
    printed = {name for one in form.templates() for name in _PRINTED.findall(one.template)}
    for key, name in _NAMES.items():
        if not given[key] and key in {"name", *printed}:
            message = f"над таблицею не знайдено {name}"
            hint = f"впишіть у programme.yaml ключ «{key}»"
            findings.tell("import-passport", passport.place, message, hint)
    if passport.genitive and passport.name != passport.genitive:
        message = f"назву в називному відмінку складено з родового: «{passport.name}»"
        findings.tell("import-passport", passport.place, message, "перевірте її в programme.yaml")
