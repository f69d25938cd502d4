"""``reportgen form-in``: filled-in forms merged into the files of their periods.

Exit codes: 0 written, nothing to change, or only shown as asked; 1 forms with errors, nothing is
written; 2 the machine or the call, as changes that nobody has agreed to.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.content import held, keep
from reportgen.build.project import Project, open_project
from reportgen.cli.entry_judging import Judge, lines_with
from reportgen.cli.entry_places import Entered, entered, placed
from reportgen.cli.entry_report import load_council, open_report
from reportgen.cli.messages import as_typed, counted
from reportgen.diagnostics import (
    BrokenEnvironment,
    Diagnostic,
    as_text,
    finding,
    has_errors,
    in_order,
    plural,
    quoted,
    reason,
    shortened,
)
from reportgen.entry.filled import Filled, read_form, whole
from reportgen.entry.identity import digest
from reportgen.entry.package import LARGEST_FILE
from reportgen.entry.questions import Asked, Question
from reportgen.entry.receiving import Received, receive
from reportgen.entry.words import Vocabulary, spoken, vocabularies
from reportgen.load import Content
from reportgen.model.period import Period

_LONGEST = 70  # characters of a value that is shown
_YES = ("т", "так", "y", "yes")


@dataclass(frozen=True, slots=True)
class _Merged:
    """One period's file with what its forms bring; ``was`` are its bytes, ``None`` for no file."""

    path: Path
    name: str
    was: bytes | None
    received: Received
    lacking: int
    forms: Sequence[Filled]
    words: Mapping[Asked, Vocabulary]

    @property
    def data(self) -> bytes:
        """The new bytes, with the line ends that the file had."""
        text = self.received.text
        if self.was and b"\r\n" in self.was:
            text = text.replace("\n", "\r\n")
        mark = b"\xef\xbb\xbf" if self.was and self.was.startswith(b"\xef\xbb\xbf") else b""
        return mark + text.encode("utf-8")


def run(options: argparse.Namespace) -> int:
    """Read forms, show what they change, and write it once that is agreed to: all or nothing."""
    project = open_project(options.root)
    found: list[Diagnostic] = []
    forms = [form for path in options.files if (form := _form(path, found))]
    content = load_council(project, found)
    merged = [_merged(some, content, project, found) for some in _by_report(forms)]
    ready = [one for one in merged if one]
    found = _placed(found, ready)
    if not has_errors(found):
        for one in ready:
            _tell(one)
        sys.stdout.flush()
    _show(found, ready, project)
    if has_errors(found):
        print(f"Нічого не записано: {counted(found)}.")  # noqa: T201
        return 1
    changed = [one for one in ready if one.received.changes]
    if changed and options.dry_run:
        print("Лише показано, нічого не записано.")  # noqa: T201
    if not changed or options.dry_run:
        return 0
    if not options.yes and not _agreed(changed):
        return 0
    with held(project):
        for one in changed:
            if _bytes(one.path) != one.was:
                raise BrokenEnvironment(f"{one.name} тим часом змінено: прийміть форму ще раз")
        keep({one.path: one.data for one in changed}, project)
    slugs = dict.fromkeys(one.path.parent.name for one in changed)
    check = as_typed("check", *slugs, "--draft", root=options.root)
    print(f"Записано. Перевірте: {check}")  # noqa: T201
    return 0


def _form(path: Path, found: list[Diagnostic]) -> Filled | None:
    """Return one form; ``None`` with a finding if the file is none.

    Raises:
        BrokenEnvironment: when there is no such file.
    """
    try:
        if not path.is_file():
            raise BrokenEnvironment(f"немає файлу {path}")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BrokenEnvironment(f"{path} не читається: {reason(error)}") from error
    return read_form(path.name, data, found)


def _by_report(forms: Sequence[Filled]) -> Sequence[Sequence[Filled]]:
    """Return forms together that are of one report, in the order in which they are named."""
    groups: dict[tuple[str, str], list[Filled]] = {}
    for form in forms:
        groups.setdefault((form.identity.programme, form.identity.period), []).append(form)
    return [*groups.values()]


def _merged(
    forms: Sequence[Filled], content: Content, project: Project, found: list[Diagnostic]
) -> _Merged | None:
    identity = forms[0].identity
    folders = {
        path.parent.name for path in project.root.glob("content/programmes/*/programme.yaml")
    }
    try:
        period = Period.parse(identity.period)
    except ValueError:
        period = None
    if period is None or identity.programme not in folders:
        message = f"у цьому проєкті немає програми {quoted(identity.programme)}"
        hint = "перевірте, чи з того проєкту форма: --root"
        found += (finding("entry-foreign", whole(one.file), message, hint) for one in forms)
        return None
    opened = open_report(identity.programme, period, content, project, found)
    if opened is None:
        return None
    path = opened.source.period_file
    name = path.relative_to(project.root).as_posix()
    now = "" if opened.is_new else digest(opened.now.text)
    for one in forms:
        if one.identity.file != now:
            message = f"{name} змінено після того, як видано форму: звірено кожну клітинку"
            found.append(finding("entry-newer", whole(one.file), message))
    judge = Judge(opened, project)
    words = vocabularies(opened.now.report.council)
    received = receive(forms, replace(opened.now, read=judge.read), found)
    return _Merged(path, name, _bytes(path), received, judge.lacking, forms, words)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _placed(found: Sequence[Diagnostic], merged: Sequence[_Merged]) -> list[Diagnostic]:
    """Return findings with the cells of forms instead of places that no file has yet."""
    places: dict[str, Entered] = {
        one.name: entered(one.forms, one.received, is_new=one.was is None) for one in merged
    }
    return [placed(one, places) for one in found]


def _show(found: Sequence[Diagnostic], merged: Sequence[_Merged], project: Project) -> None:
    """Print findings; those about a file as it is to be quote its new lines."""
    lines = lines_with(project, {one.name: one.received.text for one in merged})

    def line_of(file: str, number: int) -> str:
        known = lines(file)
        return known[number - 1] if 0 < number <= len(known) else ""

    for one in in_order(found):
        print(as_text(one, line_of), file=sys.stderr)  # noqa: T201


def _tell(merged: _Merged) -> None:
    """Print what changes in a file, old and new."""
    changes = merged.received.changes
    if not changes:
        print(f"{merged.name}: змін немає.")  # noqa: T201
        return
    number = f"{len(changes)} {plural(len(changes), ('зміна', 'зміни', 'змін'))}"
    made = "" if merged.was is not None else " (новий файл)"
    print(f"{merged.name}{made}: {number}")  # noqa: T201
    for one in changes:
        asked = one.question
        old, new = (_value(asked, text, merged.words) for text in (asked.answer, one.answer))
        print(f"  {asked.called}: {old} → {new}  [{one.place}]")  # noqa: T201
    if merged.lacking:
        print(f"  ще не вписано: {merged.lacking}")  # noqa: T201


def _value(question: Question, answer: str, words: Mapping[Asked, Vocabulary]) -> str:
    text = spoken(question.asked, answer, words)
    return shortened(text.replace("\n", " ⏎ "), _LONGEST) or "порожньо"


def _agreed(changed: Sequence[_Merged]) -> bool:
    """Ask a person.

    Raises:
        BrokenEnvironment: where there is nobody to be asked.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BrokenEnvironment("нічого не записано: щоб записати ці зміни, додайте --yes")
    files = ", ".join(one.name for one in changed)
    try:
        answer = input(f"Записати у {files}? [т/н] ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() in _YES:
        return True
    print("Нічого не записано.")  # noqa: T201
    return False
