"""An HTML page read as a browser reads it."""

from __future__ import annotations

import bs4
from reading.grid import Spot


def read_page(data: bytes) -> bs4.BeautifulSoup:
    """Return the page's tree, built by the rules of HTML 5."""
    return bs4.BeautifulSoup(data, "html5lib")


def read_table(data: bytes) -> list[Spot]:
    """Return the cells of the page's only table."""
    [table] = read_page(data).select("table")
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
    return "\n".join(part.text for part in cell.find_all("p")) or cell.text
