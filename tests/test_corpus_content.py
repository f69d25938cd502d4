"""The socio-economic programme and the concept, as shipped, against their sources.

Item by item: numbers, texts, years, executors, programmes and amounts are those of the source. What
was put right is listed here; whatever else differs is a mistake. The narrative is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from conftest import CORPUS
from sources import bodies, concept, socioeconomic
from sources.words import numbers, repeated

from reportgen.build.project import Project
from reportgen.load import load_content, load_report
from reportgen.load.form_sections import ONLY_TABLE
from reportgen.model.programme import Amount, Executors, Item, Programmes, Text, Value
from reportgen.model.report import Report

pytestmark = pytest.mark.corpus

#: Texts put right: programme → line of the source → (printed, ours).
PUT_RIGHT: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "socioeconomic": {
        8: ('" Ефективне', '"Ефективне'),
        25: ("м.Житомир,", "м. Житомир,"),
        33: ("м.Житомир,", "м. Житомир,"),
        35: ("STEM - лабораторій", "STEM-лабораторій"),
        85: ("велоруку", "велоруху"),
    },
    "concept": {
        7: ("сприятливого інвести", "сприятливого інвестиційного клімату"),  # cut off
        45: ("екологічного безпечного", "екологічно безпечного"),
        55: ("Рекультивация", "Рекультивація"),
    },
}

#: The note of a project, put right: line of the source → ours, from what is printed.
NOTES: Mapping[int, Callable[[str], str]] = {
    # a slip, and a bracket that was left open
    38: lambda note: note.replace("підвищення кваліфікація", "підвищення кваліфікації") + ")",
}

#: Numbers of a narrative that ours writes otherwise: programme → line → (printed, ours).
OTHER_NUMBERS: Mapping[str, Mapping[int, tuple[set[str], set[str]]]] = {
    "socioeconomic": {
        56: (set(), {"2024"}),  # «III квартал» of which year
        58: ({"6"}, {"6000"}),  # «6 тис. кв. м»
    },
    "concept": {},
}

#: Names of bodies, events and works, and figures with their units, that narratives print as the
#: source does.
OFFICIAL = (
    # socio-economic programme
    "Кабінету Міністрів Чеченської Республіки Ічкерія",
    "Представництва Дитячого фонду ООН (ЮНІСЕФ) в Україні",
    "Антикорупційної Ініціативи в Україні",
    "Державного Секретаріату Швейцарії з економічних питань",
    "№ 2, 16, 22, 23, 27, 30, 36",
    "№ 5, 21, 25, 26, 27, 30, 33, 37, 44, 46, 71, 73",
    "Всеукраїнського конкурсу-захисту науково-дослідницьких робіт учнів – членів МАН",
    "мовно-літературного конкурсу імені Тараса Шевченка",
    "конкурсу з української мови імені Петра Яцика",
    "I етап VIII Всеукраїнського літературного фестивалю",
    "Міжнародний фестиваль майстрів імені Святослава Ріхтера",
    "Міжнародного дня авіації та космонавтики",
    # concept
    "Головного управління ДПС у Житомирській області",
    "Житомирській філії обласного центру зайнятості",
    "Поліського національного університету",
    "Міжнародному Фестивалі інноваційних проєктів",
    "Міжнародній виставці продуктів харчування та напоїв WorldFood Ukraine",
    "торговельного та міжнародного співробітництва Представництва ЄС в Україні",
    "Deutsche Gesellschaft für Internationale Zusammenarbeit (GIZ) GmbH",
    "50,0–60,0 тис. куб. м",
    "Житомирським державним університетом ім. Івана Франка, Поліським національним університетом",
    "Державного секретаріату з економічних питань Швейцарської Конфедерації",
)


class Pair(NamedTuple):
    """An item of the source and ours, with what the period says of each."""

    theirs: Item
    ours: Item
    told: str
    info: str

    @property
    def line(self) -> int:
        """The item's line in the source."""
        return int(self.theirs.key)


@pytest.fixture(params=["socioeconomic", "concept"])
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pairs(slug: str, project: Project) -> list[Pair]:
    read = {"socioeconomic": socioeconomic.read, "concept": concept.read}[slug]
    theirs, ours = read(CORPUS)[0].report, shipped(slug, project)
    items = zip(theirs.programme.items(ONLY_TABLE), ours.programme.items(ONLY_TABLE), strict=True)
    return [Pair(one, other, info(theirs, one), info(ours, other)) for one, other in items]


def shipped(slug: str, project: Project) -> Report:
    content = load_content(project.root, [])
    assert content.council is not None
    [source] = [one for one in content.sources if one.slug == slug]
    report = load_report(source, project.root, content.council, project.templates, [])
    assert report is not None
    return report


def info(report: Report, item: Item) -> str:
    """Return what the period says of an item, "" of a group."""
    if item.level != report.form.table(ONLY_TABLE).rows[0].id:
        return ""
    value = report.period.entries[ONLY_TABLE][item.key].values["info"]
    assert isinstance(value, Text)
    return "\n".join(value.paragraphs)


def test_every_item_is_there_in_its_order(pairs: list[Pair], slug: str) -> None:
    assert len(pairs) == {"socioeconomic": 100, "concept": 74}[slug]
    for pair in pairs:
        assert (pair.theirs.level, pair.theirs.number) == (pair.ours.level, pair.ours.number)
        assert len(pair.theirs.children) == len(pair.ours.children)


def test_every_text_is_the_printed_one(pairs: list[Pair], slug: str) -> None:
    assert PUT_RIGHT[slug].keys() <= {pair.line for pair in pairs}
    for pair in pairs:
        text = pair.theirs.text
        if pair.theirs.level != "task":  # it stands in the line of its first measure
            printed, ours = PUT_RIGHT[slug].get(pair.line, (text, text))
            assert printed in text
            text = text.replace(printed, ours)
        assert pair.ours.text == text


def test_every_value_of_the_programme_is_the_printed_one(pairs: list[Pair]) -> None:
    council = bodies.shipped_council()
    known = {**bodies.programmes(council), **bodies.executors(council)}
    for pair in pairs:
        theirs = {key: meant(one, known) for key, one in pair.theirs.values.items()}
        if pair.line in NOTES and "note" in theirs:
            theirs["note"] = [NOTES[pair.line](note) for note in theirs["note"]]
        assert {key: meant(one, known) for key, one in pair.ours.values.items()} == theirs, pair


def meant(value: Value, known: bodies.Known) -> list[str]:
    """Return what a value says: bodies and programmes by their ids, however they are spelt."""
    match value:
        case Executors(named) | Programmes(named):
            return [one for body in named for one in bodies.ids(body.name, known)]
        case Text(paragraphs):
            return list(paragraphs)
        case Amount(amount):
            return [str(amount)]  # with its decimals
    raise AssertionError(value)


def test_no_narrative_repeats_the_sources_words(pairs: list[Pair]) -> None:
    """No five words in a row are the same, but for titles in quotes and official names."""
    taken = {pair.line: [*repeated(pair.info, pair.told, OFFICIAL)] for pair in pairs}
    assert not {line: runs for line, runs in taken.items() if runs}


def test_every_number_of_a_narrative_is_the_sources(pairs: list[Pair], slug: str) -> None:
    for pair in (one for one in pairs if one.told):
        theirs, ours = numbers(pair.told), numbers(pair.info)
        found = theirs - ours, ours - theirs
        assert found == OTHER_NUMBERS[slug].get(pair.line, (set(), set())), pair.line
