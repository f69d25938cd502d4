"""Nodes to the frozen model, with every mistake of shape, type and reference reported at once."""

from __future__ import annotations

from reportgen.load.content import COUNCIL_FILES, Content, ReportSource, load_content
from reportgen.load.editions import edition_in_force, editions, form_ids
from reportgen.load.form import load_form
from reportgen.load.masthead import Masthead, load_masthead, programme_slugs
from reportgen.load.package import load_package, package_files
from reportgen.load.report import Loaded, Reports, load_outline, load_report

__all__ = [
    "COUNCIL_FILES",
    "Content",
    "Loaded",
    "Masthead",
    "ReportSource",
    "Reports",
    "edition_in_force",
    "editions",
    "form_ids",
    "load_content",
    "load_form",
    "load_masthead",
    "load_outline",
    "load_package",
    "load_report",
    "package_files",
    "programme_slugs",
]
