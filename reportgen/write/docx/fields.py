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

from reportgen.write.docx.body import MARKER
from reportgen.write.docx.package import UnfitError
from reportgen.write.docx.xml import w

_W: Final = etree.QName(w("p")).namespace or ""

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
        *("p", "tbl", "fldSimple", "fldChar", "AlternateContent", "instrText", "delInstrText"),
        *("t", "delText"),
    )
)

_DEEPEST: Final = 20  # fields in one another, as in Word

#: Word's own vocabulary, its strict edition, and none at all.
_WORD: Final = frozenset((_W, "http://purl.oclc.org/ooxml/wordprocessingml/main", ""))
_DELETED: Final = frozenset(("del", "moveFrom"))
_WEB: Final = re.compile("(?:https?://|mailto:|tel:)", re.IGNORECASE)


def is_web_address(address: str) -> bool:
    """Tell whether a link leads to a page, a letter or a call: not to a file or a program."""
    return _WEB.match(address) is not None


@dataclass(slots=True)
class _Open:
    """A field that has begun; from its separator on, what follows is its result."""

    begin: etree._Element
    home: etree._Element | None  # of its begin
    instruction: str = ""
    in_result: bool = False

    @property
    def may_go_on(self) -> bool:
        """Tell whether it may end in a later paragraph: only a table of contents has several."""
        return self.in_result and _name(self.instruction) == "TOC"


def refuse_fields(root: etree._Element, part: str) -> None:
    """Refuse a field that may not stand in a frame, or could swallow the report.

    Raises:
        UnfitError: with its instruction.
    """
    for instruction in _instructions(root, part):
        name = _name(instruction)
        if name in ALLOWED or (name == "HYPERLINK" and _is_harmless_link(instruction)):
            continue
        advice = f"приберіть його, дозволено лише {', '.join(ALLOWED)}"
        if name in _DATES:
            advice = "дата змінювалася б щодня; напишіть {{ dated | date }}"
        raise UnfitError(f"містить поле «{_shown(instruction)}» ({part}): {advice}")


def _name(instruction: str) -> str:
    found = _NAME.match(instruction)
    return found[1].upper() if found else ""


def _shown(instruction: str) -> str:
    return " ".join(re.sub(f"{_UNKNOWN}+", "…", instruction).split())[:60]


def _is_harmless_link(instruction: str) -> bool:
    """Tell whether a HYPERLINK leads to a place of the document or to a page on the web."""
    tokens = iter(_TOKEN.findall(instruction)[1:])
    for token in tokens:
        if token.lower() in _WITH_ARGUMENT:
            next(tokens, None)
        elif not token.startswith("\\") and not is_web_address(token.strip('"')):
            return False
    return _UNKNOWN not in instruction


def _instructions(root: etree._Element, part: str) -> Iterator[str]:
    """Yield the instruction of each field, put together from its runs.

    Raises:
        UnfitError: when a field does not begin and end in one paragraph, or holds what becomes the
            report: that would be its result, which a program does not print or makes anew.
    """
    opened: list[_Open] = []
    for event, one in etree.iterwalk(root, events=("start", "end"), tag=_TAGS):
        match event, etree.QName(one).localname, _is_word(one):
            case "end", name, is_word:
                if name == "p" and is_word:
                    _end_paragraph(opened, one, part)
            case _, "p" | "tbl", True if opened:
                _check_result(opened[0], one, part)
            case _, "fldSimple", _:
                _append(opened, _UNKNOWN)
                yield _attribute(one, "instr")
            case _, "fldChar", True:
                yield from _mark(opened, one, part)
            case _, "instrText" | "delInstrText", _:
                yield from _code(opened, one)
            case _, "AlternateContent" | "t" | "delText", _:
                _append(opened, _UNKNOWN)
    if opened:
        raise _swallowing(opened[0].instruction, part)


def _is_word(one: etree._Element) -> bool:
    return (etree.QName(one).namespace or "") in _WORD


def _check_result(field: _Open, one: etree._Element, part: str) -> None:
    """Refuse a field that holds a table, or the paragraph that gives way to the report."""
    text = "".join(leaf.text or "" for leaf in one.iter("{*}t"))
    if etree.QName(one).localname == "tbl" or text.strip() == MARKER:
        reason = "у якому стоїть місце звіту або таблиця"
        raise _swallowing(field.instruction, part, reason)


def _end_paragraph(opened: list[_Open], paragraph: etree._Element, part: str) -> None:
    for field in opened:
        if not field.in_result or (field.home is paragraph and not field.may_go_on):
            raise _swallowing(field.instruction, part)


def _code(opened: list[_Open], code: etree._Element) -> Iterator[str]:
    """Add to the instruction that is open; yield what stands outside of one."""
    text = code.text or ""
    if not opened or opened[-1].in_result:
        yield text
    else:
        sure = _is_word(code) and _home(code) is opened[-1].home
        _append(opened, text if sure else _UNKNOWN)


def _mark(opened: list[_Open], mark: etree._Element, part: str) -> Iterator[str]:
    """Take note of a field's begin, separator or end; yield an instruction that is complete."""
    kind = _attribute(mark, "fldCharType")
    if kind == "begin" and len(opened) < _DEEPEST:
        _append(opened, _UNKNOWN)
        opened.append(_Open(mark, _home(mark)))
        return
    field = opened[-1] if opened else _Open(mark, None, _UNKNOWN)
    if kind not in {"separate", "end"} or not opened:
        raise _swallowing(field.instruction, part)
    anywhere = field.may_go_on and kind == "end"
    if _home(field.begin, anywhere=anywhere) is not _home(mark, anywhere=anywhere):
        raise _swallowing(field.instruction, part)
    if not field.in_result:
        yield field.instruction
    field.in_result = True
    if kind == "end":
        opened.pop()


def _home(one: etree._Element, *, anywhere: bool = False) -> etree._Element | None:
    """Return what must hold all of a field: its paragraph, or less if that may be left out.

    Programs leave out what is deleted, all choices but one, and vocabularies that they do not know:
    a mark in there may be seen by one program and not by another.

    Args:
        one: A piece of the field.
        anywhere: It may go on from paragraph to paragraph.
    """
    for holder in one.iterancestors():
        name = etree.QName(holder).localname
        if not _is_word(holder) or name in _DELETED or (name == "p" and not anywhere):
            return holder
    return None


def _append(opened: list[_Open], text: str) -> None:
    if opened and not opened[-1].in_result:
        opened[-1].instruction += text


def _attribute(one: etree._Element, name: str) -> str:
    """Return the attribute that programs read; what several may read differently is unknown."""
    spaces = {*_WORD, etree.QName(one).namespace or ""}
    found = (one.get(f"{{{space}}}{name}" if space else name) for space in spaces)
    values = {str(value) for value in found if value is not None}
    return _UNKNOWN if len(values) > 1 else next(iter(values), "")


def _swallowing(
    instruction: str, part: str, reason: str = "яке починається й закінчується не в одному абзаці"
) -> UnfitError:
    advice = "текст до кінця поля зник би; видаліть поле і вставте його знову окремо"
    return UnfitError(f"містить поле «{_shown(instruction)}», {reason} ({part}): {advice}")
