"""What marks are drawn with: the council's own template is somebody's program, the shipped ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.build.project import MARK, shipped_templates
from reportgen.sign.mark import Ink
from reportgen.sign.press import check_template
from reportgen.sign.press_apart import pressed_apart
from reportgen.write.fonts import find_typeface


@contextmanager
def ink_of(template: bytes, font: str) -> Iterator[Ink]:
    """Hold what draws marks for the time of a ``with``; ``font`` is the council's.

    Raises:
        SigningError: when the template would bring in other code.
    """
    typeface = find_typeface(font)
    if template == (shipped_templates() / MARK).read_bytes():
        yield Ink.of(template, typeface)
        return
    check_template(template)
    with pressed_apart(template, typeface) as press:
        yield Ink(press, typeface)
