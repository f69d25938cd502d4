"""What tags print while Jinja fills a page: a token for each value, which is put in afterwards.

So no text of a report ever goes through a template, a regular expression of docxtpl or an XML
parser: whatever it holds, it stays text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final

import jinja2
from lxml import etree

from reportgen.model.markup import Marked, Run
from reportgen.write.docx.template.context import Names, Value


class Printed:
    """The values that tags have printed so far. ``mark`` encloses a token."""

    def __init__(self, mark: str) -> None:
        self.mark: Final = mark
        self._values: list[Value] = []
        self._token = re.compile(f"{mark}([0-9]+){mark}")

    def show(self, value: object) -> str:
        """Take a value that a tag prints, and return its token.

        Raises:
            jinja2.TemplateRuntimeError: when it has no printed form.
        """
        if isinstance(value, jinja2.Undefined):
            str(value)  # raises: it knows best what is missing
        if isinstance(value, datetime.date):
            raise jinja2.TemplateRuntimeError("дату друкують із фільтром: «| date»")
        if isinstance(value, (Names, tuple)):
            raise jinja2.TemplateRuntimeError("це не текст: назвіть, що саме з нього друкувати")
        if not isinstance(value, (str, int)):
            message = "figures — лише для умов: друкують саму клітинку, {{ row.колонка }}"
            raise jinja2.TemplateRuntimeError(message)
        if not isinstance(value, Value):
            value = Value((Marked((Run(str(value)),)),))
        self._values.append(value)
        return f"{self.mark}{len(self._values) - 1}{self.mark}"

    def within(self, leaves: Iterable[etree._Element]) -> list[Value]:
        """Return the values whose tokens stand in leaves of text."""
        texts = (leaf.text or "" for leaf in leaves)
        return [one for text in texts for one in self.split(text) if isinstance(one, Value)]

    def split(self, text: str) -> list[str | Value]:
        """Return a text in pieces: what is written in the page, and values."""
        pieces: list[str | Value] = []
        for index, piece in enumerate(self._token.split(text)):
            if index % 2:
                pieces.append(self._values[int(piece)])
            elif piece:
                pieces.append(piece)
        return pieces
