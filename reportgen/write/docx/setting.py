"""What every block of a report is drawn with."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.council import PageProfile
from reportgen.write.docx.charts import Charts
from reportgen.write.docx.links import Links
from reportgen.write.docx.lists import Lists
from reportgen.write.docx.styles import Styles
from reportgen.write.fonts import Typeface


@dataclass(frozen=True, slots=True)
class Setting:
    """The frame's styles, lists, links and charts, and the council's page."""

    styles: Styles
    lists: Lists
    links: Links
    charts: Charts
    page: PageProfile
    typeface: Typeface | None
