"""Which properties a style may set, and to what: the looks of a text, but not whether it is seen.

A list of properties that are let through, some of them with limits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import tinycss2
import tinycss2.color3

#: A node of tinycss2, which has no types.
Node: TypeAlias = tinycss2.ast.Node
Nodes: TypeAlias = Sequence[Node]
Fits: TypeAlias = Callable[[Nodes], bool]

#: How much a unit is, in millimetres; units of type and of the window are guessed.
_MILLIMETRES: Final[Mapping[str, float]] = {
    **dict(zip(("mm", "cm", "in", "q"), (1, 10, 25.4, 0.25), strict=True)),
    **dict(zip(("pt", "pc", "px"), (0.353, 4.23, 0.265), strict=True)),
    **dict.fromkeys(("em", "rem", "ex", "ch", "lh", "rlh", "ic", "cap"), 4.2),
    **dict.fromkeys(("vw", "vh", "vmin", "vmax", "vi", "vb", "%"), 2),
    **{f"{kind}v{side}": 2 for kind in "sld" for side in ("w", "h", "i", "b", "min", "max")},
}
_CHOOSING: Final = frozenset(("min", "max", "clamp"))  # one of what stands in them
_RECKONING: Final = frozenset(("calc", "var"))
_COLOURS: Final = frozenset(("rgb", "rgba", "hsl", "hsla"))
_SAME: Final = frozenset(("inherit", "initial", "unset", "revert", "currentcolor"))
_PALE, _DARK = 0.8, 0.25  # of white, the least and the most of its three parts


def fits_property(name: str, value: Nodes, names: set[str]) -> bool:
    """Return whether a property may have this value, in a block that sets ``names``."""
    if name.startswith("--"):
        return _custom(value)
    if name in {"color", "background", "background-color"}:
        return _is_readable(name, value, names)
    if sided := _SIDED.fullmatch(name):
        return _lengths(*_LIMITS[sided[1]])(value)
    if name in _LIMITED:
        return _LIMITED[name](value)
    return bool(_FREE.fullmatch(name))


def tokens_of(value: Nodes) -> Iterator[Node]:
    """Yield what a value consists of, without blanks and remarks."""
    return (one for one in value if one.type not in {"whitespace", "comment"})


def _has(value: Nodes, *words: str) -> bool:
    return any(one.type == "ident" and one.lower_value in words for one in value)


def words(*allowed: str) -> Fits:
    """Let through these words alone."""
    return lambda value: all(
        one.type == "ident" and one.lower_value in allowed for one in tokens_of(value)
    )


def _without(*refused: str) -> Fits:
    """Let through words, unless they are these."""
    return lambda value: (
        all(one.type == "ident" for one in tokens_of(value)) and not _has(value, *refused)
    )


def _lengths(least: float, most: float = float("inf"), *, reckoned: bool = False) -> Fits:
    """Let through lengths from ``least`` to ``most`` mm, and words."""

    def fits(value: Nodes) -> bool:
        return all(_fits_length(one, least, most, reckoned) for one in tokens_of(value))

    return fits


def _fits_length(one: Node, least: float, most: float, reckoned: bool) -> bool:  # noqa: FBT001
    if one.type == "function":
        if one.lower_name in _COLOURS:
            return True
        if one.lower_name not in (_CHOOSING | _RECKONING if reckoned else _CHOOSING):
            return False
        if any(part == sign for part in one.arguments for sign in "+-*/") and not reckoned:
            return False
        inner = (part for part in one.arguments if part.type != "number")
        return all(_fits_length(part, least, most, reckoned) for part in tokens_of(list(inner)))
    size = _millimetres(one)
    return one.type != "() block" and (size is None or least <= size <= most)


def _millimetres(one: Node) -> float | None:
    if one.type == "number":
        return float(one.value)
    if one.type == "percentage":
        return float(one.value * _MILLIMETRES["%"])
    if one.type == "dimension":
        return float(one.value * _MILLIMETRES.get(one.lower_unit, float("nan")))
    return None


def _custom(value: Nodes) -> bool:
    """Let through one length: it can stand wherever ``var`` may."""
    tokens = list(tokens_of(value))
    return len(tokens) == 1 and tokens[0].type == "dimension" and _lengths(5)(tokens)


def _font_size(value: Nodes) -> bool:
    """Let through at least 5 pt, where the size of the text around is 12 pt."""
    tokens = list(tokens_of(value))
    if len(tokens) != 1:
        return False
    [one] = tokens
    if one.type == "percentage":
        return bool(one.value >= 70)  # noqa: PLR2004
    relative = one.type == "dimension" and one.lower_unit in {"em", "rem"}
    if relative:
        return bool(0.7 <= one.value <= 3)  # noqa: PLR2004
    size = _millimetres(one)
    return one.type == "ident" or (
        one.type == "dimension" and size is not None and 5 * 0.35 <= size <= 20  # noqa: PLR2004
    )


def _line_height(value: Nodes) -> bool:
    tokens = list(tokens_of(value))
    return all(
        one.type == "ident"
        or (one.type == "number" and 0.8 <= one.value <= 5)  # noqa: PLR2004
        or (one.type == "percentage" and 80 <= one.value <= 500)  # noqa: PLR2004
        or (one.type == "dimension" and _lengths(2, 20)([one]))
        for one in tokens
    )


def _is_readable(name: str, value: Nodes, names: set[str]) -> bool:
    """Refuse text without colour, and pale or dark colours whose counterpart is not set too."""
    for one in tokens_of(value):
        colour = tinycss2.color3.parse_color(one)
        if name == "color" and (colour is None or (colour != "currentColor" and colour.alpha < 1)):
            return one.type == "ident" and one.lower_value in _SAME
        if colour is None or colour == "currentColor" or colour.alpha == 0:
            continue
        parts = (colour.red, colour.green, colour.blue)
        if name == "color" and min(parts) >= _PALE:
            return not names.isdisjoint({"background", "background-color"})
        if name != "color" and max(parts) <= _DARK:
            return "color" in names
    return True


SCROLLED: Final = frozenset(("overflow", "overflow-x", "overflow-y"))
_DISPLAY: Final = re.findall(
    r"\S+",
    """block inline inline-block flex inline-flex flow-root list-item table table-row
    table-cell table-header-group table-row-group table-footer-group table-caption""",
)

#: Property → what its value has to be.
_LIMITED: Final[Mapping[str, Fits]] = {
    "display": words(*_DISPLAY),
    "position": words("static", "sticky"),
    "font-size": _font_size,
    "line-height": _line_height,
    "flex-direction": words("row", "column"),
    "flex-wrap": words("wrap", "nowrap"),
    "text-decoration": _without("line-through", "blink"),
    "text-decoration-line": _without("line-through", "blink"),
    "text-transform": words("none", "uppercase", "lowercase", "capitalize"),
    "letter-spacing": _lengths(0, 5),
    "word-spacing": _lengths(0, 5),
    "vertical-align": _lengths(-5, 5),
    "text-indent": _lengths(-5, 60),
    "size": _lengths(50),
    **dict.fromkeys(("outline", "outline-width", "outline-offset"), _lengths(0, 5)),
    **dict.fromkeys(("top", "right", "bottom", "left"), _lengths(0, 30)),
    **dict.fromkeys(SCROLLED, words("visible")),
    **dict.fromkeys(("border-spacing", "border-radius"), _lengths(0, 20)),
    **dict.fromkeys(("gap", "row-gap", "column-gap"), _lengths(0, 60)),
    **dict.fromkeys(
        ("width", "height", "max-width", "max-height", "inline-size", "block-size"),
        _lengths(1, reckoned=True),
    ),
    **dict.fromkeys(("min-width", "min-height"), _lengths(0, reckoned=True)),
}

#: Properties with a name for each side, and their limits.
_SIDES: Final = r"(?:-(?:top|right|bottom|left|block|inline)(?:-(?:start|end))?)?"
_LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "margin": (-5, 60),
    "padding": (0, 60),
    "border": (0, 10),
    "inset": (0, 30),
}
_SIDED: Final = re.compile(rf"({'|'.join(_LIMITS)}){_SIDES}(?:(?<=.)-width)?")

#: The rest, by name: nothing that they can be set to hides or moves a text, or adds one.
_FREE: Final = re.compile(
    rf"""font-(?:family|weight|style|stretch|variant(?:-[a-z]+)?|kerning)|src|unicode-range
    |border{_SIDES}-(?:style|color)|border-collapse|list-style-position
    |background-(?:image|size|repeat|position|origin|attachment)
    |text-(?:align(?:-last)?|wrap|decoration-(?:color|style)|justify)
    |overflow-wrap|word-(?:wrap|break)|white-space|line-break|hyphens|hyphenate-limit-[a-z]+
    |table-layout|caption-side|cursor|float|clear|box-(?:decoration-break|sizing)
    |(?:page-)?break-(?:before|after|inside)|page|orphans|widows
    |(?:justify|align|place)-(?:content|items|self)|flex(?:-(?:grow|shrink))?
    |object-(?:fit|position)|color-scheme|(?:-webkit-)?print-color-adjust|marks|bleed""",
    re.VERBOSE,
)

#: What may be set for captions alone.
HIDING: Final[Mapping[str, Fits]] = {
    "display": words("none"),
    "visibility": words("hidden"),
    "position": words("absolute"),
    "overflow": words("hidden"),
    "width": _lengths(0, 1),
    "height": _lengths(0, 1),
    "clip-path": lambda _: True,
}
