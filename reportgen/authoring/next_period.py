"""The next period's file, made from the last one: what stays is carried over, the rest is asked.

Texts in, text out. Rows are those that the programme has now, in its order; where there is no last
file, all of them are new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.authoring.copied import Copied
from reportgen.authoring.entries import STEP, beside, entry, head, is_remark, remark
from reportgen.authoring.fates import Step
from reportgen.authoring.missing import asked_texts, given_texts, put_in, row_levels, usual_defaults
from reportgen.authoring.period_rows import Fresh, Rows, mapping, written
from reportgen.authoring.remarks import BEGUN
from reportgen.model.form import Form, TableSection
from reportgen.model.period import Period
from reportgen.model.programme import Item, Programme

_ABOUT_FUND = "джерело сум із funds.yaml; кілька джерел — {general: 9.0, special: 3.0}"
_FIRST = (
    f"{BEGUN}за programme.yaml. Порожні місця заповніть: суми — від 1 січня; зайве необов'язкове"
    " витріть разом із ключем."
)
_SIGNERS = ("signatory", "signatories")


@dataclass(frozen=True, slots=True)
class Last:
    """The file to begin from. ``form`` is the edition that it was written for, if that is known."""

    name: str
    text: str
    period: Period
    form: Form | None


@dataclass(frozen=True, slots=True)
class Next:
    """A period's file to be filled in, and what its author must know of how it was made."""

    text: str
    remarks: tuple[str, ...]


def _to_fill_in(_key: str, _item: Item | None) -> Any:  # noqa: ANN401 - as `Fresh` says
    return ""


def next_period(programme: Programme, form: Form, period: Period, last: Last) -> Next:
    """Return the file of a period, made from the last one.

    ``form`` is the edition in force for the new period, its yearly columns written out.
    """
    opening = f"{BEGUN}з {last.name} ({last.period}). Порожні місця заповніть: суми — від 1 січня,"
    opening += " разом із тими, що вже були; зайве необов'язкове витріть разом із ключем."
    return _Sheet(programme, form, period, last).whole([], opening)


def first_period(  # noqa: PLR0913, PLR0917 - what it says and what is asked are apart
    programme: Programme,
    form: Form,
    period: Period,
    schema: str = "",
    fresh: Fresh = _to_fill_in,
    opening: str = _FIRST,
) -> Next:
    """Return the file of a period of a programme that has none to begin from.

    Args:
        programme: what the rows are of.
        form: the edition in force for the period, its yearly columns written out.
        period: the period.
        schema: where the JSON Schema lies as seen from the file, "" for none.
        fresh: what to write for each key.
        opening: what the file says of itself.
    """
    above = [f"# yaml-language-server: $schema={schema}"] if schema else []
    nothing = Last("", "", period, None)
    return _Sheet(programme, form, period, nothing, fresh).whole(above, opening)


class _Sheet:
    """One file in the making."""

    def __init__(
        self,
        programme: Programme,
        form: Form,
        period: Period,
        last: Last,
        fresh: Fresh = _to_fill_in,
    ) -> None:
        self._programme = programme
        self._form = form
        self._step = Step(form, last.period, period)
        self._last = last
        self._fresh = fresh
        self._old = Copied(last.text, self._step)
        self._defaults = usual_defaults(form)
        if last.name:
            self._defaults = [*mapping(self._old.root.get("defaults"))]
        self._tables = {row_levels(one)[0].plural: self._rows(one) for one in form.outlines}
        self._texts = [one.id for one in given_texts(form)]

    def _rows(self, table: TableSection) -> Rows:
        last = self._last
        return Rows(table, self._old, self._step, last.name, last.form, self._defaults, self._fresh)

    def whole(self, above: Sequence[str], opening: str) -> Next:
        """Return the file; ``above`` are its first lines, then comes how it was begun."""
        root = self._old.root
        first = next(iter(root), "")
        kept = self._old.above(root, first, 0) if first else []
        body = [line for key in self._keys() for line in self._section(key, first)]
        remarks = tuple(self._remarks())
        told = [line for one in (opening, *remarks) for line in remark(one)]
        return Next("\n".join([*above, *kept, *told, *body]) + "\n", remarks)

    def _remarks(self) -> Iterator[str]:
        """Yield what is not as it was."""
        tables = self._tables.values()
        told: Mapping[str, Iterable[str]] = {
            "Нові рядки, бо їх додано до programme.yaml": [
                key for one in tables for key in one.new
            ],
            "Не перенесено, бо в programme.yaml їх немає": [
                key for one in tables for key in one.gone
            ],
            "Не перенесено ключів, яких форма не має": self._old.gone,
        }
        yield from (f"{what}: {', '.join(which)}." for what, which in told.items() if which)

    def _keys(self) -> list[str]:
        """Return the keys at the top: the last file's in its order, and what it lacks."""
        root = self._old.root
        signers = [key for key in _SIGNERS if key in root] or [_SIGNERS[0]]
        signers = signers if self._form.signature else []
        known = ["period", "form", *signers, "defaults", *self._tables, *self._texts]
        self._old.gone |= dict.fromkeys(key for key in root if key not in known)
        wanted = {"period", *signers, *self._tables}
        wanted |= {*asked_texts(self._form, root, self._last.form)}
        wanted |= {"defaults"} if self._defaults else set()
        added = [key for key in known if key in wanted and key not in root]
        return put_in([key for key in root if key in known], added, known)

    def _section(self, key: str, first: str) -> list[str]:
        """Return one of the keys at the top with all that it holds.

        Remarks above the ``first`` key are those of the whole file and stand there already.
        """
        root = self._old.root
        if key in self._tables:
            lines = self._tables[key].lines(self._programme.outlines[self._tables[key].table.id])
        elif key == "defaults":
            lines = self._all_rows()
        elif key == "period":
            above = self._old.above(root, key, 0) if key in root else []
            lines = [*above, *entry(key, self._step.now.id)]
        elif key not in root:
            lines = written(key, self._fresh(key, None), 0)
        elif key in self._texts:
            lines = self._old.text(key)
        else:
            lines = self._old.carried(root, key, 0)
        above = self._old.above(root, key, 0) if key == first else []
        return lines[len(above) :] if lines[: len(above)] == above else lines

    def _all_rows(self) -> list[str]:
        """Return the key ``defaults`` with what it gives for all rows."""
        root, key = self._old.root, "defaults"
        if key not in root:
            fresh = [line for one in self._defaults for line in self._default(one)]
            return [*head(key), *fresh]
        fields = self._old.fields(mapping(root[key]), STEP, self._form.outlines)
        below = [line for lines in fields.values() for line in lines]
        return [] if all(map(is_remark, below)) else [*self._old.opened(root, key, 0), *below]

    def _default(self, key: str) -> list[str]:
        lines = written(key, self._fresh(key, None), STEP)
        return beside(lines, _ABOUT_FUND) if key == "fund" else lines
