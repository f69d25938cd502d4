"""The parts of a workbook's file: inflated within limits, parsed without entities.

A form is small and a file from outside may be anything, so a part is taken only when it is needed.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

from reportgen.read.limits import Limits, check_archive, check_size
from reportgen.read.package import elements
from reportgen.read.source import UnreadableFileError

_MB: Final = 1_000_000
#: A form of a thousand rows has about two megabytes of XML.
LARGEST_FILE: Final = 16 * _MB
_LIMITS: Final = Limits(size=LARGEST_FILE, members=2_000, inflated=48 * _MB)
_LARGEST_PART: Final = 12 * _MB
_MOST_ELEMENTS: Final = 400_000  # of a part, looked at one by one

_OLE = b"\xd0\xcf\x11\xe0"
SAVE_AS = "відкрийте його в Excel чи LibreOffice і збережіть як «Книга Excel (.xlsx)»"


class Parts:
    """The parts of an open package, by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def elements(self, name: str, *wanted: str) -> Iterator[etree._Element]:
        """Yield the elements with these local names, each forgotten once it was looked at."""
        with self._archive.open(name) as stream:
            data = stream.read(_LARGEST_PART + 1)
        if len(data) > _LARGEST_PART:
            raise UnreadableFileError(
                "аркуш завеликий для форми: приберіть з книги все, крім її аркушів"
            )
        if b"<!DOCTYPE" in data.replace(b"\0", b""):  # in UTF-16 every other byte is a nought
            raise UnreadableFileError(f"у книзі недозволений запис XML (DOCTYPE): {SAVE_AS}")
        for number, element in enumerate(elements(data, *wanted)):
            if number == _MOST_ELEMENTS:
                raise UnreadableFileError(
                    "аркуш завеликий для форми: приберіть з книги все, крім її аркушів"
                )
            yield element

    def relations(self, name: str) -> dict[str, str]:
        """Return the parts that a part is related to, by the relation's id."""
        folder, file = posixpath.split(name)
        rels = f"{folder}/_rels/{file}.rels"
        if rels not in self.names:
            return {}
        return {
            one.get("Id", ""): _inside(folder, one.get("Target", ""))
            for one in self.elements(rels, "Relationship")
            if one.get("TargetMode") != "External"
        }

    def main(self) -> str:
        """Return the name of the workbook's own part.

        Raises:
            UnreadableFileError: when the package is something else.
        """
        for one in self.elements("_rels/.rels", "Relationship"):
            name = _inside("", one.get("Target", ""))
            if one.get("Type", "").endswith("/officeDocument") and name.startswith("xl/"):
                return name
        raise UnreadableFileError(f"це не книга Excel, а інший документ: {SAVE_AS}")


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Parts]:
    """Open a workbook's bytes.

    Raises:
        UnreadableFileError: for anything that is no sound workbook, whatever goes wrong with it
            while it is open; the text says what to do.
    """
    check_size(len(data), _LIMITS)
    if data.startswith(_OLE):
        raise UnreadableFileError(
            f"файл захищено паролем або збережено у форматі .xls: зніміть пароль, {SAVE_AS}"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive, _LIMITS)
            yield Parts(archive)
    except zipfile.BadZipFile:
        message = f"це не книга Excel або файл пошкоджено: {SAVE_AS}"
        raise UnreadableFileError(message) from None
    except (etree.XMLSyntaxError, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise UnreadableFileError(f"книга пошкоджена або зашифрована: {SAVE_AS}") from error
    except (KeyError, ValueError, IndexError, RuntimeError) as error:
        raise UnreadableFileError(f"у книзі бракує частин: {SAVE_AS}") from error


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace: there are two of them for workbooks."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target))[1:]
