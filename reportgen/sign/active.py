"""What a PDF of unknown making does besides showing its pages: a signature would cover that, too.

Nothing is run. All objects of a file are looked through, wherever they hang (ISO 32000-1, 12.6).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pikepdf

#: Kinds of actions that do more than turn to another place, and what is said of each.
_ACTIONS: Final = {
    "/JavaScript": "у ньому є JavaScript: видиме на екрані може змінюватися й після підпису",
    "/Launch": "у ньому є дія, що запускає програми (Launch)",
    "/SubmitForm": "у ньому є дія, що надсилає дані (SubmitForm)",
    "/ImportData": "у ньому є дія, що підставляє дані з іншого файлу (ImportData)",
    "/Rendition": "у ньому є дія, що програє медіа (Rendition)",
    "/RichMediaExecute": "у ньому є дія вбудованого медіа (RichMedia)",
}
_OPENS: Final = "він щось виконує, щойно його відкрили (OpenAction)"
_TURNS: Final = ("/GoTo", "/Named")  # actions that only turn pages
_UNREADABLE: Final = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)
_DEEPEST: Final = 32  # levels of objects within one


@dataclass(frozen=True, slots=True)
class Active:
    """Why a file may not be signed, "" if it may, and what its signer should know of it."""

    refusal: str = ""
    remarks: tuple[str, ...] = ()


def look_through(data: bytes) -> Active:
    """Return what a PDF does; of one that cannot be opened signing itself will tell."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return Active(_refusal(pdf), tuple(dict.fromkeys(_remarks(pdf))))
    except _UNREADABLE:
        return Active()


def _refusal(pdf: pikepdf.Pdf) -> str:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        return (
            "це форма XFA: програми показують замість сторінок інше; "
            "надрукуйте її в PDF і підписуйте той файл"
        )
    if any(float(page.get("/UserUnit", 1)) != 1 for page in pdf.pages):
        return (
            "його сторінки міряно не в пунктах (UserUnit), і позначка стала б не там; "
            "надрукуйте його в PDF і підписуйте той файл"
        )
    return ""


def _remarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    opens = pdf.Root.get("/OpenAction")
    if isinstance(opens, pikepdf.Dictionary) and opens.get("/S") not in _TURNS:
        yield _OPENS
    for one in pdf.objects:
        yield from _within(one, 0)


def _within(value: object, depth: int) -> Iterator[str]:
    """Yield what is said of an object and of all that is written within it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, pikepdf.Array):
        for one in value:
            yield from _direct(one, depth)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        kind = str(value.get("/S", ""))
        if "/JS" in value:
            yield _ACTIONS["/JavaScript"]
        elif kind in _ACTIONS:
            yield _ACTIONS[kind]
        for one in value.values():
            yield from _direct(one, depth)


def _direct(value: object, depth: int) -> Iterator[str]:
    """Yield the same for a part, unless it is an object of its own: each comes by itself."""
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        yield from _within(value, depth + 1)
