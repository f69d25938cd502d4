"""``reportgen doctor``."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import shutil
import sys

from reportgen import __version__
from reportgen.build.project import template_folders
from reportgen.load import form_ids
from reportgen.write.fonts import FAMILIES, find_typeface

_LIBRARIES = (
    "docxtpl", "fonttools", "jinja2", "lxml", "openpyxl", "python-docx", "pyyaml", "rich",
    "typst", "weasyprint", "xlsxwriter",
)  # fmt: skip
_PROGRAMS = (
    ("soffice", "LibreOffice: перевірка DOCX і XLSX у тестах"),
    ("pdftotext", "poppler: перевірка PDF у тестах"),
)


def run(options: argparse.Namespace) -> int:
    """Print what this machine has and what works; exit code 2 if reports cannot be built."""
    lines = [f"reportgen {__version__}, Python {platform.python_version()}, {sys.platform}"]
    lines += ["", "Шрифти:"]
    for family in FAMILIES:
        typeface = find_typeface(family)
        lines.append(f"  {family}: {typeface.regular.path if typeface else 'немає'}")
    if find_typeface() is None:
        lines.append("  жодного: PDF складатиметься запасним шрифтом, з іншими сторінками")
    lines += ["", "Рушії PDF:", f"  typst: {_typst()}", f"  weasyprint: {_weasyprint()}"]
    lines += ["", "Бібліотеки:"]
    lines += [f"  {name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    lines += ["", "Програми (не обов'язкові):"]
    lines += [f"  {what}: {shutil.which(name) or 'немає'}" for name, what in _PROGRAMS]
    lines += ["", f"Форми: {', '.join(form_ids(template_folders(options.root)))}"]
    print("\n".join(lines))  # noqa: T201
    return 0 if _typst() == "працює" else 2


def _typst() -> str:
    try:
        import typst  # noqa: PLC0415 - its absence is what is asked about

        typst.Compiler(b"#set document(title: [])\n.").compile(format="pdf")
    except (ImportError, RuntimeError) as error:
        return f"не працює ({error})"
    return "працює"


def _weasyprint() -> str:
    try:
        import weasyprint  # noqa: F401, PLC0415 - importing is what finds its libraries
    except (ImportError, OSError):
        return "не працює: немає бібліотеки Pango"
    return "працює"
