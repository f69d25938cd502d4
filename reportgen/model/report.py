"""Everything that one report is made of."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.council import Council
from reportgen.model.form import Form
from reportgen.model.programme import PeriodReport, Programme


@dataclass(frozen=True, slots=True)
class Report:
    """One programme in one period, and the form that it is drawn by."""

    council: Council
    form: Form
    programme: Programme
    period: PeriodReport
