"""Built files opened to be proven, and what is to be told of them before anyone reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.files import read_regular
from reportgen.build.joint import Joint, is_joint
from reportgen.build.manifest import FONTS, Entry, digest
from reportgen.build.prepare import Prepared
from reportgen.build.project import shipped_templates
from reportgen.diagnostics import reason
from reportgen.proof.arithmetic import Reckoned
from reportgen.proof.compare import Job
from reportgen.proof.difference import Difference, whole

_LARGEST = 64 * 1024 * 1024  # bytes of a built file; 1,200 pages take a tenth of it
_MOST_NAMED = 3  # inputs that have changed

#: The council's own files that make a page print more than the report, by format.
_DRESSING: Mapping[str, frozenset[str]] = {
    "html": frozenset(("page.html.j2",)),
    "pdf": frozenset(("page.html.j2", "page.css", "document.typ")),
}


@dataclass(frozen=True, slots=True)
class Model:
    """What content says of a report, or of many, now; nothing where it knows it no more."""

    programme: str
    period: str
    prepared: Prepared | Joint | None
    hashes: Mapping[str, str]  # of all its inputs
    reckoned: Reckoned | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A built file with what is to be told of it before it is read; no job if it cannot be."""

    model: Model
    name: str
    entry: Entry
    sha256: str
    told: tuple[Difference, ...]
    job: Job | None


def open_built(model: Model, name: str, entry: Entry, output: Path) -> Opened:
    """Open a file of the output folder; one that is gone or too large is told of."""
    told = [whole(name, one) for one in _outdated(model, entry)]
    data = b""
    try:
        data = _bytes(output / name)
    except OSError as error:
        told.append(whole(name, f"файл не читається: {reason(error)}"))
    if not data:
        return Opened(model, name, entry, "", tuple(told), None)
    sha256 = digest(data)
    if sha256 != entry.sha256:
        told.append(whole(name, "файл змінено після складання", entry.sha256, sha256))
    return Opened(model, name, entry, sha256, tuple(told), _job(model.prepared, name, data))


def _outdated(model: Model, entry: Entry) -> Iterator[str]:
    """Yield why a file cannot be what content says now. Fonts are the machine's, not content."""
    if model.prepared is None:
        yield "такого звіту в даних уже немає: приберіть файл або поверніть дані"
    elif model.prepared.document is None:
        yield "не звірено, бо в даних звіту помилки: виправте їх (їх показує команда check)"
    else:
        names = sorted(entry.inputs.keys() | model.hashes.keys())
        changed = [
            one
            for one in names
            if not one.startswith(FONTS) and entry.inputs.get(one) != model.hashes.get(one)
        ]
        if changed:
            rest = len(changed) - _MOST_NAMED
            more = f" і ще {rest}" if rest > 0 else ""
            listed = ", ".join(changed[:_MOST_NAMED])
            command = model.programme if is_joint(model.programme) else "build"
            told = f"складено зі старіших даних, складіть знову ({command})"
            yield f"{told}; змінено {listed}{more}"


def _bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        OSError: when there is no file, it is a link or a pipe, or larger than any report.
    """
    try:
        data = read_regular(path, _LARGEST)
    except FileNotFoundError:
        raise OSError("файлу немає на місці") from None
    if not data:
        raise OSError("він порожній")
    return data


def _job(prepared: Prepared | Joint | None, name: str, data: bytes) -> Job | None:
    if prepared is None or prepared.document is None or prepared.frame is None:
        return None
    form, frame = format_of(name), prepared.frame
    own = {
        path.name for path in prepared.inputs if not path.is_relative_to(shipped_templates())
    } & _DRESSING.get(form, frozenset())
    is_own = frame.report is not None if form == "docx" else bool(own)
    return Job(name, form, data, prepared.document, frame.docx, is_own)


def format_of(name: str) -> str:
    """Return the format that a built file's name tells."""
    return name.rpartition(".")[2]
