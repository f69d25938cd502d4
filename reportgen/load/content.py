"""What lies in ``content/``: the council, its registers, and which reports there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Span, finding, quoted
from reportgen.load.council import load_council
from reportgen.load.fields import Found
from reportgen.load.scalars import SLUG_HINT, is_slug
from reportgen.model.council import Council
from reportgen.model.period import Period


@dataclass(frozen=True, slots=True)
class ReportSource:
    """The two files of one report."""

    slug: str
    period: Period
    programme_file: Path
    period_file: Path


@dataclass(frozen=True, slots=True)
class Content:
    """The council, and every report below ``root`` by programme and period."""

    root: Path
    council: Council | None
    sources: tuple[ReportSource, ...]


def load_content(root: Path, found: Found) -> Content:
    """Load council and registers, and list the reports; reports themselves are not read yet."""
    council = load_council(root, found)
    sources: list[ReportSource] = []
    programmes = root / "content" / "programmes"
    for folder in _visible(programmes, root, found) if programmes.is_dir() else []:
        if folder.is_dir():
            sources += _programme(folder, root, found)
    if not sources:
        message = "у content/programmes немає жодного звіту"
        hint = "звіт — це файли programme.yaml і, наприклад, 2024-h1.yaml у теці програми"
        found.append(finding("content-empty", Span("content/programmes"), message, hint))
    return Content(root, council, tuple(sources))


def _visible(folder: Path, root: Path, found: Found) -> list[Path]:
    """Return what lies in a folder, in order; hidden files are none of the author's content."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        place = Span(folder.relative_to(root).as_posix())
        found.append(finding("file-unreadable", place, f"тека не читається: {error.strerror}"))
        return []


def _programme(folder: Path, root: Path, found: Found) -> list[ReportSource]:
    place = folder.relative_to(root).as_posix()
    if not is_slug(folder.name):
        message = f"тека {quoted(folder.name)} не може бути програмою"
        found.append(finding("name-invalid", Span(place), message, SLUG_HINT))
        return []
    sources: list[ReportSource] = []
    for path in _visible(folder, root, found):
        if path.suffix.lower() not in (".yaml", ".yml") or path.name == "programme.yaml":
            continue
        try:
            period = Period.parse(path.stem if path.suffix == ".yaml" else "")
        except ValueError:
            message = f"{quoted(path.name)} — не назва звіту"
            hint = "файли звітів звуться 2023-q1.yaml, 2023-h1.yaml, 2023-9m.yaml, 2023.yaml"
            found.append(finding("name-invalid", Span(f"{place}/{path.name}"), message, hint))
            continue
        sources.append(ReportSource(folder.name, period, folder / "programme.yaml", path))
    return sorted(sources, key=lambda one: one.period.last_day)
