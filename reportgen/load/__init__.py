"""Nodes to the frozen model, with every mistake of shape, type and reference reported at once."""

from __future__ import annotations

from reportgen.load.content import Content, ReportSource, load_content
from reportgen.load.form import form_path, load_form
from reportgen.load.report import form_ids, load_report

__all__ = [
    "Content",
    "ReportSource",
    "form_ids",
    "form_path",
    "load_content",
    "load_form",
    "load_report",
]
