"""Frames: what an official can restyle, read once and handed to the writers."""

from __future__ import annotations

from dataclasses import dataclass

#: The files that dress the board, in ``templates/board``: they are no frame of a report.
BOARD_FILES = ("board.html.j2", "board.css")


@dataclass(frozen=True, slots=True)
class Frame:
    """The files that dress a document, by content; names are for messages."""

    docx: bytes  # frame.docx: page, styles, header; docxtpl tags
    html: str  # page.html.j2
    css: str  # page.css
    typst: str  # document.typ
    report: bytes | None = None  # report.docx: the form's own Word page, drawn whole


class FrameError(Exception):
    """A frame cannot be used; each message is a Ukrainian sentence. ``line`` counts from 1."""

    def __init__(self, file: str, line: int, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.file = file
        self.line = line
        self.messages = messages
