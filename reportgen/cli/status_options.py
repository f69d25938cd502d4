"""Options of ``reportgen status``."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from pathlib import Path

from reportgen.model.period import Period


def add_status_options(status: argparse.ArgumentParser, period: Callable[[str], Period]) -> None:
    """Add what the board is asked for; ``period`` reads a period."""
    status.add_argument(
        "--period", required=True, type=period, metavar="ПЕРІОД", help="за який період: 2023-h1"
    )
    status.add_argument(
        "--on", type=_day, metavar="ДАТА", help="на який день: 2023-07-20; типово сьогодні"
    )
    status.add_argument(
        "--format",
        choices=("text", "csv", "json", "html"),
        default="text",
        help="вигляд; типово text",
    )
    status.add_argument(
        "--output", type=Path, metavar="ФАЙЛ", help="куди записати; типово на екран"
    )
    status.add_argument(
        "--built", type=Path, metavar="ТЕКА", help="де лежать складені звіти; типово output"
    )
    status.add_argument(
        "--late", action="store_true", help="код завершення 1, якщо щось прострочено"
    )


def _day(text: str) -> datetime.date:
    try:
        if len(text) == len("2023-07-20"):  # of all that ISO 8601 allows, this alone
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    message = f"«{text}»: пишіть день як рік-місяць-день: 2023-07-20"
    raise argparse.ArgumentTypeError(message)
