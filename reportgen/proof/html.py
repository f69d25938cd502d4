"""An HTML page read as a browser reads it."""

from __future__ import annotations

from collections.abc import Iterator

import bs4
from bs4.element import NavigableString

from reportgen.proof.grid import Spot
from reportgen.proof.zipped import UnreadableError

_WIDEST = 1_000  # what browsers cut a span of columns to
_TALLEST = 65_534
_MOST_PLACES = 500_000  # of a table, empty ones too: a report of 700 rows takes 20,000


def read_page(data: bytes) -> bs4.BeautifulSoup:
    """Return the page's tree, built by the rules of HTML 5."""
    return bs4.BeautifulSoup(data, "html5lib")


def tables_of(page: bs4.BeautifulSoup) -> list[list[Spot]]:
    """Return the cells of every table of the page."""
    return [_cells(table) for table in page.select("table")]


def texts_of(page: bs4.BeautifulSoup) -> list[str]:
    """Return what stands outside the tables, paragraph by paragraph."""
    texts = page.select("main :is(h1, h2, h3, p, li)")
    return [_marked(one) for one in texts if not one.find_parent("table") and not _is_picture(one)]


def read_tables(data: bytes) -> list[list[Spot]]:
    """Return the cells of every table of a page's bytes."""
    return tables_of(read_page(data))


def read_texts(data: bytes) -> list[str]:
    """Return what stands outside the tables in a page's bytes."""
    return texts_of(read_page(data))


def titles_of(page: bs4.BeautifulSoup) -> list[tuple[str, str]]:
    """Return the titles that a reader of the page is shown, each with the text that has it."""
    return [(_text(one).strip(), str(one["title"])) for one in page.select("body [title]")]


def _is_picture(element: bs4.Tag) -> bool:
    """Tell whether there is nothing in an element but a picture."""
    return bool(element.select("img")) and not "".join(_pieces(element)).strip()


def _marked(element: bs4.Tag) -> str:
    """Return an element's text; an item of a list begins with its mark."""
    text = "".join(_pieces(element))
    above = element.parent
    if element.name != "li" or above is None:
        return text
    first = int(str(above.get("start", "1")))
    items = above.find_all("li", recursive=False)
    mark = "•" if above.name == "ul" else f"{first + items.index(element)}."
    return f"{mark} {text}"


def _pieces(element: bs4.Tag) -> Iterator[str]:
    """Yield the text as it stands in the page, with a line break at ``<br>``."""
    for one in element.descendants:
        if isinstance(one, bs4.Tag):
            if one.name == "br":
                yield "\n"
        elif type(one) is NavigableString:  # no comment, no style sheet
            yield one


def _cells(table: bs4.Tag) -> list[Spot]:
    found: list[Spot] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.select("tr")):
        column = 0
        for cell in line.find_all(["th", "td"], recursive=False):
            while (row, column) in taken:
                column += 1
            rows = _span(cell, "rowspan", _TALLEST)
            columns = _span(cell, "colspan", _WIDEST)
            if len(taken) + rows * columns > _MOST_PLACES:
                raise UnreadableError(f"таблиця займає понад {_MOST_PLACES} місць: це не звіт")
            area = {(row + y, column + x) for y in range(rows) for x in range(columns)}
            if area & taken:
                raise UnreadableError("клітинки таблиці заходять одна на одну: сторінку пошкоджено")
            taken |= area
            found.append(Spot(row, column, rows, columns, _text(cell)))
    return found


def _span(cell: bs4.Tag, name: str, most: int) -> int:
    given = str(cell.get(name, "1"))
    if not (given.isascii() and given.isdecimal() and 0 < int(given[:9]) <= most):
        raise UnreadableError(f"{name}={given[:20]}: сторінку пошкоджено")
    return int(given)


def _text(cell: bs4.Tag) -> str:
    parts = cell.find_all(["p", "li"])
    return "\n".join(map(_marked, parts)) if parts else "".join(_pieces(cell))
