"""Which reports a command is about."""

from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Sequence

from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import Content, ReportSource


def select(content: Content, options: argparse.Namespace) -> Sequence[ReportSource]:
    """Return the reports that the options name, all without any.

    Raises:
        BrokenEnvironment: for a programme or period that no report has.
    """
    slugs = sorted({source.slug for source in content.sources})
    for name in options.programmes:
        if name not in slugs:
            raise BrokenEnvironment(f"немає програми «{name}»; є: {', '.join(slugs) or 'жодної'}")
    chosen = [
        source
        for source in content.sources
        if not options.programmes or source.slug in options.programmes
    ]
    if options.period is None:
        return chosen
    periods = sorted({source.period.id for source in chosen})
    if options.period not in periods:
        known = ", ".join(periods) or "жодного"
        raise BrokenEnvironment(f"немає звіту за період «{options.period}»; є: {known}")
    return [source for source in chosen if source.period.id == options.period]


def document_date() -> datetime.date | None:
    """Return the date that ``SOURCE_DATE_EPOCH`` asks documents to carry, if it is set.

    Raises:
        BrokenEnvironment: when it is not a number of seconds.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(text), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise BrokenEnvironment(f"SOURCE_DATE_EPOCH={text}: це не число секунд") from None
