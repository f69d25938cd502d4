"""An explanation for a person: level by level down to the places of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.diagnostics import Span, shortened
from reportgen.document.explain import (
    Added,
    Calculated,
    Explanation,
    Over,
    Replaced,
    Typed,
    all_digits,
    beginning,
    digits,
    rows_of,
    why_nothing,
    with_figures,
    with_headings,
)
from reportgen.model.council import NumberStyle

_INDENT = "  "
_LONGEST_TEXT = 200  # of a cell that holds no figure
_MORE_DIGITS = 4  # of a quotient, beyond those that are printed
_DEEPEST = 60  # no form has so many formulas over formulas; a hostile one may


def why_text(explanation: Explanation, style: NumberStyle) -> str:
    """Return the explanation as lines of text; what is used twice is explained once."""
    return "\n".join(_Page(style).lines(explanation))


class _Page:
    """What all levels share: how numbers are printed, and what is explained already."""

    def __init__(self, style: NumberStyle) -> None:
        self._style = style
        self._told: set[Explanation] = set()

    def lines(self, root: Explanation) -> Iterator[str]:
        column = f", колонка {root.column}" if root.column else ""
        text = shortened(root.text.replace("\n", " "), _LONGEST_TEXT) or "порожньо"
        yield f"Рядок «{root.name}»{column}: {text}"
        if root.value is not None and digits(root, self._style) != root.text:
            yield f"{_INDENT}точно {all_digits(root.value, self._style)}"
        yield from _inside(self._source(root, 0))

    def _source(self, one: Explanation, depth: int) -> Iterator[str]:
        """Yield where a figure comes from."""
        source = one.source
        if isinstance(source, Typed):
            yield _typed(one, source.place)
        elif one in self._told or depth > _DEEPEST:
            yield "пояснено вище" if one in self._told else "…"
        else:
            self._told.add(one)
            match source:
                case Added():
                    yield from self._added(one, source, depth)
                case Calculated():
                    yield from self._calculated(one, source, depth)
                case Replaced():
                    yield from self._replaced(source, depth)

    def _added(self, one: Explanation, added: Added, depth: int) -> Iterator[str]:
        if not added.parts:
            yield f"немає рядків із такою сумою, тому друкується «{one.text}»"
            return
        match added.over:
            case Over.ROWS:
                yield f"сума {rows_of(added.parts)}:"
                names = [part.name for part in added.parts]
            case Over.COLUMNS:
                yield "сума колонок:"
                names = [str(part.column or part.name) for part in added.parts]
            case Over.FUNDS:
                yield "сума за джерелами:"
                names = [part.name for part in added.parts]
        yield from _inside(self._listed(names, added.parts, depth))

    def _listed(
        self, names: Sequence[str], parts: Sequence[Explanation], depth: int
    ) -> Iterator[str]:
        """Yield a line for each part: its name, its figure and its place; below it what it adds."""
        figures = [digits(part, self._style) for part in parts]
        widest = max(map(len, names)), max(map(len, figures))
        for name, figure, part in zip(names, figures, parts, strict=True):
            first, *rest = self._source(part, depth + 1)
            yield f"{name:<{widest[0]}}  {figure:>{widest[1]}}  {first}"
            yield from _inside(rest)

    def _calculated(self, one: Explanation, calculated: Calculated, depth: int) -> Iterator[str]:
        yield f"обчислено за формулою{f' ({calculated.place})' if calculated.place else ''}:"
        yield from _inside(self._steps(one, calculated))
        for part in calculated.inputs.values():
            called = f"колонка {part.column}" if part.column else f"приховане поле «{part.name}»"
            yield f"{called}: {digits(part, self._style) or 'порожньо'}"
            yield from _inside(self._source(part, depth + 1))

    def _steps(self, one: Explanation, calculated: Calculated) -> Iterator[str]:
        """Yield the formula, the figures in it, and how the result is rounded."""
        yield with_headings(calculated, self._style)
        figures, exact, places = (
            with_figures(calculated, self._style),
            calculated.exact,
            calculated.decimals,
        )
        if exact is None:
            yield figures
            yield f"{why_nothing(calculated)}, тому друкується «{calculated.zero}»"
        elif exact == one.value:
            yield f"{figures} = {one.text} (точно, округляти не довелося)"
        else:
            yield f"{figures} = {beginning(exact, places + _MORE_DIGITS, self._style)}"
            yield f"округлено {_to(places)}, половину — вгору: {one.text}"

    def _replaced(self, replaced: Replaced, depth: int) -> Iterator[str]:
        yield f"вписано в {replaced.place} замість обчисленого"
        yield f"причина: {replaced.reason.replace(chr(10), ' ')}"
        if replaced.computed:
            yield f"за формулою було б: {replaced.computed.text}"
            yield from _inside(self._source(replaced.computed, depth + 1))


def _typed(one: Explanation, place: Span | None) -> str:
    if not one.text:
        return f"у даних цього немає; сам рядок — {place}"
    return str(place) if one.value is not None else f"текст із {place}"


def _inside(lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in lines)


def _to(places: int) -> str:
    if not places:
        return "до цілого"
    return f"до {places} {'знака' if places == 1 else 'знаків'} після коми"
