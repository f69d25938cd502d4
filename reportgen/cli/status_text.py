"""The board printed: as a table to read, as CSV for a spreadsheet, as JSON for programs."""

from __future__ import annotations

import json

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.cli.spreadsheet import as_csv, harmless
from reportgen.document.board import (
    STATES,
    board_data,
    called,
    dated,
    heading,
    one_line,
    remark,
    steps,
    summary,
    until,
)
from reportgen.model.board import Board, Standing

_HEAD = (
    *("Позначка", "Програма", "Відповідальний виконавець", "Період", "Станом на", "Стан"),
    *("Зауваження", "Прострочено, днів", "Ще не зроблено", "Дані", "Файли"),
)


def status_text(board: Board) -> str:
    """Return a table as wide as the terminal, 80 characters where there is none."""
    console = Console(highlight=False)
    table = Table(box=box.ASCII2, expand=True, padding=(0, 1, 0, 0))
    table.add_column("Програма, виконавець", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("Стан", overflow="fold", width=18)
    table.add_column("Строк", width=11)
    table.add_column("Спізнення, днів", justify="right", width=10)
    for one in board.standings:
        table.add_row(*map(Text, _cells(one)), end_section=True)
    with console.capture() as captured:
        console.print(f"{heading(board)}. {dated(board)}.", markup=False)
        console.print(table)
        for number, step in enumerate(steps(board), start=1):
            console.print(f"Крок {number}: {step}", markup=False)
        console.print(f"{summary(board)}.", markup=False)
    return captured.get().rstrip("\n")


def _cells(one: Standing) -> tuple[str, ...]:
    """Return the cells of a programme; its day is that of the first step that is not done."""
    undone = [each for each in one.deadlines if not each.met]
    return (
        "\n".join(filter(None, map(one_line, (one.id, one.name, one.executor)))),
        "\n".join(filter(None, (STATES[one.state], remark(one)))),
        f"{undone[0].day:%d.%m.%Y}" if undone else "–",
        str(one.late or ""),
    )


def status_csv(board: Board) -> str:
    """Return a line for each programme."""
    lines = [_HEAD, *(_line(one, board) for one in board.standings)]
    return as_csv([[harmless(cell) for cell in line] for line in lines])


def _line(one: Standing, board: Board) -> tuple[str, ...]:
    return (
        one.id,
        one_line(one.name),
        one_line(one.executor),
        board.period.id,
        f"{board.today:%d.%m.%Y}",
        STATES[one.state],
        remark(one),
        str(one.late or ""),
        "; ".join(f"{until(each)} — {called(each)}" for each in one.deadlines if not each.met),
        one.source,
        ", ".join(one.files),
    )


def status_json(board: Board) -> str:
    """Return all that the board holds."""
    return json.dumps(board_data(board), ensure_ascii=False, indent=2)
