"""The template of marks at work: texts go in, a page comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import typst

from reportgen.sign.faults import SigningError
from reportgen.write.frame import FrameError
from reportgen.write.pdf_typst.faults import frame_error
from reportgen.write.pdf_typst.run import open_compiler
from reportgen.write.pdf_typst.sealed import refuse_packages

if TYPE_CHECKING:
    from reportgen.write.fonts import Typeface

#: Makes a PDF of the texts of a mark.
Press: TypeAlias = Callable[[Mapping[str, object]], bytes]

#: Part 1 is the strictest of PDF/A on what is drawn, so its pictures pass in files of any part.
_STANDARD: Final = "a-1b"

#: What Typst says → what to do besides; the first that matches counts. Templates were once given
#: a height.
_HINTS: Final = {
    'not contain key "height"': "; висоти програма не дає, сторінка висока, як треба рядкам: "
    "напишіть height: auto",
    "not contain key": "; що дістає шаблон позначки, сказано в docs/uk/sign.md",
}


def check_template(template: bytes) -> None:
    """Refuse a template that would bring in other code.

    Raises:
        SigningError: with the line.
    """
    try:
        refuse_packages(template.decode("utf-8"))
    except FrameError as error:
        raise SigningError(f"mark.typ:{error.line}: {error}") from error


def press(template: bytes, typeface: Typeface | None, data: Mapping[str, object]) -> bytes:
    """Return what a template makes of texts, in this process.

    Raises:
        SigningError: when it does not compile.
    """
    compiler = open_compiler(template, typeface, data)
    try:
        drawn = compiler.compile(template, format="pdf", pdf_standards=[_STANDARD], pdf_tags=False)
    except typst.TypstError as error:
        told = frame_error(error)
        hint = next((_HINTS[one] for one in _HINTS if one in str(error)), "")
        raise SigningError(f"mark.typ:{told.line}: {told}{hint}") from error
    if not isinstance(drawn, bytes):
        raise TypeError(f"Typst gave {type(drawn).__name__}, not bytes")
    return drawn
