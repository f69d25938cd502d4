"""Every fault that the checker is asked to find, planted in the shipped content and looked for.

This is the list of what must be found, matter by matter. All faults of a matter go through
``reportgen check`` together, on one copy of the content, and each is found under its code, in its
file, with its figures; in the clean copy nobody says so.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from overlays import ROOT, shipped

from reportgen.cli import main

PERIOD = "content/programmes/social-protection/2023-h1.yaml"
PROGRAMME = "content/programmes/social-protection/programme.yaml"
YEAR = "content/programmes/equal-opportunities/2023.yaml"
YEARS = "content/programmes/equal-opportunities/programme.yaml"
SOCIOECONOMIC = "content/programmes/socioeconomic/programme.yaml"
REGISTER = "content/registers/programmes.yaml"
EXECUTORS = "content/registers/executors.yaml"
OFFICIALS = "content/registers/officials.yaml"
BEFORE = PERIOD.replace("2023-h1", "2023-q1")
COPIED = "content/programmes/rivni/2023.yaml"

#: What is done to which file; the code, and words of the message.
Fault = tuple[str, Callable[[str], str], str, tuple[str, ...]]


def put(old: str, new: str, after: str = "") -> Callable[[str], str]:
    """Return an edit of the first place of ``old`` behind ``after``."""

    def edit(text: str) -> str:
        at = text.index(old, text.index(after))
        return text[:at] + new + text[at + len(old) :]

    return edit


def given(measure: str, key: str, value: str) -> Callable[[str], str]:
    """Return the edit of a value of a measure, however many lines it has."""

    def edit(text: str) -> str:
        start = text.index(f"\n  {measure}:\n") + 1
        whole = re.compile(rf"    {key}:.*\n(?:      .*\n|\n)*").search(text, start)
        assert whole
        return f"{text[: whole.start()]}    {key}: {value}\n{text[whole.end() :]}"

    return edit


def of(file: str, measure: str, key: str, value: str, code: str, *words: str) -> Fault:
    return file, given(measure, key, value), code, words


def said(measure: str, text: str, code: str, *words: str) -> Fault:
    """Return a fault in the narrative of a measure."""
    return of(PERIOD, measure, "info", json.dumps(text, ensure_ascii=False), code, *words)


def within(old: str, new: str, code: str, *words: str, file: str = PROGRAMME) -> Fault:
    return file, put(old, new), code, words


DECLARED = "{{declared: {}, reason: так надруковано}}"
LONG = "Послуги надано за заявами мешканців громади, кошти виділено вчасно і в повному обсязі."

FIGURES: list[Fault] = [
    of(YEAR, "2.1", "actual", "9.0\n    percent: " + DECLARED.format("95.2"),
       "percent-declared", "«2.1»", "95,2", "85,7"),
    of(PERIOD, "6.1.3", "actual", "1.6\n    percent: " + DECLARED.format("0.6"),
       "percent-needless", "«6.1.3»", "0,6"),
    of(PERIOD, "2.1.1", "actual", "3.7", "percent-base-zero", "«2.1.1»", "3,7"),
    of(PERIOD, "1.1.7", "actual", "1431.6", "actual-above-plan", "1431,6", "1431,0"),
    of(PERIOD, "1.1.1", "annual_plan", "961.7", "plan-above-programme", "961,7", "906,6", "55,1"),
    of(PERIOD, "1.1.9", "actual", "204.9", "plan-equals-actual", "«1.1.9»", "204,9"),
    (PERIOD, put("actual: 55.8", "actual: 171.8"), "parts-above", ("«5.1.1»", "170,9", "171,8")),
    (PERIOD, put("actual: 410.1", "actual: 400.1"), "parts-differ", ("410,3", "400,3")),
    within("виплати Житомирського міського голови", "виплати міського голови, у т. ч.",
           "parts-missing", "«1.1.1»", "в т.ч."),
    of(PERIOD, "1.1.10", "annual_plan", "1639.14", "amount-rounded", "1639,14", "1639,1"),
    of(PERIOD, "3.1.2", "annual_plan", "1.431", "amount-rounded", "1,431", "1,4"),
    of(PERIOD, "3.3.1", "annual_plan", "1451.4\n    # далі",
       "amounts-repeated", "«3.3.1»", "«3.3.2»", "1451,4", "1266,3"),
    of(PERIOD, "3.3.1", "actual", "1266.3", "amounts-repeated", "«3.3.2»", "1451,4"),
]  # fmt: skip

TIME: list[Fault] = [
    (BEFORE, given("1.1.9", "actual", "66.6"), "actual-fell", ("«1.1.9»", "54,5", "66,6")),
    (BEFORE, given("1.1.6", "annual_plan", "41.0"), "plan-changed", ("39,0", "41,0")),
    (BEFORE, put("\n  1.1.12:\n", "\n  1.1.99:\n"), "measure-appeared", ("«1.1.12»",)),
    (BEFORE, lambda text: text, "measure-vanished", ("«1.1.99»", "I квартал 2023 року")),
    of(PERIOD, "3.2.1", "annual_plan", "8713.4\n    term: 2024-2025",
       "term-outside", "«3.2.1»", "2024-2025", "2023"),
    within("term: {from: 2020, to: 2025}", "term: {from: 2020, to: 2022}",
           "programme-outside", "2023", "2020-2022", "закінчилася", file=YEARS),
    within("на 2021-2024 роки", "на 2021-2023 роки", "programme-outside", "2024", "2021-2023",
           file=REGISTER),
    within('{date: 2019-12-18, number: "1688"}', '{date: 2024-12-18, number: "1688"}',
           "decision-date", "18.12.2024", "2023 рік", file=YEARS),
]  # fmt: skip

STRUCTURE: list[Fault] = [
    within("- number: 1.5\n", "- number: 1.55\n", "number-gap", "1.5", file=YEARS),
    (YEAR, put("  1.5:\n", "  1.55:\n"), "number-gap", ()),
    within("number: 1.1.10\n", 'number: "1.1. 10"\n', "number-slip", "«1.1. 10»"),
    (PERIOD, put("  1.1.10:\n", '  "1.1. 10":\n'), "number-slip", ()),
    within("number: 1.1.4\n", "number: 9.9.4\n", "number-foreign", "«9.9.4»", "«1.1»"),
    (PERIOD, put("  1.1.4:\n", "  9.9.4:\n"), "number-foreign", ()),
    (PROGRAMME, put("number: 3.3.2\n", "number: 3.3.9\n"), "number-order", ("«3.3.3»", "«3.3.9»")),
    (PERIOD, put("  3.3.2:\n", "  3.3.9:\n"), "number-order", ()),
    within("genitive: >-\n  цільової", "genitive: >-\n  цільова",
           "genitive-case", "«цільова»", file=YEARS),
    within("amended: true\n", 'changes:\n  - {date: 2022-03-17, number: "511"}\n',
           "changes-unprinted", "17.03.2022", "№511"),
]  # fmt: skip

NARRATIVE: list[Fault] = [
    of(PERIOD, "4.3.4", "info", "Захід не фінансувався.", "plan-not-financed", "«4.3.4»", "1000,0"),
    (PERIOD, lambda text: given("3.1.1", "status", "planned")(
        text.replace("    info: Виплату допомоги заплановано до кінця 2023\u00a0року.\n", "")
    ), "reason-missing", ("«3.1.1»", "134,0")),
    (PERIOD, lambda text: given("2.1.4", "info", "Закуплено 40 куб. м дров.")(
        text.replace("    actual: 0.0\n    status: planned\n    info: Забезп",
                     "    actual: 0.0\n    info: Забезп")
    ), "status-missing", ("«2.1.4»", "Закуплено")),
    said("1.1.7", LONG, "narrative-repeated", "«1.1.7»", "«1.1.9»"),
    said("1.1.9", LONG, "narrative-repeated", "«1.1.7»", "«1.1.9»"),
    said("3.1.3", "Виплачено 66,6 тис. грн.", "narrative-figures", "48,8", "66,6 тис. грн"),
]  # fmt: skip

TEXT: list[Fault] = [
    said("1.1.2", "Допомогу виплaчено особам.", "text-letters", "«виплaчено»", "«a»"),
    said("1.1.3", "Дoвiдки видано, канал YouТube.", "text-letters", "«YouТube»", "кирилична"),
    said("1.1.4", 'Звання "Донор мають троє.', "text-quotes", '"Донор'),
    said("1.1.5", "Виплачено  28 родинам.", "text-blanks", "зайвий пробіл"),
    said("1.1.6", "Видатків , як і раніше, не було.", "text-blanks", "перед розділовим"),
    said("1.1.10", "Виплачено,відшкодовано особам.", "text-blanks", "бракує пробілу"),
    said("1.1.11", "Виплачено 5 тис.грн.", "text-unit", "«тис.грн»"),
    said("1.1.12", "По 10 тис. грн. на 7 осіб.", "text-unit", "«тис. грн.»"),
    said("1.1.14", "Заяв 31.02.2023 було 17.", "text-date", "31.02.2023"),
    said("2.2.1", "Сертифікати - для військових.", "text-dash", "дефіс між пробілами"),
    said("3.1.2", "Температура становила -5 °C.", "text-dash", "дефіс перед числом"),
    said("3.1.4", "Обов’язки виконано.", "text-apostrophes-mixed", "' —", "’ — 1"),
    said("3.2.1", "Акт від 21.07.2023, лист від 2 серпня 2023 року.", "text-dates-mixed", "2023"),
    said("3.3.1", "Проєкт і Проект погоджено.", "text-spelling-mixed", "проект"),
    said("3.3.2", "Ґендерний огляд; гендерні ролі.", "text-spelling-mixed", "ґендерн"),
    said("3.3.3", "Названо «сечоприймачі».", "text-quotes-mixed", "«…» — 1"),
]  # fmt: skip

REGISTERS: list[Fault] = [
    within("    - ДСП ЖМР\n", "    - ДСП ЖМР\n    - Управління транспорту міської ради\n",
           "alias-taken", "транспорту міської ради", file=EXECUTORS),
    (EXECUTORS, lambda text: text + "dsp-2: {name: Департамент соціальної політики Житомирської"
     " міскої ради}\n", "name-similar", ("«dsp»", "«dsp-2»")),
    (REGISTER, lambda text: text + "osvita-2: {name: Програма розвитку освіти Житомирської міської"
     " територіальної громади на 2022-2026 роки}\n", "name-similar", ("osvita-2022-2026",)),
    (OFFICIALS, lambda text: text + "krasnopir-2: {position: Заступник, given: Вікторія, surname:"
     " КРАСНОПІР}\n", "official-positions", ("«krasnopir»", "«krasnopir-2»")),
]  # fmt: skip

ACROSS: list[Fault] = [
    (COPIED, given("4.1", "actual", "14.6"), "measure-differs", ("14,6 тис. грн", "14,0 тис. грн")),
    (COPIED.replace("2023", "programme"), lambda text: text, "passport-repeated", ("назву",)),
    (REGISTER, lambda text: text + (
        "sotsialna:\n  slug: social-protection\n"
        '  decision: {date: 2020-12-24, number: "53"}\n'
        "  name: Комплексна Програма соціального захисту Житомирської міської територіальної"
        " громади на 2021-2024 роки\n"
    ), "programme-differs", ("№53", "№35")),
    (REGISTER, lambda text: text, "programme-differs", ("2021-2024", "2021-2025")),
    (REGISTER, lambda text: text, "programme-differs", ("захисту Жит", "захисту населення")),
    (REGISTER, lambda text: text + (
        "rivni-mozhlyvosti:\n  name: Цільова соціальна програма «Житомирська міська об'єднана"
        " територіальна громада – територія рівних можливостей» на 2020-2025 роки\n"
    ), "programme-unlinked", ("«equal-opportunities»",)),
]  # fmt: skip

REFUSED: list[Fault] = [
    of(PERIOD, "1.1.1", "annual_plan", '"#ДЕЛ/0!"', "amount-invalid", "#ДЕЛ/0!"),
    of(PERIOD, "1.1.2", "actual", "-5.0", "amount-negative", "«1.1.2»"),
    of(PERIOD, "1.1.3", "annual_plan", "2625.1\n    percent: 100.0", "value-type", "причиною"),
    (SOCIOECONOMIC, put("Освіта", "Осві\u200bта"), "text-control-character", ("U+200B",)),
    (PERIOD, put("signatory: krasnopir\n", ""), "key-missing", ("«signatory»",)),
    within("number: 1.1.6\n", "number: 1.1.5\n", "number-duplicate", "«1.1.5»"),
    within(', number: "35"}', "}", "key-missing", "«number»"),
    within("  - number: 2\n", "  - number: 99\n    tasks: []\n  - number: 2\n",
           "value-empty", "«tasks»"),
    of(YEAR, "1.2", "annual_plan", "{gneral: 12.0}", "reference-unknown", "«gneral»"),
    (YEAR, put("  fund: general\n", "  info: Немає.\n"), "fund-missing", ("«1.1»",)),
]  # fmt: skip

MATTERS: Mapping[str, list[Fault]] = {
    "figures": FIGURES,
    "time": TIME,
    "structure": STRUCTURE,
    "narrative": NARRATIVE,
    "text": TEXT,
    "registers": REGISTERS,
    "across": ACROSS,
    "refused": REFUSED,
}


def spoilt(folder: Path, faults: list[Fault]) -> Path:
    """Copy the content with the faults in it.

    A report of an earlier period, or of another programme, is copied where it has faults.
    """
    shutil.copytree(ROOT / "content", folder / "content")
    for file, edit, _, _ in faults:
        path = folder / file
        if not path.exists() and file == BEFORE:
            path.write_text(shipped(PERIOD).replace("2023-h1", "2023-q1"), encoding="utf-8")
        elif not path.exists():
            shutil.copytree((ROOT / YEAR).parent, path.parent)
        path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def found(root: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    main(["check", "--root", str(root), "--format", "json"])
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return told


@pytest.mark.parametrize("matter", MATTERS)
def test_what_is_planted_is_found(
    matter: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = found(spoilt(tmp_path, MATTERS[matter]), capsys)
    for _, _, code, words in MATTERS[matter]:
        messages = [one["message"] for one in told if one["code"] == code]
        assert any(all(word in one for word in words) for one in messages), (code, words, messages)
    if matter == "refused":
        return
    # Nothing but what was planted is told of the files that nobody has touched.
    touched = {file.rpartition("/")[0] for file, *_ in MATTERS[matter]}
    others = [one for one in told if one["file"].rpartition("/")[0] not in touched]
    assert {one["code"] for one in others} <= {"percent-declared", "font-fallback"} | {
        code for *_, code, _ in MATTERS[matter]
    }


#: All that is said of the shipped projects: facts of official documents have their remarks.
SAID = {
    "content": [
        ("percent-declared", "content/programmes/equal-opportunities/2023.yaml", "«1.1»"),
    ],
    "other-councils": [
        ("form-draft", "content/programmes/annual-sections/programme.yaml", "«annual-sections»"),
        ("form-draft", "content/programmes/budget-programme/programme.yaml", "«budget-programme»"),
        ("form-draft", "content/programmes/sources-in-columns/programme.yaml", "чернетка"),
    ],
    "word-page": [
        ("percent-declared", "content/programmes/rivni-mozhlyvosti/2023.yaml", "«1.1»"),
    ],
}
PROJECTS = {
    "content": ROOT,
    **{path.parent.name: path.parent for path in sorted(ROOT.glob("examples/*/content"))},
}


@pytest.mark.parametrize("name", PROJECTS)
def test_of_the_shipped_projects_hardly_anything_is_said(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [one for one in found(PROJECTS[name], capsys) if one["code"] != "font-fallback"]
    expected = SAID[name]
    assert [(one["code"], one["file"]) for one in told] == [one[:2] for one in expected]
    for one, (_, _, words) in zip(told, expected, strict=True):
        assert words in one["message"]
