"""Groups of the outline as the rows open them: bands, merged cells, tables of their own.

Cells that a page end has taken are restored by numbering, where only a number was lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.importing.branches import Branch
from reportgen.importing.findings import Findings
from reportgen.importing.labels import (
    begins_band,
    parent_number,
    read_label,
    read_number,
    without_continuation,
)
from reportgen.importing.likeness import one_line, same
from reportgen.importing.page_ends import joined
from reportgen.model.form import Level, Shown, TableSection
from reportgen.read.source import Place, SourceCell


@dataclass(frozen=True, slots=True)
class News:
    """What a row says of a group: a new one begins; ``repeated`` is one that a page names again."""

    number: str
    text: str
    place: Place
    repeated: bool = False


class Groups:
    """The groups that are open, and what is known of the next ones."""

    def __init__(
        self, section: TableSection, depths: Mapping[str, int], findings: Findings
    ) -> None:
        self._section = section
        self._depths = depths
        self._findings = findings
        self.levels = [one for one in section.levels if one.shown is not Shown.ROW]
        self.bands = [one for one in self.levels if one.shown is Shown.BAND]
        self.current: dict[str, Branch] = {}  # by level
        self.tops: list[Branch] = []
        self._pending: list[tuple[str, Place]] = []  # bands above the next row
        self._titled: dict[str, News] = {}  # tables that have begun

    def title(self, level: Level, number: str, text: str, place: Place) -> None:
        """Take the title of a table, where the outermost level is shown as tables."""
        self._titled[level.id] = News(number, text, place)

    def band(self, text: str, place: Place) -> None:
        """Take a band: the next row tells what it is."""
        self._pending.append((text, place))

    def looks_like_band(self, text: str) -> bool:
        """Tell whether a text is numbered as a band, or is the name of one that was."""
        return any(begins_band(text, one) for one in self.bands) or (
            bool(self._pending) and self._wants_text(self._pending[-1][0])
        )

    def named_in(self, cells: Mapping[str, SourceCell]) -> dict[str, News]:
        """Return the groups that a row names in merged cells of its own."""
        news: dict[str, News] = {}
        for level in self.levels:
            parts = {
                one.source.field: cells[one.id]
                for one in self._section.columns
                if one.source and one.source.level == level.id and one.id in cells
            }
            filled = {field: cell for field, cell in parts.items() if cell.text.strip()}
            if filled and level.shown is Shown.MERGED:
                news[level.id] = self.named(level, filled)
        return news

    def named(self, level: Level, parts: Mapping[str, SourceCell]) -> News:
        """Return what the merged cells of a level say, by the fields that they print."""
        place = next(iter(parts.values())).place
        number = read_number(parts["number"].text, level) if "number" in parts else ""
        text = without_continuation(parts["text"].text) if "text" in parts else ""
        if "label" in parts:
            label = read_label(parts["label"].text, level, self._depths.get(level.id, 0))
            number, text = label.number, label.text
        elif text and level.number:
            label = read_label(text, level, 0)
            if "." in label.number and label.number.startswith(f"{number}." if number else ""):
                number, text = label.number, label.text  # it stands before the text instead
        again = any(without_continuation(one.text) != one.text.strip() for one in parts.values())
        return News(number, one_line(text), place, again)

    def open(self, news: Mapping[str, News], row_number: str, *, at_page: bool) -> Branch | None:
        """Begin the groups that are new, and return the innermost one.

        ``at_page`` says that a page of the source may have begun with this row.
        """
        if at_page:
            news = self.go_on(news, row_number)
        found = {**self._titled, **self._banded(), **news}
        self._titled = {}
        self._restore(found)
        parent: Branch | None = None
        began = False
        for level in self.levels:
            now = self.current.get(level.id)
            told = found.get(level.id)
            if now and not began and (told is None or _goes_on(told, now, at_page=at_page)):
                parent = now
                continue
            branch = self._begun(level, told, row_number)
            (parent.children if parent else self.tops).append(branch)
            self.current[level.id] = parent = branch
            began = True
        return parent

    def go_on(self, news: Mapping[str, News], row_number: str) -> dict[str, News]:
        """Add to the names of open groups what a page has parted from them; return the others.

        The rest of a name has no number, and the row beside it belongs to the group by its own.
        """
        others = dict(news)
        for level in self.levels:
            told, now = news.get(level.id), self.current.get(level.id)
            if told is None or now is None or not level.number or told.number or not told.text:
                continue
            within = not row_number or f"{row_number}.".startswith(f"{now.number}.")
            if now.number and within and not same(told.text, now.text):
                now.text = joined(now.text, told.text)
                message = f"назву {now.number} доповнено з наступної сторінки"
                self._findings.tell("import-row-joined", told.place, message)
                del others[level.id]
        return others

    def _begun(self, level: Level, news: News | None, row_number: str) -> Branch:
        if news is None:
            return Branch(level, "", "", Place("", 0))
        branch = Branch(level, news.number, news.text, news.place)
        if level.number and not news.number and parent_number(row_number):
            branch.number = parent_number(row_number)
            message = f"номер {branch.number} відновлено за номером рядка {row_number}"
            self._findings.tell("import-row-repaired", news.place, message)
        return branch

    def _restore(self, found: dict[str, News]) -> None:
        """Restore a group whose cell is lost, where the numbers below it have gone on.

        Only one that prints nothing but its number: any other has a text that nobody could know.
        """
        for outer, inner in zip(self.levels, self.levels[1:], strict=False):
            now, below = self.current.get(outer.id), found.get(inner.id)
            if outer.id in found or now is None or below is None or self._has_text(outer):
                continue
            before = {parent_number(child.number) for child in now.children}
            prefix = parent_number(below.number)
            if prefix and len(before) == 1 and prefix not in before:
                found[outer.id] = News(prefix, "", below.place)
                self._findings.tell(
                    "import-row-repaired",
                    below.place,
                    f"перед {below.number} загублено номер вищого рівня: відновлено {prefix}",
                    f"номери вище починаються з {before.pop()}., цей — з {prefix}.",
                )

    def _has_text(self, level: Level) -> bool:
        return any(
            one.source and one.source.level == level.id and one.source.field != "number"
            for one in self._section.columns
        )

    def _banded(self) -> dict[str, News]:
        """Give the bands above a row to their levels: the innermost is always there."""
        lines = self._joined()
        self._pending = []
        levels = self.bands[-len(lines) :] if lines else []
        if len(lines) > len(levels):  # the outermost was written in several rows
            spare = len(lines) - len(levels)
            text = "\n".join(one for one, _ in lines[: spare + 1])
            lines = [(text, lines[0][1]), *lines[spare + 1 :]]
        return {level.id: _of_band(level, *line) for level, line in zip(levels, lines, strict=True)}

    def _joined(self) -> list[tuple[str, Place]]:
        """Put a band's number and its name together, where they stand in two rows."""
        joined: list[tuple[str, Place]] = []
        for text, place in self._pending:
            if joined and self._wants_text(joined[-1][0]):
                joined[-1] = (f"{joined[-1][0]}\n{text}", joined[-1][1])
            else:
                joined.append((text, place))
        return joined

    def _wants_text(self, text: str) -> bool:
        """Tell whether a band has its number alone, so that its name stands on the next line."""
        return any(
            begins_band(text, one) and not read_label(text, one, 0).text for one in self.bands
        )


def _of_band(level: Level, text: str, place: Place) -> News:
    kept = "\n".join(one_line(line) for line in text.split("\n") if line.strip())
    label = read_label(kept, level, 0)
    return News(label.number, label.text, place)


def _goes_on(news: News, now: Branch, *, at_page: bool) -> bool:
    """Tell whether a page begins with the name of the group that goes on."""
    is_same = news.number in (now.number, "") and same(news.text, now.text)
    return is_same and (at_page or news.repeated) and now.level.shown is not Shown.TABLE
