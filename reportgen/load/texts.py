"""Facts and narratives that a file gives beside its tables."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.load.fields import Fields
from reportgen.load.scalars import narrative
from reportgen.model.form import Fact, FactsSection, Form, GivenBy, NarrativeSection
from reportgen.model.programme import Text


def load_texts(fields: Fields, form: Form, given: GivenBy) -> dict[str, Text]:
    """Take what one file gives for the form's facts and narratives, by id."""
    texts: dict[str, Text] = {}
    for one in _asked(form, given):
        take = fields.required if one.required else fields.optional
        text = take(one.id, narrative, None)
        if text is not None:
            texts[one.id] = text
    return texts


def _asked(form: Form, given: GivenBy) -> Iterator[Fact | NarrativeSection]:
    for section in form.sections:
        if isinstance(section, NarrativeSection):
            asked: tuple[Fact | NarrativeSection, ...] = (section,)
        else:
            asked = section.facts if isinstance(section, FactsSection) else ()
        yield from (one for one in asked if one.given is given)
