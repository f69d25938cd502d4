"""Charts of the report: Word's own, each a part of the package with its figures in a workbook.

So they are drawn from the figures wherever the report is opened, and can be edited there.
"""

from __future__ import annotations

import datetime
import io
import posixpath
from typing import Final

import xlsxwriter
from lxml import etree

from reportgen.document.blocks import Chart, Document
from reportgen.write.charts.layout import lay_out
from reportgen.write.charts.native import Figures, in_ukrainian, named, native_chart
from reportgen.write.docx.opc import RELATIONS, declare
from reportgen.write.docx.package import read_parts, write_parts
from reportgen.write.docx.xml import add, element, parse, serialise

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/"
_A: Final = _DRAWING + "main"
_C: Final = _DRAWING + "chart"
_WP: Final = _DRAWING + "wordprocessingDrawing"
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NONE: Final = f'<Relationships xmlns="{RELATIONS[1:-1]}"/>'.encode()

_EMU: Final = 36_000  # Word's unit of drawings, in a millimetre
_POINTS: Final = 72 / 25.4  # in a millimetre
_FIRST: Final = 90_001  # of the numbers of drawings: a frame has a few of its own
_SHEET: Final = "Дані"


class Charts:
    """The charts that were drawn, until they are put into the package."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._drawn: list[Chart] = []

    def draw(self, chart: Chart, *, keep: bool) -> etree._Element:
        """Return the paragraph with a chart as wide as the text."""
        self._drawn.append(chart)
        number = len(self._drawn)
        width = self._document.page.text_width
        height = lay_out(chart, width * _POINTS).height / _POINTS
        paragraph = element("p")
        properties = add(paragraph, "pPr")
        if keep:
            add(properties, "keepNext")
        add(properties, "spacing", before=60, after=60)
        add(properties, "ind", left=0, firstLine=0)
        inline = etree.SubElement(
            add(add(paragraph, "r"), "drawing"),
            f"{{{_WP}}}inline",
            dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
            nsmap={"wp": _WP, "a": _A, "c": _C, "r": _OFFICE},
        )
        size = {"cx": str(round(width * _EMU)), "cy": str(round(height * _EMU))}
        etree.SubElement(inline, f"{{{_WP}}}extent", size)
        named = {"id": str(_FIRST + number), "name": f"Діаграма {number}", "descr": chart.alt}
        etree.SubElement(inline, f"{{{_WP}}}docPr", {**named, "title": chart.title})
        etree.SubElement(inline, f"{{{_WP}}}cNvGraphicFramePr")
        graphic = etree.SubElement(inline, f"{{{_A}}}graphic")
        data = etree.SubElement(graphic, f"{{{_A}}}graphicData", uri=_C)
        etree.SubElement(data, f"{{{_C}}}chart").set(f"{{{_OFFICE}}}id", _key(number))
        return paragraph

    def write(self, parts: dict[str, bytes], main: str) -> None:
        """Put the charts into the package, each with its workbook, and relate them."""
        if not self._drawn:
            return
        folder, name = posixpath.split(main)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        root = parse(parts.get(relations, _NONE))
        for number, chart in enumerate(self._drawn, start=1):
            key = _key(number)
            link = {"Id": key, "Type": f"{_OFFICE}/chart", "Target": f"charts/{key}.xml"}
            etree.SubElement(root, f"{RELATIONS}Relationship", link)
            own = f"{folder}/charts/{key}.xml"
            book = f"{folder}/embeddings/{key}.xlsx"
            parts[own] = _chart_part(read_parts(self._book(chart, drawn=True)))
            parts[f"{folder}/charts/_rels/{key}.xml.rels"] = _relation_to(
                f"../embeddings/{key}.xlsx"
            )
            parts[book] = write_parts(read_parts(self._book(chart, drawn=False)))
            declare(parts, own, _CHART_TYPE)
            declare(parts, book, _BOOK_TYPE)
        parts[relations] = serialise(root)

    def _book(self, chart: Chart, *, drawn: bool) -> bytes:
        """Return a workbook of a chart's figures; ``drawn`` there, the chart can be taken out."""
        buffer = io.BytesIO()
        dated = datetime.datetime.combine(self._document.dated, datetime.time(), datetime.UTC)
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            book.set_properties({"title": chart.title, "created": dated})
            sheet = book.add_worksheet(_SHEET)
            sheet.set_column(0, 0, 60)
            for column, series in enumerate(chart.series, start=1):
                sheet.write_string(0, column, series.name)
                for row, mark in enumerate(series.marks, start=1):
                    if mark.value is not None:
                        sheet.write_number(row, column, float(mark.value))
            for row, name in enumerate(chart.categories, start=1):
                sheet.write_string(row, 0, named(name))
            if drawn:
                over = Figures(_SHEET, 0, self._document.page.text_width * _POINTS)
                sheet.insert_chart(0, 0, native_chart(book, chart, over))
        return buffer.getvalue()


def _key(number: int) -> str:
    return f"reportChart{number}"


def _chart_part(book: dict[str, bytes]) -> bytes:
    """Return the chart of a workbook as a part of a Word file that knows its own workbook."""
    root = parse(in_ukrainian(book["xl/charts/chart1.xml"]))
    for one in root.findall(f"{{{_C}}}printSettings"):
        root.remove(one)
    external = etree.SubElement(root, f"{{{_C}}}externalData")
    external.set(f"{{{_OFFICE}}}id", "rId1")
    etree.SubElement(external, f"{{{_C}}}autoUpdate", val="0")
    return serialise(root)


def _relation_to(target: str) -> bytes:
    root = parse(_NONE)
    link = {"Id": "rId1", "Type": f"{_OFFICE}/package", "Target": target}
    etree.SubElement(root, f"{RELATIONS}Relationship", link)
    return serialise(root)
