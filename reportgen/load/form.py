"""``templates/<form>/form.yaml`` to a :class:`Form`."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath

from reportgen.diagnostics import Diagnostic
from reportgen.load.fields import Fields, Found
from reportgen.load.form_faults import not_following
from reportgen.load.form_rules import check_form
from reportgen.load.form_sections import Money, load_sections
from reportgen.load.form_tables import load_lines
from reportgen.load.scalars import boolean, choice, date, slug, text, whole
from reportgen.load.yaml_file import parsed
from reportgen.model.form import Adoption, Form
from reportgen.source import read_source

_PAGES = {"portrait": False, "landscape": True}


def load_form(path: Path, found: Found) -> Form | None:
    """Load one edition of a form.

    Findings name its file ``templates/<form>/…`` wherever it lies.
    """
    root = path.parent.parent.parent
    source, problems = read_source(path, root)
    found += problems
    if source is None:
        return None
    form, faults = _form(source, path.relative_to(root).as_posix())
    found += faults
    return form


@lru_cache(maxsize=16)  # many reports have the same form
def _form(source: str, file: str) -> tuple[Form | None, tuple[Diagnostic, ...]]:
    node, problems = parsed(source, file)
    if node is None:
        return None, problems
    found: Found = []
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
            landscape=fields.optional("page", choice(_PAGES), None),
            span=node.span,
        )
    rules = check_form(form, PurePosixPath(file).parent.name)
    told = not_following(rules, found, form) if found else rules
    return form, (*problems, *found, *told)


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
