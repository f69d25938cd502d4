"""What PDF/A-1 wants beyond what WeasyPrint sees to: it stands on PDF 1.4."""

from __future__ import annotations

from typing import Any, TypeAlias

import pydyf

from reportgen.write.frame import FrameError
from reportgen.write.html.faults import TEMPLATE

#: A pydyf dictionary or stream; the package has no types.
Object: TypeAlias = Any

#: Tags of PDF 1.5; one who does not know them finds the rows of a table in them all the same.
_LATER = ("/THead", "/TBody", "/TFoot")


def explain_tags(pdf: Object) -> None:
    """Say what tags are that PDF 1.4 has not: to it, groups without a meaning of their own."""
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    root["RoleMap"] = pydyf.Dictionary({one[1:]: "/NonStruct" for one in _LATER})


def refuse_transparency(pdf: Object) -> None:
    """Refuse a page with anything transparent: WeasyPrint would write it all the same.

    It groups opaque things too, for which there is no need, and no room in PDF/A-1.

    Raises:
        FrameError: saying what to do.
    """
    for one in pdf.objects:
        fields = one.extra if isinstance(one, pydyf.Stream) else one
        if not isinstance(fields, dict):
            continue
        if any(map(_is_transparent, (fields, *(fields.get("ExtGState") or {}).values()))):
            message = (
                "PDF/A-1 не знає прозорості: кольори, opacity й зображення (PNG, SVG) мають бути "
                "суцільні; або складайте за профілем a-2a"
            )
            raise FrameError(TEMPLATE, 1, message)
        fields.pop("Group", None)


def _is_transparent(state: Object) -> bool:
    """Tell whether what is drawn in a state of graphics, or an image, is less than opaque."""
    return "SMask" in state or state.get("ca", 1) != 1 or state.get("CA", 1) != 1 or "BM" in state
