"""Links of the report: relations of the main part that lead to the web."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from itertools import count
from typing import Final

from lxml import etree

from reportgen.write.addresses import written
from reportgen.write.docx.opc import RELATIONS
from reportgen.write.docx.xml import parse, serialise

_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_NONE: Final = f'<Relationships xmlns="{RELATIONS[1:-1]}"/>'.encode()


class Links:
    """The relations of the frame's main part, with those of the report's links."""

    def __init__(self, parts: Mapping[str, bytes], main: str) -> None:
        folder, name = posixpath.split(main)
        self._part = posixpath.join(folder, "_rels", f"{name}.rels")
        self._root = parse(parts.get(self._part, _NONE))
        taken = {one.get("Id") for one in self._root}  # the frame may be a report of ours
        self._free = (key for key in map("reportLink{}".format, count(1)) if key not in taken)
        self._ids: dict[str, str] = {}

    def id_of(self, address: str) -> str:
        """Return the id of the relation that leads to an address."""
        if address not in self._ids:
            key = self._ids[address] = next(self._free)
            link = etree.SubElement(self._root, f"{RELATIONS}Relationship", Id=key, Type=_KIND)
            link.set("Target", written(address))
            link.set("TargetMode", "External")
        return self._ids[address]

    def write(self, parts: dict[str, bytes]) -> None:
        """Put what was added into the parts."""
        if self._ids:
            parts[self._part] = serialise(self._root)
