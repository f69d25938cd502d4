"""Model to findings: what is readable but does not fit together."""

from __future__ import annotations

from reportgen.check.report import check_report, wide_sections

__all__ = ["check_report", "wide_sections"]
