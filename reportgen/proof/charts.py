"""Charts against the document: the words that stand for each, and the figures that it shows."""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

import bs4

from reportgen.document.blocks import Chart, Document
from reportgen.proof.difference import Difference, whole
from reportgen.proof.lines import compare_lines, texts_within
from reportgen.proof.pdf import Tag
from reportgen.proof.zipped import UnreadableError, read_parts

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_C = _DRAWING + "chart}"
_WORD, _SHEET = _DRAWING + "wordprocessingDrawing}", _DRAWING + "spreadsheetDrawing}"
#: What holds a chart, and what of it has the alternative text.
_FRAMES = (f"{_WORD}inline", f"{_WORD}anchor", f"{_SHEET}graphicFrame")
_NAMED = (f"{_WORD}docPr", f"{_SHEET}cNvPr")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADDRESS = "data:image/svg+xml;base64,"
_PRECISE = "{:.12g}"  # fewer digits than a spreadsheet keeps


class Shown(NamedTuple):
    """A chart of a file: its alternative text, and what it draws in each of its pictures."""

    alt: str
    drawn: tuple[tuple[str, ...], ...]


def in_page(page: bs4.BeautifulSoup) -> list[Shown]:
    """Return the charts of an HTML page, each with all pictures it may be shown as."""
    shown = []
    for image in page.select("main p.chart img"):
        holder = image.parent if image.parent and image.parent.name == "picture" else None
        others = [str(one.get("srcset", "")) for one in holder.select("source")] if holder else []
        drawn = tuple(_texts(one) for one in (str(image.get("src", "")), *others))
        shown.append(Shown(str(image.get("alt", "")), drawn))
    return shown


def in_pdf(root: Tag) -> list[Shown]:
    """Return the charts of a tagged PDF."""
    return [Shown(one.alt, ((one.raw,),)) for one in root.below("Figure")]


def in_office(data: bytes, main: str) -> list[Shown]:
    """Return the charts of an office file that a part of it draws, in their order."""
    parts = read_parts(data)
    if main not in parts:
        return []
    try:
        root = ElementTree.fromstring(parts[main])  # noqa: S314 - read_parts refuses a DTD
        return [
            Shown(_alt(frame), (_values(parts, main, chart.get(_RELATION, "")),))
            for frame in root.iter()
            if frame.tag in _FRAMES
            for chart in frame.iter(f"{_C}chart")
        ]
    except (KeyError, ValueError, StopIteration, ElementTree.ParseError) as error:
        raise UnreadableError("файл не читається: діаграму пошкоджено") from error


def compare_charts(
    file: str, found: Sequence[Shown], document: Document, *, exact: bool = False
) -> Iterator[Difference]:
    """Yield what differs between the charts of a file and the document's.

    Figures are looked for as they are printed, group by group; ``exact`` ones stand alone, series
    by series, as Office keeps them.
    """
    charts = document.charts
    if len(found) != len(charts):
        yield whole(file, f"діаграм {len(found)}, у моделі {len(charts)}")
    alts = [(_flat(one.alt), f"опис діаграми {number}") for number, one in enumerate(found, 1)]
    yield from compare_lines(file, alts, [_flat(one.alt) for one in charts])
    for number, (shown, chart) in enumerate(zip(found, charts, strict=False), 1):
        for drawn in shown.drawn:
            if exact:
                values = [(one, f"числа діаграми {number}") for one in drawn]
                yield from compare_lines(file, values, _exact(chart))
            else:
                yield from texts_within(file, _printed(chart), "\n".join(drawn))


def _printed(chart: Chart) -> list[str]:
    groups = zip(*(series.marks for series in chart.series), strict=True)
    return [mark.text for group in groups for mark in group]


def _exact(chart: Chart) -> list[str]:
    marks = (mark for series in chart.series for mark in series.marks)
    return [_PRECISE.format(float(mark.value)) for mark in marks if mark.value is not None]


def _alt(frame: ElementTree.Element) -> str:
    return next(one.get("descr", "") for one in frame.iter() if one.tag in _NAMED)


def _values(parts: Mapping[str, bytes], main: str, link: str) -> tuple[str, ...]:
    """Return the figures that a chart was last drawn from, series by series."""
    folder, name = posixpath.split(main)
    relations = ElementTree.fromstring(parts[f"{folder}/_rels/{name}.rels"])  # noqa: S314 - no DTD
    target = next(one.get("Target", "") for one in relations if one.get("Id") == link)
    path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
    root = ElementTree.fromstring(parts[path])  # noqa: S314 - no DTD
    values = root.iterfind(f".//{_C}val//{_C}v")
    return tuple(_PRECISE.format(float(one.text or "")) for one in values)


def _texts(address: str) -> tuple[str, ...]:
    """Return what a picture in the page says, text by text."""
    try:
        svg = base64.b64decode(address.removeprefix(_ADDRESS), validate=True)
        if b"<!" in svg:  # ours have neither a document type nor remarks
            return ()
        root = ElementTree.fromstring(svg)  # noqa: S314 - no DTD
    except (ValueError, ElementTree.ParseError):
        return ()
    return tuple("".join(one.itertext()) for one in root.iter(f"{_SVG}text"))


def _flat(text: str) -> str:
    return " ".join(text.split())
