"""What in a PDF may show something else than was seen when it was signed, without any change.

A signature covers programs and layers as it covers words, so it stays sound while the page turns
into another one: by a script, by what is run or fetched as the file is opened, by what each viewer
does with layers and forms. That has to be told of, whoever put it there and whenever.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

#: Kinds of actions (ISO 32000-2, 12.6.4) that do something else than to go to a place or a page.
_ACTIONS: Final = {
    "/JavaScript": "програмний код (JavaScript)",
    "/Launch": "запуск програм чи файлів",
    "/GoToE": "перехід до вкладеного файлу",
    "/ImportData": "завантаження даних",
    "/SubmitForm": "надсилання даних",
    "/Hide": "приховування частин",
    "/SetOCGState": "шари",
    "/Rendition": "відео чи звук",
    "/Movie": "відео чи звук",
    "/Sound": "відео чи звук",
    "/GoTo3DView": "тривимірні чи рухомі вставки",
    "/RichMediaExecute": "тривимірні чи рухомі вставки",
}
#: Kinds of annotations (12.5.6) that play something on the page.
_PLAYED: Final = {
    "/RichMedia": "тривимірні чи рухомі вставки",
    "/3D": "тривимірні чи рухомі вставки",
    "/Screen": "відео чи звук",
    "/Movie": "відео чи звук",
    "/Sound": "відео чи звук",
}
#: Keys behind which no action can stand, or only ones that are met elsewhere.
_PASSED: Final = frozenset(
    {"/StructTreeRoot", "/Resources", "/Contents", "/Metadata", "/DSS", "/Parent", "/P", "/EF"}
)


_TOLD: Final = (
    "документ містить {}: те, що видно на сторінці, може залежати від програми перегляду "
    "й стати іншим без порушення підпису"
)


def activity(reader: PdfFileReader) -> tuple[str, ...]:
    """Return the remark on what a document does by itself, if it does anything."""
    found = sorted(set(_found(reader)))
    if not found:
        return ()
    return (_TOLD.format(", ".join(found)),)


def _found(reader: PdfFileReader) -> Iterator[str]:
    """Yield what is active among all that the catalogue leads to, pages and fields included."""
    seen: set[tuple[int, int]] = set()
    stack: list[Any] = [reader.root]
    while stack:
        one = stack.pop()
        if isinstance(one, generic.IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            try:
                one = one.get_object()
            except PdfReadError:  # leads nowhere: nothing can come of it
                continue
        if isinstance(one, generic.DictionaryObject):
            yield from _of(one)
            stack += (one.raw_get(key) for key in one if key not in _PASSED)
        elif isinstance(one, generic.ArrayObject):
            stack += (one.raw_get(index) for index in range(len(one)))


def _of(held: generic.DictionaryObject) -> Iterator[str]:
    kind, annotation = _name(held, "/S"), _name(held, "/Subtype")
    if kind in _ACTIONS:
        yield _ACTIONS[kind]
    elif "/JS" in held:
        yield _ACTIONS["/JavaScript"]
    if annotation in _PLAYED and "/Rect" in held:
        yield _PLAYED[annotation]
    if "/XFA" in held:
        yield "форму XFA"
    if "/OCProperties" in held:
        yield "шари"
    needs = held["/NeedAppearances"] if "/NeedAppearances" in held else None  # noqa: SIM401 - as below
    if isinstance(needs, generic.BooleanObject) and needs.value:
        yield "поля, вигляд яких складає програма перегляду"


def _name(held: generic.DictionaryObject, key: str) -> str:
    value = held[key] if key in held else None  # noqa: SIM401 - get() resolves nothing
    return str(value) if isinstance(value, generic.NameObject) else ""
