"""Every code that a finding can have. Codes are stable: tests and users rely on them.

``docs/errors.md`` explains each and ``tests/errors/<code>/`` shows it; a test keeps the
three equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its severity (a value of ``Severity``) and what it is about, in a few words."""

    severity: str
    title: str


def _errors(**titles: str) -> dict[str, Entry]:
    return {code.replace("_", "-"): Entry("error", title) for code, title in titles.items()}


CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    _errors(
        # From the stage «source», files and YAML.
        file_missing="потрібного файлу немає",
        file_unreadable="файл не читається",
        file_outside="посилання веде за межі теки проєкту",
        file_too_large="файл завеликий",
        file_encoding="файл не в кодуванні UTF-8",
        text_too_long="текст завеликий",
        text_control_character="недозволений знак у тексті",
        yaml_syntax="помилка запису YAML",
        yaml_empty="файл порожній",
        yaml_duplicate_key="ключ записано двічі",
        yaml_too_deep="завелика вкладеність",
        yaml_aliases="посилання YAML розгортаються в завеликий обсяг",
        # From «load», shapes and references.
        key_unknown="невідомий ключ",
        key_missing="бракує ключа",
        value_type="значення не того виду",
        value_empty="порожнє значення",
        value_choice="значення не з переліку",
        amount_invalid="неправильно записана сума",
        number_invalid="неправильно записане число",
        date_invalid="неправильно записана дата",
        period_invalid="неправильно записаний період",
        period_mismatch="період у файлі й у назві файлу різні",
        name_invalid="недозволена назва теки, файлу чи позначки",
        reference_unknown="посилання на те, чого немає в довіднику",
        # From «load», forms.
        form_unknown="такої форми немає",
        form_edition="редакція форми не чинна або зветься не за днем чинності",
        form_mismatch="форма не для цієї програми",
        form_structure="рівні, колонки й підсумки форми не узгоджені",
        formula_invalid="неправильна формула",
        template_invalid="шаблон не складається",
        table_too_wide="таблиця ширша за сторінку",
        # From «check», a period against its programme and form
        measure_unknown="заходу немає в програмі",
        measure_missing="заходу немає у звіті",
        number_duplicate="номер у програмі повторюється",
        field_missing="немає значення для колонки форми",
        fund_missing="не вказано джерела фінансування",
        fund_uncovered="джерело фінансування не потрапляє до підсумків",
        amount_negative="від'ємна сума",
        # From drawing.
        glyph_missing="у шрифті немає знака",
        figure_too_wide="число не вміщується в колонку",
        font_missing="немає потрібного шрифту",
    )
    | {
        "text-cut": Entry("warning", "текст обривається на решітці"),
        "amount-rounded": Entry("warning", "суму надруковано округленою"),
        "font-fallback": Entry("warning", "PDF складено запасним шрифтом"),
        "content-empty": Entry("warning", "немає жодного звіту"),
        "percent-declared": Entry("note", "надруковано заявлений відсоток"),
    }
)
