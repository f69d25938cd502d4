"""The first sheet of an entry form: how to fill it in, for who has never seen one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportgen.entry.cells import Cell, LaidSheet, Style
from reportgen.entry.heights import row_heights
from reportgen.entry.questions import Asked
from reportgen.entry.words import STATES
from reportgen.model.report import Report
from reportgen.write.fonts import Typeface

_LEFT, _RIGHT = 1, 2
_WIDTHS = {0: 2.0, _LEFT: 26.0, _RIGHT: 84.0}


def cover(
    name: str,
    report: Report,
    earlier: Report | None,
    sheets: Sequence[LaidSheet],
    typeface: Typeface | None,
) -> LaidSheet:
    """Return the sheet of instructions; ``sheets`` are those that follow."""
    cells = [*_cells(report, earlier, sheets)]
    return LaidSheet(
        key="",
        name=name,
        cells=tuple(cells),
        widths=_WIDTHS,
        heights=row_heights(cells, _WIDTHS, typeface),
    )


def _cells(report: Report, earlier: Report | None, sheets: Sequence[LaidSheet]) -> Iterator[Cell]:
    row = 0
    for text, style in (
        ("Форма для заповнення", Style.TITLE),
        (report.programme.name, Style.ABOUT),
        (f"Звіт за {report.period.period}", Style.ABOUT),
        ("", Style.PLAIN),
    ):
        yield Cell(row, _LEFT, " ".join(text.split()), style, bottom=row, right=_RIGHT)
        row += 1
    kinds = {cell.question.asked for sheet in sheets for cell in sheet.cells if cell.question}
    for number, text in enumerate(_steps(report, earlier, kinds), 1):
        yield Cell(row, _LEFT, f"{number}. {text}", Style.PLAIN, bottom=row, right=_RIGHT)
        row += 1
    row += 1
    for style, sample, meaning in _legend(earlier):
        yield Cell(row, _LEFT, sample, style)
        yield Cell(row, _RIGHT, meaning, Style.PLAIN)
        row += 1
    row += 1
    yield Cell(row, _LEFT, "Аркуші цієї книги", Style.ABOUT, bottom=row, right=_RIGHT)
    for sheet in sheets:
        row += 1
        asked = sum(cell.question is not None for cell in sheet.cells)
        yield Cell(row, _LEFT, sheet.name, Style.PLAIN)
        yield Cell(row, _RIGHT, f"клітинок для заповнення: {asked}", Style.PLAIN)


def _steps(report: Report, earlier: Report | None, kinds: Collection[Asked]) -> Iterator[str]:
    """Yield what to do; ``kinds`` are those of the answers that are asked for."""
    yield (
        "Заповніть кольорові клітинки на наступних аркушах; решту захищено. Між ними зручно "
        "переходити клавішею Tab."
    )
    since = ""
    if earlier and earlier.period.period.year == report.period.period.year:
        since = f", тобто й ті, що вже були за {earlier.period.period}"
    unknown = "Якщо чогось ще не знаєте, лишіть клітинку порожньою: її дозаповнять пізніше."
    if Asked.MONEY in kinds:
        yield f"Суми пишіть у {report.form.unit}, наростаючим підсумком від 1 січня{since}."
        yield (f"Коштів не було – впишіть 0. {unknown} Відсотки й підсумки обчислюються самі.")
    else:
        yield unknown
    if Asked.STATUS in kinds:
        yield f"Стан виконання оберіть із переліку: {', '.join(STATES.values())}."
    yield (
        "Текст пишіть суцільно; новий абзац – Alt+Enter. Рядок, що починається з «- » або «1. », "
        "стане пунктом списку."
    )
    yield (
        "Рядків, стовпців і аркушів не додавайте й не видаляйте: про новий захід повідомте того, "
        "хто надіслав форму."
    )
    yield (
        "Якщо довгий текст видно не весь, двічі клацніть межу між номерами рядків: рядок "
        "розтягнеться."
    )
    yield (
        "Унизу аркуша напишіть, хто його заповнив і коли: це лишається у формі й до звіту не йде."
    )
    yield "Збережіть файл у форматі .xlsx і надішліть його назад."


def _legend(earlier: Report | None) -> Iterator[tuple[Style, str, str]]:
    yield Style.REQUIRED, "заповнити", "без цього звіт не складеться"
    yield Style.OPTIONAL, "за потреби", "можна лишити порожнім"
    yield Style.KNOWN, "відоме", "дані програми; помилку в них виправляє той, хто надіслав форму"
    if earlier:
        yield Style.EARLIER, "було", f"сума з попереднього звіту, за {earlier.period.period}"
    yield Style.COMPUTED, "обчислене", "відсотки, суми й те, що заповнюють на іншому аркуші"
