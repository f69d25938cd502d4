"""What holds a package together: the book, and the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import FrameError

BOOK, WORKBOOK = "book.pdf", "workbook.xlsx"


@dataclass(frozen=True, slots=True)
class Binding:
    """A package whose annexes are drawn, with what those of each period come to."""

    package: Package
    council: Council
    batch: Batch
    drawn: Sequence[Drawn]
    periods: Sequence[Consolidated]

    def files(self, found: list[Diagnostic]) -> dict[str, bytes]:
        """Return both files; ``found`` takes what is wrong with the frame.

        Raises:
            BrokenEnvironment: when an engine does not work on this machine.
        """
        consolidated = [*self._consolidated()] if self.package.consolidated else []
        pages: list[bytes] = []
        for document in consolidated:
            joint = dressed(document, self.batch.project)
            order = replace(self.batch.order, formats=("pdf",))
            made, said = draw(joint, self.batch.project, order)
            found += said
            pages += made.values()
        if has_errors(found):
            return {}
        workbook = self._workbook(consolidated)
        try:
            book = self._book(consolidated, pages, workbook)
        except FrameError as error:
            _, paths = find_frame(self.batch.project, "")
            places: Mapping[str, str] = names_of_writers(paths, self.batch.project)
            span = Span(places.get(error.file, error.file), error.line)
            found += (finding("template-invalid", span, one) for one in error.messages)
            return {}
        return {BOOK: book, WORKBOOK: workbook}

    def _consolidated(self) -> list[Document]:
        dated = self.batch.order.dated
        return [
            consolidated_document(self.council, one, dated or one.period.last_day)
            for one in self.periods
        ]

    def _book(
        self, consolidated: Sequence[Document], pages: Sequence[bytes], workbook: bytes
    ) -> bytes:
        from reportgen.write.book import Book, Part, draw_book  # noqa: PLC0415 - when it is needed

        page = replace(self.council.page, landscape=False)
        front = [Part("", *both) for both in zip(consolidated, pages, strict=True)]
        annexes = [
            Part(_first(self.package, one), one.document, one.files["pdf"]) for one in self.drawn
        ]
        book = Book(
            title=(self.package.title,),
            lines=self._lines(),
            place=" – ".join(filter(None, (self.package.place, str(self.package.day.year)))),
            author=self.council.name,
            subject=", ".join(self._lines()),
            language="uk",
            dated=self.batch.order.dated or self.package.day,
            page=page,
            parts=(*front, *annexes),
            standard=self.batch.order.pdf.standard,
            attachments=self._carried(workbook),
        )
        frame, _ = find_frame(self.batch.project, "")
        with limited(ending(TOO_LONG)):
            return draw_book(book, frame, find_typeface(page.font))

    def _carried(self, workbook: bytes) -> tuple[Attachment, ...]:
        if not self.batch.order.pdf.carries:
            return ()
        path = self.batch.project.root / self.package.span.file
        figures = [figure for one in self.drawn for figure in one.figures]
        return book_attachments(path, self.package.id, figures, workbook)

    def _workbook(self, consolidated: Sequence[Document]) -> bytes:
        from reportgen.write.xlsx import Sheet, write_workbook  # noqa: PLC0415 - when it is needed
        from reportgen.write.xlsx.names import annex_name  # noqa: PLC0415

        several = len(consolidated) > 1
        sheets = [
            Sheet(
                f"Зведена {period.period.id}" if several else "Зведена",
                typeset(document.title),
                document,
            )
            for period, document in zip(self.periods, consolidated, strict=False)
        ]
        for one in self.drawn:
            number, name = one.reported.annex.number, one.reported.contribution.name
            label = typeset(f"{_first(self.package, one)}. {one.document.title}")
            sheets.append(Sheet(annex_name(number, name), label, one.document))
        return write_workbook(self._cover(), sheets, find_typeface(self.council.page.font))

    def _cover(self) -> Document:
        """Return what stands above the contents of the workbook."""
        return Document(
            title=self.package.title,
            author=self.council.name,
            language="uk",
            dated=self.batch.order.dated or self.package.day,
            page=self.council.page,
            numbers=self.council.numbers,
            blocks=(
                Paragraph((self.council.name,), Style.TITLE, GENERAL),
                Paragraph((self.package.title,), Style.TITLE, GENERAL),
                Paragraph(self._lines(), Style.SUBTITLE, GENERAL),
            ),
        )

    def _lines(self) -> tuple[str, ...]:
        """Return what is said of the session and of the decision, filled in or blank."""
        date, number = date_and_number(self.package.adopted)
        act = "рішення" if self.package.adopted else "проєкт рішення"
        return (
            session_line(self.package),
            f"{act} від {date} № {number}" if self.package.adopted else act,
        )


def _first(package: Package, one: Drawn) -> str:
    """Return «Додаток 1», or «Додаток» of the only one."""
    return mark_lines(package, one.reported.annex.number)[0]
