"""A style sheet rule by rule: it dresses the text, but neither hides it nor moves or adds one.

Only ``caption`` may be hidden: it repeats the heading above it, and no text of the document depends
on it.
"""

from __future__ import annotations

import tinycss2

from reportgen.write.html.properties import (
    HIDING,
    SCROLLED,
    Node,
    Nodes,
    fits_property,
    tokens_of,
    words,
)


def unfit_rule(rules: Nodes, *, screen: bool = False) -> tuple[int, str] | None:
    """Return the line and the text of what is not let through in a style sheet, or nothing.

    ``screen`` says that the rules are not for paper, where nothing can be scrolled to.
    """
    for rule in rules:
        found = None
        if rule.type == "qualified-rule":
            inner = tinycss2.parse_blocks_contents(rule.content)
            found = unfit(inner, caption=_is_caption(rule.prelude), screen=screen)
            found = found or unfit_rule(inner, screen=screen)
        elif rule.type == "at-rule":
            found = _unfit_at_rule(rule, screen=screen)
        if found:
            return found
    return None


def _unfit_at_rule(rule: Node, *, screen: bool) -> tuple[int, str] | None:
    name = rule.lower_at_keyword
    if name == "charset":
        return None
    if name not in {"media", "supports", "page", "font-face"} or rule.content is None:
        return rule.source_line, f"@{rule.at_keyword}"
    inner = tinycss2.parse_blocks_contents(rule.content)
    if name == "page":
        boxes = [one for one in inner if one.type == "at-rule"]
        blocks = [inner, *(tinycss2.parse_blocks_contents(one.content or []) for one in boxes)]
        return next(filter(None, (unfit(one, page=True) for one in blocks)), None)
    screen = screen or (name == "media" and _is_for_screen(rule.prelude))
    return unfit(inner, screen=screen) or unfit_rule(inner, screen=screen)


def _is_caption(prelude: Nodes) -> bool:
    tokens = list(tokens_of(prelude))
    return len(tokens) == 1 and words("caption")(tokens)


def _is_for_screen(prelude: Nodes) -> bool:
    tokens = list(tokens_of(prelude))
    return words("screen")(tokens[:1]) and bool(tokens) and all(one != "," for one in tokens)


def unfit(
    block: Nodes, *, caption: bool = False, screen: bool = False, page: bool = False
) -> tuple[int, str] | None:
    """Return the line and the text of the first declaration that is not let through, or nothing.

    ``caption`` says that the block is that of captions, ``page`` that it is for margins of pages.
    """
    declarations = [one for one in block if one.type == "declaration"]
    names = {one.lower_name for one in declarations}
    for one in declarations:
        name, value = one.lower_name, one.value
        fits = (
            fits_property(name, value, names)
            or (caption and name in HIDING and HIDING[name](value))
            or (page and name == "content")
            or (screen and name in SCROLLED and words("visible", "auto", "scroll")(value))
        )
        if not fits:
            return one.source_line, f"{one.name}: {tinycss2.serialize(value).strip()}"
    return None
