"""The typeface: found on the machine, asked for widths and for glyphs that it lacks.

Official documents are set in Times New Roman. Liberation Serif and Tinos have the same widths,
so that line breaks, and with them pages, do not depend on which of the three a machine has.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from operator import add
from pathlib import Path

from reportgen.write.sfnt import BadFontError, read_metrics

#: Family → the file names of its regular, bold and italic faces, on the systems that ship it.
FAMILIES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "Times New Roman": (
        ("times.ttf", "timesbd.ttf", "timesi.ttf"),
        ("Times New Roman.ttf", "Times New Roman Bold.ttf", "Times New Roman Italic.ttf"),
        ("Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf"),
    ),
    "Liberation Serif": (
        ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf"),
    ),
    "Tinos": (("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf"),),
}

#: Where a line may end: at a blank, or behind a hyphen between letters.
_BREAKS = re.compile(r" |(?<=\w-)(?=\w)")

#: Texts whose widest word a face remembers: those of a few large reports.
_REMEMBERED = 20_000

#: Characters that are laid out, never drawn.
_INVISIBLE = frozenset("\n\u00ad\u200b\u2060")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: which characters it can draw and how wide they are, in em."""

    path: Path
    widths: Mapping[int, float]  # code point → advance
    kerning: Mapping[str, float] = field(default_factory=dict, repr=False)  # two characters → more
    _widest: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)
    _set_widths: dict[str, float] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[type[Face], tuple[object, ...]]:
        """Go to other processes without what is remembered here."""
        return Face, (self.path, self.widths, self.kerning)

    def width(self, text: str, size: float) -> float:
        """Return the width of one line of text, in points, for a size in points."""
        widths = self.widths
        try:
            return size * sum(map(widths.__getitem__, map(ord, text)))
        except KeyError:  # a character that the face lacks
            return size * sum(widths.get(ord(char), 0.5) for char in text)

    def widest_word(self, text: str, size: float) -> float:
        """Return the width of the widest run that no line break can part, in points.

        A line may end after a blank, and after the hyphen of a compound. What has been measured is
        remembered: the same texts are asked about for each layout, and in one report after another.
        """
        widest = self._widest.get(text)
        if widest is None:
            if len(self._widest) >= _REMEMBERED:
                self._widest.clear()
            widest = max((self.width(word, 1.0) for word in _BREAKS.split(text)), default=0.0)
            self._widest[text] = widest
        return size * widest

    def set_width(self, word: str) -> float:
        """Return the width of a word as it is set, with kerning, in em; it is remembered."""
        width = self._set_widths.get(word)
        if width is None:
            if len(self._set_widths) >= _REMEMBERED:
                self._set_widths.clear()
            pairs = map(add, word, word[1:])
            width = self.width(word, 1.0) + sum(map(self.kerning.get, pairs, repeat(0.0)))
            self._set_widths[word] = width
        return width


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family with its faces. Italic is narrower than regular, which therefore measures for both.

    A machine may lack the italic face: an engine then slants the regular one, or leaves it upright.
    """

    family: str
    regular: Face
    bold: Face
    italic: Face | None = None

    @property
    def faces(self) -> tuple[Face, ...]:
        """All faces that there are."""
        return tuple(face for face in (self.regular, self.bold, self.italic) if face)

    def lacking(self, text: str) -> str:
        """Return the characters of ``text`` that a face cannot draw, each once, in order."""
        return "".join(
            char
            for char in dict.fromkeys(text)
            if char not in _INVISIBLE
            and (ord(char) not in self.regular.widths or ord(char) not in self.bold.widths)
        )


def find_typeface(family: str = "") -> Typeface | None:
    """Return the named family, or the first Times-metric one that this machine has.

    The answer depends on installed files alone, not on their order in a folder. A file that cannot
    be read, or is damaged, is as good as none.
    """
    installed = _installed(font_folders())
    for name, variants in FAMILIES.items():
        if family not in ("", name):
            continue
        for variant in variants:
            regular, bold, italic = (
                _face(installed[file]) if file in installed else None for file in variant
            )
            if regular and bold:
                return Typeface(name, regular, bold, italic)
    return None


def font_files() -> tuple[Path, ...]:
    """Return all files that `find_typeface` may choose from on this machine, in order."""
    return tuple(sorted(_installed(font_folders()).values()))


def font_folders() -> tuple[Path, ...]:
    """Return the folders in which this system keeps fonts, the user's own first."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return (local / "Microsoft" / "Windows" / "Fonts", windows / "Fonts")
    if sys.platform == "darwin":
        return (
            home / "Library" / "Fonts",
            Path("/Library/Fonts"),
            Path("/System/Library/Fonts"),
        )
    return (
        home / ".local" / "share" / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


@functools.cache
def _installed(folders: Iterable[Path]) -> Mapping[str, Path]:
    """Map the file names that we look for to paths; the first folder that has one wins."""
    wanted = {file for variants in FAMILIES.values() for one in variants for file in one}
    found: dict[str, Path] = {}
    for folder in folders:
        for parent, subfolders, files in os.walk(folder):
            subfolders.sort()
            for file in wanted.intersection(files):
                found.setdefault(file, Path(parent) / file)
    return found


@functools.cache
def _face(path: Path) -> Face | None:
    try:
        return Face(path, *read_metrics(path.read_bytes()))
    except (OSError, BadFontError):
        return None
