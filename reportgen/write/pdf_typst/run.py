"""One compilation by Typst, of a template that can read no file."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import typst

from reportgen.document.blocks import Chart, Document, Signature, Table
from reportgen.model.standard import USUAL, Standard
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.pages import Starts
from reportgen.write.pdf_typst.faults import frame_error
from reportgen.write.pdf_typst.finished import check_finished
from reportgen.write.pdf_typst.payload import payload
from reportgen.write.pdf_typst.sealed import refuse_packages
from reportgen.write.pdf_typst.tagging import mend_tags

#: What Typst calls them: an archive's PDF/A and, where it can be had beside it, accessibility.
_NAMES: Final[Mapping[Standard, tuple[Literal["a-1b", "a-1a", "a-2a", "a-3a", "ua-1"], ...]]] = {
    Standard.A_1B: ("a-1b",),
    Standard.A_1A: ("a-1a",),
    Standard.A_2A: ("a-2a", "ua-1"),
    Standard.A_3A: ("a-3a", "ua-1"),
}

#: A file stands where Typst wants the folder of files that a template may read: it holds none.
_NO_FOLDER = __file__

_AGES: Final = 10  # compilations; what so many have not used, Typst forgets

Places = Mapping[tuple[int, int], int]  # (block, row) → page, from 1


class Asked:
    """A template with its data, to be asked one thing and then for a file.

    Typst remembers what did not change since the last one.
    """

    def __init__(self, frame: Frame, typeface: Typeface | None, data: Mapping[str, object]) -> None:
        """Prepare a compilation.

        Raises:
            FrameError: when the template would bring in other code.
        """
        refuse_packages(frame.typst)
        self._template = frame.typst.encode("utf-8")
        self._compiler = open_compiler(self._template, typeface, data)

    def query(self, label: str) -> Any:  # noqa: ANN401 - JSON
        """Return what the template says of itself under a label.

        Raises:
            FrameError: when it does not compile, or has no such label.
        """
        try:
            return json.loads(self._compiler.query(label, field="value", one=True))
        except RuntimeError as error:
            self.compiled()  # what does not compile says so here with its line
            message = f"у шаблоні PDF немає позначки {label}: візьміть її з document.typ програми"
            raise FrameError("document.typ", 1, message) from error

    def compiled(self, standard: Standard = USUAL) -> bytes:
        """Return the file.

        Raises:
            FrameError: when the template does not compile.
        """
        return compiled(self._compiler, self._template, standard)


class Run:
    """One layout of a document, to be asked for its pages and then for its file."""

    def __init__(
        self,
        document: Document,
        frame: Frame,
        typeface: Typeface | None,
        held: Starts = frozenset(),
    ) -> None:
        """Prepare a layout of the document.

        Raises:
            FrameError: when the template would bring in other code.
        """
        self.document = document
        self._asked = Asked(frame, typeface, payload(document, held, typeface))

    def places(self) -> Places:
        """Return the page of every row, signature and chart.

        Raises:
            FrameError: when the template leaves one of them out.
        """
        places = {(block, row): page for block, row, page in self._asked.query("<places>")}
        if not _to_be_placed(self.document) <= places.keys():
            message = (
                "шаблон PDF друкує не всі рядки таблиць, підписи й діаграми "
                "або не позначає їх (mark)"
            )
            raise FrameError("document.typ", 1, message)
        return places

    def pdf(self, standard: Standard = USUAL) -> bytes:
        """Return the file.

        Raises:
            FrameError: when the template does not compile, or makes what it may not.
        """
        data = self._asked.compiled(standard)
        check_finished(data, self.document)
        return mend_tags(data, self.document)


def forget(typeface: Typeface | None) -> None:
    """Let go of what Typst remembers of documents before.

    It would keep the last ten, which takes gigabytes where they are long, and has no use for them.
    """
    nothing = open_compiler(b"", typeface, {})
    for _ in range(_AGES):
        nothing.compile(b"", format="pdf")


def open_compiler(
    template: bytes, typeface: Typeface | None, data: Mapping[str, object]
) -> typst.Compiler:
    """Return a compiler of a template that is given data and can read no file."""
    return typst.Compiler(
        template,
        root=_NO_FOLDER,
        package_path=_NO_FOLDER,
        package_cache_path=_NO_FOLDER,
        font_paths=_fonts(typeface.regular.path.parent if typeface else None),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
    )


def compiled(compiler: typst.Compiler, template: bytes, standard: Standard = USUAL) -> bytes:
    """Return the file that a compiler makes of its template.

    Of all these standards PDF/A-1b alone lets a glyph be lost without a word, and a picture have no
    description. So such a file has to pass as PDF/A-1a first.

    Raises:
        FrameError: when the template does not compile.
    """
    try:
        # A template that is no file is forgotten after each use, and so is given again.
        if standard is Standard.A_1B:
            compiler.compile(template, format="pdf", pdf_standards=[*_NAMES[Standard.A_1A]])
        data = compiler.compile(template, format="pdf", pdf_standards=[*_NAMES[standard]])
    except typst.TypstError as error:
        raise frame_error(error) from error
    if not isinstance(data, bytes):
        raise TypeError(f"Typst gave {type(data).__name__}, not bytes")
    return data


def _to_be_placed(document: Document) -> set[tuple[int, int]]:
    """Return the rows that have cells of their own, the signatures and the charts."""
    placed: set[tuple[int, int]] = set()
    for index, block in enumerate(document.blocks):
        if isinstance(block, Signature | Chart):
            placed.add((index, 0))
        elif isinstance(block, Table):
            placed.update((index, row) for row, one in enumerate(block.body) if one.cells)
    return placed


@functools.cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """Return the fonts of one folder alone, or those that Typst carries."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=folder is None,
        font_paths=[] if folder is None else [str(folder)],
    )
