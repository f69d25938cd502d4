"""``templates/<form>/form.yaml`` to a :class:`Form`."""

from __future__ import annotations

import datetime
from pathlib import Path

from reportgen.load.fields import Fields, Found
from reportgen.load.form_faults import not_following
from reportgen.load.form_rules import check_form
from reportgen.load.form_sections import Money, load_sections
from reportgen.load.form_tables import load_lines
from reportgen.load.scalars import boolean, date, slug, text, whole
from reportgen.load.yaml_file import load_yaml
from reportgen.model.form import Adoption, Form


def load_form(path: Path, found: Found) -> Form | None:
    """Load one edition of a form.

    Findings name its file ``templates/<form>/…`` wherever it lies.
    """
    node = load_yaml(path, path.parent.parent.parent, found)
    if node is None:
        return None
    before = len(found)
    with Fields(node, found) as fields:
        adopted = _adoption(fields)
        with fields.inner("money") as given:
            money = Money(
                unit=given.required("unit", text, ""),
                decimals=given.required("decimals", whole(0, 6), 1),
            )
        form = Form(
            id=fields.required("form", slug, ""),
            title=fields.required("title", text, ""),
            draft=fields.optional("draft", boolean, False),  # noqa: FBT003
            adopted=adopted,
            unit=money.unit,
            sections=load_sections(fields, money, found),
            heading=load_lines(fields, "heading", found),
            notes=load_lines(fields, "notes", found),
            signature=fields.optional("signature", boolean, True),  # noqa: FBT003
            span=node.span,
        )
    faults, rules = found[before:], check_form(form, path.parent.name)
    found += not_following(rules, faults, form) if faults else rules
    return form


def _adoption(form: Fields) -> Adoption:
    with form.inner("adopted") as fields:
        council = fields.required("council", slug, "")
        valid_from = fields.required("valid_from", date, datetime.date.min)
        decision = fields.node("decision")
        if decision is None:
            return Adoption(council, valid_from, None, "")
        with fields.inner("decision") as given:
            return Adoption(
                council,
                valid_from,
                given.required("date", date, datetime.date.min),
                given.required("number", text, ""),
            )
