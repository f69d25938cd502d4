"""Fields of a frame: only those that print what is in the document.

A field can start a program (DDE), fetch a file (INCLUDEPICTURE) or print another text every day
(DATE), each under several names. So the names that may stand are listed, not those that may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.write.frame import FrameError

ALLOWED: Final = (
    *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "NOTEREF", "REF", "STYLEREF"),
    *("SEQ", "TOC", "TC", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "SYMBOL", "IF", "="),
)
_DATES: Final = ("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE")

#: Stands in an instruction for what is not known before Word opens the file: another field's
#: result, or a choice of two contents.
_UNKNOWN: Final = "\0"

#: The name must be whole before anything unknown, which could make another name of it.
_NAME: Final = re.compile(r'\s*(=|[A-Za-z]+(?=[\s\\"]|$))')
_TOKEN: Final = re.compile(r'"[^"]*"|[^\s"]+')
_WITH_ARGUMENT: Final = frozenset((r"\l", r"\o", r"\s", r"\t"))  # switches of HYPERLINK
_TAGS: Final = tuple(
    f"{{*}}{name}"
    for name in (
        *("p", "fldSimple", "fldChar", "AlternateContent", "instrText", "delInstrText"),
        *("t", "delText"),
    )
)
_WEB: Final = re.compile("(?:https?://|mailto:|tel:)", re.IGNORECASE)


def is_web_address(address: str) -> bool:
    """Tell whether a link leads to a page, a letter or a call: not to a file or a program."""
    return _WEB.match(address) is not None


@dataclass(slots=True)
class _Open:
    """A field that has begun; from its separator on, what follows is its result."""

    instruction: str = ""
    in_result: bool = False


def refuse_fields(root: etree._Element, part: str) -> None:
    """Refuse a field that may not stand in a frame.

    Raises:
        FrameError: with its instruction.
    """
    for instruction in _instructions(root):
        found = _NAME.match(instruction)
        name = found[1].upper() if found else ""
        if name in ALLOWED or (name == "HYPERLINK" and _is_harmless_link(instruction)):
            continue
        shown = " ".join(instruction.replace(_UNKNOWN, "…").split())[:60]
        advice = f"приберіть його, дозволено лише {', '.join(ALLOWED)}"
        if name in _DATES:
            advice = "дата змінювалася б щодня; напишіть {{ dated | date }}"
        raise FrameError("frame.docx", 1, f"у рамці є поле «{shown}» ({part}): {advice}")


def _is_harmless_link(instruction: str) -> bool:
    """Tell whether a HYPERLINK leads to a place of the document or to a page on the web."""
    tokens = iter(_TOKEN.findall(instruction)[1:])
    for token in tokens:
        if token.lower() in _WITH_ARGUMENT:
            next(tokens, None)
        elif not token.startswith("\\") and not is_web_address(token.strip('"')):
            return False
    return _UNKNOWN not in instruction


def _instructions(root: etree._Element) -> Iterator[str]:
    """Yield the instruction of each field, put together from its runs.

    Names are compared without their namespace: a file may use that of strict OOXML.
    """
    opened: list[_Open] = []
    for event, one in etree.iterwalk(root, events=("start", "end"), tag=_TAGS):
        name = etree.QName(one).localname
        if event == "end":
            if name == "p" and any(not field.in_result for field in opened):
                yield _UNKNOWN  # an instruction that goes on would swallow the report
            continue
        match name:
            case "fldSimple":
                _append(opened, _UNKNOWN)
                yield _attribute(one, "instr")
            case "fldChar":
                yield from _mark(opened, _attribute(one, "fldCharType"))
            case "AlternateContent":
                _append(opened, _UNKNOWN)
            case "instrText" | "delInstrText" if not opened or opened[-1].in_result:
                yield one.text or ""
            case "instrText" | "delInstrText" | "t" | "delText":
                _append(opened, one.text or "")
    yield from (field.instruction for field in opened if not field.in_result)


def _mark(opened: list[_Open], kind: str) -> Iterator[str]:
    """Take note of a field's begin, separator or end; yield an instruction that is complete."""
    if kind == "begin":
        _append(opened, _UNKNOWN)
        opened.append(_Open())
    elif opened:
        if not opened[-1].in_result:
            yield opened[-1].instruction
        opened[-1].in_result = True
        if kind == "end":
            opened.pop()


def _append(opened: list[_Open], text: str) -> None:
    if opened and not opened[-1].in_result:
        opened[-1].instruction += text


def _attribute(one: etree._Element, name: str) -> str:
    values = (value for key, value in one.attrib.items() if etree.QName(key).localname == name)
    return str(next(values, ""))
