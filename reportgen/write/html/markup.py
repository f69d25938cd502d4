"""The rendered page, tag by tag: only what an official document needs, and nothing outside it.

A page is refused unless it is written in a part of HTML that every reader takes apart alike: no
sign "<" but before a tag, a comment or the doctype; attributes in one of the three usual notations;
no element whose content is read by other rules but ``style`` and ``title``. So what is checked
here is what a browser will see, and a repaired or guessed reading is never needed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from typing import Final

from reportgen.write.frame import FrameError
from reportgen.write.html.faults import TEMPLATE
from reportgen.write.html.shown import Shown, UnfitError
from reportgen.write.html.style import ONE_FILE, StyleError, check_attribute, check_sheet

_BLANK: Final = r"[ \t\n\f\r]"
_TOKEN: Final = re.compile(
    rf"""<!--(?!-?>)(?:(?!--).)*-->
    |<!doctype{_BLANK}html{_BLANK}*>
    |<style>(?P<css>(?:[^<]|<(?![/!]))*)</style>
    |<title>[^<]*</title>
    |</(?P<end>[a-z][a-z0-9]*){_BLANK}*>
    |<(?!(?:style|title)\b)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:{_BLANK}+[a-z][\w:.-]*
      (?:{_BLANK}*={_BLANK}*(?:"[^"]*"|'[^']*'|[^"'=<>`\x20\t\n\f\r]+))?)*){_BLANK}*/?>
    """,
    re.IGNORECASE | re.ASCII | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(
    rf"""(?P<key>[a-z][\w:.-]*)(?:{_BLANK}*={_BLANK}*
    (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^"'=<>`\x20\t\n\f\r]+)))?""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)

#: ``style`` and ``title`` are tokens of their own. None adds to the text or takes from it, as
#: ``q`` (quotation marks), ``s`` (struck out) and ``bdo`` (turned round) would.
_ELEMENTS: Final = frozenset(
    re.findall(
        r"\w+",
        """html head meta body main header footer nav section article aside address
        h1 h2 h3 h4 h5 h6 p div span br wbr hr blockquote pre code a b strong i em u small mark
        sub sup cite abbr time bdi ul ol li dl dt dd figure figcaption picture source img
        table caption colgroup col thead tbody tfoot tr th td""",
    )
)
_ANYWHERE: Final = {"id", "class", "style", "lang", "title", "role", "tabindex"}
_ATTRIBUTES: Final = {
    "a": {"href", "rel", "target"},
    "img": {"src", "alt", "width", "height"},
    "source": {"srcset", "media"},
    "meta": {"charset", "name", "content", "http-equiv"},
    "col": {"span"},
    "colgroup": {"span"},
    "th": {"colspan", "rowspan", "scope", "headers", "abbr"},
    "td": {"colspan", "rowspan", "headers"},
    "ol": {"start"},
    "time": {"datetime"},
}
#: Attributes whose value has to be this. An address is looked at as it is written: one in
#: character references is refused, whatever it is.
_VALUES: Final = {
    ("a", "href"): re.compile(r"(?:https?:|mailto:|tel:|#).*", re.IGNORECASE | re.DOTALL),
    ("img", "src"): re.compile(
        r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,].*", re.IGNORECASE | re.DOTALL
    ),
    ("source", "srcset"): re.compile(
        r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[a-z0-9+/]+=*", re.IGNORECASE
    ),
    **{
        (cell, span): re.compile("[1-9][0-9]{0,3}")
        for cell in ("td", "th")
        for span in ("colspan", "rowspan")
    },
    ("ol", "start"): re.compile("[0-9]{1,9}"),
    ("meta", "charset"): re.compile("utf-8", re.IGNORECASE),
    ("meta", "http-equiv"): re.compile("content-security-policy", re.IGNORECASE),
}
#: Where HTML has addresses: what stands there is named rather than the attribute.
_ADDRESSES: Final = frozenset(
    ("href", "src", "srcset", "poster", "data", "background", "action", "formaction")
)
_UNCLEAR_REFERENCE: Final = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)", re.IGNORECASE
)


def check_page(page: str, template: str, links: Collection[str] = ()) -> Shown:
    """Return what the page shows.

    ``links`` are addresses of files beside the page that it may lead to.

    Raises:
        FrameError: if something in it could run, ask for another file, lead a reader to another
            page unasked or hide what it shows; with the line of the template where that can be
            told.
    """
    try:
        return _read(page, links)
    except UnfitError as error:
        at = max(template.lower().find(error.found.lower()), 0)
        raise FrameError(TEMPLATE, template.count("\n", 0, at) + 1, str(error)) from error


def _read(page: str, links: Collection[str]) -> Shown:
    shown = Shown()
    known: dict[str, Mapping[str, str]] = {}  # cells are alike: each kind is looked at once
    at = 0
    while (start := page.find("<", at)) >= 0:
        shown.text(page[at:start])
        token = _TOKEN.match(page, start)
        if token is None:
            raise _unreadable(page[start : start + 40].split("\n", maxsplit=1)[0])
        at = token.end()
        if token["css"]:
            _check_style(token["css"])
        elif name := token["name"]:
            if token[0] not in known:
                known[token[0]] = _attributes(name.lower(), token["attributes"], links)
            shown.begin(name.lower(), known[token[0]])
        elif name := token["end"]:
            shown.end(name.lower())
    shown.text(page[at:])
    shown.finish()
    return shown


def _unreadable(begin: str) -> UnfitError:
    name = re.match(r"</?([a-z]+)", begin, re.IGNORECASE)
    if name and name[1].lower() not in {*_ELEMENTS, "style", "title"}:
        return _unwanted(name[1].lower())
    message = (
        f"Запис HTML неоднозначний: «{begin}»: знак «<» у тексті пишуть як &lt;, "
        "значення атрибутів беруть у лапки, <style> і <title> пишуть без атрибутів."
    )
    return UnfitError(message, begin)


def _unwanted(name: str) -> UnfitError:
    return UnfitError(f"Елемента <{name}> на сторінці звіту не може бути.", f"<{name}")


def _check_style(css: str) -> None:
    try:
        check_sheet(css)
    except StyleError as error:
        raise UnfitError(str(error), css.split("\n")[error.line - 1].strip()) from error


def _attributes(name: str, attributes: str, links: Collection[str]) -> Mapping[str, str]:
    """Return the attributes of an element that may have them; the first of one name counts."""
    if name not in _ELEMENTS:
        raise _unwanted(name)
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes):
        key = match["key"].lower()
        value = match["double"] or match["single"] or match["bare"] or ""
        known = key in _ANYWHERE or key in _ATTRIBUTES.get(name, ())
        fit = None if (name, key) == ("a", "href") and value in links else _VALUES.get((name, key))
        if not (known or key.startswith(("aria-", "data-"))) or (fit and not fit.fullmatch(value)):
            if key.removeprefix("xlink:") in _ADDRESSES:
                raise UnfitError(ONE_FILE.format(value), value)
            message = f"Атрибута {match[0]} в елементі <{name}> не може бути."
            raise UnfitError(message, match[0])
        if key == "style":
            _check_inline(value)
        found.setdefault(key, value)
    return found


def _check_inline(value: str) -> None:
    if _UNCLEAR_REFERENCE.search(value):
        raise UnfitError(f"Стиль «{value}» записано неоднозначно.", value)
    try:
        check_attribute(html.unescape(value))
    except StyleError as error:
        raise UnfitError(str(error), value) from error
