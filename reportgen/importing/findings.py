"""What an import has to tell, at its place in the source."""

from __future__ import annotations

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.read.source import Place, SourceCell


class Findings:
    """Collects findings about one source file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def span(self, place: Place) -> Span:
        """Return a place of the source as a place of findings."""
        return Span(self.file, max(place.line, 1), max(place.column, 1), place.where)

    def tell(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Add a finding."""
        self.found.append(finding(code, self.span(place), message, hint))

    def left_out(
        self, cell: SourceCell, why: str = "колонки, де він стоїть, у формі немає"
    ) -> None:
        """Tell of a text that goes nowhere."""
        message = f"не перенесено {quoted(cell.text)}: {why}"
        self.tell("import-left-out", cell.place, message, "якщо він потрібен, впишіть його самі")
