"""One file compared with its document, whatever its format."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from reportgen.document.blocks import Document
from reportgen.proof.difference import Compared, Counts, whole
from reportgen.proof.zipped import UnreadableError

#: The libraries that read each format; none of them writes it.
READERS: Mapping[str, tuple[str, ...]] = {
    "docx": (),  # read by Python itself
    "html": ("html5lib", "beautifulsoup4"),
    "pdf": ("pypdfium2", "pdfminer.six"),
    "xlsx": ("python-calamine", "openpyxl"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be compared, and what dresses it.

    ``frame`` is the Word frame that a DOCX stands in, empty for a form's own Word page; ``own``
    tells that the council has drawn the page itself, so that it may print more than the report.
    """

    file: str
    format: str
    data: bytes
    document: Document
    frame: bytes
    own: bool


def compare(job: Job) -> Compared:
    """Compare one file; whatever a reader raises over it is a difference."""
    try:
        return _compare(job)
    except UnreadableError as error:
        message = str(error)
    except MemoryError:
        message = "файл не читається: на нього бракує пам'яті"
    except Exception as error:  # noqa: BLE001 - of readers over a file that may hold anything
        message = f"файл не читається: його пошкоджено або підмінено ({type(error).__name__})"
    return Compared(Counts(), (whole(job.file, message),))


def _compare(job: Job) -> Compared:
    # Imports stand here so that no file pays for the readers of another format.
    match job.format:
        case "docx" if job.own:
            from reportgen.proof.texts import compare_own_docx  # noqa: PLC0415

            return compare_own_docx(job.file, job.data, job.document)
        case "docx":
            from reportgen.proof.texts import compare_docx  # noqa: PLC0415

            return compare_docx(job.file, job.data, job.document, job.frame)
        case "html":
            from reportgen.proof.texts import compare_html  # noqa: PLC0415

            return compare_html(job.file, job.data, job.document, own=job.own)
        case "xlsx":
            from reportgen.proof.sheets import compare_xlsx  # noqa: PLC0415

            return compare_xlsx(job.file, job.data, job.document)
        case "pdf":
            from reportgen.proof.pages import compare_pdf  # noqa: PLC0415

            return compare_pdf(job.file, job.data, job.document, own=job.own)
    raise UnreadableError(f"формату «{job.format}» ніхто не читає")


def reader(form: str) -> str:
    """Return what reads a format, with versions."""
    libraries = (f"{name} {_version(name)}" for name in READERS.get(form, ()))
    return ", ".join(libraries) or f"Python {platform.python_version()}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
