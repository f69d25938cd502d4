"""Rules over single texts: slips of the hand, told and never mended.

A rule sees texts joined by ``SEPARATOR`` and yields slips. Nearly all text is in order, so rules
look for plain strings first, and patterns begin with a plain character: both skip quickly.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from reportgen.check.printed import SEPARATOR, Slip
from reportgen.check.rules.excerpts import address, excerpt, words
from reportgen.check.rules.keyboard import APOSTROPHE
from reportgen.diagnostics import quoted

_LATIN = re.compile("[A-Za-zÏï]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_TWINS = dict(zip("aceiopxykABCEHIKMOPTXYÏï", "асеіорхукАВСЕНІКМОРТХУЇї", strict=True))
_TWINS_OF_CYRILLIC = {cyrillic: latin for latin, cyrillic in _TWINS.items()}
_WORDS_OF_ONE_LETTER = "aioy"  # Latin twins of «а», «і», «о», «у»

_BLANKS = " \u00a0"
_DOUBLE = re.compile(f"[{_BLANKS}]{{2,}}")
_STOPS = ",;.:!?"
_BEFORE = re.compile(rf"[{_BLANKS}](?:[,;](?!\d)|[.:!?](?![\w.]))")
_AFTER = (re.compile(r",(?:(?=[^\W\d_])|(?<=[^\W\d_],)(?=\d))"), re.compile(r";(?=\w)"))

#: Quote → those that it can close; the straight one and «“» open as well.
_CLOSES = {"«": "", "„": "", "»": "«", "”": "“„", '"': '"', "“": "„"}
_ONLY_CLOSE = "»”"
_DEEPEST = 20  # quotes within quotes: what opens more has its slip already

_THOUSANDS = re.compile(rf"\b(тис|млн|млрд)(\.?)([{_BLANKS}\n]?)$")
_SPELT = {"тис": "тис. грн", "млн": "млн грн", "млрд": "млрд грн"}
_NOT_LAST = re.compile(rf"\.(?=[,;)]|[{_BLANKS}][а-яіїєґ])")
_GLUED = re.compile(
    r"[0-9](тис|млн|млрд|грн|шт|од|чол|осіб|особа|особи|км|кг|га|год|хв|кв|року|рік|років|р)\b"
)
_DATE = re.compile(rf"\.([0-9]{{2}})([.{_BLANKS}])(20[0-9]{{2}})(?![0-9])")
_DAY = re.compile(r"(?<![0-9.])[0-9]{1,2}$")

_HYPHEN = " - "
_MINUS = re.compile(rf"-(?=\d)(?<=[{_BLANKS}\n(]-)")


def mixed_letters(text: str) -> Iterator[Slip]:
    """Latin letters inside a Cyrillic word and the reverse: they look alike and sort apart."""
    end = 0
    for run in _LATIN.finditer(text):
        if run.start() < end:  # the word is told of
            continue
        start, end = run.span()
        while start > 0 and text[start - 1].isalpha():
            start -= 1
        while end < len(text) and text[end].isalpha():
            end += 1
        word = text[start:end]
        latin = [char for char in word if _LATIN.match(char)]
        if _CYRILLIC.search(word):
            yield _mixed(word, start, latin)
        elif word in _WORDS_OF_ONE_LETTER and _among_cyrillic(text, start):
            message = f"слово «{word}» — латинська літера, а не кирилична"
            hint = f"наберіть його українською розкладкою: «{_TWINS[word]}»"
            yield Slip("text-letters", start, end, message, hint)


def _mixed(word: str, start: int, latin: list[str]) -> Slip:
    others = _CYRILLIC.findall(word)
    foreign, kind = (latin, "латинська") if len(latin) <= len(others) else (others, "кирилична")
    chars = dict.fromkeys(foreign)
    first = next(index for index, char in enumerate(word) if char in chars)
    letters = ", ".join(f"«{char}»" for char in chars)
    which = f"{kind} літера" if len(chars) == 1 else f"{kind[:-1]}і літери"
    twins = _TWINS if kind == "латинська" else _TWINS_OF_CYRILLIC
    meant = "".join(twins.get(char, "") if char in chars else char for char in word)
    alike = len(meant) == len(word)
    hint = f"наберіть слово однією розкладкою: {quoted(meant)}" if alike else ""
    message = f"у слові {quoted(word)} {which} {letters}"
    return Slip("text-letters", start + first, start + first + 1, message, hint)


def _among_cyrillic(text: str, at: int) -> bool:
    """Tell whether a letter has blanks on both sides and Cyrillic words behind them."""
    before, after = text[max(0, at - 2) : at], text[at + 1 : at + 3]
    return bool(
        re.fullmatch(r"[а-яіїєґ,] ", before) and re.fullmatch(r" [«\"\dа-яіїєґА-ЯІЇЄҐ]", after)
    )


def quotes_open(text: str) -> Iterator[Slip]:
    """Quotes that are never closed or never opened, one slip for each text."""
    end = -1
    told: tuple[int, ...] = ()
    open_ones: list[int] = []
    for at in _positions(text, _CLOSES):
        if text[at] == '"' and APOSTROPHE.match(text, at):  # told of as what it is
            continue
        if at > end:  # the first one of another text
            yield from _unpaired(text, told, open_ones)
            end = text.find(SEPARATOR, at)
            end = len(text) if end < 0 else end
            told, open_ones = (), []
        fellow = next((one for one in reversed(open_ones) if text[one] in _CLOSES[text[at]]), None)
        if fellow is not None:
            open_ones.remove(fellow)
        elif text[at] in _ONLY_CLOSE:
            told = told or (at, *open_ones[-1:])
        elif len(open_ones) < _DEEPEST and (text[at] != '"' or not text[at - 1 : at].isdigit()):
            open_ones.append(at)  # a straight one after a digit means inches
    yield from _unpaired(text, told, open_ones)


def _unpaired(text: str, closing: Sequence[int], open_ones: list[int]) -> Iterator[Slip]:
    """Yield the slip of one text; ``closing`` is the mark that closes nothing, if there is one.

    After it stands the mark that was open there: the two were meant for a pair.
    """
    for at in closing[:1] or open_ones[:1]:
        what = "відкрито, а не закрито" if at in open_ones else "закрито, а не відкрито"
        hint = "поставте другу з двох лапок"
        if len(closing) > 1 and text[at] not in _CLOSES[text[at]]:
            what = f"відкрито знаком {text[closing[1]]}, а закрито знаком {text[at]}"
            hint = "поставте обидві одного вигляду: «…»"
        elif text[at] == "«" and text.find("»", at) > 0:
            hint += "; назва всередині назви має ще й свої лапки: «…«…»»"
        yield Slip("text-quotes", at, at + 1, f"лапки {what}: {words(text, at, at + 1)}", hint)


def _positions(text: str, chars: Iterable[str]) -> list[int]:
    """Return where any of some characters stands, in order."""
    places: list[int] = []
    for char in chars:
        at = text.find(char)
        while at >= 0:
            places.append(at)
            at = text.find(char, at + 1)
    return sorted(places)


def blanks(text: str) -> Iterator[Slip]:
    """Blanks that are twice there, there where none belongs, or missing."""
    if any(one + other in text for one in _BLANKS for other in _BLANKS):
        for one in _DOUBLE.finditer(text):
            message = f"зайвий пробіл: {excerpt(text, *one.span())}"
            yield Slip("text-blanks", one.start(), one.end(), message, "залиште один пробіл")
    if any(blank + stop in text for blank in _BLANKS for stop in _STOPS):
        for one in _BEFORE.finditer(text):
            message = f"пробіл перед розділовим знаком: {excerpt(text, *one.span())}"
            hint = f"приберіть пробіл перед «{one[0][1]}»"
            yield Slip("text-blanks", one.start(), one.end(), message, hint)
    for after in _AFTER:
        for one in after.finditer(text):
            if not address(text, one.start()):
                message = f"бракує пробілу після розділового знака: {excerpt(text, *one.span())}"
                hint = f"поставте пробіл після «{one[0]}»"
                yield Slip("text-blanks", one.start(), one.end(), message, hint)


def units(text: str) -> Iterator[Slip]:
    """Units of money by the standard: «тис. грн», «млн грн», and a blank after the number."""
    start = text.find("грн")
    while start >= 0:
        end = start + 3
        if not text[end : end + 1].isalpha():
            yield from _unit(text, start, end)
        start = text.find("грн", end)
    for one in _GLUED.finditer(text):
        message = f"між числом і словом бракує пробілу: {excerpt(text, *one.span())}"
        hint = f"поставте пробіл перед «{one[1]}»"
        yield Slip("text-unit", one.start(), one.end(), message, hint)


def _unit(text: str, start: int, end: int) -> Iterator[Slip]:
    before = _THOUSANDS.search(text, max(0, start - 8), start)
    after = _NOT_LAST.match(text, end)
    right = _SPELT[before[1]] if before else "грн"
    spelt = before is None or (before[2], bool(before[3])) == ("." * ("." in right), True)
    if not spelt or after:
        first, last = before.start() if before else start, after.end() if after else end
        message = f"одиницю записано як {quoted(text[first:last])}"
        yield Slip("text-unit", first, last, message, f"пишіть «{right}», без крапки після «грн»")


def dates(text: str) -> Iterator[Slip]:
    """Dates that no calendar has, and such in which a point is missing."""
    for one in _DATE.finditer(text):
        day = _DAY.search(text, max(0, one.start() - 3), one.start())
        if day is None:
            continue
        month, mark, year = one.groups()
        written = text[day.start() : one.end()]
        if not _is_date(int(year), int(month), int(day[0])):
            message, hint = f"такої дати немає: {quoted(written)}", "перевірте день і місяць"
        elif mark != ".":
            message = f"у даті бракує крапки: {quoted(written)}"
            hint = f"пишіть {int(day[0]):02}.{month}.{year}"
        else:
            continue
        yield Slip("text-date", day.start(), one.end(), message, hint)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def dashes(text: str) -> Iterator[Slip]:
    """A hyphen between blanks where a dash belongs, or before a number as a minus."""
    at = text.find(_HYPHEN)
    while at >= 0:
        message = f"дефіс між пробілами: {excerpt(text, at, at + 3)}"
        yield Slip("text-dash", at + 1, at + 2, message, "тут має бути тире «–»")
        at = text.find(_HYPHEN, at + 1)
    for one in _MINUS.finditer(text):
        message = f"дефіс перед числом: {excerpt(text, *one.span())}"
        hint = "якщо це від'ємне число, поставте мінус «−»"
        yield Slip("text-dash", one.start(), one.end(), message, hint)


def remarks_printed(text: str) -> Iterator[Slip]:
    """A remark to this program that YAML takes for a part of the text above it."""
    at = text.find("# reportgen:")
    while at >= 0:
        message = "вказівка «# reportgen: …» потрапила в текст, тож її було б надруковано"
        hint = "поставте її в рядку над ключем цього тексту"
        yield Slip("allow-invalid", at, at + 1, message, hint)
        at = text.find("# reportgen:", at + 1)


#: Over every printed text, and over narratives alone: names are printed as they were adopted.
RULES = (mixed_letters, quotes_open, blanks, units, dates, remarks_printed)
NARRATIVE_RULES = (dashes,)
