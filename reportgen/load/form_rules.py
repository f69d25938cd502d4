"""Rules that tie a form's levels, columns and totals together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reportgen.diagnostics import Diagnostic, Span, finding
from reportgen.load.form_names import RESERVED, check_names
from reportgen.load.words import suggest
from reportgen.model.form import (
    Column,
    FactsSection,
    Form,
    GivenBy,
    Kind,
    Level,
    Shown,
    TableSection,
    Total,
)
from reportgen.model.formula import names
from reportgen.model.meaning import Meaning, meaning_of

_NARROWEST = 5.0  # mm: less does not hold a letter between the lines
_MOST_ROW_LEVELS = 2  # the rows themselves, and the «в т.ч.» rows below them


def check_form(form: Form, folder: str) -> list[Diagnostic]:
    """Return what does not fit together in a form whose parts were all readable."""
    return [
        *_identity(form, folder),
        *check_names(form),
        *(one for table in form.tables for one in _table(form, table)),
        *_facts(form),
    ]


def _table(form: Form, table: TableSection) -> Iterator[Diagnostic]:
    if table.summary_of:
        yield from _summary(form, table)
    else:
        yield from _levels(table)
        yield from _shares(table, table)
    yield from _columns(table)
    yield from _meanings(table)
    yield from _cycles(table)
    yield from _totals(table)


def _figures(table: TableSection) -> list[str]:
    return [one.id for one in table.fields if one.kind.is_figure]


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


def _levels(table: TableSection) -> Iterator[Diagnostic]:
    yield from _repeated("рівень", table.levels)
    shown = [level.shown for level in table.levels]
    rows = table.rows
    if not rows:
        yield finding("form-structure", table.span, "жоден рівень не є рядком (shown: row)")
    elif any(one is Shown.ROW for one in shown[: -len(rows)]):
        message = "рівні-рядки мають стояти після рівнів, що їх об'єднують"
        yield finding("form-structure", rows[0].span, message)
    for level in rows[_MOST_ROW_LEVELS:]:
        message = "рівнів-рядків може бути два: рядок і його «в т.ч.»"
        yield finding("form-structure", level.span, message)
    for position, level in enumerate(table.levels):
        if level.shown is Shown.TABLE and position:
            message = "окремими таблицями (shown: table) може бути лише найвищий рівень"
            yield finding("form-structure", level.span, message)
        if level.restarts and level.shown is Shown.ROW:
            message = "нумерація починається знову (restarts) лише в рівнях над рядками"
            yield finding("form-structure", level.span, message)
        if level.title and level.shown is not Shown.TABLE:
            message = "заголовок (title) має лише рівень, показаний окремими таблицями"
            yield finding("form-structure", level.span, message)


def _summary(form: Form, table: TableSection) -> Iterator[Diagnostic]:
    """A summary has no rows of its own: every column is a share, a formula or its labels."""
    bases = [one.id for one in form.outlines]
    if table.summary_of not in bases:
        hint = suggest(table.summary_of, bases)
        yield _unknown("таблиці", table.summary_of, table.span, hint)
        return
    if table.levels or table.splits:
        yield finding("form-structure", table.span, "зведена таблиця не має levels і splits")
    for column in table.fields:
        named = column.source is not None and column.source.level == "row"
        if not (named or column.share or column.formula):
            message = "у зведеній таблиці в колонки має бути одне з: of, formula, from: row.label"
            yield finding("form-structure", column.span, message)
    yield from _shares(table, form.table(table.summary_of))


def _shares(table: TableSection, base: TableSection) -> Iterator[Diagnostic]:
    """Only amounts that content gives are split by fund, so only they have shares."""
    given = {one.id: one for one in base.fields if one.kind is Kind.MONEY and one.given}
    for column in table.fields:
        if column.share is None:
            continue
        whole = given.get(column.share.column)
        if whole is None:
            hint = suggest(column.share.column, given)
            yield _unknown("введеної грошової колонки", column.share.column, column.span, hint)
        elif whole.yearly and not column.yearly:
            message = f"«{whole.id}» своя в кожному році, тож і колонка з неї має бути yearly"
            yield finding("form-structure", column.span, message, "додайте yearly: true")
        if column.kind is not Kind.MONEY:
            message = f"колонка виду «{column.kind.value}» не може мати of"
            yield finding("form-structure", column.span, message)


def _facts(form: Form) -> Iterator[Diagnostic]:
    for section in form.sections:
        if isinstance(section, FactsSection) and min(section.widths) < _NARROWEST:
            message = f"колонка вужча за {_NARROWEST:g} мм"
            yield finding("form-structure", section.span, message)


def _columns(table: TableSection) -> Iterator[Diagnostic]:
    yield from _repeated("колонку", table.fields)
    merged = [level.id for level in table.levels if level.shown is Shown.MERGED]
    sources = ["row", *merged, *(["split"] if table.splits else [])]
    figures = _figures(table)
    for column in table.fields:
        if column.given and column.id in RESERVED:
            message = f"колонка не може зватися «{column.id}»: так зветься поле рядка"
            yield finding("form-structure", column.span, message)
        if column.given is GivenBy.PERIOD and column.kind is Kind.EXECUTORS:
            message = "виконавців записують у програмі: given: programme"
            yield finding("form-structure", column.span, message)
        is_text = column.kind is Kind.TEXT
        wrong_formula = column.formula is not None and not column.kind.is_figure
        if wrong_formula or ((column.source or column.template) and not is_text):
            way = "formula" if column.formula else "from чи text"
            message = f"колонка виду «{column.kind.value}» не може мати {way}"
            yield finding("form-structure", column.span, message)
        if column.width < _NARROWEST and not column.hidden:
            message = f"колонка «{column.id}» вужча за {_NARROWEST:g} мм"
            yield finding("form-structure", column.span, message)
        if column.kind is Kind.PERCENT and column.formula is None:
            message = "відсоток не вводять, а обчислюють: потрібна formula"
            yield finding("form-structure", column.span, message)
        if column.source and column.source.level not in sources:
            hint = suggest(column.source.level, sources)
            yield _unknown("рівня", column.source.level, column.span, hint)
        others = [name for name in figures if name != column.id]
        for name in names(column.formula) if column.formula else ():
            if name not in (*others, column.id):  # one that names itself is a cycle
                yield _unknown("грошової колонки", name, column.span, suggest(name, others))


def _meanings(table: TableSection) -> Iterator[Diagnostic]:
    """Sums over reports add what is typed; two columns of one meaning would be added as one."""
    said: dict[Meaning, str] = {}
    for column in table.fields:
        meaning = meaning_of(column.id, column.means)
        is_typed = column.kind is Kind.MONEY and column.given
        if column.means and not is_typed:
            message = "means має лише колонка, у якій вписують суми (kind: money, given)"
            yield finding("form-structure", column.span, message)
        elif meaning and is_typed and meaning in said:
            message = f"«{said[meaning]}» і «{column.id}» означають те саме: {meaning.value}"
            yield finding("form-structure", column.span, message)
        elif meaning and is_typed:
            said[meaning] = column.id


def _totals(table: TableSection) -> Iterator[Diagnostic]:
    figures = _figures(table)
    columns = [one.id for one in table.columns]
    groups = [level.id for level in table.levels if level.shown is not Shown.ROW]
    for total in table.totals:
        for name in total.columns:
            if name not in figures:
                yield _unknown("грошової колонки", name, total.span, suggest(name, figures))
        if total.level and total.level not in groups:
            hint = suggest(total.level, groups)
            yield _unknown("рівня", total.level, total.span, hint)
        if total.at and total.at not in columns:
            yield _unknown("колонки", total.at, total.span, suggest(total.at, columns))
        for column in table.fields:
            used = set(names(column.formula)) if column.formula else set()
            missing = used.intersection(figures) - set(total.columns)
            if column.id in total.columns and missing:
                message = f"підсумок у «{column.id}» потребує ще {', '.join(sorted(missing))}"
                yield finding("form-structure", total.span, message)
        yield from _place_of_label(table, total)
        yield from _whole_of_tables(table, total)


def _whole_of_tables(table: TableSection, total: Total) -> Iterator[Diagnostic]:
    """A total of the whole programme would stand below each of its tables as if it were theirs."""
    first = table.levels[0] if table.levels else None
    if first and first.shown is Shown.TABLE and not total.level:
        message = "підсумок усіх таблиць разом не належить жодній із них"
        hint = f"додайте level: {first.id} або зведену таблицю (summary_of)"
        yield finding("form-structure", total.span, message, hint)


def _place_of_label(table: TableSection, total: Total) -> Iterator[Diagnostic]:
    """The label needs a cell that neither a figure nor an outer group's merged cell takes."""
    levels = [level.id for level in table.levels]
    outer = levels[: levels.index(total.level)] if total.level in levels else []
    hidden = {one.id for one in table.columns if one.source and one.source.level in outer}
    free = [one.id for one in table.columns if one.id not in hidden]
    at = total.at or next(iter(free), "")
    if not at or at in hidden or at in total.columns:
        yield finding("form-structure", total.span, "для назви підсумку немає клітинки")


def _unknown(what: str, name: str, span: Span, hint: str) -> Diagnostic:
    return finding("form-structure", span, f"немає {what} «{name}»", hint)


def _cycles(table: TableSection) -> Iterator[Diagnostic]:
    """A formula may use other formulas, but not, by any way round, itself."""
    uses = {one.id: set(names(one.formula)) for one in table.fields if one.formula}
    settled: set[str] = set()
    while ready := {
        name for name in uses if name not in settled and not _open(uses, settled, name)
    }:
        settled |= ready
    for column in table.fields:
        if column.formula and column.id not in settled:
            message = f"формула колонки «{column.id}» залежить сама від себе"
            yield finding("form-structure", column.span, message)


def _open(uses: dict[str, set[str]], settled: set[str], name: str) -> set[str]:
    return {other for other in uses[name] if other in uses and other not in settled}
