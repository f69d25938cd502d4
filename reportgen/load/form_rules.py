"""Rules that tie a form's levels, columns and totals together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reportgen.diagnostics import Diagnostic, Span, finding
from reportgen.load.words import suggest
from reportgen.model.form import Column, Form, GivenBy, Kind, Level, Shown, Total
from reportgen.model.formula import names

#: Keys that rows of content have beside the columns', so that no column may take them.
RESERVED = frozenset({"number", "id", "text", "parts", "status", "fund"})

#: Keys at the top of ``programme.yaml`` and of a period's file.
_OF_FILES = frozenset(
    [
        "name",
        "genitive",
        "decision",
        "amended",
        "executor",
        "term",
        "form",
        "period",
        "signatory",
        "defaults",
    ]
)

_NARROWEST = 5.0  # mm: less does not hold a letter between the lines
_MOST_ROW_LEVELS = 2  # the rows themselves, and the «в т.ч.» rows below them


def check_form(form: Form, folder: str) -> list[Diagnostic]:
    """Return what does not fit together in a form whose parts were all readable."""
    return [
        *_identity(form, folder),
        *_levels(form),
        *_columns(form),
        *_cycles(form),
        *_totals(form),
    ]


def _identity(form: Form, folder: str) -> Iterator[Diagnostic]:
    if form.id != folder:
        message = f"форма «{form.id}» лежить у теці «{folder}»"
        yield finding("form-structure", form.span, message, "назва теки і form мають збігатися")


def _repeated(kind: str, things: Iterable[Level | Column]) -> Iterator[Diagnostic]:
    counted: Counter[str] = Counter()
    for thing in things:
        counted[thing.id] += 1
        if counted[thing.id] > 1:
            yield finding("form-structure", thing.span, f"{kind} «{thing.id}» записано двічі")


def _levels(form: Form) -> Iterator[Diagnostic]:
    yield from _repeated("рівень", form.levels)
    yield from _plurals(form)
    shown = [level.shown for level in form.levels]
    rows = form.rows
    if not rows:
        yield finding("form-structure", form.span, "жоден рівень не є рядком (shown: row)")
    elif any(one is Shown.ROW for one in shown[: -len(rows)]):
        message = "рівні-рядки мають стояти після рівнів, що їх об'єднують"
        yield finding("form-structure", rows[0].span, message)
    for level in rows[_MOST_ROW_LEVELS:]:
        message = "рівнів-рядків може бути два: рядок і його «в т.ч.»"
        yield finding("form-structure", level.span, message)


def _plurals(form: Form) -> Iterator[Diagnostic]:
    """The key of a level's list must not be one that its neighbours have another use for."""
    taken = {*RESERVED, *_OF_FILES, *(column.id for column in form.columns)} - {"parts"}
    seen: set[str] = set()
    for level in form.levels:
        if level.id in seen:
            continue
        seen.add(level.id)
        if level.plural in taken:
            message = f"список рівня «{level.id}» не може зватися «{level.plural}»"
            yield finding("form-structure", level.span, message, "дайте йому іншу назву: plural")
        taken.add(level.plural)


def _columns(form: Form) -> Iterator[Diagnostic]:
    yield from _repeated("колонку", form.columns)
    merged = [level.id for level in form.levels if level.shown is Shown.MERGED]
    figures = [one.id for one in form.columns if one.kind in (Kind.MONEY, Kind.PERCENT)]
    for column in form.columns:
        if column.given and column.id in RESERVED:
            message = f"колонка не може зватися «{column.id}»: так зветься поле рядка"
            yield finding("form-structure", column.span, message)
        if column.given is GivenBy.PERIOD and column.kind is Kind.EXECUTORS:
            message = "виконавців записують у програмі: given: programme"
            yield finding("form-structure", column.span, message)
        figure = column.kind in (Kind.MONEY, Kind.PERCENT)
        if (column.formula and not figure) or (column.source and column.kind is not Kind.TEXT):
            way = "formula" if column.formula else "from"
            message = f"колонка виду «{column.kind.value}» не може мати {way}"
            yield finding("form-structure", column.span, message)
        if column.width < _NARROWEST:
            message = f"колонка «{column.id}» вужча за {_NARROWEST:g} мм"
            yield finding("form-structure", column.span, message)
        if column.kind is Kind.PERCENT and column.formula is None:
            message = "відсоток не вводять, а обчислюють: потрібна formula"
            yield finding("form-structure", column.span, message)
        if column.source and column.source.level not in ["row", *merged]:
            hint = suggest(column.source.level, ["row", *merged])
            yield _unknown("рівня", column.source.level, column.span, hint)
        others = [name for name in figures if name != column.id]
        for name in names(column.formula) if column.formula else ():
            if name not in (*others, column.id):  # one that names itself is a cycle
                yield _unknown("грошової колонки", name, column.span, suggest(name, others))


def _totals(form: Form) -> Iterator[Diagnostic]:
    figures = [one.id for one in form.columns if one.kind in (Kind.MONEY, Kind.PERCENT)]
    columns = [one.id for one in form.columns]
    groups = [level.id for level in form.levels if level.shown is not Shown.ROW]
    for total in form.totals:
        for name in total.columns:
            if name not in figures:
                yield _unknown("грошової колонки", name, total.span, suggest(name, figures))
        if total.level and total.level not in groups:
            hint = suggest(total.level, groups)
            yield _unknown("рівня", total.level, total.span, hint)
        if total.at and total.at not in columns:
            yield _unknown("колонки", total.at, total.span, suggest(total.at, columns))
        for column in form.columns:
            used = set(names(column.formula)) if column.formula else set()
            missing = used.intersection(figures) - set(total.columns)
            if column.id in total.columns and missing:
                message = f"підсумок у «{column.id}» потребує ще {', '.join(sorted(missing))}"
                yield finding("form-structure", total.span, message)
        yield from _place_of_label(form, total)


def _place_of_label(form: Form, total: Total) -> Iterator[Diagnostic]:
    """The label needs a cell that neither a figure nor an outer group's merged cell takes."""
    levels = [level.id for level in form.levels]
    outer = levels[: levels.index(total.level)] if total.level in levels else []
    hidden = {one.id for one in form.columns if one.source and one.source.level in outer}
    free = [one.id for one in form.columns if one.id not in hidden]
    at = total.at or next(iter(free), "")
    if not at or at in hidden or at in total.columns:
        yield finding("form-structure", total.span, "для назви підсумку немає клітинки")


def _unknown(what: str, name: str, span: Span, hint: str) -> Diagnostic:
    return finding("form-structure", span, f"немає {what} «{name}»", hint)


def _cycles(form: Form) -> Iterator[Diagnostic]:
    """A formula may use other formulas, but not, by any way round, itself."""
    uses = {one.id: set(names(one.formula)) for one in form.columns if one.formula}
    settled: set[str] = set()
    while ready := {
        name for name in uses if name not in settled and not _open(uses, settled, name)
    }:
        settled |= ready
    for column in form.columns:
        if column.formula and column.id not in settled:
            message = f"формула колонки «{column.id}» залежить сама від себе"
            yield finding("form-structure", column.span, message)


def _open(uses: dict[str, set[str]], settled: set[str], name: str) -> set[str]:
    return {other for other in uses[name] if other in uses and other not in settled}
