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
        decision_early="рішення раніше за сесію",
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
        allow_invalid="дозвіл записано неправильно",
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
        # From the rules of «check»: figures,
        "percent-base-zero": Entry("warning", "сплачено, а плану немає"),
        "actual-above-plan": Entry("warning", "сплачено більше, ніж заплановано"),
        "plan-above-programme": Entry("warning", "річний обсяг більший за обсяг за програмою"),
        "plan-equals-actual": Entry("warning", "план дорівнює сплаченому до кінця року"),
        "parts-above": Entry("warning", "складові більші за весь рядок"),
        "parts-differ": Entry("note", "складові не дають у сумі всього рядка"),
        "parts-missing": Entry("warning", "після «в т.ч.» немає складових"),
        "percent-needless": Entry("note", "заявлений відсоток дорівнює обчисленому"),
        "amounts-repeated": Entry("note", "у різних рядках однакові суми"),
        # periods,
        "actual-fell": Entry("warning", "сплачене менше, ніж у попередньому звіті"),
        "plan-changed": Entry("warning", "план змінився без рішення"),
        "plan-raised": Entry("warning", "план зі змінами більший за план без рішення"),
        "measure-appeared": Entry("warning", "захід з'явився без рішення"),
        "measure-vanished": Entry("warning", "захід зник без рішення"),
        "term-outside": Entry("warning", "термін заходу не має року звіту"),
        "programme-outside": Entry("warning", "програма цього року не діє"),
        # the passport,
        "decision-date": Entry("warning", "дати рішень не узгоджені"),
        "changes-unnamed": Entry("note", "рішень про зміни не названо"),
        "changes-unprinted": Entry("warning", "програму змінено, а у звіті цього не буде"),
        "form-draft": Entry("note", "форма звіту — чернетка"),
        # the outline,
        "number-slip": Entry("warning", "номер записано з описками"),
        "number-gap": Entry("note", "у нумерації пропуск"),
        "number-order": Entry("warning", "номери не за порядком"),
        "number-foreign": Entry("warning", "номер не належить до завдання, де стоїть"),
        "genitive-case": Entry("warning", "назва програми не в родовому відмінку"),
        # narratives.
        "plan-not-financed": Entry("warning", "план є, а в тексті сказано, що коштів немає"),
        "reason-missing": Entry("warning", "не сказано, чому не профінансовано"),
        "status-missing": Entry("warning", "зроблене без коштів і без стану виконання"),
        "narrative-repeated": Entry("note", "той самий текст у різних рядках"),
        "narrative-figures": Entry("note", "текст суперечить сумам рядка"),
        # Texts, one by one and all of a document,
        "text-letters": Entry("warning", "літери іншої абетки чи інший знак у слові"),
        "text-quotes": Entry("warning", "лапки без пари"),
        "text-blanks": Entry("warning", "зайвий пробіл чи знак або бракує пробілу"),
        "text-date": Entry("warning", "такої дати немає або її записано з опискою"),
        "text-unit": Entry("note", "одиницю записано не за правилом"),
        "text-dash": Entry("note", "дефіс на місці тире чи мінуса"),
        "text-quotes-mixed": Entry("note", "в одному документі різні лапки"),
        "text-apostrophes-mixed": Entry("note", "в одному документі різні апострофи"),
        "text-dates-mixed": Entry("note", "в одному документі дати записано по-різному"),
        "text-spelling-mixed": Entry("note", "те саме слово записано по-різному"),
        # registers,
        "name-similar": Entry("warning", "майже однакові назви в довіднику"),
        "alias-taken": Entry("warning", "інша назва належить і комусь іншому"),
        "official-positions": Entry("warning", "в однієї особи різні посади"),
        # several documents,
        "programme-differs": Entry("warning", "програму названо не так, як у її паспорті"),
        "programme-unlinked": Entry("note", "програма довідника має свій звіт"),
        "passport-repeated": Entry("warning", "дві програми з одним паспортом"),
        "measure-differs": Entry("warning", "один захід у двох звітах має різні суми"),
        "programme-exceeded": Entry("warning", "інший звіт дає програмі більше, ніж її власний"),
        # and what is allowed in remarks.
        "allow-unused": Entry("warning", "дозвіл нічого не дозволяє"),
        # From «import», files of others.
        "import-no-table": Entry("error", "у файлі немає таблиці звіту"),
        "import-reader": Entry("note", "застереження того, хто читав файл"),
        "import-form": Entry("warning", "форму розпізнано непевно"),
        "import-column": Entry("warning", "колонки таблиці не такі, як у формі"),
        "import-row-repaired": Entry("warning", "рядок складено наново"),
        "import-row-joined": Entry("note", "рядок з'єднано з двох"),
        "import-row-unclear": Entry("warning", "незрозуміло, що це за рядок"),
        "import-left-out": Entry("warning", "текст не перенесено"),
        "import-value": Entry("warning", "значення не прочитано або прочитано непевно"),
        "import-unit": Entry("warning", "одиниця виміру не така, як у формі"),
        "import-figure": Entry("warning", "надруковане число не таке, як обчислене"),
        "import-figure-none": Entry("note", "надруковано число, якого не існує"),
        "import-fund": Entry("warning", "джерело коштів невідоме"),
        "import-name-near": Entry("warning", "назву впізнано за схожою"),
        "import-name-new": Entry("note", "до довідника додано новий запис"),
        "import-passport": Entry("warning", "паспорт програми неповний або непевний"),
        "import-period": Entry("warning", "період у заголовку інший"),
        "import-programme": Entry("error", "звіт іншої програми"),
        "import-differs": Entry("warning", "у програмі записано інакше"),
        # From «entry», forms that have come back.
        "entry-unreadable": Entry("error", "файл не є формою для заповнення"),
        "entry-foreign": Entry("error", "форма не від цього звіту або застаріла"),
        "entry-structure": Entry(
            "error", "у формі бракує аркуша, рядка чи стовпця або є зайвий рядок"
        ),
        "entry-value": Entry("error", "клітинку форми не можна прочитати"),
        "entry-conflict": Entry("error", "клітинка форми суперечить іншій формі чи файлу"),
        "entry-outside": Entry("warning", "вписане поза кольоровими клітинками не перенесено"),
        "entry-read": Entry("note", "клітинку прочитано не так, як вона виглядає"),
        "entry-newer": Entry("note", "файл періоду новіший за форму"),
    }
)
