"""What holds a package together: the book, and the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.build.annexes import Drawn
from reportgen.build.apart import draw
from reportgen.build.attachments import book_attachments
from reportgen.build.batch import Batch
from reportgen.build.joint import dressed
from reportgen.build.project import find_frame, names_of_writers
from reportgen.build.workers import TOO_LONG, ending, limited
from reportgen.compute.consolidated import Consolidated
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.document.annex import date_and_number, mark_lines, session_line
from reportgen.document.blocks import Document, Paragraph, Style
from reportgen.document.consolidated import consolidated_document
from reportgen.document.plain_table import GENERAL
from reportgen.document.typography import typeset
from reportgen.model.council import Council
from reportgen.model.package import Package
from reportgen.write.attachment import Attachment
from reportgen.write.book import Binder, Book, Part
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import FrameError
from reportgen.write.xlsx import Sheet, write_workbook
from reportgen.write.xlsx.names import annex_name

BOOK, WORKBOOK = "book.pdf", "workbook.xlsx"


class Binding:
    """A package being put together: annexes come as they are drawn, what they come to follows."""

    def __init__(self, package: Package, council: Council, batch: Batch) -> None:
        self.annexes: list[Drawn] = []
        self._package = package
        self._council = council
        self._batch = batch
        self._binder = Binder()

    def add(self, one: Drawn) -> None:
        """Take the next annex."""
        self.annexes.append(one)
        self._binder.add(Part(_first(self._package, one), one.document, one.files["pdf"]))

    def files(self, periods: Sequence[Consolidated], found: list[Diagnostic]) -> dict[str, bytes]:
        """Return both files, of the annexes and of what those of each period come to.

        ``found`` takes what is wrong with the frame.

        Raises:
            BrokenEnvironment: when an engine does not work on this machine.
        """
        consolidated = [*self._consolidated(periods)] if self._package.consolidated else []
        pages: list[bytes] = []
        for document in consolidated:
            joint = dressed(document, self._batch.project)
            order = replace(self._batch.order, formats=("pdf",))
            made, said = draw(joint, self._batch.project, order)
            found += said
            pages += made.values()
        if has_errors(found):
            return {}
        workbook = self._workbook(periods, consolidated)
        try:
            book = self._book(consolidated, pages, workbook)
        except FrameError as error:
            _, paths = find_frame(self._batch.project, "")
            places: Mapping[str, str] = names_of_writers(paths, self._batch.project)
            span = Span(places.get(error.file, error.file), error.line)
            found += (finding("template-invalid", span, one) for one in error.messages)
            return {}
        return {BOOK: book, WORKBOOK: workbook}

    def _consolidated(self, periods: Sequence[Consolidated]) -> list[Document]:
        dated = self._batch.order.dated
        return [
            consolidated_document(self._council, one, dated or one.period.last_day)
            for one in periods
        ]

    def _book(
        self, consolidated: Sequence[Document], pages: Sequence[bytes], workbook: bytes
    ) -> bytes:
        for index, both in enumerate(zip(consolidated, pages, strict=True)):
            self._binder.add(Part("", *both), at=index)
        page = replace(self._council.page, landscape=False)
        book = Book(
            title=(self._package.title,),
            lines=self._lines(),
            place=" – ".join(filter(None, (self._package.place, str(self._package.day.year)))),
            author=self._council.name,
            subject=", ".join(self._lines()),
            language="uk",
            dated=self._batch.order.dated or self._package.day,
            page=page,
            standard=self._batch.order.pdf.standard,
            attachments=self._carried(workbook),
        )
        frame, _ = find_frame(self._batch.project, "")
        with limited(ending(TOO_LONG)):
            return self._binder.bind(book, frame, find_typeface(page.font))

    def _carried(self, workbook: bytes) -> tuple[Attachment, ...]:
        if not self._batch.order.pdf.carries:
            return ()
        path = self._batch.project.root / self._package.span.file
        figures = [figure for one in self.annexes for figure in one.figures]
        return book_attachments(path, self._package.id, figures, workbook)

    def _workbook(self, periods: Sequence[Consolidated], consolidated: Sequence[Document]) -> bytes:
        several = len(consolidated) > 1
        sheets = [
            Sheet(
                f"Зведена {period.period.id}" if several else "Зведена",
                typeset(document.title),
                document,
            )
            for period, document in zip(periods, consolidated, strict=False)
        ]
        for one in self.annexes:
            number, name = one.reported.annex.number, one.reported.contribution.name
            label = typeset(f"{_first(self._package, one)}. {one.document.title}")
            sheets.append(Sheet(annex_name(number, name), label, one.document))
        return write_workbook(self._cover(), sheets, find_typeface(self._council.page.font))

    def _cover(self) -> Document:
        """Return what stands above the contents of the workbook."""
        return Document(
            title=self._package.title,
            author=self._council.name,
            language="uk",
            dated=self._batch.order.dated or self._package.day,
            page=self._council.page,
            numbers=self._council.numbers,
            blocks=(
                Paragraph((self._council.name,), Style.TITLE, GENERAL),
                Paragraph((self._package.title,), Style.TITLE, GENERAL),
                Paragraph(self._lines(), Style.SUBTITLE, GENERAL),
            ),
        )

    def _lines(self) -> tuple[str, ...]:
        """Return what is said of the session and of the decision, filled in or blank."""
        date, number = date_and_number(self._package.adopted)
        act = "рішення" if self._package.adopted else "проєкт рішення"
        return (
            session_line(self._package),
            f"{act} від {date} № {number}" if self._package.adopted else act,
        )


def _first(package: Package, one: Drawn) -> str:
    """Return «Додаток 1», or «Додаток» of the only one."""
    return mark_lines(package, one.reported.annex.number)[0]
