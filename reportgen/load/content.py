"""What lies in ``content/``: the council, its registers, and which reports there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportgen.diagnostics import Span, finding, has_errors, quoted, reason
from reportgen.load.council import load_council
from reportgen.load.fields import Found
from reportgen.load.names import bare, is_leftover, meant, misnamed, misplaced, misspelt
from reportgen.load.scalars import SLUG_HINT, is_slug
from reportgen.load.words import suggest
from reportgen.model.council import Council
from reportgen.model.period import Period

#: What is read of the council itself: folder → names.
COUNCIL_FILES = {
    "content": ("council.yaml",),
    "content/registers": ("executors.yaml", "officials.yaml", "funds.yaml", "programmes.yaml"),
}
_PROGRAMMES = "content/programmes"
_FOLDERS = ("registers", "programmes", "packages")
_OF_PROGRAMME = "у теці своєї програми: content/programmes/назва-програми/"
_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class ReportSource:
    """The two files of one report."""

    slug: str
    period: Period
    programme_file: Path
    period_file: Path


@dataclass(frozen=True)
class Content:
    """The council, and every report below ``root`` by programme and period.

    ``sound`` says that the council and its registers have no error: all reports depend on them.
    """

    root: Path
    council: Council | None
    sound: bool
    sources: tuple[ReportSource, ...]

    def earlier(self, source: ReportSource) -> tuple[ReportSource, ...]:
        """Return the programme's earlier reports of the same year, the nearest first.

        Figures of a year add up, so they are what a report is held against.
        """
        before = (
            one
            for one in self._of_programmes.get(source.slug, ())
            if one.period.year == source.period.year
            and one.period.last_day < source.period.last_day
        )
        return tuple(sorted(before, key=lambda one: one.period.last_day, reverse=True))

    def is_begun(self, slug: str) -> bool:
        """Tell whether a programme has its passport; reports it may have none yet."""
        return is_slug(slug) and (self.root / _PROGRAMMES / slug / "programme.yaml").is_file()

    @cached_property
    def _of_programmes(self) -> Mapping[str, list[ReportSource]]:
        found: dict[str, list[ReportSource]] = {}
        for source in self.sources:
            found.setdefault(source.slug, []).append(source)
        return found


def load_content(root: Path, found: Found) -> Content:
    """Load council and registers, and list the reports; reports themselves are not read yet."""
    of_council: Found = []
    council = load_council(root, of_council)
    for place, wanted in COUNCIL_FILES.items():
        if (root / place).is_dir():
            _names(root / place, wanted, root, of_council)
    sources: list[ReportSource] = []
    programmes = root / "content" / "programmes"
    for path in _visible(programmes, root, found) if programmes.is_dir() else []:
        if path.is_dir():
            sources += _programme(path, root, found)
        elif _right_name(path) or path.suffix.lower() in _ENDINGS:
            found.append(misplaced("content/programmes", path.name, _OF_PROGRAMME))
    if council is not None:
        _own_reports(council, sources, programmes, of_council)
    found += of_council
    if not sources:
        message = "у content/programmes немає жодного звіту"
        hint = "звіт — це файли programme.yaml і, наприклад, 2024-h1.yaml у теці програми"
        found.append(finding("content-empty", Span("content/programmes"), message, hint))
    return Content(root, council, not has_errors(of_council), tuple(sources))


def _own_reports(
    council: Council, sources: Collection[ReportSource], folder: Path, found: Found
) -> None:
    """Tell of programmes that are said to have reports of their own, and have none.

    One that has its passport there is to have them yet.
    """
    slugs = {source.slug for source in sources}
    for programme in council.programmes.values():
        begun = (folder / programme.slug / "programme.yaml").is_file()
        if programme.slug and programme.slug not in slugs and not begun:
            message = f"звіту {quoted(programme.slug)} немає в content/programmes"
            hint = suggest(programme.slug, slugs)
            found.append(finding("reference-unknown", programme.span, message, hint))


def _names(folder: Path, wanted: Collection[str], root: Path, found: Found) -> None:
    """Tell of files that were meant to be the wanted ones and are called or lie otherwise."""
    place = folder.relative_to(root).as_posix()
    for path in _visible(folder, root, found):
        if path.is_dir() and path.suffix not in _ENDINGS:
            right = misspelt(path.name, _FOLDERS) if place == "content" else None
        else:
            is_yaml = path.suffix.lower() in _ENDINGS
            right = meant(path.name, wanted) or (misspelt(path.name, wanted) if is_yaml else None)
        if right == path.name:
            continue
        if right:
            found.append(misnamed(place, path.name, right, is_folder=right in _FOLDERS))
        elif not path.is_dir() and _right_name(path):
            found.append(misplaced(place, path.name, _OF_PROGRAMME))
        elif not path.is_dir():
            found += (
                misplaced(place, path.name, f"{other}/")
                for other, names in COUNCIL_FILES.items()
                if meant(path.name, names)
            )


def _visible(folder: Path, root: Path, found: Found) -> list[Path]:
    """Return what lies in a folder, in order, without what is none of the author's content."""
    try:
        return sorted(path for path in folder.iterdir() if not is_leftover(path.name))
    except OSError as error:
        place = Span(folder.relative_to(root).as_posix())
        found.append(finding("file-unreadable", place, f"тека не читається: {reason(error)}"))
        return []


def _programme(folder: Path, root: Path, found: Found) -> list[ReportSource]:
    place = folder.relative_to(root).as_posix()
    if not is_slug(folder.name):
        message = f"тека {quoted(folder.name)} не може бути програмою"
        found.append(finding("name-invalid", Span(place), message, SLUG_HINT))
        return []
    sources: list[ReportSource] = []
    for path in _visible(folder, root, found):
        right = _right_name(path)
        if right == path.name != "programme.yaml":
            period = Period.parse(path.stem)
            sources.append(ReportSource(folder.name, period, folder / "programme.yaml", path))
        elif right and right != path.name:
            found.append(misnamed(place, path.name, right))
        elif right is None and path.suffix.lower() in _ENDINGS:
            message = f"{quoted(path.name)} — не назва звіту"
            hint = "файли звітів звуться 2023-q1.yaml, 2023-h1.yaml, 2023-9m.yaml, 2023.yaml"
            found.append(finding("name-invalid", Span(f"{place}/{path.name}"), message, hint))
    return sorted(sources, key=lambda one: one.period.last_day)


def _right_name(path: Path) -> str | None:
    """Return how a file of a programme should be called; ``None`` if it is nothing of ours."""
    if path.is_dir() and path.suffix != ".yaml":
        return None  # scans of one period, say; a folder in the place of a file is told later
    try:
        return f"{Period.parse(bare(path.name)).id}.yaml"
    except ValueError:
        return meant(path.name, ("programme.yaml",))
