"""An HTML page read as a browser reads it."""

from __future__ import annotations

import bs4
from reading.grid import Spot


def read_page(data: bytes) -> bs4.BeautifulSoup:
    """Return the page's tree, built by the rules of HTML 5."""
    return bs4.BeautifulSoup(data, "html5lib")


def read_tables(data: bytes) -> list[list[Spot]]:
    """Return the cells of every table of the page."""
    return [_cells(table) for table in read_page(data).select("table")]


def read_texts(data: bytes) -> list[str]:
    """Return what stands outside the tables, paragraph by paragraph."""
    texts = read_page(data).select("main :is(h1, h2, p, li)")
    return [_marked(one) for one in texts if not one.find_parent("table")]


def _marked(element: bs4.Tag) -> str:
    """Return an element's text; an item of a list begins with its mark."""
    above = element.parent
    if element.name != "li" or above is None:
        return element.text
    first = int(str(above.get("start", 1)))
    items = above.find_all("li", recursive=False)
    mark = "•" if above.name == "ul" else f"{first + items.index(element)}."
    return f"{mark} {element.text}"


def _cells(table: bs4.Tag) -> list[Spot]:
    found: list[Spot] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.select("tr")):
        column = 0
        for cell in line.find_all(["th", "td"], recursive=False):
            while (row, column) in taken:
                column += 1
            rows, columns = (int(str(cell.get(name, 1))) for name in ("rowspan", "colspan"))
            area = {(row + y, column + x) for y in range(rows) for x in range(columns)}
            assert not area & taken
            taken |= area
            found.append(Spot(row, column, rows, columns, _text(cell)))
    return found


def _text(cell: bs4.Tag) -> str:
    return "\n".join(_marked(part) for part in cell.find_all(["p", "li"])) or cell.text
